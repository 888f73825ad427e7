"""Words that came back through the microphone, and words that only look so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.sound.echo import is_echo, words_of

SAID = "I cannot sleep at night because of the noise, and I keep thinking about going home alone."


@pytest.mark.parametrize(
    "heard",
    [
        SAID,
        "because of the noise and I keep",
        "can not sleep at night because of noise",
        "i keep sinking about going home a loan",
        "Because of the NOISE, and",
        "and I keep thinking",
    ],
)
def test_a_run_of_the_patients_words_is_echo(heard: str) -> None:
    assert is_echo(heard, SAID, while_audible=True)


@pytest.mark.parametrize(
    "heard",
    [
        "Can I stop you there?",
        "because of the noise, let me ask the nurse to help",
        "You keep thinking about that; does anybody visit you?",
        "Sorry, what noise do you mean?",
        "alone home going about thinking keep I",
        "no",
        "noise",
        "",
        "...",
    ],
)
def test_words_of_somebody_else_are_not(heard: str) -> None:
    assert not is_echo(heard, SAID, while_audible=True)


def test_a_learner_who_reflects_the_patients_words_afterwards_is_heard() -> None:
    assert not is_echo("going home alone", SAID, while_audible=False)


def test_a_single_word_over_the_same_word_is_an_answer() -> None:
    assert not is_echo("No!", "No, no, it does not hurt.", while_audible=True)


def test_nothing_played_is_no_echo() -> None:
    assert not is_echo("Hello, Mr Khan.", "", while_audible=True)


WORDS = words_of(SAID)


@given(st.integers(0, len(WORDS) - 4), st.integers(4, 9), st.randoms())
def test_one_word_in_five_may_be_lost_on_the_way(start: int, length: int, chance: random.Random) -> None:
    run = list(WORDS[start : start + length])
    kept = [word for word in run if chance.random() > 0.2] or run
    if len(kept) >= 2:
        assert is_echo(" ".join(kept), SAID, while_audible=True) or _has_a_gap(kept, run)


def _has_a_gap(kept: list[str], run: list[str]) -> bool:
    """Three words lost in a row, as chance may have it."""
    return len(run) - len(kept) >= 3


@given(st.text(max_size=200), st.text(max_size=200), st.booleans())
def test_any_text_is_answered(heard: str, played: str, audible: bool) -> None:
    assert is_echo(heard, played, while_audible=audible) in (True, False)


@given(st.lists(st.sampled_from(["tell", "nurse", "doctor", "mother", "kitchen", "tablet"]), min_size=2, max_size=6))
def test_words_that_were_not_said_are_never_echo(words: list[str]) -> None:
    assert not is_echo(" ".join(words), SAID, while_audible=True)
