"""Disclosure is gated by how one asks, by trust, by who is in the room, and by asking twice."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from server.core.case_parts.cast import Barrier, Habit, Mishearing, Reaction
from server.core.case_parts.frame import TimePlan
from server.core.case_parts.links import Carry, CarryForward, Variant
from server.core.case_parts.play import Action, Checkpoint, Delivery, Outcome
from server.core.case_parts.state import Choice, Drift, Number, Response, State
from server.core.conditions import holds
from server.core.encounter import open_encounter
from server.core.errors import NotFound
from server.core.events import Ended, Opened, SpeechBegan, SpeechEnded, SpeechHeard
from server.core.signs import read_sign
from server.core.unfolding import handed_on
from server.core.variants import as_variant
from tests.core.cases import beat, case, fact, outcome, when, with_patient
from tests.core.rooms import Room, entered, room

EATS = fact("F_eats", "I eat standing up, so I don't see the chair.", "do you eat well", "how are you eating")


def test_a_closed_question_gets_the_short_answer_and_an_open_one_the_whole() -> None:
    eats = replace(EATS, brief=("Well enough.", "I eat."))
    here = entered(case(facts=(eats,))).says("Do you eat well?")
    assert here.last.text == "Well enough."
    assert here.says("How are you eating?").last.text == EATS.say


def test_a_second_careful_question_earns_more() -> None:
    fell = replace(EATS, times_asked=2, instead=("It's nothing.", "Oh, that."))
    here = entered(case(facts=(fell,))).says("How are you eating?")
    assert here.last.text == "It's nothing."
    assert here.says("How are you eating?").last.text == EATS.say


def test_asking_again_without_care_earns_nothing() -> None:
    fell = replace(EATS, times_asked=2, instead=("It's nothing.", "Oh, that.", "Leave it."))
    here = entered(case(facts=(fell,))).says("How are you eating? You should eat more.")
    assert "advises" in here.said[-2].moves and here.last.text not in fell.instead, "the advice is what is answered"
    assert here.says("How are you eating?").last.text == "It's nothing."


def test_an_invitation_to_go_on_does_not_open_what_wants_a_direct_question() -> None:
    knife = fact("F_knife", "There is a knife in the drawer.", "what is in the drawer")
    assert entered(case(facts=(knife,))).says("Tell me more about the drawer.").last.text != knife.say
    assert entered(case(facts=(knife,))).says("What is in the drawer?").last.text == knife.say
    open_one = replace(knife, disclosure="if_asked_open")
    assert entered(case(facts=(open_one,))).says("Tell me more about the drawer.").last.text == knife.say


def test_a_door_that_does_not_wait_is_used_at_once_or_when_asked() -> None:
    grief = fact("F_tom", "Tom warmed the car.", "who is tom", min_trust=5, waits=False)
    quiet = beat("B", trigger=when("turn >= 1"), on_success=outcome(reveal=("F_tom",)))
    rises = (Response("thanks", {"trust": 3}),)
    here = entered(case(facts=(grief,), beats=(quiet,), trust=0, calmed_by=rises)).says("Hello.")
    here.says("What is it like for you?").says("Thank you.").says("Thank you.")
    assert here.encounter.board.trust == 6 and "F_tom" not in here.encounter.board.revealed
    assert here.says("Who is Tom?").last.text == grief.say


def test_two_questions_in_one_turn_get_both_answers() -> None:
    stairs = fact("F_stairs", "Thirteen stairs.", "how many stairs do you have")
    rail = fact("F_rail", "One rail, on the left.", "is there a rail")
    here = entered(case(facts=(stairs, rail))).says("How many stairs do you have? And is there a rail?")
    assert here.last.text == "Thirteen stairs. One rail, on the left."


def test_a_condition_on_the_room_holds_even_for_what_was_opened() -> None:
    drinks = replace(EATS, when="curtain == 'drawn'")
    draw = Action("draw", "Draw the curtain", "draws the curtain", outcome=Outcome(set={"curtain": "drawn"}))
    state = State({"trust": Number(0)}, {"curtain": Choice("open", ("open", "drawn"), may_go_back=True)})
    small = case(facts=(drinks,), actions=(draw,), state=state)
    here = entered(small).says("How are you eating?")
    assert here.last.text != EATS.say
    assert here.does("draw").says("How are you eating?").last.text == EATS.say


# signs


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("names_feeling", ("names_feeling", (), "", "")),
        ("closed_question@week|days", ("closed_question", ("week", "days"), "", "")),
        ("asks:F_fall", ("", (), "F_fall", "")),
        ("did:sit_down", ("", (), "", "sit_down")),
    ],
)
def test_a_sign_reads_as_it_is_written(text: str, parts: tuple[object, ...]) -> None:
    sign = read_sign(text)
    assert (sign.move, sign.words, sign.asks, sign.did) == parts


def addressed_by(sign: str, said: str = "", done: str = "", **changes: Any) -> str:
    quiet = beat("B", trigger=when("turn >= 1"), success_if=(sign,))
    here = entered(case(beats=(quiet,), facts=(EATS,), **changes)).says("Hello.")
    return (here.says(said) if said else here.does(done)).state_of("B")


def test_a_beat_may_want_a_certain_question_or_deed() -> None:
    assert addressed_by("asks:F_eats", "How are you eating?") == "addressed"
    assert addressed_by("asks:F_eats", "How is the weather?") == "heard"
    assert addressed_by("closed_question@week|days", "How many days a week?") == "addressed"
    assert addressed_by("closed_question@week|days", "How many stairs?") == "heard"
    assert addressed_by("did:sit_down", done="sit_down") == "addressed"
    assert addressed_by("believes", "I'm on your side.", phrases={"believes": ("I'm on your side",)}) == "addressed"


def test_a_reaction_may_belong_to_one_moment() -> None:
    reactions = (Reaction(("thanks",), ("For that? Thank you.",), after="B"), Reaction(("thanks",), ("Any time.",)))
    quiet = beat("B", trigger=when("turn >= 2"))
    here = entered(with_patient(case(beats=(quiet,)), reactions=reactions)).says("Thank you.")
    assert here.last.text == "Any time."
    assert here.says("Hello.").says("Thank you.").last.text == "For that? Thank you."


# bodies and years


CHARGE = Mishearing("discharge", ("What charge?",))


def spoken_to(barrier: Barrier, text: str, audio_ms: int) -> Room:
    here = entered(with_patient(case(), barriers=(barrier,)))
    here.take(SpeechBegan("c")).take(SpeechEnded("c", audio_ms), after_ms=audio_ms)
    return here.take(SpeechHeard("c", text)).hears_it_all()


def test_fast_speech_is_misheard_and_slow_speech_is_not() -> None:
    deaf = Barrier(
        "ears", "", ("Lovely.",), faster_than_wpm=150, mishears=(Mishearing("discharge", ("What charge?",)),)
    )
    words = "we will talk about your discharge"
    assert spoken_to(deaf, words, 2_000).last.text == "What charge?"  # 180 words a minute
    assert not spoken_to(deaf, words, 3_000).said[-2].barred  # 120
    assert spoken_to(deaf, "we will talk about going home", 1_500).last.text == "Lovely."


def test_typed_words_have_no_pace() -> None:
    deaf = Barrier("ears", "", ("Lovely.",), faster_than_wpm=10)
    assert not entered(with_patient(case(), barriers=(deaf,))).says("We will talk about home.").said[-2].barred


def test_time_alone_tires_and_a_condition_spares() -> None:
    state = State({"trust": Number(0), "fatigue": Number(2)}, drifts=(Drift("fatigue", 2, 1.5, when="turn >= 2"),))
    here = entered(case(state=state)).take(after_ms=100_000).says("Hello.")
    assert here.encounter.board.numbers["fatigue"] == 2, "nobody had spoken twice"
    here.says("Hello.").take(after_ms=90_000).says("Hello.")
    assert here.encounter.board.numbers["fatigue"] == 4
    here.assert_replays()


def test_with_time_and_a_half_fatigue_comes_at_the_case_s_own_minutes() -> None:
    state = State({"trust": Number(0), "fatigue": Number(0)}, drifts=(Drift("fatigue", 1, 1.0),))
    here = entered(case(state=state), time_percent=150).take(after_ms=80_000).says("Hello.")
    assert here.encounter.board.numbers["fatigue"] == 0
    assert here.take(after_ms=20_000).says("Hello.").encounter.board.numbers["fatigue"] == 1


def test_a_habit_comes_every_few_turns_after_the_answer() -> None:
    cold = Habit("cold", 2, ("It's cold in here.",), shown="shivers")
    here = entered(with_patient(case(facts=(EATS,)), habits=(cold,)))
    assert here.says("How are you eating?").last.text == EATS.say
    assert here.says("Hello.").last.text.endswith("It's cold in here.")


# portrayals


def test_gained_trust_shows_in_teaching_and_not_in_assessment() -> None:
    state = State({"trust": Number(0)}, de_escalation=(Response("thanks", {"trust": 1}),), rewards=("looks up",))
    shown = [
        turn.text for turn in entered(case(state=state)).says("Thank you.").encounter.turns if turn.kind == "shown"
    ]
    assert shown == ["looks up"]
    strict = entered(case(state=state), portrayal="assessment").says("Thank you.")
    assert all(turn.kind != "shown" for turn in strict.encounter.turns)


def test_a_case_may_play_differently_in_assessment() -> None:
    only = beat("B", trigger=when("portrayal == 'teaching' and turn >= 1"))
    assert entered(case(beats=(only,))).says("Hello.").state_of("B") == "heard"
    assert entered(case(beats=(only,)), portrayal="assessment").says("Hello.").state_of("B") == "hidden"


# checkpoints, seeds, variants, acts


def test_a_checkpoint_is_noted_once_when_it_is_reached() -> None:
    small = case(facts=(EATS,), checkpoints=(Checkpoint("C1", "fact_revealed:F_eats"),))
    here = entered(small).take(after_ms=5_000).says("How are you eating?")
    reached = here.encounter.board.checkpoints
    assert reached == {"C1": here.now_ms}
    assert here.take(after_ms=9_000).says("Hello.").encounter.board.checkpoints == reached


def opened(small: Any, **changes: Any) -> Room:
    event = replace(Opened("e1", small.case_id, small.case_version, small.digest), **changes)
    return Room(open_encounter(small, event), [(event, 0)])


def test_a_seed_changes_which_line_comes_first_and_is_the_same_for_everyone() -> None:
    from server.core.events import Entered

    many = with_patient(case(), dont_know=tuple(f"Line {n}." for n in range(9)))
    many = replace(many, state=replace(many.state, moods=()))
    said = {
        seed: [opened(many, seed=seed).take(Entered()).hears_it_all().says("Zzz.").last.text for _ in range(2)]
        for seed in range(6)
    }
    assert said[0] == ["Line 0."] * 2
    assert all(first == second for first, second in said.values())
    assert len({first for first, _ in said.values()}) > 2


def test_a_variant_is_the_same_case_under_other_names() -> None:
    rossi = Variant("rossi", "Maria Rossi", {"Patient": "Rossi", "chair": "bench"}, numbers={"trust": 4})
    small = case(facts=(EATS,), variants=(rossi,))
    varied = as_variant(small, "rossi")
    assert varied.patient.name == "Rossi" and "bench" in varied.fact("F_eats").say
    assert varied.case_id == small.case_id and varied.patient.id == small.patient.id
    assert varied.digest == small.digest, "an encounter pins the case as written, and the variant beside it"
    assert opened(small, variant="rossi").encounter.board.trust == 4
    with pytest.raises(NotFound, match="no such variant"):
        as_variant(small, "bianchi")


def test_an_act_hands_on_what_its_author_named_and_nothing_else() -> None:
    carries = (
        Carry("trust", "How far she trusts you", number="trust"),
        Carry("told", "She told you how she eats", when="fact_revealed:F_eats", into="eats", value="told"),
        Carry("never", "Something else", when="trust >= 9", into="eats", value="unknown"),
    )
    first = case(facts=(EATS,), trust=7, carry_forward=CarryForward("second", carries))
    here = entered(first).says("How are you eating?")
    assert handed_on(here.encounter) == (), "not before the end"
    here.take(Ended("learner"))
    handed = {item.name: item.value for item in handed_on(here.encounter)}
    assert handed == {"trust": 7, "eats": "told"}
    assert handed_on(entered(first).take(Ended("stop")).encounter) == ()

    state = State({"trust": Number(3, 0, 5)}, {"eats": Choice("unknown", ("unknown", "told"))})
    board = opened(case(state=state), carried={**handed, "gone": 3, "eats2": "x"}).encounter.board
    assert (board.trust, board.choices["eats"]) == (5, "told"), "kept inside the later act's bounds"


def test_closing_words_for_the_way_things_stand() -> None:
    from server.core.case_parts.cast import Closing

    small = with_patient(case(minutes=1), closings=(Closing("turn >= 1", "You stayed."),))
    assert room(small).encounter.case.logistics.time == TimePlan(encounter_min=1, warning_at_min=0.8)
    assert entered(small).says("Hello.").waits_for("time_up").hears_it_all().last.text == "You stayed."
    assert entered(small).waits_for("time_up").hears_it_all().last.text == small.patient.portrayal.closing_statement


def test_the_digest_is_of_what_the_author_wrote() -> None:
    small = case()
    assert replace(small, actions=small.actions, language="en").digest == small.digest
    assert replace(small, language="en-GB").digest != small.digest
    assert replace(small, facts=(EATS,)).digest != replace(small, facts=(replace(EATS, min_trust=1),)).digest
    explicit = replace(EATS, times_asked=1, waits=True, brief=())
    assert replace(small, facts=(EATS,)).digest == replace(small, facts=(explicit,)).digest


def test_it_may_begin_otherwise_after_an_earlier_act() -> None:
    from server.core.case_parts.cast import Closing
    from server.core.events import Entered

    small = with_patient(case(), openings=(Closing("trust >= 5", "You again."),))
    assert opened(small, carried={"trust": 6}).take(Entered()).hears_it_all().last.text == "You again."
    assert opened(small).take(Entered()).hears_it_all().last.text == small.patient.portrayal.opening_statement


def test_a_condition_may_ask_whether_a_moment_is_open() -> None:
    quiet = beat("B", trigger=when("turn >= 1"))
    fetch = Action("fetch", "Fetch her", "goes to fetch her", when="not beat_open:B")
    here = entered(case(beats=(quiet,), actions=(fetch,)))
    assert holds(fetch.when, here.encounter.view())
    assert not holds(fetch.when, here.says("Hello.").encounter.view())
    assert holds(fetch.when, here.says("You sound lonely.").encounter.view())


def test_a_habit_does_not_follow_what_took_trust_to_say() -> None:
    cold = Habit("cold", 2, ("It's cold in here.",))
    dear = replace(EATS, min_trust=1)
    here = entered(with_patient(case(facts=(dear,), trust=3), habits=(cold,))).says("Hello.")
    assert here.says("How are you eating?").last.text == EATS.say


def test_a_leading_question_asks_for_nothing() -> None:
    assert addressed_by("asks:F_eats", "You eat well, don't you?") == "heard"
    assert addressed_by("asks:F_eats", "Do you eat well?") == "addressed"


@pytest.mark.parametrize(
    "said",
    [
        "Guten Abend Frau Novak wie geht es Ihnen",
        "Здравствуйте, как вы себя чувствуете?",
        "你好",
        "Hola señora, ¿cómo está usted esta noche?",
    ],
)
def test_another_language_is_not_followed_and_says_so_in_role(said: str) -> None:
    here = entered(with_patient(case(), deflections=("I don't follow you, love.",)))
    assert here.says(said).last.text == "I don't follow you, love."


@pytest.mark.parametrize(
    "said", ["Morning Eileen, sleep well?", "Mm.", "Bed bath now, Mrs Novak, lovely, all set for it?", "ok"]
)
def test_short_english_is_followed(said: str) -> None:
    here = entered(with_patient(case(), deflections=("I don't follow you, love.",)))
    assert here.says(said).last.text != "I don't follow you, love."


def test_once_the_truth_is_out_it_is_told_and_not_its_cover() -> None:
    mat = fact(
        "F_mat", "I tripped on the mat.", "how did you fall", "what made you fall", when="not fact_revealed:F_legs"
    )
    legs = fact("F_legs", "My legs went.", "how did you fall", "did your legs give way", min_trust=2)
    here = entered(case(facts=(mat, legs), trust=3))
    assert here.says("How did you fall?").last.text == mat.say
    assert here.says("Did your legs give way?").last.text == legs.say
    assert legs.say in here.says("How did you fall?").last.text


def test_a_blocker_beside_a_plain_question_does_not_silence_it() -> None:
    pain = fact("F_pain", "A four, when I get up.", "do you have any pain")
    cue = beat("B", trigger=when("turn >= 1"), success_if=("validates",))
    here = entered(case(facts=(pain,), beats=(cue,))).says("Hello.").says("Do you have any pain?")
    assert "topic_switch" in here.said[-2].moves and here.last.text == pain.say


def test_what_was_told_once_is_told_again_though_trust_has_gone() -> None:
    dear = replace(EATS, min_trust=2)
    falls = (Response("dismisses", {"trust": -3}),)
    here = entered(case(facts=(dear,), trust=3, upset_by=falls)).says("How are you eating?").says("Shut up.")
    assert here.encounter.board.trust == 0
    assert EATS.say in here.says("How are you eating?").last.text


def test_in_assessment_nobody_meets_an_eased_moment() -> None:
    eased = beat("B", "Who will tell me?", trigger=when("turn >= 1"), eased=Delivery(verbatim="You said you would."),
                 eased_if=("offers_help",))  # fmt: skip
    said = "I'll ask the nurse to come and see you."
    assert entered(case(beats=(eased,))).says(said).last.text == "You said you would."
    assert entered(case(beats=(eased,)), portrayal="assessment").says(said).last.text == "Who will tell me?"
