"""An encounter from the door to its end: who has the floor, and how it is given back."""

from __future__ import annotations

import pytest

from server.core.advance import is_late, replay
from server.core.effects import Score, SetTimer, ShowNotice, StartClock, StopClock, StopReply, Transcribe
from server.core.encounter import Hearing, Listening, Recognising, Thinking
from server.core.errors import IllegalEvent
from server.core.events import (
    Acted,
    Cut,
    Ended,
    Entered,
    Event,
    Opened,
    Paused,
    Played,
    Reflected,
    ReplyFailed,
    ReplyWritten,
    Resumed,
    SentenceReady,
    SilenceHeld,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    SpeechUnclear,
    TimerFired,
    Truncated,
    TurnClosed,
    Typed,
)
from tests.core.cases import CLOSING, OPENING, beat, case, fact, when
from tests.core.rooms import Room, entered, room

PLAIN = case()
WITH_FACT = case(facts=(fact("F_stairs", "Thirteen stairs, steep ones.", "do you have stairs"),))


def speaking(*sentences: str, ms: int = 1_000) -> Room:
    """She is in the middle of an answer."""
    return entered(PLAIN).types("How are you?").voices(*sentences, ms=ms)


# coming in, going out


def test_she_speaks_first() -> None:
    here = room(PLAIN).take(Entered())
    assert StartClock() in here.effects
    assert here.hears_it_all().last.text == OPENING


def test_talk_reflection_and_end() -> None:
    here = entered(PLAIN).says("Hello.").take(Ended("learner"))
    assert (here.encounter.phase, here.encounter.ended) == ("reflection", "learner")
    assert StopClock() in here.effects and Score() in here.effects
    assert here.take(Reflected(said="little")).encounter.phase == "done"


def test_stop_is_free_and_skips_the_reflection() -> None:
    assert entered(PLAIN).take(Ended("stop")).encounter.phase == "done"
    by_words = entered(PLAIN).types("Stop simulation, please.")
    assert (by_words.encounter.ended, by_words.encounter.phase) == ("stop", "done")
    assert by_words.last.out_of_role


def test_stop_words_are_the_cases_own() -> None:
    theatre = case(stop_words=("red card",))
    assert entered(theatre).types("stop simulation").encounter.running
    assert entered(theatre).types("a RED card!").encounter.ended == "stop"


def test_leaving_at_the_door_is_no_encounter() -> None:
    left = room(PLAIN).take(Ended("learner"))
    assert left.encounter.phase == "done" and Score() not in left.effects


def test_the_learners_own_distress_pauses_and_is_never_answered_in_role() -> None:
    here = entered(PLAIN).types("I can't do this.")
    assert (here.encounter.phase, here.encounter.reason) == ("paused", "safety")
    assert here.notices() == ["learner_distress"] and here.last.out_of_role
    prompt = here.take(Resumed()).types("All right.").prompts[-1]
    assert not any("can't do this" in line.text for line in prompt.conversation)


# by voice


def test_a_spoken_turn() -> None:
    here = entered(PLAIN).take(SpeechBegan("c1"))
    assert isinstance(here.encounter.floor, Hearing)
    here.take(SpeechEnded("c1", 1_200), after_ms=2_000)
    assert here.effects[0] == Transcribe("c1")
    here.take(SpeechHeard("c1", "how are you", 80))
    turn = here.encounter.turn("c1")
    assert (turn.text, turn.heard_ms, turn.at_ms, turn.confidence) == ("how are you", 1_200, 800, 0.8)
    assert isinstance(here.encounter.floor, Thinking)


@pytest.mark.parametrize(("reason", "notices"), [("no_words", ["hearing_failed"]), ("withdrawn", [])])
def test_unclear_speech_asks_for_repetition_unless_it_was_nothing(reason: str, notices: list[str]) -> None:
    here = entered(PLAIN).take(SpeechBegan("c1"))
    here.take(SpeechUnclear("c1", "no_words" if reason == "no_words" else "withdrawn"))
    assert here.notices() == notices and isinstance(here.encounter.floor, Listening)


def test_speaking_on_supersedes_a_reply_that_is_only_thought_of() -> None:
    here = entered(WITH_FACT).types("Do you have stairs?")
    thought = here.reply
    here.take(SpeechBegan("c1"))
    assert here.encounter.turn(thought).failed == "superseded" and StopReply(thought) in here.effects
    here.take(SpeechEnded("c1", 900)).take(SpeechHeard("c1", "at home I mean"))
    assert "Thirteen stairs, steep ones." in here.prompts[-1].lines, "what was asked before is not forgotten"


def test_a_monologue_is_recognised_after_a_minute_and_is_still_an_interruption() -> None:
    here = speaking().talks_over(300).take(SpeechBegan("c1")).waits_for("hearing")
    assert isinstance(here.encounter.floor, Recognising) and here.encounter.floor.interrupted
    assert here.encounter.floor.audio_ms == 60_000


def test_recognition_that_never_answers_is_given_up() -> None:
    here = entered(PLAIN).take(SpeechBegan("c1")).take(SpeechEnded("c1", 900)).waits_for("recognising")
    assert here.notices() == ["hearing_failed"] and isinstance(here.encounter.floor, Listening)


# interruption


def interrupts(here: Room) -> bool:
    here.take(SpeechEnded("c1", 900)).take(SpeechHeard("c1", "sorry what"))
    return "interrupts" in here.encounter.turn("c1").moves


def test_talking_over_her_is_an_interruption() -> None:
    assert interrupts(speaking("One two three.").talks_over(400).take(SpeechBegan("c1")))


def test_speaking_after_an_old_cut_is_none() -> None:
    assert not interrupts(speaking("One two three.").talks_over(400).take(SpeechBegan("c1"), after_ms=8_000))


@pytest.mark.parametrize("reason", ["disconnected", "cancelled", "restart", "stalled"])
def test_a_reply_lost_to_the_line_is_no_interruption(reason: str) -> None:
    here = speaking("One two three.")
    cut = Cut(here.reply, 400, "disconnected" if reason == "disconnected" else "stalled")
    assert not interrupts(here.take(cut).take(SpeechBegan("c1")))


def test_speaking_after_a_pause_is_none() -> None:
    here = speaking("One two three.").take(Paused()).take(Resumed())
    assert not interrupts(here.take(SpeechBegan("c1")))


# typed, done, held in silence


def test_typed_items_form_one_turn() -> None:
    here = entered(PLAIN).take(Typed("i1", "Hello."), Typed("i2", "How are you?")).waits_for("typing")
    assert here.encounter.turn("i1").text == "Hello. How are you?"
    assert not here.encounter.pending


def test_what_is_typed_while_she_speaks_waits_for_her() -> None:
    here = speaking("One two three.").take(Typed("i1", "And at night?"), TurnClosed())
    assert here.encounter.pending
    here.hears_it_all()
    assert here.encounter.turn("i1").text == "And at night?" and isinstance(here.encounter.floor, Thinking)


def test_what_was_typed_and_never_answered_stays_in_the_transcript() -> None:
    here = speaking("One two three.").take(Typed("i1", "You sound lonely.")).take(Ended("learner"))
    assert here.encounter.turn("i1").text == "You sound lonely."
    assert "names_feeling" in here.encounter.turn("i1").moves and not here.encounter.pending
    assert speaking("One.").take(Typed("i1", "stop simulation")).take(Ended("learner")).encounter.ended == "stop"


def test_an_act_while_she_speaks_is_seen_and_stops_nobody() -> None:
    here = speaking("One two three.")
    said = here.reply
    assert here.does().reply == said
    assert here.last.text == "sits down beside her" and here.last.moves == {"sits_down", "stays", "did:sit_down"}


def test_a_held_silence_is_a_turn() -> None:
    here = entered(PLAIN).take(SilenceHeld("s1", 6_200))
    assert (here.last.kind, here.last.text) == ("silence", "waits in silence, 6 s")
    assert here.last.moves == {"invites_silence"}
    here.refuses(SilenceHeld("s2", 500))


def test_an_id_is_used_once_whoever_chose_it() -> None:
    here = entered(PLAIN).take(SpeechBegan("c1"))
    here.refuses(Typed("c1", "Hello."))
    here.refuses(Acted("reply_1", "sit_down"))
    chosen = entered(PLAIN).take(Typed("reply_3", "Hello."), TurnClosed())
    assert [turn.id for turn in chosen.encounter.turns] == ["reply_1", "reply_3", "reply_4"]


# pause, in every state of the floor

FLOORS = {
    "listening": lambda: entered(PLAIN),
    "hearing": lambda: entered(PLAIN).take(SpeechBegan("c1")),
    "recognising": lambda: entered(PLAIN).take(SpeechBegan("c1")).take(SpeechEnded("c1", 900)),
    "thinking": lambda: entered(PLAIN).types("How are you?"),
    "speaking": lambda: speaking("One two three.", "Four."),
}


@pytest.mark.parametrize("floor", FLOORS)
def test_a_pause_leaves_nothing_open(floor: str) -> None:
    here = FLOORS[floor]().take(Paused())
    assert here.encounter.phase == "paused" and StopClock() in here.effects
    assert all(turn.closed and (turn.text or turn.failed) for turn in here.encounter.turns if turn.plan)
    assert isinstance(here.take(Resumed(), after_ms=0).encounter.floor, Listening)
    assert here.says("Where were we?").last.text
    here.assert_replays()


@pytest.mark.parametrize("floor", FLOORS)
def test_an_end_leaves_nothing_open(floor: str) -> None:
    here = FLOORS[floor]().take(Ended("abandoned"))
    assert here.encounter.phase == "reflection"
    assert all(turn.closed for turn in here.encounter.turns)


# time


def test_time_up_is_closed_by_her() -> None:
    here = entered(PLAIN).waits_for("warning").waits_for("time_up")
    assert here.encounter.running
    assert here.hears_it_all().last.text == CLOSING
    assert (here.encounter.phase, here.encounter.ended) == ("reflection", "time_up")
    assert here.notices() == ["time_warning", "time_up"]


def test_a_hard_timer_ends_it_in_the_middle_of_a_word() -> None:
    here = (
        entered(case(timer="hard")).waits_for("warning").take(SpeechBegan("c1"), after_ms=119_000).waits_for("time_up")
    )
    assert here.encounter.ended == "time_up"


def test_a_soft_timer_waits_for_whoever_speaks_and_not_for_ever() -> None:
    here = entered(PLAIN).waits_for("warning").take(SpeechBegan("c1"), after_ms=115_000)
    here.waits_for("hearing")
    assert here.encounter.now_ms > here.encounter.limit_ms and here.encounter.running
    here.take(SpeechHeard("c1", "and so on")).take(SpeechBegan("c2")).waits_for("time_up")
    assert here.encounter.ended == "time_up"


def test_a_learner_who_speaks_before_her_goodbye_is_let_finish() -> None:
    here = entered(PLAIN).waits_for("warning").waits_for("time_up").take(SpeechBegan("c1"))
    assert here.encounter.running
    here.take(SpeechEnded("c1", 900)).take(SpeechHeard("c1", "one more thing")).hears_it_all()
    assert here.waits_for("time_up").hears_it_all().encounter.ended == "time_up"
    assert here.notices().count("time_up") == 1


def test_untimed_has_no_end_of_its_own() -> None:
    here = entered(PLAIN, time_percent=0)
    assert not {effect.timer for effect in here.effects if isinstance(effect, SetTimer)} & {"time_up", "warning"}


# trouble


def test_a_reply_that_fails_says_so() -> None:
    here = entered(PLAIN).types("How are you?")
    here.take(ReplyFailed(here.reply, "silent"))
    assert here.last.failed == "silent" and here.notices() == ["reply_failed"]
    assert any(isinstance(effect, ShowNotice) for effect in here.effects)


def test_an_actor_that_never_answers_is_given_up() -> None:
    assert entered(PLAIN).types("How are you?").waits_for("thinking").last.failed == "late"


def test_a_reply_never_reported_as_played_is_taken_as_heard() -> None:
    here = speaking("One two three.").waits_for("speaking")
    assert here.last.text == "One two three." and here.last.cut


def test_a_cut_before_the_first_word_says_why() -> None:
    here = speaking("Tremendously.").talks_over(90)
    assert (here.last.text, here.last.failed) == ("", "barge_in")


def test_late_is_dropped_and_wrong_is_refused() -> None:
    here = speaking("One.")
    reply = here.reply
    here.hears_it_all()
    late: tuple[Event, ...] = (Played(reply, 5), SentenceReady(reply, 1, "x", 0), SpeechHeard("c9", "x"), TurnClosed())
    for event in (*late, TimerFired("thinking:x")):
        assert is_late(here.encounter, event, here.now_ms)
    wrong: tuple[Event, ...] = (Entered(), Resumed(), Reflected(), Acted("d", "dance"), Typed("i", " "))
    for event in (*wrong, Opened("e", "c", "1", "d")):
        assert not is_late(here.encounter, event, here.now_ms)
        here.refuses(event)
    here.take(Ended("learner"))
    assert is_late(here.encounter, Truncated(reply, 0), here.now_ms)


def test_time_does_not_run_backwards() -> None:
    here = entered(PLAIN).says("Hello.")
    here.now_ms = here.encounter.now_ms - 1
    here.refuses(TurnClosed())


def test_sentences_come_in_order() -> None:
    here = entered(PLAIN).types("How are you?")
    here.refuses(SentenceReady(here.reply, 1, "Two.", 0))
    here.refuses(SentenceReady(here.reply, 0, " ", 0))
    here.refuses(ReplyWritten(here.reply))
    here.refuses(Played(here.reply, 0))


def test_a_log_begins_with_opened() -> None:
    with pytest.raises(IllegalEvent):
        replay(PLAIN, [(Entered(), 0)])


def test_the_log_alone_gives_the_same_encounter() -> None:
    quiet = case(beats=(beat("B", trigger=when("turn >= 1")),))
    here = entered(quiet).says("Hello.").does().says("You sound lonely.").speaks("and now").hears_it_all(ms=900)
    here.assert_replays()
