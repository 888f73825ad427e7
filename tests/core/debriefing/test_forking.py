"""A moment taken up again: the log up to a turn of the learner's begins another encounter, which stands there."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from server.core.advance import advance, replay
from server.core.debriefing.course import Course, course
from server.core.debriefing.forking import can_fork, fork
from server.core.encounter import Listening
from server.core.errors import Conflict, RequestError
from server.core.events import Cut, Ended, Opened, SpeechBegan, SpeechEnded, SpeechHeard, TurnClosed, Typed
from server.core.timers import timers
from server.core.transcript import LEARNER
from tests.core.cases import SIT, beat, case, when
from tests.core.rooms import Room, entered
from tests.logs.recording import FOLDER, end_of, read_log, the_case

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
CASE = case(beats=(QUIET,))


def recorded(name: str) -> Course:
    kept = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return course(the_case(kept["case"]), read_log(kept))


def talk(*texts: str) -> Room:
    here = entered(CASE)
    for text in texts:
        here.says(text)
    return here


def whole(here: Room) -> Course:
    return course(here.encounter.case, here.take(Ended("learner")).log)


def own_turns(went: Course) -> list[str]:
    return [turn.id for turn in went.end.turns if turn.speaker == LEARNER]


@pytest.mark.parametrize(
    ("name", "every"),
    [("average.json", 1), ("three-voices.json", 1), ("poor.json", 3), ("skilled.json", 5), ("skilled-aloud.json", 5)],
)
def test_a_fork_and_what_was_said_then_come_to_the_same_end(name: str, every: int) -> None:
    """Of two logs every turn; of the others, which are much alike, some."""
    went = recorded(name)
    turns = own_turns(went)[::every]
    assert sum(goes_on(went, turn) for turn in turns) >= len(turns) - 1, "all but one that was typed into others' words"


def goes_on(went: Course, turn: str) -> bool:
    """Whether what followed can be put to the fork as it stood; if so, it comes to the same end."""
    begins = fork(went, turn, "enc_again")
    before = replay(went.end.case, begins)
    assert before.running and isinstance(before.floor, Listening) and not before.pending
    assert not before.has_turn(turn) and before.id == "enc_again"
    if begins[1:] != went.log[1 : len(begins)]:
        return False
    for event, at_ms in went.log[len(begins) :]:
        before = advance(before, event, at_ms).encounter
    assert end_of(before) == end_of(went.end)
    return True


def test_it_stands_where_the_first_stood() -> None:
    went = recorded("average.json")
    turn = "item_36"
    then, again = went.before(turn), replay(went.end.case, fork(went, turn, "enc_again"))
    assert (again.board, again.floor) == (then.board, then.floor)
    assert again.now_ms == then.quiet_since_ms, "when the last word had been said"
    assert timers(again) | timers(replace(then, pending=(), answer_due=False, now_ms=again.now_ms)) == timers(again)
    assert again.turns == then.turns
    assert again.retry is not None
    assert (again.retry.of, again.retry.turn, again.retry.beats) == (went.end.id, turn, ("B2_empty_chair",))
    assert again.own_turns == ()


def test_a_spoken_turn_goes_back_to_before_its_first_sound() -> None:
    here = talk("Hello.").speaks("You sound lonely.").hears_it_all()
    turn = here.said[-2].id
    went = whole(here)
    log = fork(went, turn, "e2")
    assert not [event for event, _ in log if isinstance(event, SpeechBegan | SpeechEnded | SpeechHeard)]
    assert replay(CASE, log).board.open_beats() == ("B1",)


def test_who_was_speaking_while_it_was_typed_is_heard_out_first() -> None:
    here = talk("Hello.").types("You sound lonely.").voices()
    here.take(Typed("early", "Tell me."), TurnClosed()).hears_it_all()
    assert here.encounter.has_turn("early"), "it became a turn when the reply had ended"
    went = whole(here.hears_it_all())
    again = replay(CASE, fork(went, "early", "e2"))
    assert isinstance(again.floor, Listening) and not again.pending and not again.has_turn("early")
    reply = next(turn for turn in again.turns if turn.plan and turn.plan.to_turn == again.turns[-2].id)
    assert reply.text == went.end.turn(reply.id).text != ""


def test_what_was_done_is_a_turn_as_well() -> None:
    here = talk("Hello.").does()
    turn = here.last.id if here.last.kind == "action" else here.encounter.turns[-2].id
    assert here.encounter.turn(turn).text == SIT.text
    assert not replay(CASE, fork(whole(here), turn, "e2")).has_turn(turn)


def test_after_talking_somebody_over_their_cut_words_stay_cut() -> None:
    here = talk("Hello.").types("Tell me more.").voices("It gets quiet. It really does.")
    here.take(Cut(here.reply, 300, "barge_in")).speaks("Never mind that.")
    turn = here.said[-2].id
    again = replay(CASE, fork(whole(here.hears_it_all()), turn, "e2"))
    assert again.turns[-1].talked_over and isinstance(again.floor, Listening)


def refused(went: Course, turn: str) -> str:
    with pytest.raises(RequestError) as caught:
        fork(went, turn, "e2")
    assert caught.value.message and not can_fork(went, turn)
    return caught.value.code


def test_what_cannot_be_taken_up_again() -> None:
    here = talk("Hello.", "You sound lonely.")
    own, theirs = here.said[1].id, here.said[0].id
    running = course(CASE, here.log)
    assert refused(running, own) == "not_ended"
    stopped = course(CASE, talk("Hello.").take(Ended("stop")).log)
    assert refused(stopped, own_turns(stopped)[0]) == "stopped"
    went = whole(here)
    assert refused(went, theirs) == refused(went, "item_99") == refused(went, "") == "not_your_turn"
    reversed_ = entered(replace(CASE, activity="role_reversal")).says("Hello.")
    assert refused(whole(reversed_), reversed_.said[1].id) == "role_reversal"


def test_who_went_straight_on_is_sent_to_the_turn_before() -> None:
    here = talk("Hello.").types("I wonder,").speaks("whether you sleep.").hears_it_all()
    first, second = here.said[-3].id, here.said[-2].id
    if here.encounter.turn(first).speaker != LEARNER:
        first = next(turn.id for turn in reversed(here.said) if turn.text == "I wonder,")
    went = whole(here)
    assert refused(went, second) == "floor_not_free" and can_fork(went, first)


def test_no_time_is_left_where_time_was_up() -> None:
    here = talk("Hello.").types("Tell me more.").hears_it_all(ms=9_000).says("Still here.")
    late = here.said[-2].id
    went = whole(here)
    with pytest.raises(Conflict) as caught:
        fork(_with_limit(went, went.before(late).quiet_since_ms), late, "e2")
    assert caught.value.code == "no_time_left"
    assert can_fork(_with_limit(went, went.before(late).quiet_since_ms + 1), late)


def _with_limit(went: Course, limit_ms: int) -> Course:
    """The same course, in a case that has no more time than this."""
    plan = replace(CASE.logistics.time, encounter_min=limit_ms / 60_000)
    short = replace(CASE, logistics=replace(CASE.logistics, time=plan))
    return replace(went, states=tuple(replace(state, case=short) for state in went.states))


def test_an_older_log_opens_without_the_new_fields() -> None:
    assert Opened("e", "c", "1", "d").retry_of == ""
    assert replay(CASE, talk("Hello.").log).retry is None
