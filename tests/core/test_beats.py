"""Beats: when they come, when they count, and when they are taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.beats import IN_PEACE_MS
from server.core.case_parts.play import Delivery, TimedPrompt
from server.core.events import ReplyFailed, SpeechBegan, TimerFired, Truncated
from server.core.timers import PAUSE_MS, RETRY_MS, timers
from tests.core.cases import beat, case, fact, member, outcome, when
from tests.core.rooms import Room, entered

QUIET = beat(
    "B", "When I get home it gets quiet.", cue_words=("quiet",), trigger=when("turn >= 1"), feelings=("loneliness",)
)


def offered(**changes: object) -> Room:
    """Her cue is on its way, six seconds of it."""
    return entered(case(beats=(replace(QUIET, **changes),))).types("Hello.").voices(ms=6_000)  # type: ignore[arg-type]


# promise 2


def test_a_beat_counts_when_its_cue_was_heard() -> None:
    here = offered()
    assert here.state_of("B") == "offered"
    track = here.hears_it_all().encounter.board.tracks["B"]
    assert (track.state, track.fires, track.cue_turn) == ("heard", 1, here.last.id)


def test_talked_over_before_the_cue_it_is_hidden_again_and_used_up_nothing() -> None:
    here = offered().talks_over(3_000)
    assert here.last.text == "When I get home"
    assert (here.state_of("B"), here.encounter.board.tracks["B"].fires) == ("hidden", 0)
    assert here.says("Go on.").state_of("B") == "heard"


def test_talked_over_after_the_cue_it_was_heard() -> None:
    assert (
        offered(deliver=Delivery(verbatim="It gets quiet there, of an evening.", cue_words=("quiet",)))
        .talks_over(3_000)
        .state_of("B")
        == "heard"
    )


def test_without_cue_words_nearly_all_of_the_line_must_be_heard() -> None:
    line = Delivery(verbatim="The kitchen floor was cold and nobody came.")
    assert offered(deliver=line).talks_over(3_000).state_of("B") == "hidden"
    assert offered(deliver=line).hears_it_all().state_of("B") == "heard"


def test_an_actor_may_choose_other_words_for_a_beat_that_is_improvised() -> None:
    here = entered(
        case(beats=(beat("B", deliver=Delivery(improvise="Hint.", lines=("One.", "Two.")), trigger=when("turn >= 1")),))
    )
    here.types("Hello.").voices("Evenings drag, with the telly off.").hears_it_all(ms=500)
    assert here.state_of("B") == "heard"


def test_truncation_takes_back_what_the_lost_words_had_shown() -> None:
    here = offered().hears_it_all()
    here.take(Truncated(here.last.id, 3_000))
    assert (here.state_of("B"), here.encounter.board.tracks["B"].fires, here.last.text) == (
        "hidden",
        0,
        "When I get home",
    )
    assert here.take(Truncated(here.last.id, 99_000)).last.text == "When I get home", "it only shortens"
    assert here.take(Truncated(here.last.id, -5)).last.failed == "truncated"


def test_what_the_learner_has_answered_cannot_be_truncated() -> None:
    here = offered().hears_it_all()
    reply = here.last.id
    here.does().refuses(Truncated(reply, 10))


def test_a_second_delivery_that_goes_unheard_leaves_the_first_as_it_was() -> None:
    here = offered(max_fires=2).hears_it_all()
    here.says("Any pain?").types("Any pain now?")
    missed = here.encounter.board.tracks["B"].earlier
    assert here.state_of("B") == "offered" and missed is not None and missed.state == "missed"
    here.voices(ms=6_000).talks_over(1_000)
    assert here.encounter.board.tracks["B"] == missed


# the window


def test_a_beat_is_addressed_by_what_its_author_named() -> None:
    here = offered().hears_it_all().says("You sound lonely.")
    assert (here.state_of("B"), here.encounter.board.tracks["B"].response_turns) == ("addressed", (here.said[-2].id,))


def test_two_turns_past_it_is_missed_and_listening_aloud_is_not_a_turn() -> None:
    here = offered(on_miss=outcome("Never mind.")).hears_it_all().says("mm").says("Any pain?")
    assert here.state_of("B") == "heard"
    assert here.says("Any allergies?").state_of("B") == "missed"
    assert here.last.text.startswith("Never mind.")


def test_the_window_closes_by_itself_and_never_on_somebody_who_is_answering() -> None:
    here = offered(on_miss=outcome("Never mind.")).hears_it_all()
    here.take(SpeechBegan("c1"), after_ms=119_000)
    assert "window:B" not in timers(here.encounter)
    waited = offered(on_miss=outcome("Never mind.")).hears_it_all().waits_for("window")
    assert waited.state_of("B") == "missed"
    assert waited.hears_it_all().last.text == "Never mind."


def test_a_window_that_closes_while_she_speaks_is_remembered_for_her_next_reply() -> None:
    here = offered(on_miss=outcome("Never mind.")).hears_it_all()
    here.now_ms += 118_000
    here.types("mm").voices("It is what it is.", ms=9_000)
    here.waits_for("window").hears_it_all()
    assert here.state_of("B") == "missed"
    assert here.says("Any pain?").last.text.startswith("Never mind.")


@pytest.mark.parametrize("how", ["superseded", "failed", "cut"])
def test_what_an_outcome_calls_for_is_said_even_when_the_first_reply_is_lost(how: str) -> None:
    here = offered(on_success=outcome("That's it exactly, nobody there.")).hears_it_all().types("You sound lonely.")
    if how == "superseded":
        here.take(SpeechBegan("c1")).waits_for("hearing").waits_for("recognising")
    elif how == "failed":
        here.take(ReplyFailed(here.reply, "silent"))
    else:
        here.voices(ms=5_000).talks_over(400)
    assert here.says("Go on.").last.text.startswith("That's it exactly")
    assert not here.says("Go on.").last.text.startswith("That's it exactly")


# the director


def test_a_core_beat_reaches_a_learner_who_never_asks() -> None:
    here = entered(case(beats=(beat("B", fallback_at_min=1.1),))).waits_for("director")
    assert here.now_ms == 66_000 and here.state_of("B") == "offered"


@pytest.mark.parametrize("minute", [0.1 * number for number in range(1, 80, 7)])
def test_any_fraction_of_a_minute_is_a_time_that_comes(minute: float) -> None:
    here = entered(case(beats=(beat("B", fallback_at_min=minute),)))
    assert here.waits_for("director").state_of("B") == "offered"


def test_she_does_not_blurt_it_into_the_end_of_another_reply() -> None:
    here = entered(case(beats=(beat("B", fallback_at_min=1),)))
    here.now_ms = 59_000
    here.says("Hello.")
    assert timers(here.encounter)["director"] == here.now_ms + max(PAUSE_MS, 60_000 - here.now_ms)


def test_a_broken_engine_is_not_asked_again_and_again() -> None:
    here = entered(case(beats=(beat("B", fallback_at_min=1),))).waits_for("director")
    here.take(ReplyFailed(here.reply, "silent"))
    assert timers(here.encounter)["director"] == here.now_ms + RETRY_MS
    with pytest.raises(AssertionError, match="no timer"):
        here.waits_for("sleep")
    here.refuses(TimerFired("director"))


def test_nobody_meets_two_moments_at_once_unless_time_demands_it() -> None:
    other = beat("C", "And the floor was cold.", trigger=when("turn >= 1"))
    late = beat("D", "I fell, you know.", fallback_at_min=1)
    here = entered(case(beats=(QUIET, other, late))).says("Hello.").says("mm")
    assert [here.state_of(each) for each in "BCD"] == ["heard", "hidden", "hidden"]
    here.now_ms = 61_000
    assert here.says("mm").state_of("D") == "hidden"
    here.now_ms = 60_000 + IN_PEACE_MS
    assert here.says("mm").state_of("D") == "heard"


def test_a_beat_is_eased_for_who_has_done_what_it_asks_for() -> None:
    eased = Delivery(verbatim="You know already.", cue_words=("already",))
    test = beat("B", "Will you write it?", trigger=when("turn >= 2"), eased_if=("offers_help",), eased=eased)
    here = entered(case(beats=(test,))).says("I'll ask the nurse to come.").says("Hello.")
    assert here.last.text == "You know already." and here.encounter.board.tracks["B"].eased
    earned = beat("B", trigger=when("turn >= 2"), eased_if=("offers_help",))
    assert entered(case(beats=(earned,))).says("I'll ask the nurse to come.").says("Hello.").state_of("B") == "hidden"


def test_prompts_get_a_stuck_learner_going_when_teaching_only() -> None:
    stuck = case(prompts=(TimedPrompt(0.5, "Are you there?"),))
    assert entered(stuck).waits_for("director").hears_it_all().last.text == "Are you there?"
    assert "director" not in timers(entered(stuck, portrayal="assessment").encounter)


def test_another_voice_follows_in_a_reply_of_its_own() -> None:
    hers = beat("B", "She never says.", speaker="sister", trigger=when("turn >= 1"))
    stairs = fact("F", "Thirteen stairs.", "do you have stairs")
    here = entered(case(facts=(stairs,), beats=(hers,), cast=(member(), member("sister")))).says("Do you have stairs?")
    assert [turn.text for turn in here.said[-2:]] == ["Thirteen stairs.", ""]
    here.hears_it_all()
    assert (here.last.speaker, here.last.text) == ("sister", "She never says.")
