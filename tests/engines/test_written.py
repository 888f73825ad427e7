"""From segments to what was said; from public texts to the few words that a recogniser is given."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.engines.cores import usable_cores
from server.engines.protocols import HeardWord, Transcription
from server.engines.written import MOST_HINTS_CHARS, UNKNOWN_CONFIDENCE, Segment, said, timed, vocabulary


def segment(text: str, silent: float = 0.0, logprob: float = -0.1) -> Segment:
    words = tuple(HeardWord(word, 0, 1, 0.5) for word in text.split())
    return Segment(text, silent, logprob, words)


def test_what_is_invented_is_left_out_with_its_words() -> None:
    found = said([segment(" Thank you  Eileen.", 0.2), segment("You", 0.9, -1.4), segment("a " * 20)], voiced_ms=5_000)
    assert found.text == "Thank you Eileen."
    assert [word.text for word in found.words] == ["Thank", "you", "Eileen."]
    assert found.confidence == pytest.approx(0.905, abs=0.001)
    assert found.no_speech == 0.2


def test_nothing_left_is_nothing_said() -> None:
    assert said([], voiced_ms=1_000) == Transcription("", 0.0)
    assert said([segment("You", 0.9, -1.4)], voiced_ms=1_000) == Transcription("", 0.0, no_speech=0.9)
    assert said([segment("How are you feeling about going home tomorrow?")], voiced_ms=300).text == ""


def test_a_longer_segment_counts_for_more() -> None:
    found = said([segment("I", logprob=-2.0), segment("think that you are worried", logprob=0.0)], voiced_ms=9_000)
    assert 0.9 < found.confidence < 1.0


def test_words_of_some_segments_are_words_of_none() -> None:
    found = said([segment("I hear"), Segment("you")], voiced_ms=9_000)
    assert (found.text, found.words) == ("I hear you", ())


def test_a_recogniser_that_tells_nothing_is_half_sure() -> None:
    assert said([Segment("I hear you")], voiced_ms=9_000).confidence == UNKNOWN_CONFIDENCE


@given(st.lists(st.tuples(st.integers(-50, 5_000), st.integers(-50, 5_000))), st.integers(0, 3_000))
def test_times_are_inside_the_clip_and_in_order(times: list[tuple[int, int]], within_ms: int) -> None:
    words = timed([HeardWord("a", start, end, 0.5) for start, end in times], within_ms)
    starts = [word.start_ms for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.start_ms <= word.end_ms <= within_ms for word in words)


def test_names_and_long_words_are_hints() -> None:
    hints = ("Going home", "A patient waits. Her daughter, Anna, is late for physiotherapy.", "Eileen Novak", "ANNA")
    assert vocabulary(hints) == ("Going", "Anna", "physiotherapy", "Eileen", "Novak")
    assert (
        vocabulary(())
        == vocabulary(
            (
                "",
                "it is not so",
            )
        )
        == ()
    )


@given(st.lists(st.text(max_size=80), max_size=30))
def test_hints_are_few_and_of_the_texts(hints: list[str]) -> None:
    kept = vocabulary(hints)
    assert len(", ".join(kept)) <= MOST_HINTS_CHARS
    assert all(any(word in hint for hint in hints) for word in kept)


@pytest.mark.parametrize(("quota", "most"), [("100000 100000", 1), ("150000 100000", 2), ("1000 100000", 1)])
def test_a_containers_quota_bounds_the_cores(tmp_path: Path, quota: str, most: int) -> None:
    file = tmp_path / "cpu.max"
    file.write_text(quota)
    assert usable_cores(file) == min(most, usable_cores(file.with_name("none")))
    for odd in ("max 100000", "", "100000 0", "\N{DEGREE SIGN}"):
        file.write_text(odd, "utf-8")
        assert usable_cores(file) == usable_cores(file.with_name("none")) >= 1
