"""Three improvised talks with the shipped case, and what is asked at any bedside: she stays to the point."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.content.loader import load_case
from server.core.case_parts.cast import Portrayal
from server.core.transcript import LEARNER, Turn
from server.core.virtual import VirtualRoom, virtual_room

NOVAK = load_case(Path(__file__).resolve().parents[2] / "personas" / "novak-discharge.yaml")
PORTRAYAL: Portrayal = NOVAK.patient.portrayal
APART = 6
"""Turns within which no reply is said again."""

KIND = """
Hello, I'm Priya, a student nurse.
How are you this evening?
Sorry, can you hear me?
I'll turn the telly down for you.
Would you like some water?
Are you comfortable?
Have you any pain?
Oh dear, that sounds sore.
Shall I get you a cup of tea?
Do you need the toilet?
Do you have any family?
That's nice.
Are you looking forward to going home?
Are you married?
You must be so lonely.
I'm sorry, that came out wrong.
What do you like to do?
Do you like football?
Are you warm enough?
Is there anything I can get you?
Do you live alone?
How do you feel about that?
I'm listening.
What meds are you on at home?
Thank you for telling me.
Good night, Eileen.
""".strip().splitlines()
RUDE = """
Right, what's wrong with you?
Speak up, I haven't got all day.
Have you eaten?
You need to eat.
Don't be silly.
Hurry up, I've other patients.
Have you any pain?
Well, plenty of people have it worse.
Are you listening to me?
Whatever. Any chest pain?
Stop fussing.
You should be grateful.
Do you need the toilet?
Never mind.
I'm sorry about before, I was rude to you.
I'm really sorry. I shouldn't have spoken to you like that.
Can I start again?
May I sit with you for a minute?
What would you like to be called?
How are you feeling now?
I'm sorry I hurt your feelings.
Would you like some water?
How did you sleep?
Take your time.
Do you have stairs at home?
""".strip().splitlines()
CLINICAL = """
Can you confirm your name?
What's your date of birth?
Do you know where you are?
What day is it?
Can you hear me all right?
Have you any chest pain?
Are you breathless?
Do you feel dizzy?
Do you feel sick?
Any bleeding?
Have you any pain in your calf?
Have you opened your bowels?
Any burning when you pass water?
Can I take your blood pressure?
I'm just going to check your temperature.
Can I look at your dressing?
What tablets do you take?
Are you allergic to anything?
Have you had any thoughts of harming yourself?
Do you have diabetes?
How is your pain?
Any pain anywhere else?
How's your appetite?
Is your call bell in reach?
Do you feel dizzy?
Any chest pain at all?
""".strip().splitlines()
TALKS = {"kind": KIND, "rude": RUDE, "clinical": CLINICAL}
ORDINARY = """
What's your name?
How old are you?
What is your date of birth?
Do you know where you are?
What day is it today?
Would you like some water?
Shall I get you a cup of tea?
Do you need the toilet?
Are you warm enough?
Is the light too bright?
Would you like another pillow?
Can I take your blood pressure?
Can I check your temperature?
Can I look at your dressing?
Any bleeding?
Are you short of breath?
Do you feel dizzy?
Do you feel sick?
Have you any pain in your calf?
Have you opened your bowels?
Any burning when you wee?
Have you thought of harming yourself?
Are you married?
Have you got any family?
Do you like football?
What meds are you on at home?
Are you allergic to anything?
Do you like gardening?
""".strip().splitlines()


def room() -> VirtualRoom:
    here = virtual_room(NOVAK)
    here.enter()
    return here


def said(here: VirtualRoom) -> list[Turn]:
    return [turn for turn in here.encounter.turns if turn.kind == "said" and turn.speaker != LEARNER]


def talk(lines: list[str]) -> VirtualRoom:
    here = room()
    for line in lines:
        if here.encounter.running:
            here.wait(4_000)
            here.say(line)
    return here


@pytest.mark.parametrize("lines", TALKS.values(), ids=TALKS)
def test_no_reply_is_said_again_within_a_few_turns(lines: list[str]) -> None:
    replies = [turn.text for turn in said(talk(lines))]
    assert len(replies) >= 24
    again = [text for at, text in enumerate(replies) if text in replies[max(0, at - APART) : at]]
    assert again == []


@pytest.mark.parametrize("question", ORDINARY)
def test_an_ordinary_question_is_not_met_with_ignorance(question: str) -> None:
    here = room()
    here.say(question)
    assert not any(line in said(here)[-1].text for line in PORTRAYAL.dont_know)


def kinds() -> dict[str, str]:
    return {line: policy.kind for policy in PORTRAYAL.unscripted for line in policy.lines}


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("What's your name?", "name"),
        ("How old are you?", "age"),
        ("Where are you right now?", "orientation_place"),
        ("What day is it?", "orientation_time"),
        ("would you like some water", "water_to_drink"),
        ("shall I get you a cup of tea?", "tea"),
        ("do you need the toilet", "toilet"),
        ("Can I just take your BP?", "observations"),
        ("I'm going to check your temperature", "observations"),
        ("what time is it", "clock"),
        ("Is there anything I can get you?", "wishes"),
        ("Have you any pain in your calf?", "calf"),
        ("Are you bleeding?", "bleeding"),
        ("Have you ever thought about harming yourself?", "self_harm"),
        ("do you like football", "football"),
    ],
)
def test_each_kind_of_question_gets_its_policy(question: str, kind: str) -> None:
    here = room()
    here.say(question)
    assert kinds().get(said(here)[-1].text) == kind, said(here)[-1].text


def test_meds_are_medicines() -> None:
    here = room()
    here.say("what meds are you on")
    assert said(here)[-1].text == NOVAK.fact("F_tablets").say


def test_what_was_understood_is_answered_and_not_bluffed() -> None:
    here = room()
    for line in ("Good evening.", "Have you any chest pain?", "Can you hear me ok, Eileen?"):
        here.say(line)
    assert [turn.text for turn in said(here)][-2:] == [NOVAK.fact("F_chest").say, NOVAK.fact("F_aid").say]
    here.say("Okay, that's good.")
    eased = NOVAK.beat("B1_bluff").eased
    assert eased and said(here)[-1].text in eased.lines


def test_what_did_not_arrive_gets_neither_yes_nor_no() -> None:
    lines = [line for barrier in PORTRAYAL.barriers for line in barrier.lines]
    assert not any(line.lower().startswith(("yes", "no", "that's right", "i expect so")) for line in lines)


def test_withdrawn_she_answers_nothing_rather_than_yes_or_no() -> None:
    for mood in NOVAK.state.moods:
        assert len(mood.lines) >= 6
        assert not any(line.lower().startswith(("yes", "no,", "no.", "i suppose so")) for line in mood.lines)


def test_after_rudeness_the_way_back_is_slow_and_open() -> None:
    here = room()
    for line in ("Hurry up, I've other patients.", "Stop fussing.", "Don't be silly.", "I haven't got all night."):
        here.say(line)
    low = dict(here.encounter.board.numbers)
    here.say("I'm sorry about before, I was rude to you.")
    now = here.encounter.board.numbers
    assert now["trust"] == low["trust"] + 1 and now["distress"] == low["distress"] - 1
    sorry = next(r for r in PORTRAYAL.reactions if "apologises" in r.to and r.when)
    assert said(here)[-1].text in sorry.lines
