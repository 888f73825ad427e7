"""Lint: one planted fault for each rule, in a case that is sound without it. Row Y22 among them."""

from __future__ import annotations

import pytest

from server.content.lint import lint_case
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


def test_problems_come_in_the_order_of_the_file() -> None:
    problems = linted("trust: {start: 3}", "tust: {start: 3}")
    assert [p.line for p in problems] == sorted(p.line for p in problems)
    assert len(problems) > 1
