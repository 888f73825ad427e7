"""The quick cases of the robustness suite: one house, three learners, and the bars that must hold."""

from __future__ import annotations

import json

import pytest

from benchmarks.perturbing import KINDS
from benchmarks.rehearsals import row as order_of
from benchmarks.replaying_words import WRITTEN, Talk, as_transcript, in_encounter, of_lines
from benchmarks.robustness_nursing import ROOT, RUBRIC, rows
from server.assess.human.score import read_transcript
from server.content.folders import load_library
from server.core.rehearsing import rehearse
from server.core.scoring.scoring import SCORER, score

SHELF = load_library(ROOT / "personas", ROOT / "rubrics")
CASE = SHELF.case("novak-discharge")
PLAYED = [in_encounter(learner, rehearse(CASE, learner)) for learner in ("skilled", "average", "poor")]
READ = [
    *(as_transcript(talk) for talk in PLAYED),
    *(of_lines(path.stem, read_transcript(path)) for path in sorted(WRITTEN.iterdir())),
]


def test_a_talk_as_it_stands_is_scored_as_it_was_played() -> None:
    for talk, learner in zip(PLAYED, ("skilled", "average", "poor"), strict=True):
        played = score(rehearse(CASE, learner).encounter, SHELF.rubric(RUBRIC))
        assert talk.score(talk.turns, SHELF.rubric(RUBRIC)).dimensions == played.dimensions


def test_the_words_are_really_observed_again() -> None:
    rubric = SHELF.rubric(RUBRIC)
    silenced = KINDS["misplaced"].change
    talk = as_transcript(PLAYED[0])
    assert talk.score(talk.turns, rubric).opportunities and not talk.score(silenced(talk.turns), rubric).opportunities


@pytest.mark.parametrize(
    ("route", "talks"), [("encounter", PLAYED), ("transcript", READ)], ids=["encounter", "transcript"]
)
def test_no_bar_breaks_in_the_quick_cases(monkeypatch: pytest.MonkeyPatch, route: str, talks: list[Talk]) -> None:
    quick = (
        "stuffed_varied",
        "stuffed_lightly",
        "formula",
        "padded",
        "echoed_turned",
        "injected",
        "misnamed",
        "name",
    )
    monkeypatch.setattr("benchmarks.robustness_nursing.KINDS", {name: KINDS[name] for name in quick})
    monkeypatch.setattr("benchmarks.robustness_nursing.MOMENTS", {})
    found = list(rows(SHELF.rubric(RUBRIC), talks, route))
    assert len(found) == len(quick) * 6
    assert [(row.kind, row.dimension, row.where) for row in found if row.holds is False] == []


def test_the_published_results_are_of_this_rater_and_this_rubric() -> None:
    rubric = SHELF.rubric(RUBRIC)
    for name in ("robustness_nursing", "rehearsals"):
        told = json.loads((ROOT / "benchmarks" / "results" / f"{name}.json").read_text(encoding="utf-8"))
        assert (told["rater"], told["rubric"]["digest"]) == (SCORER, rubric.digest), f"run benchmarks.{name} again"


def test_the_published_order_is_what_this_house_plays() -> None:
    told = json.loads((ROOT / "benchmarks" / "results" / "rehearsals.json").read_text(encoding="utf-8"))
    assert order_of(CASE, SHELF.rubric(RUBRIC)) in told["rows"]
    assert told["ordered"] == told["cases"] == 12
