"""How the frames of a piece are shared out into slices, each decoded and sent by itself.

Pure. The first slice is short, because somebody waits for it; each after it is twice as long, because every slice costs
the frames beside it once more. While one is being played the next must get ready: with slices of x and 2x seconds, c
seconds of frames beside each end and w seconds of work a second of sound, w (2x + 2c) <= x. That sets the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

FIRST_S = 0.3
"""About a syllable and a half. A medium voice with 0.1 s beside it then keeps up down to w = 0.37; see `first_s`."""
GROWTH = 2
LONGEST_S = 2.4
"""The frames beside it are then a twelfth of the work; more would only take memory."""
_MARGIN = 1.25
"""On the work as it was last: the next slice may meet another piece of work on the same cores."""


@dataclass(frozen=True)
class Pace:
    """What the sizes hang on, in frames and seconds."""

    frames_a_second: float
    beside: int
    """Frames that a slice needs on one side."""
    work: float
    """Seconds of decoding for a second of sound."""


def slices_of(frames: int, pace: Pace) -> Iterator[tuple[int, int]]:
    """First frame and end of each slice. One for all where the decoder is too slow to keep ahead of the playing."""
    size, longest = _first(pace), round(LONGEST_S * pace.frames_a_second)
    start = 0
    while start < frames:
        # what would be less than half a slice goes with the one before it
        end = start + size if size and frames - start - size > size // 2 else frames
        yield start, end
        start, size = end, max(size, min(GROWTH * size, longest))


def _first(pace: Pace) -> int:
    """Frames of the first slice; 0 where no size would do."""
    work = pace.work * _MARGIN
    if GROWTH * work >= 1:
        return 0
    least = work * 2 * pace.beside / (1 - GROWTH * work)
    return max(round(FIRST_S * pace.frames_a_second), round(least))
