"""Stretches of an utterance between its pauses, with a decoder that only counts."""

from __future__ import annotations

import threading
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from server.core.sound.audio import silence
from server.engines.embedded import sphinx_segments
from server.engines.embedded.sphinx_segments import MEANS_BYTES, Segments

FRAME_BYTES = 1024


class Ears:
    """A decoder that hears the word `said` in the first 100 ms of each segment, and counts what it is given."""

    def __init__(self) -> None:
        self.segments: list[int] = []
        self.searches: list[str] = []

    def start_utt(self) -> None:
        self.segments.append(0)

    def process_raw(self, sound: bytes, no_search: bool, full: bool) -> None:
        self.segments[-1] += len(sound)

    def end_utt(self) -> None: ...

    def current_search(self) -> str:
        return "usual"

    def activate_search(self, name: str) -> None:
        self.searches.append(name)

    def get_cmn(self, update: bool) -> str:
        return "40"

    def set_cmn(self, means: str) -> None:
        self.means = means

    def seg(self) -> list[Any]:
        return [SimpleNamespace(word=word, start_frame=0, end_frame=9, prob=1.0) for word in ("<s>", "said(2)")]


NEVER = threading.Event()


def loud(duration_ms: int, peak: int = 8_000) -> bytes:
    return np.full(duration_ms * 16, peak, "<i2").tobytes()


def test_a_silence_is_not_decoded_and_times_go_on() -> None:
    ears = Ears()
    segments = Segments(ears, means_known=True)
    segments.feed(silence(3_000).data, NEVER)
    segments.feed(loud(200), NEVER)
    assert segments.pause(NEVER) == [("said", 2_500, 2_600, 1.0)]
    for _ in range(50):
        segments.feed(loud(100, 390), NEVER)
    assert len(segments.pause(NEVER)) == 1, "26 dB below the voice is the room"
    segments.feed(loud(200), NEVER)
    assert segments.pause(NEVER)[1] == ("said", 7_700, 7_800, 1.0)
    assert ears.segments == [700 * 32, 700 * 32]


def test_a_long_segment_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx_segments, "SEGMENT_BYTES", len(loud(960)))
    ears = Ears()
    segments = Segments(ears, means_known=True)
    segments.feed(loud(2_000), NEVER)
    assert [start for _, start, _, _ in segments.pause(NEVER)] == [0, 960, 1_920]
    assert ears.segments == [960 * 32, 960 * 32, 80 * 32]


def test_an_unknown_microphone_is_learnt_first_and_once() -> None:
    ears = Ears()
    segments = Segments(ears, means_known=False)
    segments.feed(loud(1_900), NEVER)
    assert ears.segments == [] and not segments.means_known
    segments.feed(loud(200), NEVER)
    assert ears.searches == ["means", "usual"] and segments.means_known
    assert ears.segments == [2_100 * 32, 2_100 * 32] and MEANS_BYTES <= 2_100 * 32
    segments.pause(NEVER)
    segments.feed(loud(200), NEVER)
    assert segments.pause(NEVER)[1][1] == 2_100
    assert len(ears.searches) == 2


def test_a_short_first_utterance_is_decoded_at_its_pause() -> None:
    ears = Ears()
    segments = Segments(ears, means_known=False)
    segments.feed(loud(900), NEVER)
    assert len(segments.pause(NEVER)) == 1
    assert ears.searches == ["means", "usual"]


def test_nothing_more_is_decoded_when_nobody_wants_to_know() -> None:
    ears, stopped = Ears(), threading.Event()
    stopped.set()
    segments = Segments(ears, means_known=True)
    segments.feed(loud(5_000), stopped)
    assert ears.segments == [0]
