"""Changing a talk: only what is said to change does, the same each time, and what was observed goes with the words."""

from dataclasses import replace

import pytest

from benchmarks.perturbing import KINDS, Turns
from benchmarks.perturbing_words import PADDING, STOCK, WRONG
from server.core.transcript import LEARNER, Turn

TALK = [
    Turn("t1", "guest", "said", "They closed the ward. I miss my friends there.", 0),
    Turn("t2", LEARNER, "said", "I'm sorry, Mary. What did you do there?", 1),
    Turn("t3", "guest", "said", "I was the porter. It is frightening to be at home.", 2),
    Turn("t4", LEARNER, "shown", "nods", 3),
    Turn("t5", LEARNER, "said", "It's hard to be home. You're going to miss the rounds, because you know them all.", 4),
]


def said(kind: str, turns: Turns = TALK) -> list[str]:
    return [turn.text for turn in KINDS[kind].change(turns)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_change_is_the_same_each_time_and_keeps_turns_and_speakers(kind: str) -> None:
    once = KINDS[kind].change(TALK)
    assert once == KINDS[kind].change(TALK)
    assert [(turn.id, turn.speaker, turn.kind) for turn in once] == [(t.id, t.speaker, t.kind) for t in TALK]
    assert once[3] == TALK[3], "what was done and not said stays"
    assert KINDS[kind].change([]) == []


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"misplaced", "name_swapped"}))
def test_the_others_words_stay(kind: str) -> None:
    assert said(kind)[::2][:2] == [TALK[0].text, TALK[2].text]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"misplaced"}))
def test_the_learners_words_change_in_every_kind(kind: str) -> None:
    longer = [
        replace(turn, text=f"{turn.text} I recognize y'all.") if turn.speaker == LEARNER else turn for turn in TALK
    ]
    assert said(kind, longer) != [turn.text for turn in longer]


def test_what_was_observed_and_heard_goes_with_the_words() -> None:
    heard = [replace(turn, words_percent=(90,) * 8, as_heard="x") for turn in TALK]
    changed = KINDS["stuffed"].change(heard)[1]
    assert (changed.words_percent, changed.as_heard, changed.observations) == ((), "", ())


def test_stuffing_adds_stock_lines_to_what_was_said() -> None:
    assert said("stuffed")[1] == " ".join([TALK[1].text, *STOCK[:4]])
    assert said("stuffed_before")[4] == " ".join([*STOCK[:4], TALK[4].text])
    varied = said("stuffed_varied")
    assert varied[1].endswith(STOCK[3]) and varied[4].endswith(STOCK[7])
    assert said("formula")[4].endswith(STOCK[0])
    assert said("padded")[4].endswith(PADDING[3])


def test_turns_change_places_from_the_last_to_the_first() -> None:
    assert said("shuffled")[1] == TALK[4].text and said("shuffled")[4] == TALK[1].text


def test_an_echo_is_the_last_sentence_of_the_other_with_or_without_the_persons_turned() -> None:
    assert said("echoed")[1].startswith("I miss my friends there. I'm sorry")
    assert said("echoed_turned")[1].startswith("You miss your friends there. I'm sorry")


def test_a_wrong_feeling_is_named_once_or_put_for_every_right_one() -> None:
    assert said("misnamed")[4].endswith(WRONG) and WRONG not in said("misnamed")[1]
    assert "It's delighted to be home" in said("misnamed_throughout")[4]


def test_ways_of_speaking_keep_the_sense() -> None:
    assert said("second_language")[1] == "I am sorry, Mary. What you did do there?"
    assert said("dialect")[4].startswith("It's hard to be home. You're gonna miss the rounds, 'cause ya know 'em all")
    assert said("spelt")[4].startswith("It is hard to be home. You are going to")
    assert said("unmarked")[1] == "i'm sorry mary what did you do there"
    assert len(said("misheard")[4].split()) < len(TALK[4].text.split())
    assert said("name_swapped")[1].startswith("I'm sorry, Fatima.")
    assert KINDS["name"].change(TALK)[1].text.startswith("I'm sorry, Mary, Nkechi.")
    assert KINDS["name"].before(TALK)[1].text.startswith("I'm sorry, Mary, Emily.")
