"""How long to wait after a pause, by how the words so far end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.unfinished import LONGEST_MS, SHORTEST_MS, patience_after, unfinished


@pytest.mark.parametrize(
    "said",
    [
        "I was wondering", "can you tell me", "And you said it was the", "so um", "Well,", "I thought that maybe…",
        "because", "it sounds", "I'm here because I'd", "you're", "do you", "er", "The nurse told me that your",
    ],
)  # fmt: skip
def test_more_is_coming(said: str) -> None:
    assert unfinished(said)


@pytest.mark.parametrize(
    "said",
    [
        "How are you", "is there somebody you can talk to", "You're not worried are you", "I understand.",
        "tell me how that is",
        "what are you most afraid of", "yes", "I hope so", "That must be hard",
        "And you?", "we can do that", "",
    ],
)  # fmt: skip
def test_this_is_all(said: str) -> None:
    assert not unfinished(said)


def test_what_is_not_finished_is_waited_for() -> None:
    assert patience_after("I was wondering", 900) == 1_800
    assert patience_after("I was wondering", 2_000) == LONGEST_MS
    assert patience_after("I was wondering", 4_000) == 4_000


def test_a_finished_question_is_answered_sooner() -> None:
    assert patience_after("How are you?", 900) == 630
    assert patience_after("How are you?", 600) == SHORTEST_MS
    assert patience_after("How are you?", 300) == 300


def test_of_another_language_only_the_marks_are_read() -> None:
    assert unfinished("Ich wollte,", "de")
    assert not unfinished("der Mann an", "de")


@given(st.text(max_size=80), st.integers(200, 4_000))
def test_the_case_is_never_left_far_behind(said: str, patience_ms: int) -> None:
    waited = patience_after(said, patience_ms)
    assert min(patience_ms, SHORTEST_MS) <= waited <= max(patience_ms, LONGEST_MS)
