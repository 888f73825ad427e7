"""Changing the rate of sound.

A whole piece of speech goes through soxr (LGPL-2.1+, unmodified), which neither shifts nor lengthens it. A microphone
does not: soxr works in blocks and holds back 10 to 40 ms of a stream at every quality that keeps out what the lower
rate cannot hold, and the student waits for them. The filter here holds back about one. Speech that is played while it
is still being made goes through the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import ceil, gcd

import numpy as np
import soxr
from numpy.typing import NDArray

from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ, Pcm

QUALITY = "MQ"
_CROSSINGS, _SHARPNESS, _PASSED = 16, 8.0, 0.92
"""Zero crossings of the filter on each side, Kaiser's beta, and the share of the band that is kept."""
_MOST_PLACES = 640
"""Between two samples; a rate that has little in common with ours takes the nearest, so that no table is large."""
Floats = NDArray[np.float32]


class StreamResampler:
    """A stream at one rate, to another: nothing in it shifted."""

    def __init__(self, from_hz: int, to_hz: int) -> None:
        self._up, self._down = to_hz // gcd(from_hz, to_hz), from_hz // gcd(from_hz, to_hz)
        self._table = None if from_hz == to_hz else _filters(min(self._up, _MOST_PLACES), self._up / self._down)
        reach = self.delay_samples
        self._held: Floats = np.zeros(max(0, reach - 1), np.float32)
        self._next = 0
        """Where in `_held` the next sample of the result has its window, in parts of `_up`."""
        self._odd = b""

    @property
    def delay_samples(self) -> int:
        """How many samples of the stream stay inside until more come."""
        return 0 if self._table is None else self._table.shape[1] // 2

    def feed(self, data: bytes) -> bytes:
        """PCM16 in, PCM16 at the other rate out."""
        if self._table is None:
            return data
        data, whole = self._odd + data, (len(self._odd) + len(data)) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE
        self._odd = data[whole:]
        self._held = np.concatenate([self._held, np.frombuffer(data[:whole], "<i2").astype(np.float32)])
        return self._filtered(self._table)

    def finish(self) -> bytes:
        """What stayed inside. The stream has ended."""
        return self.feed(bytes(self.delay_samples * BYTES_PER_SAMPLE))

    def _filtered(self, table: Floats) -> bytes:
        last = len(self._held) - table.shape[1]
        places = np.arange(self._next, (last + 1) * self._up, self._down)
        if not places.size:
            return b""
        windows = np.lib.stride_tricks.sliding_window_view(self._held, table.shape[1])[places // self._up]
        result = np.einsum("ij,ij->i", windows, table[places % self._up * len(table) // self._up])
        after = int(places[-1]) + self._down
        used = min(after // self._up, len(self._held))
        self._held, self._next = self._held[used:], after - used * self._up
        return bytes(np.clip(np.rint(result), -32768, 32767).astype("<i2").tobytes())


class InputResampler(StreamResampler):
    """A microphone stream at any rate, to the rate of hearing."""

    def __init__(self, rate_hz: int) -> None:
        super().__init__(rate_hz, HEARING_HZ)


@lru_cache(8)
def _filters(places: int, ratio: float) -> Floats:
    """For each of `places` between two samples the weights of the samples around it; `ratio`: new rate by old."""
    band = _PASSED * min(1.0, ratio)
    reach = ceil(_CROSSINGS / band)
    # distance of each sample in the window from each place, in samples
    away = np.arange(1 - reach, reach + 1)[None, :] - np.arange(places)[:, None] / places
    window = np.i0(_SHARPNESS * np.sqrt(np.clip(1 - (away / reach) ** 2, 0, 1))) / np.i0(_SHARPNESS)
    weights = np.sinc(band * away) * window
    scaled: Floats = (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32)
    return scaled


def to_rate(parts: Sequence[Pcm], rate_hz: int) -> Pcm:
    """The joined `parts`, which share one rate, at `rate_hz`: as long as before, nothing in it shifted."""
    data, rate = b"".join(part.data for part in parts), parts[0].rate_hz
    if rate == rate_hz:
        return Pcm(data, rate_hz)
    samples = soxr.resample(np.frombuffer(data, np.int16), rate, rate_hz, quality=QUALITY)
    return Pcm(samples.astype(np.int16).tobytes(), rate_hz)
