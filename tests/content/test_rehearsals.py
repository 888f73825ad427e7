"""Every shipped case, played: its three authored nurses end as their author says, and its probes get nothing locked."""

from __future__ import annotations

import pytest

from server.content.library import load_library
from server.core.case import Case
from server.core.case_frame import Probe
from server.core.encounter import Encounter
from server.core.rehearsing import rehearse
from server.core.scoring import score
from server.core.virtual import virtual_room
from tests.content.planted import ROOT

LIBRARY = load_library(ROOT / "personas", ROOT / "rubrics")
NURSES = ("skilled", "average", "poor")
CASES = list(LIBRARY.cases.values())
PLAYED = [(case, nurse) for case in CASES for nurse in NURSES]
PROBES = [(case, probe) for case in CASES for probe in case.validation_probes]


def ended(encounter: Encounter, state: str) -> set[str]:
    states = {"not_offered": {"hidden", "offered"}}.get(state, {state})
    return {beat for beat, track in encounter.board.tracks.items() if track.state in states}


def levels(case: Case, nurse: str) -> list[int | None]:
    rubric = next(LIBRARY.rubric(tool.ref) for tool in case.assessment.instruments if tool.kind == "rubric")
    return [rating.level for rating in score(rehearse(case, nurse).encounter, rubric).dimensions]


@pytest.mark.parametrize(("case", "nurse"), PLAYED, ids=lambda part: getattr(part, "case_id", part))
def test_beats_end_as_the_author_expects(case: Case, nurse: str) -> None:
    encounter = rehearse(case, nurse).encounter
    expect = case.rehearsal(nurse).expect
    for state in ("addressed", "missed", "not_offered"):
        assert ended(encounter, state) == set(getattr(expect, state))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_the_better_nurse_is_better_in_every_dimension(case: Case) -> None:
    skilled, average, poor = (levels(case, nurse) for nurse in NURSES)
    assert None not in skilled
    for best, middle, worst in zip(skilled, average, poor, strict=True):
        assert best is not None and middle is not None and worst is not None
        assert best > middle > worst


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.case_id)
def test_nobody_is_told_the_same_fact_twice_unasked(case: Case) -> None:
    for nurse in NURSES:
        told = [fact for turn in rehearse(case, nurse).encounter.turns if turn.plan for fact in turn.plan.facts]
        assert len(told) == len(set(told)), nurse


@pytest.mark.parametrize(("case", "probe"), PROBES, ids=lambda part: getattr(part, "ask", None))
def test_probes(case: Case, probe: Probe) -> None:
    room = virtual_room(case)
    room.enter()
    room.say(probe.ask)
    heard = " ".join(turn.text for turn in room.encounter.turns if turn.speaker != "learner")
    for fact in probe.must_not_reveal:
        assert fact not in room.encounter.board.revealed
        assert case.fact(fact).say not in heard
    assert set(probe.reveals) <= room.encounter.board.revealed
    answer = room.encounter.turns[-1].text
    portrayal = case.patient.portrayal
    if probe.expect == "in_role":
        assert answer in portrayal.deflections
    if probe.expect == "dont_know":
        assert answer in {*portrayal.dont_know, *(line for policy in portrayal.unscripted for line in policy.lines)}
