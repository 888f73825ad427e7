"""Lint: one planted fault for each rule, in a case that is sound without it. Row Y22 among them."""

from __future__ import annotations

import pytest

from server.content.lint.lint import lint_case
from server.content.loader import build
from server.core.case import Case
from server.core.errors import Problem
from tests.content.planted import CASE, FAULTS, ROOM, document, linted, linted_rubric, planted, problems_of

LETTER = 'trigger: {all: ["fact_revealed:F_quarrel", "trust >= 4"]}'


def at(problems: list[Problem], fault: dict[str, str]) -> Problem:
    """The problem that the planted `fault` must be told as."""
    found = [p for p in problems if p.key == fault["key"] and fault["says"] in f"{p.message} {p.mend}"]
    assert found, [str(problem) for problem in problems]
    return found[0]


@pytest.mark.parametrize("text", [CASE, ROOM], ids=["one patient", "several people"])
def test_the_small_cases_have_nothing_wrong(text: str) -> None:
    assert problems_of(text) == []


@pytest.mark.parametrize("fault", FAULTS["errors"], ids=lambda fault: fault["name"])
def test_an_error_refuses(fault: dict[str, str]) -> None:
    problem = at(linted(fault["from"], fault["to"]), fault)
    assert not problem.warning
    assert problem.file == "small-case.yaml"
    assert problem.line == document(planted(CASE, fault["from"], fault["to"])).line_of(fault["key"])


@pytest.mark.parametrize("fault", FAULTS["warnings"], ids=lambda fault: fault["name"])
def test_a_warning_is_shown(fault: dict[str, str]) -> None:
    assert at(linted(fault["from"], fault["to"]), fault).warning


@pytest.mark.parametrize("fault", FAULTS["room"], ids=lambda fault: fault["name"])
def test_an_error_among_several_people_refuses(fault: dict[str, str]) -> None:
    problem = at(linted(fault["from"], fault["to"], ROOM), fault)
    assert not problem.warning
    assert problem.line == document(planted(ROOM, fault["from"], fault["to"])).line_of(fault["key"])


@pytest.mark.parametrize("fault", FAULTS["room_warnings"], ids=lambda fault: fault["name"])
def test_a_warning_among_several_people_is_shown(fault: dict[str, str]) -> None:
    assert at(linted(fault["from"], fault["to"], ROOM), fault).warning


@pytest.mark.parametrize("fault", FAULTS["rubric"], ids=lambda fault: fault["name"])
def test_a_rubric_is_refused(fault: dict[str, str]) -> None:
    assert not at(linted_rubric(fault["from"], fault["to"]), fault).warning


def test_a_cycle_of_unlocks_prints_its_path() -> None:
    """Y22: F_quarrel is opened by B2_letter only, which waits for F_quarrel."""
    text = planted(CASE, "reveal: [F_quarrel, F_watch]", "reveal: [F_watch]")
    read = document(
        planted(text, "success_if: [validates]", "success_if: [validates]\n    on_success: {reveal: [F_quarrel]}")
    )
    problems = lint_case(build(Case, read), read)
    assert [p.message for p in problems] == ["a cycle of unlocks: B2_letter -> F_quarrel -> B2_letter;"]


def test_a_long_cycle_is_told_once() -> None:
    third = """  - id: B3_chair
    kind: cue
    core: false
    trigger: {any: ["beat_addressed:B2_letter"]}
    deliver: {verbatim: That chair.}
    opportunity: {objective: LO1}
    success_if: [validates]
actions:"""
    text = planted(planted(CASE, LETTER, 'trigger: {any: ["beat_heard:B3_chair"]}'), "\nactions:", f"\n{third}")
    read = document(text)
    told = [p.message for p in lint_case(build(Case, read), read) if "cycle" in p.message]
    assert told == ["a cycle of unlocks: B2_letter -> B3_chair -> B2_letter;"]


def test_a_cover_story_that_gives_way_to_the_truth_is_no_fault() -> None:
    both = "What do you two talk about?, When did you last speak?"
    cover = f"{{id: F_cover, disclosure: if_asked_open, say: The buses., asked: [{both}, Is she chatty?]"
    deep = f"and never mended it., asked: [{both}]}}\n  - {cover}"
    told = {
        ending: [p.key for p in linted("and never mended it.}", f"{deep}{ending}")]
        for ending in ("}", ', when: "not fact_revealed:F_quarrel"}')
    }
    assert [("facts.2.when" in keys) for keys in told.values()] == [True, False]


@pytest.mark.parametrize("line", ['"Quite, quite."', "...or not.", "“Quite.”", "Quite?", "Well —"])
def test_a_whole_line_is_not_taken_for_the_end_of_one(line: str) -> None:
    assert linted("[I see., Quite., So be it.]", f"[I see., {line}, So be it.]") == []


@pytest.mark.parametrize("line", ["No matter.", "Nobody knows.", "Anyway.", "Yesterday was better."])
def test_a_miss_that_answers_nothing_is_no_fault(line: str) -> None:
    missed = f"effect: {{trust: 1}}}}\n    on_miss: {{say: {line}}}\n  - id: B2"
    assert linted("effect: {trust: 1}}\n  - id: B2", missed) == []


def test_a_beat_may_be_expected_to_stay_unanswered() -> None:
    assert linted("steps: [{wait_s: 3}], expect: {missed:", "steps: [{wait_s: 3}], expect: {unanswered:") == []


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = linted("trust: {start: 3}", "tust: {start: 3}")
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    assert len(problems) > 1
