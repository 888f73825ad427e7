"""A rehearsal's end is compared with what its author expects of every beat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.assess.proving.rehearsals import rehearse_all
from server.core.case import Case
from server.core.case_parts.cast import Walkout
from server.core.case_parts.rehearsal import Expectation, Rehearsal, Step
from tests.assess.proofs import NOVAK, RUBRIC, played

RUDE = "I can't be bothered with this."
FIRST = NOVAK.beats[0]


def walked_out(expect: Expectation) -> Case:
    """She has had enough as soon as she has spoken her first moment, and the learner is rude."""
    steps = (Step(say="Hello."), *(Step(say=RUDE) for _ in range(8)))
    case = played(NOVAK, walkouts=(Walkout(f"beat_open:{FIRST.id} and turn >= 2", "Goodbye."),))
    patient_beat = replace(FIRST, opportunity=replace(FIRST.opportunity, window_turns=9))
    return replace(case, beats=(patient_beat, *NOVAK.beats[1:]), rehearsals=(Rehearsal("poor", steps, expect=expect),))


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        (Expectation(unanswered=(FIRST.id,)), []),
        (Expectation(missed=(FIRST.id,)), [f"poor: {FIRST.id} is unanswered, not missed"]),
        (Expectation(not_offered=(FIRST.id,)), [f"poor: {FIRST.id} is unanswered, not kept back"]),
    ],
)
def test_what_was_open_when_she_walked_out_is_unanswered(expect: Expectation, told: list[str]) -> None:
    assert rehearse_all(walked_out(expect), RUBRIC).surprises == told


def test_a_beat_that_was_missed_is_not_unanswered() -> None:
    rehearsals = tuple(
        replace(r, expect=Expectation(unanswered=r.expect.missed)) for r in NOVAK.rehearsals if r.learner == "poor"
    )
    told = rehearse_all(replace(NOVAK, rehearsals=rehearsals), RUBRIC).surprises
    assert told and all(each.endswith("is missed, not unanswered") for each in told)
