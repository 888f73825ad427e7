"""A stretch of speech whose length is known before its sound: it comes in parts and becomes as long as was planned.

What `shaping` does to a sound that is there as a whole, this does without having heard its end: silence before it is
cut, and after its last word comes a pause.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from server.core.sound.audio import BYTES_PER_SAMPLE, Pcm
from server.engines.shaping import LEAD_MS, speech_span_ms

TAIL_MS = 50
"""A last word may be heard a few frames longer than its phonemes last."""
_FADE_MS = 5


@dataclass
class Planned:
    """Places are samples of the sound as it comes."""

    rate_hz: int
    start: int
    """What is before it is not given."""
    close: int
    """Nor is what is after it."""
    fade: int
    """So many before `close` fall to silence, where sound is cut off there; 0 where it ends by itself."""
    length: int
    """Of what is given; silence makes up what the sound lacks."""
    _at: int = 0
    _given: int = 0

    @property
    def lead_ms(self) -> float:
        return self.start * 1000 / self.rate_hz

    @property
    def length_ms(self) -> int:
        return self.length * 1000 // self.rate_hz

    def take(self, sound: Pcm, more: bool) -> Pcm:
        """What is to be played of the next part; with the last one all that is left."""
        samples = np.frombuffer(sound.data, "<i2")
        place = np.arange(self._at, self._at + samples.size)
        self._at += samples.size
        fading = np.minimum(1.0, (self.close - place) / self.fade) if self.fade else 1.0
        kept = (samples * fading).astype("<i2")[(place >= self.start) & (place < self.close)].tobytes()
        self._given += len(kept) // BYTES_PER_SAMPLE
        return Pcm(kept + bytes(0 if more else (self.length - self._given) * BYTES_PER_SAMPLE), self.rate_hz)


def plan(first: Pcm, length_ms: float, last_end_ms: float, pause_ms: int) -> Planned:
    """The plan of a stretch of `length_ms` by its first part, with `pause_ms` of silence after its last word."""
    begins_ms = speech_span_ms(first)[0]
    start_ms = min(max(0, begins_ms - LEAD_MS), last_end_ms)
    end_ms = min(length_ms, last_end_ms + TAIL_MS) + pause_ms
    start, end, whole = (round(each * first.rate_hz / 1000) for each in (start_ms, end_ms, length_ms))
    fade = first.rate_hz * _FADE_MS // 1000 if end < whole else 0
    return Planned(first.rate_hz, start, min(end, whole), fade, end - start)
