"""Several people in one room, where it is hardest: who has left, who comes in midway, whose words are lost."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.core.case import Case
from server.core.case_parts.cast import CastMember, Unscripted, Walkout
from server.core.case_parts.links import Variant
from server.core.case_parts.play import Action, Aside, Delivery, Outcome
from server.core.case_parts.state import Drift, Number, Response, State
from server.core.encounter import Listening, Thinking
from server.core.events import (
    Acted,
    Cut,
    Paused,
    ReplyFailed,
    Resumed,
    SentenceReady,
    SpeechBegan,
    SpeechUnclear,
)
from server.core.people import called
from server.core.timers import timers
from server.core.variants import as_variant
from tests.core.cases import beat, case, fact, member, portrayal, when
from tests.core.rooms import Room, entered


def relative(cast_id: str = "son", name: str = "Ali Farahani", **changes: Any) -> CastMember:
    """Somebody else in the room; what he says is a field of his portrayal, the rest of the cast member."""
    about = {key: changes.pop(key) for key in ("called", "present", "state") if key in changes}
    return CastMember(cast_id, "relative", name, "A relative.", portrayal=portrayal(**changes), **about)


def ward(*people: CastMember, **changes: Any) -> Case:
    return case(cast=(member(name="Reza Farahani"), *(people or (relative(),))), **changes)


OUT = Action("send_out", "Ask him out", "asks him to wait outside", toward="son", outcome=Outcome(leaves=("son",)))
IN = Action("ask_in", "Ask him in", "asks him in", when="not present:son", outcome=Outcome(enters=("son",)))


def speakers(here: Room) -> list[str]:
    return [turn.speaker for turn in here.said]


def words(here: Room) -> str:
    return " ".join(turn.text for turn in here.said)


# whoever is out says nothing


def test_an_aside_of_somebody_who_is_out_is_not_said() -> None:
    asks = beat(
        "B", trigger=when("turn >= 1"), deliver=Delivery(verbatim="Ask my son.", then=(Aside("son", "Ask me what?"),))
    )
    here = entered(ward(relative(present=False), beats=(asks,))).says("Hello.")
    assert isinstance(here.encounter.floor, Listening) and "son" not in speakers(here)


def test_whoever_is_sent_out_does_not_say_what_he_was_about_to() -> None:
    asks = beat(
        "B", trigger=when("turn >= 1"), deliver=Delivery(verbatim="Ask my son.", then=(Aside("son", "Ask me what?"),))
    )
    here = entered(ward(beats=(asks,), actions=(OUT,))).types("Hello.").voices()
    here.take(Acted("deed", "send_out")).hears_it_all()
    assert isinstance(here.encounter.floor, Listening) and "son" not in speakers(here)


def test_a_beat_of_somebody_sent_out_meanwhile_waits_for_his_return() -> None:
    his = beat("B", "He never told me.", speaker="son", trigger=when("turn >= 1"))
    eats = fact("F", "I eat standing up.", "how are you eating")
    here = entered(ward(beats=(his,), facts=(eats,), actions=(OUT, IN))).types("How are you eating?").voices()
    here.take(Acted("deed", "send_out")).hears_it_all()
    assert here.state_of("B") == "hidden" and "son" not in here.encounter.board.present


def test_somebody_who_left_does_not_repeat_himself() -> None:
    here = entered(ward(actions=(OUT,))).says("Ali, hello.").does("send_out")
    assert here.last.speaker != "son"
    assert here.says("Sorry, can you repeat that?").last.speaker == "patient"


def test_what_is_private_is_not_repeated_in_front_of_others() -> None:
    drink = fact("F", "A bottle a day.", "how much do you drink", when="not present:son", instead=("Not now.",))
    here = entered(ward(relative(present=False), facts=(drink,), actions=(IN,))).says("How much do you drink?")
    assert here.last.text == drink.say
    assert here.does("ask_in").says("Can you repeat that?").last.text != drink.say


def test_an_outcome_lets_nobody_speak_from_outside() -> None:
    look = Action("look", "Look", "looks round", outcome=Outcome(say="What is it?", speaker="son"))
    here = entered(ward(relative(present=False), actions=(look,))).does("look")
    assert isinstance(here.encounter.floor, Listening) and not here.encounter.first


def test_what_somebody_was_about_to_say_goes_out_with_him() -> None:
    look = Action("look", "Look", "looks round", outcome=Outcome(say="What is it?", speaker="son"))
    here = entered(ward(actions=(look, OUT))).types("Hello.").voices().does("look")
    assert [said.speaker for said in here.encounter.first] == ["son"]
    assert not here.does("send_out").encounter.first


# what follows a line that was not heard


ASKS = beat(
    "B", trigger=when("turn >= 1"),
    deliver=Delivery(verbatim="Where is the sponge?", then=(Aside("son", "What sponge?"),)),
)  # fmt: skip


def test_nobody_takes_up_a_line_that_failed() -> None:
    here = entered(ward(beats=(ASKS,))).types("Hello.")
    here.take(ReplyFailed(here.reply, "late"))
    assert isinstance(here.encounter.floor, Listening), "he asks after words that nobody heard"


def test_nobody_takes_up_a_line_that_a_cough_superseded() -> None:
    here = entered(ward(beats=(ASKS,))).types("Hello.")
    here.take(SpeechBegan("clip")).take(SpeechUnclear("clip", "withdrawn"))
    assert "son" not in speakers(here), "he asks after words that nobody heard"


def test_an_answer_lost_with_the_connection_comes_again_before_what_follows_it() -> None:
    here = entered(ward(beats=(ASKS,))).types("Hello.")
    here.take(Cut(here.reply, 0, "disconnected"))
    here.waits_for("director").hears_it_all().hears_it_all()
    assert [turn.text for turn in here.said if turn.text][-2:] == ["Where is the sponge?", "What sponge?"]


def test_a_stopped_reply_at_the_end_is_followed_by_nobody() -> None:
    here = entered(ward(beats=(ASKS,))).types("Hello.").voices()
    here.take(Cut(here.reply, 1_000, "ended"))
    assert isinstance(here.encounter.floor, Listening)


def test_what_an_outcome_called_for_is_said_once_and_kept_until_it_is_heard() -> None:
    greet = replace(IN, outcome=Outcome(enters=("son",), say="There you are."))
    out = replace(OUT, outcome=Outcome(leaves=("son",), say="I'll wait.", speaker="son"))
    here = entered(ward(relative(present=False), actions=(out, greet))).types("Hello.").voices()
    for number, deed in enumerate(("ask_in", "send_out", "ask_in", "send_out")):
        here.take(Acted(f"deed_{number}", deed))
    here.hears_it_all().types("Right.")
    planned = [plan for turn in here.said if (plan := turn.plan)] + list(here.encounter.queue)
    lines = [line for plan in planned[2:] for line in plan.lines]
    assert lines.count("There you are.") == 1, lines
    here.take(ReplyFailed(here.reply, "late"))
    pending = [said.say for said in here.encounter.first] + [
        line for plan in here.encounter.queue for line in plan.first
    ]
    plan = here.encounter.turn(here.reply).plan
    assert "There you are." in pending or (plan and "There you are." in plan.lines)


# whose words


def test_an_answer_in_place_of_a_locked_fact_is_in_its_owner_s_voice() -> None:
    key = fact("F_key", "My sister has the key.", "who has the key")
    debt = fact("F_debt", "I owe him.", "do you owe him money", owner="son", min_trust=5, instead=("Mind your own.",))
    here = entered(ward(facts=(key, debt))).says("Who has the key? And do you owe him money?")
    said = {turn.text: turn.speaker for turn in here.said}
    assert all(speaker == "son" for text, speaker in said.items() if "Mind your own." in text)


def test_a_policy_of_another_person_is_in_their_voice() -> None:
    key = fact("F_key", "My sister has the key.", "who has the key")
    name = Unscripted("name", ("what is your name",), ("Ali.",))
    here = entered(ward(relative(unscripted=(name,)), facts=(key,))).says("Who has the key? And what is your name?")
    said = {turn.text: turn.speaker for turn in here.said}
    assert all(speaker == "son" for text, speaker in said.items() if "Ali." in text)


# clocks


@pytest.mark.parametrize("after_s", [2.01, 16.1, 3.0])
def test_somebody_who_speaks_up_after_any_length_of_quiet_does(after_s: float) -> None:
    here = entered(ward(beats=(beat("B", trigger=when("turn >= 0"), unprompted_after_s=after_s),)))
    assert isinstance(here.waits_for("director").encounter.floor, Thinking)


@pytest.mark.parametrize("percent", [100, 125, 150, 0])
@pytest.mark.parametrize("minute", [1.07, 1.1, 2.03])
def test_a_tick_never_fires_twice_at_one_instant(percent: int, minute: float) -> None:
    rising = State({"trust": Number(0)}, drifts=(Drift("trust", 1, minute),))
    late = beat("B", trigger=when(f"minute >= {minute} and trust >= 9"), unprompted_after_s=1.0)
    here = entered(ward(beats=(late,), state=rising, minutes=30), time_percent=percent)
    for _ in range(3):
        here.waits_for("tick")
        assert timers(here.encounter).get("tick", here.now_ms + 1) > here.now_ms


def test_a_minute_that_must_have_passed_brings_it_too() -> None:
    late = beat("B", "Is it nine yet?", trigger=when("minute > 1.5"), unprompted_after_s=1.0)
    here = entered(ward(beats=(late,)))
    while here.now_ms <= 120_000 and isinstance(here.encounter.floor, Listening):
        name = min(timers(here.encounter), key=lambda timer: timers(here.encounter)[timer])
        here.waits_for(name)
    plan = here.encounter.turn(here.reply).plan
    assert here.now_ms <= 95_000 and plan and plan.beat == "B"


def test_drift_takes_no_step_for_a_pause() -> None:
    tired = State({"trust": Number(0), "fatigue": Number(0)}, drifts=(Drift("fatigue", 1, 1.0),))
    here = entered(ward(state=tired)).take(after_ms=59_000).take(Paused()).take(Resumed()).says("Hello.")
    assert here.encounter.board.numbers["fatigue"] == 0
    assert here.take(after_ms=1_000).says("Hello.").encounter.board.numbers["fatigue"] == 1


# walking out


ENOUGH = (Walkout("distress >= 3", "I want you to go."),)
RUDE = (Response("dismisses", {"distress": 3}),)


@pytest.mark.parametrize("percent", [100, 0])
def test_whoever_ended_it_has_ended_it_though_there_was_a_pause(percent: int) -> None:
    cast = (replace(member(), portrayal=portrayal(walkouts=ENOUGH)), relative())
    here = entered(case(cast=cast, upset_by=RUDE), time_percent=percent).types("Shut up.").voices(ms=0)
    assert here.take(Paused()).encounter.phase == "paused" and not here.encounter.owed
    here.take(Resumed()).waits_for("director").hears_it_all()
    assert here.encounter.ended == "sent_away"


# who is spoken to


@pytest.mark.parametrize(
    ("name", "also", "said", "who"),
    [
        ("Will Hale", (), "Will you sit down?", ""),
        ("Will Hale", (), "Yes, I will.", ""),
        ("Will Hale", (), "Will, can you hear me?", "son"),
        ("Will Hale", (), "Can you hear me, Will?", "son"),
        ("May Hale", (), "May I sit down?", ""),
        ("May Hale", (), "May I sit here, May?", "son"),
        ("Mark Hale", (), "Mark, what do you think?", "son"),
        ("Grace Hale", (), "Grace what do you think", "son"),
        ("Ali Hale", ("doctor",), "Did you ask the doctor?", ""),
        ("Ali Hale", ("doctor",), "Shall I call a doctor?", ""),
        ("Ali Hale", ("doctor",), "The doctor told me you were worried.", ""),
        ("Ali Hale", ("doctor",), "Doctor, we are one short.", "son"),
        ("Ali Hale", ("doctor",), "we are one short doctor", "son"),
        ("Ali Hale", ("doctor",), "doctor did you count again", "son"),
        ("Ali Hale", ("doctor",), "Dr Hale will you count again?", "son"),
        ("Ali Hale", ("doctor",), "Dr Hale asked me to come.", ""),
        ("Ali Hale", ("doctor",), "Dr Hale thinks you can go home.", ""),
        ("Ali Hale", ("son",), "How is your son?", ""),
        ("Ali Hale", ("son",), "Is this your son?", ""),
        ("Ali Hale", ("son",), "Do you live with your son?", ""),
        ("Ali Hale", (), "I have just spoken to Ali.", ""),
        ("Ali Hale", (), "Tell me about Ali.", ""),
        ("Ali Hale", (), "thank you Ali", "son"),
        ("Ali Hale", (), "What do you think, Ali?", "son"),
        ("Ali Hale", (), "ali's here", ""),
    ],
)
def test_a_name_is_a_call_only_when_somebody_is_called(name: str, also: tuple[str, ...], said: str, who: str) -> None:
    assert called(entered(ward(relative(name=name, called=also))).encounter, said) == who


# deeds


def test_a_deed_opens_a_door_that_does_not_wait() -> None:
    scar = fact("F", "That one's from the fire.", waits=False)
    look = Action("look", "Look at her arm", "looks at her arm", outcome=Outcome(reveal=("F",)))
    assert entered(ward(facts=(scar,), actions=(look,))).does("look").hears_it_all().last.text == scar.say


def test_a_deed_stands_before_what_it_leads_to() -> None:
    draw = Action("draw", "Draw the curtain", "draws the curtain", outcome=Outcome(shown="it is dim now"))
    here = entered(ward(actions=(draw,))).does("draw")
    assert [turn.text for turn in here.encounter.turns][-2:] == ["draws the curtain", "it is dim now"]


def test_ids_are_used_once_whatever_a_client_calls_its_deed() -> None:
    draw = Action("draw", "Draw the curtain", "draws the curtain", outcome=Outcome(shown="it is dim now"))
    here = entered(ward(actions=(draw,)))
    here.take(Acted(here.encounter.fresh_id("shown"), "draw"))
    ids = [turn.id for turn in here.encounter.turns]
    assert len(ids) == len(set(ids))


# heard


# variants


def test_a_variant_starts_somebody_else_s_state_too() -> None:
    calm = State({"irritation": Number(4)})
    kind = Variant("kind", "A kinder son", numbers={"son.irritation": 1})
    assert as_variant(ward(relative(state=calm), variants=(kind,)), "kind").numbers["son.irritation"].start == 1


def test_what_was_never_begun_was_not_heard() -> None:
    one = fact("F1", "Thirteen stairs.", "how many stairs do you have")
    two = fact("F2", "One rail, on the left.", "is there a rail")
    here = entered(ward(facts=(one, two))).types("How many stairs do you have? And is there a rail?")
    here.take(SentenceReady(here.reply, 0, one.say, 1_000)).take(Cut(here.reply, 1_000, "barge_in"))
    assert here.encounter.board.revealed == {"F1"}


def test_a_cue_that_was_never_begun_was_not_heard() -> None:
    one = fact("F1", "Thirteen stairs.", "how many stairs do you have")
    here = entered(ward(facts=(one,), beats=(beat("B", trigger=when("turn >= 1")),)))
    here.types("How many stairs do you have?")
    here.take(SentenceReady(here.reply, 0, one.say, 1_000)).take(Cut(here.reply, 1_000, "barge_in"))
    assert here.state_of("B") == "hidden"


def test_an_answer_that_a_cough_superseded_is_given_after_all() -> None:
    here = entered(ward(facts=(fact("F1", "Thirteen stairs.", "how many stairs do you have"),)))
    here.types("How many stairs do you have?").take(SpeechBegan("cough")).take(SpeechUnclear("cough", "withdrawn"))
    assert here.waits_for("director").hears_it_all().last.text == "Thirteen stairs."
