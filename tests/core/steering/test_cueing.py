"""A cue: it comes when the patient is free, unlocks nothing, and cannot be told from a moment that came by itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.beats import IN_PEACE_MS
from server.core.case import Case
from server.core.case_parts.play import Delivery, TimedPrompt
from server.core.effects import SetTimer
from server.core.events import Cued, CueTakenBack, Ended, Paused, SpeechBegan
from server.core.ledger import ledger
from server.core.scoring.scoring import score
from server.core.steering.cueing import became, cued_turns, turn_of, untold, why_not_cued, why_not_taken_back
from server.core.timers import PAUSE_MS, timers
from tests.core.cases import beat, case, fact, member, outcome, when
from tests.core.rooms import Room, entered, room
from tests.core.rubrics import RUBRIC

FAR = when("trust >= 9")
LONELY = beat("B", "It gets so quiet there.", trigger=FAR, topics=("quiet",), feelings=("loneliness",))


def cued(of: Case | None = None, *, portrayal: str = "teaching") -> Room:
    """A beat whose trigger is far away has been brought forward."""
    return entered(of or case(beats=(LONELY,)), portrayal=portrayal).take(Cued("f1", "B"))


def became_of(here: Room) -> list[str]:
    return [became(here.encounter, each) for each in here.encounter.cues]


def test_it_comes_with_the_next_answer() -> None:
    here = cued().says("Hello.")
    assert here.last.text == "It gets so quiet there."
    assert became_of(here) == ["given"] and turn_of(here.encounter, here.encounter.cues[0]) == here.last.id
    here.assert_replays()


def test_whoever_marks_is_told_in_which_turn_it_came() -> None:
    assert cued_turns(cued().encounter) == ()
    here = cued().says("Hello.")
    assert [turn.text for turn in here.encounter.turns if turn.id in cued_turns(here.encounter)] == [here.last.text]
    assert cued_turns(entered(case(beats=(LONELY,))).says("Hello.").encounter) == ()


def test_it_comes_by_itself_when_nobody_speaks_and_not_before_a_pause() -> None:
    here = cued()
    quiet_since = here.encounter.quiet_since_ms
    here.waits_for("director")
    assert here.now_ms == quiet_since + PAUSE_MS and here.state_of("B") == "offered"


def test_to_everybody_in_the_room_it_is_a_beat_like_any_other() -> None:
    by_itself = entered(case(beats=(replace(LONELY, trigger=when("turn >= 1")),))).types("Hello.")
    brought = cued().types("Hello.")
    assert brought.prompts[-1] == by_itself.prompts[-1]
    brought.hears_it_all().says("You sound lonely.")
    by_itself.hears_it_all().says("You sound lonely.")
    assert [turn.text for turn in brought.said] == [turn.text for turn in by_itself.said]
    assert brought.encounter.board.numbers == by_itself.encounter.board.numbers


def test_the_learner_is_shown_nothing_when_it_is_given() -> None:
    here = entered(case(beats=(LONELY,)))
    before = here.encounter
    here.take(Cued("f1", "B"), after_ms=1_000)
    assert [type(effect) for effect in here.effects] == [SetTimer]
    same = replace(here.encounter, cues=(), board=replace(here.encounter.board, cued=()), now_ms=before.now_ms)
    assert same == before


def test_not_even_time_does_its_work_with_it() -> None:
    """What a minute changes is changed by the next event that the learner may know of."""
    doors = (replace(case().actions[0], when="minute >= 1"),)
    here = entered(replace(case(beats=(LONELY,)), actions=doors))
    here.take(Cued("f1", "B"), after_ms=90_000)
    assert not here.shown_turns() and here.encounter.board.drifted == {} == here.encounter.board.checkpoints


def test_it_waits_for_the_moment_that_lies_open() -> None:
    first = beat("A", "My hand hurts.", trigger=when("turn >= 1"))
    here = entered(case(beats=(first, LONELY))).says("Hello.").take(Cued("f1", "B"))
    assert "director" not in timers(here.encounter) and became_of(here) == ["waiting"]
    here.says("Any pain?")
    assert (here.state_of("A"), here.state_of("B")) == ("heard", "hidden")
    here.says("You sound worried.")
    assert (here.state_of("A"), here.state_of("B")) == ("addressed", "heard")


def test_it_waits_for_who_is_to_say_it() -> None:
    hers = replace(LONELY, speaker="sister")
    away = case(beats=(hers,), cast=(member(), replace(member("sister"), present=False)))
    here = entered(away)
    here.refuses(Cued("f1", "B"))
    reason = why_not_cued(here.encounter, "B")
    assert reason is not None and (reason.code, reason.about) == ("away", "sister")


def test_words_that_were_talked_over_are_brought_again() -> None:
    deliver = Delivery(verbatim="When I get home it gets quiet.", cue_words=("quiet",))
    here = cued(case(beats=(replace(LONELY, deliver=deliver),))).types("Hello.").voices(ms=6_000).talks_over(3_000)
    assert (here.state_of("B"), became_of(here)) == ("hidden", ["waiting"])
    assert here.says("Go on.").state_of("B") == "heard" and became_of(here) == ["given"]


def test_it_unlocks_nothing() -> None:
    secret = fact("F", "I fell on the stairs.", "did you fall", min_trust=5)
    told = replace(LONELY, on_success=outcome(reveal=("F",)))
    here = cued(case(facts=(secret,), beats=(told,))).says("Hello.").says("You sound lonely.")
    assert here.state_of("B") == "addressed" and "F" in here.encounter.board.opened
    assert "stairs" not in " ".join(turn.text for turn in here.said)
    assert all("stairs" not in " ".join(prompt.lines) for prompt in here.prompts)


def test_a_core_moment_that_is_overdue_still_comes_first() -> None:
    late = beat("D", "I fell, you know.", fallback_at_min=1)
    here = entered(case(beats=(LONELY, late)))
    here.now_ms = 61_000
    here.take(Cued("f1", "B")).says("Hello.")
    assert here.state_of("D") == "heard" and here.state_of("B") == "hidden"
    here.now_ms += IN_PEACE_MS
    assert here.says("You sound frightened.").says("mm").state_of("B") == "heard"


def test_it_is_reported_apart_and_never_as_earned() -> None:
    here = cued(case(beats=(LONELY, beat("C", "And cold.", trigger=when("turn >= 1"))))).says("Hello.")
    here.says("You sound lonely.").says("Go on.").says("That is hard.")
    lines = {line.beat: line for line in ledger(here.encounter)}
    assert (lines["B"].cued, lines["B"].state, lines["C"].cued) == (True, "addressed", False)
    here.take(Ended("learner"))
    assert [line.cued for line in score(here.encounter, RUBRIC).opportunities] == [True, False]


def test_it_is_dropped_with_the_end() -> None:
    here = cued().take(Ended("learner"))
    assert became_of(here) == ["dropped"]
    assert not ledger(here.encounter)[0].cue_turn


@pytest.mark.parametrize("how", ["the door", "the end", "twice", "heard", "nonsense", "stop"])
def test_what_cannot_be_cued_is_refused(how: str) -> None:
    small = case(beats=(LONELY,))
    rooms = {
        "the door": lambda: room(small),
        "the end": lambda: entered(small).take(Ended("learner")),
        "stop": lambda: entered(small).take(Ended("stop")),
        "twice": lambda: cued(small),
        "heard": lambda: cued(small).says("Hello."),
        "nonsense": lambda: entered(small),
    }
    rooms[how]().refuses(Cued("f1", "X" if how == "nonsense" else "B"))


def test_while_paused_it_is_taken_and_waits() -> None:
    here = entered(case(beats=(LONELY,))).take(Paused()).take(Cued("f1", "B"))
    assert became_of(here) == ["waiting"] and not timers(here.encounter)


def test_a_line_against_stalling_is_said_in_the_next_quiet_moment() -> None:
    stuck = case(prompts=(TimedPrompt(5, "Are you there?"), TimedPrompt(0.02, "It's late."), TimedPrompt(6, "Well?")))
    here = entered(stuck).take(Cued("f1", prompt=2))
    assert here.waits_for("director").hears_it_all().last.text == "Well?" and became_of(here) == ["given"]
    assert here.waits_for("director").hears_it_all().last.text == "It's late.", "the others come in their own time"
    here.refuses(Cued("f1", prompt=2))
    entered(stuck, portrayal="assessment").refuses(Cued("f1", prompt=0))
    entered(stuck).refuses(Cued("f1", prompt=3))


# taken back


def why_too_late(here: Room, prompt: int = -1) -> str:
    reason = why_not_taken_back(here.encounter, "" if prompt >= 0 else "B", prompt)
    return reason.code if reason else ""


def test_a_cue_that_waits_is_taken_back_and_leaves_no_trace_in_the_talk() -> None:
    never, here = entered(case(beats=(LONELY,))), cued()
    here.take(CueTakenBack("f2", "B"))
    assert replace(here.encounter, cues=()) == never.encounter and timers(here.encounter) == timers(never.encounter)
    assert became_of(here) == ["taken_back"] and untold(here.encounter) == 2
    assert here.says("Hello.").state_of("B") == "hidden"
    here.assert_replays()


def test_what_comes_by_itself_after_it_was_taken_back_is_earned() -> None:
    here = cued(case(beats=(replace(LONELY, trigger=when("turn >= 2")),))).take(CueTakenBack("f1", "B"))
    here.says("Hello.").says("How are you?")
    assert here.state_of("B") == "heard" and cued_turns(here.encounter) == ()
    assert [line.cued for line in ledger(here.encounter)] == [False]


def test_it_may_be_brought_forward_again() -> None:
    here = cued().take(CueTakenBack("f1", "B")).take(Cued("f2", "B"))
    assert became_of(here) == ["taken_back", "waiting"]
    here.refuses(Cued("f2", "B"))
    assert here.says("Hello.").state_of("B") == "heard" and became_of(here) == ["taken_back", "given"]
    here.assert_replays()


def test_it_is_too_late_once_the_words_are_chosen_until_they_are_talked_over() -> None:
    deliver = Delivery(verbatim="When I get home it gets quiet.", cue_words=("quiet",))
    here = cued(case(beats=(replace(LONELY, deliver=deliver),))).types("Hello.")
    assert why_too_late(here) == "offered"
    reason = why_not_cued(here.encounter, "B")
    assert reason is not None and reason.code == "offered"
    here.refuses(CueTakenBack("f1", "B"))
    here.voices(ms=6_000).talks_over(3_000)
    assert here.take(CueTakenBack("f1", "B")).says("Go on.").state_of("B") == "hidden"


def test_what_does_not_wait_is_not_taken_back() -> None:
    assert why_too_late(entered(case(beats=(LONELY,)))) == "not_cued"
    assert why_too_late(cued().take(CueTakenBack("f1", "B"))) == "not_cued"
    assert why_too_late(cued().says("Hello.")) == "heard_already"
    assert why_too_late(cued().take(Ended("learner"))) == "over"
    eased = cued(case(beats=(replace(LONELY, eased_if=("greeting",)), beat("A", "Oh.", trigger=FAR))))
    assert why_too_late(eased) == ""


def test_a_line_against_stalling_is_taken_back() -> None:
    stuck = entered(case(prompts=(TimedPrompt(5, "Are you there?"), TimedPrompt(6, "Well?"))))
    stuck.take(Cued("f1", prompt=1)).take(CueTakenBack("f1", prompt=1))
    assert stuck.waits_for("director").hears_it_all().last.text == "Are you there?", "in its own time, and first"
    stuck.take(Cued("f1", prompt=1)).waits_for("director")
    assert why_too_late(stuck, 1) == "heard_already"


def test_it_does_not_talk_into_what_the_learner_says() -> None:
    here = cued().take(SpeechBegan("c1"), after_ms=500)
    assert "director" not in timers(here.encounter)
