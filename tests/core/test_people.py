"""Several people in one room: who is spoken to, who answers in which voice, who comes and goes, who knows what."""

from __future__ import annotations

from typing import Any

import pytest

from server.core.case import Case
from server.core.case_parts.cast import CastMember, Reaction, Unscripted, Walkout
from server.core.case_parts.play import Action, Aside, Delivery, Opportunity, Outcome, Trigger
from server.core.case_parts.state import Drift, Mood, Number, Response, State
from server.core.encounter import Listening, Thinking
from server.core.people import called
from server.core.timers import timers
from tests.core.cases import OPENING, beat, case, fact, member, portrayal, when
from tests.core.rooms import Room, entered


def surgeon(**changes: Any) -> CastMember:
    lines = {
        "reactions": (Reaction(("states_concern", "open_question"), ("I heard you.", "Noted.")),),
        "dont_know": ("Not now.", "Ask somebody else."),
        "unscripted": (Unscripted("name", ("what is your name",), ("Hale.",)),),
    }
    irritation = State(
        {"irritation": Number(4), "trust": Number(1)},
        moods=(Mood("terse", "", "terse", ("Well?", "Yes?")),),
        de_escalation=(Response("names_feeling", {"irritation": -2, "trust": 1}),),
        escalation=(Response("dismisses", {"irritation": 3}),),
    )
    return CastMember(
        "surgeon", "colleague", "Dr Hale", "The surgeon.", portrayal=portrayal(**lines), state=irritation, **changes
    )


COUNT = CastMember("count", "system", "Count sheet", "The sheet on the wall.")


def theatre(**changes: Any) -> Case:
    """An awake patient, his surgeon, and a count sheet."""
    cast = changes.pop("cast", (member(name="Reza Farahani"), surgeon(), COUNT))
    return case(cast=cast, calmed_by=(Response("names_feeling", {"trust": 2}),), **changes)


def spoken(here: Room) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.text) for turn in here.said if turn.speaker != "learner" and turn.text]


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Dr Hale, the count is wrong.", "surgeon"),
        ("The count is wrong, Dr Hale.", "surgeon"),
        ("the count is wrong dr hale", "surgeon"),
        ("Mr Farahani, can you feel this?", "patient"),
        ("mr farahani can you feel this", "patient"),
        ("Mr Farahani is awake and can hear us, Dr Hale.", "surgeon"),
        ("Dr Hale, Mr Farahani can hear us.", "surgeon"),
        ("Excuse me, doctor Hale, we are one short.", "surgeon"),
        ("Mr Farahani can hear every word.", ""),
        ("What is wrong?", ""),
        ("I spoke with Dr Hale earlier about the list.", ""),
    ],
)
def test_who_is_called(said: str, who: str) -> None:
    assert called(entered(theatre()).encounter, said) == who


def test_whoever_is_called_answers_in_their_own_words_and_voice() -> None:
    here = entered(theatre()).says("Dr Hale, what do you think?")
    assert (here.last.speaker, here.last.text) == ("surgeon", "I heard you.")


def test_the_talk_goes_on_with_whoever_spoke_last() -> None:
    here = entered(theatre()).says("Dr Hale, good morning.").says("You look tired.")
    assert here.last.speaker == "surgeon"
    assert entered(theatre()).says("You look tired.").last.speaker == "patient"


def test_a_question_goes_to_the_person_who_can_answer_it() -> None:
    sponge = fact("F_sponge", "I took one out. I think.", "did you take a sponge out", owner="surgeon")
    here = entered(theatre(facts=(sponge,))).says("Did you take a sponge out?")
    assert (here.last.speaker, here.last.text) == ("surgeon", "I took one out. I think.")
    assert entered(theatre()).says("What is your name?").last.text == "Hale."


def test_only_whoever_is_spoken_to_feels_it() -> None:
    here = entered(theatre()).says("Dr Hale, you sound frustrated.")
    numbers = here.encounter.board.numbers
    assert (numbers["surgeon.irritation"], numbers["surgeon.trust"], numbers["trust"]) == (2, 2, 0)


def test_what_is_overheard_is_felt_as_well() -> None:
    hears = (Response("dismisses", {"distress": 2}, overheard=True),)
    here = entered(theatre(upset_by=hears)).says("Dr Hale, shut up.")
    assert here.encounter.board.numbers["distress"] == 2
    assert here.encounter.board.numbers["surgeon.irritation"] == 7


def test_trust_is_trust_in_the_person_who_owns_the_fact() -> None:
    doubt = fact("F_doubt", "I lost count.", "did you lose count", disclosure="if_trust", min_trust=2, owner="surgeon")
    here = entered(theatre(facts=(doubt,), trust=9)).says("Dr Hale, did you lose count?")
    assert here.last.text != "I lost count."
    here.says("Dr Hale, you sound frustrated.").says("Dr Hale, did you lose count?")
    assert here.last.text == "I lost count."


def test_a_thing_that_speaks_is_never_spoken_to() -> None:
    off = beat("O2", "Nine of ten.", speaker="count", fallback_at_min=0.1)
    here = entered(theatre(beats=(off,))).waits_for("director").hears_it_all()
    assert (here.last.speaker, here.prompts[-1].exact) == ("count", True)
    assert here.says("Count sheet, what is missing?").last.speaker == "patient"


# they speak to each other


DISMISSAL = beat(
    "O3",
    "Count again.",
    speaker="surgeon",
    trigger=when("turn >= 1"),
    deliver=Delivery(verbatim="Count again.", then=(Aside("patient", "What is missing?", "grips the drape"),)),
)
OVERHEARD = beat("O4", "Is it in me?", trigger=Trigger(all=("beat_heard:O3",)), unprompted_after_s=2.0)


def test_what_others_say_follows_at_once_in_their_own_voice() -> None:
    here = entered(theatre(beats=(DISMISSAL,))).says("Good morning.")
    assert spoken(here)[1:] == [("surgeon", "Count again.")]
    assert isinstance(here.encounter.floor, Thinking)
    assert [turn.text for turn in here.encounter.turns if turn.kind == "shown"] == ["grips the drape"]
    here.hears_it_all()
    assert spoken(here)[2:] == [("patient", "What is missing?")]
    assert isinstance(here.encounter.floor, Listening)
    here.assert_replays()


def test_a_learner_who_speaks_first_is_answered_instead() -> None:
    here = entered(theatre(beats=(DISMISSAL,))).types("Good morning.").voices(ms=1_000).talks_over(900)
    assert isinstance(here.encounter.floor, Listening) and here.encounter.queue == ()
    here.speaks("Dr Hale, wait.")
    assert all(text != "What is missing?" for _, text in spoken(here.hears_it_all()))


def test_somebody_speaks_up_though_nobody_spoke_to_them() -> None:
    here = entered(theatre(beats=(DISMISSAL, OVERHEARD))).says("Good morning.").hears_it_all()
    assert timers(here.encounter)["director"] == here.now_ms + 2_000
    here.waits_for("director").hears_it_all()
    assert (here.last.speaker, here.last.text) == ("patient", "Is it in me?")
    assert here.state_of("O3") == "heard", "the first moment stays open"


def test_what_an_outcome_calls_for_comes_in_its_own_voice_before_the_answer() -> None:
    done = beat(
        "O1", "What time is it?", trigger=when("turn >= 1"), success_if=("open_question",),
        on_success=Outcome(say="Can we get on?", speaker="surgeon"),
    )  # fmt: skip
    here = entered(theatre(beats=(done,))).says("Hello.").says("What is it like for you, Mr Farahani?")
    assert (here.said[-2].speaker, here.said[-2].text) == ("surgeon", "Can we get on?")
    assert here.hears_it_all().last.speaker == "patient", "who was called by name answers as well"


def test_what_time_alone_makes_true_brings_somebody_to_speak() -> None:
    rising = State({"irritation": Number(1)}, drifts=(Drift("irritation", 1, 0.5),))
    doctor = CastMember("surgeon", "colleague", "Dr Hale", "The surgeon.", portrayal=portrayal(), state=rising)
    snaps = beat("B", "Well?", speaker="surgeon", trigger=when("irritation >= 3"), unprompted_after_s=1.0)
    here = entered(case(cast=(member(), doctor), beats=(snaps,)))
    here.waits_for("tick").waits_for("tick").hears_it_all()
    assert (here.now_ms, here.last.text) == (60_000, "Well?")
    here.assert_replays()


def test_what_the_clock_alone_makes_true_brings_it_too() -> None:
    late = beat("B", "Is it nine yet?", trigger=when("minute >= 2.5"), unprompted_after_s=1.0)
    here = entered(case(beats=(late,)), time_percent=150).waits_for("tick").hears_it_all()
    assert (here.now_ms, here.last.text) == (225_000, "Is it nine yet?")


def test_a_moment_may_belong_to_one_person() -> None:
    his = Opportunity("O1", 1, ("fear",), toward="patient")
    asks = beat("O4", "Is it in me?", trigger=when("turn >= 1"), opportunity=his)
    here = entered(theatre(beats=(asks,))).says("Hello.").says("Dr Hale, you sound frightened.")
    assert here.state_of("O4") == "heard", "said to somebody else: it stays open, and is not used up"
    assert here.says("Mr Farahani, you sound frightened.").state_of("O4") == "addressed"


def test_what_deserves_an_answer_comes_before_the_next_demand() -> None:
    sorry = Reaction(("apologises",), ("Least said.",), outranks_beats=True)
    demand = beat("B", "What time is it?", trigger=when("turn >= 1"))
    person = CastMember("patient", "patient", "Ann", "A patient.", portrayal=portrayal(reactions=(sorry,)))
    here = entered(case(cast=(person,), beats=(demand,))).says("I'm sorry about that.")
    assert here.last.text == "Least said."
    assert here.says("Mm.").last.text == "What time is it?"


def test_what_ought_to_be_done_is_no_advice_to_a_colleague() -> None:
    here = entered(theatre()).says("Dr Hale, you should stop.").says("Mr Farahani, you should rest more.")
    assert ["advises" in turn.moves for turn in here.said if turn.speaker == "learner"] == [False, True]


# who is in the room


SON = CastMember("son", "relative", "Ali", "His son.", portrayal=portrayal(), present=False)
DRINK = fact("F_drink", "A bottle a day.", "how much do you drink", when="not present:son", instead=("Not now.",))
FETCH = Action("send_out", "Ask him for a minute alone", "asks him to wait outside", outcome=Outcome(leaves=("son",)))
ASK_IN = Action("ask_in", "Ask him in", "asks him in", when="not present:son", outcome=Outcome(enters=("son",)))


def ward(**changes: Any) -> Case:
    return case(cast=(member(), SON), facts=(DRINK,), actions=(FETCH, ASK_IN), **changes)


def test_what_is_private_is_not_said_in_front_of_others() -> None:
    here = entered(ward()).does("ask_in").says("How much do you drink?")
    assert here.last.text == "Not now."
    assert here.does("send_out").says("How much do you drink?").last.text == "A bottle a day."


def test_an_action_that_is_not_offered_is_late_and_changes_nothing() -> None:
    from server.core.advance import is_late
    from server.core.events import Acted

    here = entered(ward()).does("ask_in")
    assert is_late(here.encounter, Acted("deed_9", "ask_in"), here.now_ms)
    here.refuses(Acted("deed_9", "ask_in"))


def test_whoever_is_out_says_nothing_and_is_not_spoken_to() -> None:
    his = beat("B_son", "He never told me.", speaker="son", trigger=when("turn >= 1"))
    here = entered(ward(beats=(his,))).says("Ali, hello.")
    assert here.last.speaker == "patient" and here.state_of("B_son") == "hidden"
    assert here.does("ask_in").hears_it_all().last.text == "He never told me."


def test_a_core_beat_brings_its_speaker_in_and_they_know_nothing_of_before() -> None:
    his = beat("B_son", "What is going on?", speaker="son", fallback_at_min=1.0)
    here = entered(ward(beats=(his,))).says("How much do you drink?").waits_for("director")
    assert "son" in here.encounter.board.present
    heard = " ".join(line.text for line in here.prompts[-1].conversation)
    assert OPENING not in heard and "bottle" not in heard
    assert "bottle" not in here.prompts[-1].role


# enough is enough


def test_the_patient_ends_it_when_she_has_had_enough() -> None:
    done = portrayal(walkouts=(Walkout("distress >= 3", "I want you to go.", "turns to the wall"),))
    person = CastMember("patient", "patient", "Ann", "A patient.", portrayal=done)
    here = entered(case(cast=(person,), upset_by=(Response("dismisses", {"distress": 3}),))).says("Shut up.")
    assert (here.encounter.phase, here.encounter.ended) == ("reflection", "sent_away")
    assert here.said[-1].text == "I want you to go."


def test_a_colleague_may_end_it_as_well() -> None:
    done = portrayal(walkouts=(Walkout("", "Out of my theatre.", ends=True),))
    boss = CastMember("boss", "supervisor", "Dr Hale", "The surgeon.", portrayal=done)
    here = entered(case(cast=(member(), boss))).says("Dr Hale, hello.")
    assert (here.encounter.ended, here.said[-1].text) == ("sent_away", "Out of my theatre.")


def test_what_a_deed_leads_to_is_seen_after_the_deed() -> None:
    warm = Action("blanket", "Warm blanket", "brings a blanket", outcome=Outcome(shown="lets go", effect={"trust": 1}))
    here = entered(case(actions=(warm,))).does("blanket")
    assert [turn.text for turn in here.encounter.turns[-2:]] == ["brings a blanket", "lets go"]
    assert here.encounter.board.trust == 1


def test_a_moment_that_runs_out_is_closed_aloud() -> None:
    asks = beat("B", trigger=when("turn >= 1"), on_miss=Outcome(say="Never mind."))
    here = entered(case(beats=(asks,))).says("Hello.").waits_for("window").hears_it_all()
    assert here.last.text == "Never mind." and here.state_of("B") == "missed"


def test_anybody_else_only_leaves_the_room() -> None:
    gone = portrayal(walkouts=(Walkout("", "I am off."),))
    son = CastMember("son", "relative", "Ali", "His son.", portrayal=gone)
    here = entered(case(cast=(member(), son))).says("Ali, hello.")
    assert here.last.text == "I am off." and here.encounter.running
    assert here.encounter.board.present == {"patient"}


def test_drift_of_another_member_is_theirs() -> None:
    tired = State({"irritation": Number(1)}, drifts=(Drift("irritation", 1, 1.0),))
    doctor = CastMember("surgeon", "colleague", "Dr Hale", "The surgeon.", portrayal=portrayal(), state=tired)
    here = entered(case(cast=(member(), doctor))).take(after_ms=150_000).says("Hello.")
    assert here.encounter.board.numbers["surgeon.irritation"] == 3


# what was missed, and who answers


def missing(line: str, **changes: Any) -> Room:
    """A cue of the patient's whose window is one turn; a miss says `line`."""
    asks = beat(
        "B", "I keep thinking.", trigger=when("turn >= 1"), window_turns=1, on_miss=Outcome(say=line), **changes
    )
    noon = fact("F_noon", "It is noon.", "what is the time")
    return entered(theatre(beats=(asks,), facts=(noon,))).says("Hello.")


def test_a_missed_moment_closes_in_place_of_a_reaction() -> None:
    assert missing("Never mind.").says("I like your curtains.").last.text == "Never mind."


def test_a_missed_moment_is_not_said_over_an_answer() -> None:
    here = missing("No. It's nothing.", success_if=("validates",)).says("What is the time?")
    assert here.last.text == "It is noon." and here.state_of("B") == "missed"
    assert "nothing" not in here.says("I see.").last.text, "nor later"


def test_a_missed_moment_is_not_said_to_somebody_kind_or_by_somebody_else() -> None:
    kind = missing("Never mind.", success_if=("offers_help",)).says("That makes sense, anybody would think so.")
    assert kind.state_of("B") == "missed" and kind.last.text != "Never mind."
    other = missing("Never mind.").says("Dr Hale, what do you think?")
    assert (other.last.speaker, other.last.text) == ("surgeon", "I heard you.")


def test_what_was_opened_earlier_waits_while_something_is_asked() -> None:
    door = beat("B", "It is quiet.", trigger=when("turn >= 1"), on_success=Outcome(reveal=("F_late",)))
    late = fact("F_late", "He was nineteen.", "how old was he", min_trust=2)
    noon = fact("F_noon", "It is noon.", "what is the time")
    rises = (Response("thanks", {"trust": 2}),)
    here = entered(case(beats=(door,), facts=(late, noon), calmed_by=rises)).says("Hello.").says("What is that like?")
    assert here.says("Thank you. What is the time?").last.text == noon.say
    assert here.says("I see.").last.text == late.say


def test_a_deed_is_not_answered_by_a_moment_that_stands_alone() -> None:
    bluff = beat("B", "Lovely, dear.", trigger=when("minute >= 0"), alone=True)
    here = entered(case(beats=(bluff,))).does("sit_down")
    assert here.state_of("B") == "hidden"
    assert here.says("Hello.").last.text == "Lovely, dear."


def test_a_reaction_may_send_somebody_out() -> None:
    leave = fact("D_leave", "I could do with a tea.", "could you leave us for a minute", owner="son", when="turn >= 99")
    out = Reaction(("asks:D_leave",), ("I could murder a tea.",), outcome=Outcome(leaves=("son",)))
    son = CastMember("son", "relative", "Ali", "His son.", portrayal=portrayal(reactions=(out,)))
    here = entered(case(cast=(member(), son), facts=(leave,))).says("Ali, could you leave us for a minute?")
    assert (here.last.speaker, here.last.text) == ("son", "I could murder a tea.")
    assert here.encounter.board.present == {"patient"}


def test_a_door_that_opens_for_one_person_does_not_answer_for_another() -> None:
    knife = fact("F_knife", "I keep thinking of the knife.")
    asks = beat("B", "What time is it?", trigger=when("turn >= 1"), on_success=Outcome(reveal=("F_knife",)))
    here = entered(theatre(beats=(asks,), facts=(knife,))).says("Hello.").says("Dr Hale, what do you think?")
    assert here.state_of("B") == "addressed" and (here.last.speaker, here.last.text) == ("surgeon", "I heard you.")


def test_what_is_asked_for_as_a_check_on_the_teaching_is_no_question_of_fact() -> None:
    dose = fact("F_dose", "Two at night.", "how will you take them", "can you tell me how you will take them")
    back = portrayal(reactions=(Reaction(("teach_back",), ("One, then?",)),))
    person = CastMember("patient", "patient", "Ann", "A patient.", portrayal=back)
    said = "Just so I know I explained it well, can you tell me how you will take them?"
    here = entered(case(cast=(person,), facts=(dose,))).says(said)
    assert "teach_back" in here.said[-2].moves and here.last.text == "One, then?"


def test_whoever_is_called_is_not_talked_over_by_somebody_else_s_moment() -> None:
    his = beat("B", "What is missing?", trigger=when("turn >= 1"))
    here = entered(theatre(beats=(his,))).says("Dr Hale, what do you think?")
    assert (here.last.speaker, here.state_of("B")) == ("surgeon", "hidden")
    assert here.says("Mr Farahani, hello.").last.text == "What is missing?"


def test_somebody_who_is_only_spoken_of_does_not_answer() -> None:
    list_ = fact("F_list", "Since six.", "how long has dr hale been here", owner="surgeon")
    here = entered(theatre(facts=(list_,))).says("How long has Dr Hale been here?")
    assert here.last.speaker == "patient" and "F_list" not in here.encounter.board.revealed
