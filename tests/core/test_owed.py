"""An answer the learner never heard a word of is given again; and a learner with more time meets a slower case."""

from __future__ import annotations

import pytest

from server.core.case_parts.play import Aside, Delivery
from server.core.encounter import UNTIMED_PACE_PERCENT, Speaking, Thinking
from server.core.events import Cut, Paused, Resumed, TimerFired, TurnClosed, Typed
from server.core.timers import timers
from tests.core.cases import beat, case, member, outcome, when
from tests.core.rooms import Room, entered

PLAIN = case()


def again(here: Room) -> Room:
    """The floor is free again, and the director looks at what is owed."""
    assert timers(here.encounter)["director"] <= here.now_ms
    return here.take(TimerFired("director"))


def test_a_pause_before_the_answer_only_puts_it_off() -> None:
    here = entered(PLAIN).types("How are you?")
    assert isinstance(here.encounter.floor, Thinking)
    lost = here.encounter.turns[-1]
    here.take(Paused()).take(Resumed(), after_ms=60_000)
    assert here.encounter.turn(lost.id).failed == "paused"
    given = again(here).encounter.turns[-1]
    assert given.id != lost.id and given.plan is not None and lost.plan is not None
    assert given.plan.lines == lost.plan.lines


@pytest.mark.parametrize("reason", ["disconnected", "restart", "paused"])
def test_a_reply_cut_before_its_first_word_is_given_again(reason: str) -> None:
    here = entered(PLAIN).types("How are you?").voices("I mustn't grumble.")
    assert isinstance(here.encounter.floor, Speaking)
    here.take(Cut(here.encounter.floor.reply, 0, reason))  # type: ignore[arg-type]
    assert isinstance(again(here).encounter.floor, Thinking)


def test_a_reply_that_was_half_heard_is_not() -> None:
    here = entered(PLAIN).types("How are you?").voices("I mustn't grumble.")
    assert isinstance(here.encounter.floor, Speaking)
    here.take(Cut(here.encounter.floor.reply, 700, "disconnected"))
    assert here.encounter.owed is None


def test_what_the_learner_talked_over_is_not_owed() -> None:
    here = entered(PLAIN).types("How are you?").voices("I mustn't grumble.")
    assert isinstance(here.encounter.floor, Speaking)
    here.take(Cut(here.encounter.floor.reply, 0, "barge_in"))
    assert here.encounter.owed is None


@pytest.mark.parametrize(("percent", "pace"), [(100, 100), (150, 150), (200, 200), (0, UNTIMED_PACE_PERCENT)])
def test_the_cases_minutes_are_as_long_as_the_learners_time(percent: int, pace: int) -> None:
    late = case(beats=(beat("D", "I fell, you know.", fallback_at_min=2),))
    here = entered(late, time_percent=percent)
    assert timers(here.encounter)["director"] == 120_000 * pace // 100
    here.waits_for("director").hears_it_all()
    assert here.state_of("D") == "heard"


def test_a_moment_that_runs_out_does_not_speak_in_the_place_of_an_owed_answer() -> None:
    moment = beat("B", trigger=when("turn >= 1"), on_miss=outcome("Never mind."))
    here = entered(case(beats=(moment,))).says("Hello.").types("Any pain?").voices("I mustn't grumble.")
    here.take(Cut(here.reply, 0, "disconnected"))
    here.now_ms += 120_000
    here.take(TimerFired("window:B"))
    assert here.encounter.owed is not None
    given = again(here).encounter.turns[-1]
    assert given.plan is not None and given.plan.lines[0] == "Never mind." and len(given.plan.lines) == 2


def test_who_was_to_speak_next_does_so_after_a_pause_for_the_learner() -> None:
    deliver = Delivery(verbatim="It gets so quiet there.", then=(Aside("sister", "Not again."),))
    both = case(beats=(beat("B", deliver=deliver, trigger=when("turn >= 1")),), cast=(member(), member("sister")))
    here = entered(both).types("Hello.").take(Typed("item_x", "I can't do this."), TurnClosed()).hears_it_all()
    assert here.encounter.phase == "paused" and here.notices() == ["learner_distress"]
    assert here.take(Resumed()).hears_it_all().last.text == "Not again."
