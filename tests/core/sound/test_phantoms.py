"""Text that nobody said is dropped, and what a student might say is not; each rule with both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.sound.phantoms import Written, invented, known, leaked, loop, silence, too_fast

SURE = Written("", no_speech=0.02, mean_logprob=-0.2)
HINTS = ("Novak", "physiotherapist", "Eileen", "discharge", "wheelchair")


@pytest.mark.parametrize(
    ("no_speech", "logprob", "dropped"),
    [(0.9, -1.4, True), (0.9, -0.3, False), (0.1, -1.4, False), (0.6, -1.4, False), (0.9, -1.0, False)],
)
def test_unlikely_words_in_silence_are_dropped(no_speech: float, logprob: float, dropped: bool) -> None:
    assert silence(Written("I hear you.", no_speech, logprob)) is dropped


def test_a_recogniser_that_tells_nothing_is_not_judged_by_it() -> None:
    assert not silence(Written("I hear you."))
    assert not silence(Written("I hear you.", no_speech=0.9))
    assert invented(Written("Thank you.")) is None


@pytest.mark.parametrize(
    "text",
    [
        "the " * 12,
        "I'm going to the I'm going to the I'm going to the I'm going to the",
        "So how are you and you and you and you and you",
        "ha" * 120,
    ],
)
def test_a_loop_is_dropped(text: str) -> None:
    assert loop(text)
    assert invented(Written(text, no_speech=0.02, mean_logprob=-0.1)) == "loop"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "No, no, no, no, no.",
        "It's all right, it's all right, it's all right.",
        "I'm so sorry. I'm so sorry. That must be hard. Would you like me to call your daughter?",
        "Is the pain worse when you sit, when you stand, when you lie down, or when you walk?",
    ],
)
def test_people_repeat_themselves(text: str) -> None:
    assert not loop(text)


@pytest.mark.parametrize(("words", "voiced_ms", "dropped"), [(3, 200, False), (20, 1_000, True), (20, 4_000, False)])
def test_more_words_than_a_mouth_can_say_are_dropped(words: int, voiced_ms: int, dropped: bool) -> None:
    assert too_fast("word " * words, voiced_ms) is dropped


@given(st.integers(0, 60), st.integers(0, 30_000), st.integers(0, 5_000))
def test_longer_sound_never_drops_more(words: int, voiced_ms: int, longer: int) -> None:
    text = "word " * words
    assert too_fast(text, voiced_ms) >= too_fast(text, voiced_ms + longer)


@pytest.mark.parametrize(
    "text",
    ["Novak, physiotherapist, Eileen, discharge, wheelchair", "novak physiotherapist eileen discharge"],
)
def test_hints_read_back_are_dropped(text: str) -> None:
    assert leaked(text, HINTS)
    assert invented(Written(text, no_speech=0.02, mean_logprob=-0.1), hints=HINTS) == "hints"


@pytest.mark.parametrize(
    "text",
    ["Eileen Novak", "Novak", "Mrs Novak, the physiotherapist is here.", "wheelchair discharge Eileen Novak", ""],
)
def test_a_name_or_a_sentence_with_hints_stays(text: str) -> None:
    assert not leaked(text, HINTS)
    assert not leaked(text, ())


@pytest.mark.parametrize(
    ("text", "no_speech", "dropped"),
    [
        ("Thank you.", 0.7, True),
        ("Thank you.", 0.05, False),
        (" you", 0.5, True),
        ("Thanks for watching!", 0.4, True),
        ("Thanks for watching!", None, True),
        ("Thank you for listening.", None, True),
        ("Thank you.", None, False),
        ("Thank you for telling me.", 0.7, False),
        ("Subtitles by the Amara.org community", None, True),
        ("I'll see you next time, Mrs Novak.", 0.7, False),
        ("", 0.9, False),
    ],
)
def test_known_phrases_are_dropped_where_speech_is_in_doubt(text: str, no_speech: float | None, dropped: bool) -> None:
    assert known(Written(text, no_speech, -0.4)) is dropped


@pytest.mark.parametrize(
    "text",
    ["Can you hear me all right?", "You sound worried about being on your own.", "Take your time, I'm listening."],
)
def test_what_was_said_stays(text: str) -> None:
    assert invented(Written(text, no_speech=0.3, mean_logprob=-0.9), hints=HINTS) is None


@given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=8))
def test_any_text_is_judged(text: str, hints: list[str]) -> None:
    assert invented(Written(text, 0.5, -0.5), hints=hints) in {None, "loop", "hints", "known"}
