"""From played sound to heard words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.transcript import END_TOLERANCE_MS, LEARNER, Sentence, Turn, heard_text, last_said, share_heard

TWO = (Sentence("It gets quiet.", 1_400), Sentence("You could hear a pin.", 2_100))


@pytest.mark.parametrize(
    ("audio_ms", "heard"),
    [
        (0, ""),
        (150, ""),
        (200, "It"),
        (800, "It gets"),
        (1_400, "It gets quiet."),
        (1_400 - END_TOLERANCE_MS, "It gets quiet."),
        (1_800, "It gets quiet. You"),
        (3_500, "It gets quiet. You could hear a pin."),
        (9_999, "It gets quiet. You could hear a pin."),
        (-5, ""),
    ],
)
def test_words_are_heard_when_all_of_their_sound_was(audio_ms: int, heard: str) -> None:
    assert heard_text(TWO, audio_ms) == heard


def test_text_without_sound_is_heard_when_delivered() -> None:
    assert heard_text((Sentence("Hello.", 0), Sentence("There.", 0)), 0) == "Hello. There."


def test_a_sound_shorter_than_the_tolerance_is_still_unheard_before_it_began() -> None:
    assert heard_text((Sentence("Oh.", END_TOLERANCE_MS - 10),), 0) == ""


def test_where_a_voice_tells_where_words_end_they_are_heard_when_they_have_ended() -> None:
    told = Sentence("I am fine, really.", 2_000, (100, 200, 1_400, 2_000))
    assert heard_text((told,), 1_399) == "I am"
    assert heard_text((told,), 1_400) == "I am fine,"


def test_ends_that_do_not_fit_the_words_are_not_believed() -> None:
    assert heard_text((Sentence("One two three four", 1_000, (10, 20)),), 500) == "One two"


@given(st.integers(0, 4_000), st.integers(0, 4_000))
def test_more_sound_never_means_fewer_words(one: int, other: int) -> None:
    assert heard_text(TWO, max(one, other)).startswith(heard_text(TWO, min(one, other)))


def test_share_of_the_meaningful_words() -> None:
    assert share_heard("The lemur sleeps upstairs", "The lemur") == pytest.approx(1 / 3)
    assert share_heard("oh well", "") == 1.0


def test_last_said_skips_what_was_not_heard() -> None:
    turns = (
        Turn("a", "patient", "said", "Hello.", 0),
        Turn("b", "patient", "said", "", 1),
        Turn("c", LEARNER, "said", "Hi", 2),
    )
    found = last_said(turns, by_learner=False)
    assert found is not None and found.id == "a"
    assert last_said((), by_learner=True) is None
