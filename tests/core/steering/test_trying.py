"""A try-out: the clock moves on, a beat is forced, nothing is scored; and none of it anywhere else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.case import Case
from server.core.encounter import open_encounter
from server.core.events import Ended, Forced, Jumped, Opened, Reflected, SpeechBegan
from server.core.scoring.scoring import score, why_not_scored
from tests.core.cases import beat, case, member, when
from tests.core.rooms import Room, entered
from tests.core.rubrics import RUBRIC

LATE = beat("B", "I fell, you know.", fallback_at_min=4)
FAR = beat("C", trigger=when("trust >= 9"))


def trying(of: Case) -> Room:
    here = entered(of)
    opened = here.log[0][0]
    assert isinstance(opened, Opened)
    opened = replace(opened, tryout=True)
    here.encounter = replace(here.encounter, tryout=open_encounter(of, opened).tryout)
    here.log[0] = (opened, 0)
    return here


def jumped(here: Room, to_ms: int) -> Room:
    here.now_ms = to_ms
    return here.take(Jumped(to_ms))


def test_what_is_due_by_then_comes() -> None:
    here = jumped(trying(case(beats=(LATE,))), 250_000).waits_for("director")
    assert (here.now_ms, here.state_of("B")) == (250_000, "offered")
    assert here.last.plan is not None and here.last.plan.because == "overdue"
    here.assert_replays()


def test_the_end_of_the_time_can_be_jumped_to_and_not_beyond() -> None:
    here = jumped(trying(case()), 600_000).waits_for("time_up").hears_it_all()
    assert here.encounter.ended == "time_up"
    there = trying(case())
    there.now_ms = 600_001
    there.refuses(Jumped(600_001))


def test_a_beat_is_forced_whatever_its_trigger_and_brings_who_says_it() -> None:
    hers = replace(FAR, speaker="sister")
    here = trying(case(beats=(hers,), cast=(member(), replace(member("sister"), present=False))))
    here.take(Forced("C"))
    assert here.last.speaker == "sister" and here.last.plan is not None and here.last.plan.because == "forced"
    assert here.hears_it_all().state_of("C") == "heard"
    here.refuses(Forced("C"))
    here.refuses(Forced("nobody"))


def test_nobody_is_talked_over() -> None:
    here = trying(case(beats=(FAR,))).take(SpeechBegan("c1"))
    here.refuses(Forced("C"))
    here.refuses(Jumped(here.now_ms))


@pytest.mark.parametrize("event", [Jumped(0), Forced("C")])
def test_nothing_of_it_is_taken_in_any_other_encounter(event: Jumped | Forced) -> None:
    here = entered(case(beats=(FAR,)))
    here.refuses(event)
    assert trying(case(beats=(FAR,))).take(event).encounter


def test_it_is_never_scored() -> None:
    here = trying(case(beats=(LATE,))).says("You sound lonely.").take(Ended("learner")).take(Reflected())
    assert why_not_scored(here.encounter) == "tryout"
    assert score(here.encounter, RUBRIC).status == "not_scored"
