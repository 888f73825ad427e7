"""The half of a Piper voice that makes sound of frames: of all at once, or slice by slice with the same samples."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from time import perf_counter
from typing import Any

import numpy as np

from server.engines.piper.cut import Cut
from server.engines.piper.slices import Pace, slices_of

Array = Any
TOLERANCE = 1e-4
"""Most that a sample of a slice may differ from that of the whole, as a share of the loudest: 80 dB below it."""
_QUIETEST = 1e-3
"""A sound that is nowhere louder proves nothing."""
_TRIED = 8
"""Frames of the slices that are tried."""


class Decoder:
    """Until `prove` has seen that slices are what the whole is, everything is decoded at once."""

    def __init__(self, run: Callable[[dict[str, Array]], list[Array]], cut: Cut) -> None:
        """`run` asks the model."""
        self._run, self._input, self._channels = run, cut.frames, cut.channels
        self.context = cut.context
        self.proven = False
        self._seconds_a_frame = 0.0
        """What the last run took."""

    def frames(self, squeezed: Array) -> Array:
        """One by channels by frames, of what `PiperVoice` hands on without the axes that are 1."""
        return squeezed.reshape(1, self._channels, -1)

    def samples(self, frames: Array) -> int:
        """How many there will be."""
        return int(frames.shape[2]) * self.context.hop

    def sound(self, frames: Array) -> Array:
        """All of it at once."""
        began = perf_counter()
        [made] = self._run({self._input: np.ascontiguousarray(frames)})
        self._seconds_a_frame = (perf_counter() - began) / frames.shape[2]
        return made.reshape(-1)

    def slices(self, frames: Array, rate_hz: int) -> Iterator[tuple[Array, bool]]:
        """The sound slice by slice, and whether more follows."""
        total = frames.shape[2]
        for start, end in self._shares(total, rate_hz):
            yield self.between(frames, start, end), end < total

    def between(self, frames: Array, start: int, end: int) -> Array:
        """The sound of the frames from `start` to `end` in the company of those beside them."""
        before, after, hop = self.context
        first = max(0, start - before)
        made = self.sound(frames[:, :, first : end + after])
        return made[(start - first) * hop : (end - first) * hop]

    def prove(self, frames: Array) -> None:
        """Try slices against the whole: the first, the last, and one between that has neither end beside it."""
        before, after, _ = self.context
        total = before + after + 3 * _TRIED + max(before, after)
        some = np.resize(frames.transpose(2, 0, 1), (total, 1, self._channels)).transpose(1, 2, 0)
        whole = self.sound(some)
        marks = (0, _TRIED, before + _TRIED, before + 2 * _TRIED, total)
        parts = np.concatenate([self.between(some, start, end) for start, end in pairwise(marks)])
        if whole.size == parts.size == self.samples(some):
            loudest, apart = float(np.abs(whole).max()), float(np.abs(whole - parts).max())
            self.proven = loudest > _QUIETEST and apart < TOLERANCE * loudest

    def _shares(self, total: int, rate_hz: int) -> Iterator[tuple[int, int]]:
        if not self.proven:
            return iter([(0, total)])
        a_second = rate_hz / self.context.hop
        beside = max(self.context.before, self.context.after)
        return slices_of(total, Pace(a_second, beside, self._seconds_a_frame * a_second))
