"""Every shipped case, played: its three authored learners end as their author says.

Its probes are asked by its proof (tests/assess/test_proving.py).
"""

from __future__ import annotations

import pytest

from server.content.folders import load_library
from server.core.answering import ASKING
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.rehearsing import rehearse
from server.core.scoring.scoring import score
from tests.content.planted import ROOT

LIBRARY = load_library(ROOT / "personas", ROOT / "rubrics")
QUALITIES = ("skilled", "average", "poor")
CASES = list(LIBRARY.cases.values())
PLAYED = [(case, quality) for case in CASES for quality in QUALITIES]
SCORED = [case for case in CASES if case.activity == "encounter"]


def ended(encounter: Encounter, state: str) -> set[str]:
    states = {"not_offered": {"hidden", "offered"}, "unanswered": {"heard"}}.get(state, {state})
    return {beat for beat, track in encounter.board.tracks.items() if track.state in states}


def levels(case: Case, quality: str) -> list[int]:
    """Of every dimension; each must be rated."""
    rubric = next(LIBRARY.rubric(tool.ref) for tool in case.assessment.instruments if tool.kind == "rubric")
    ratings = score(rehearse(case, quality).encounter, rubric).dimensions
    assert all(rating.level is not None for rating in ratings)
    return [rating.level for rating in ratings if rating.level is not None]


@pytest.mark.parametrize(("case", "quality"), PLAYED, ids=lambda part: getattr(part, "case_id", part))
def test_beats_end_as_the_author_expects(case: Case, quality: str) -> None:
    encounter = rehearse(case, quality).encounter
    expect = case.rehearsal(quality).expect
    for state in ("addressed", "missed", "not_offered", "unanswered"):
        assert ended(encounter, state) == set(getattr(expect, state))


@pytest.mark.parametrize("case", SCORED, ids=lambda case: case.case_id)
def test_the_better_learner_is_nowhere_worse_and_better_on_the_whole(case: Case) -> None:
    skilled, average, poor = (levels(case, quality) for quality in QUALITIES)
    assert sum(skilled) > sum(average) > sum(poor)
    for best, middle, worst in zip(skilled, average, poor, strict=True):
        assert best >= middle >= worst and best > worst


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_nobody_is_told_the_same_fact_twice_unasked(case: Case) -> None:
    for quality in QUALITIES:
        encounter = rehearse(case, quality).encounter
        told: set[str] = set()
        for turn in encounter.turns:
            facts = set(turn.plan.facts) if turn.plan else set()
            asked = bool(turn.plan and turn.plan.to_turn and encounter.turn(turn.plan.to_turn).moves & ASKING)
            assert asked or not facts & told, quality
            told |= facts
