"""Does something as loud as the speech go on beside it? Counted levels; no sound, no clock, no model.

A mouth is silent where it does not speak. Coughs, music and doors are not: the little of them that a detector takes for
a voice stands among as much that is as loud and no voice.
"""

from __future__ import annotations

from collections import Counter, deque
from math import floor

_SURELY_NONE = 0.3
"""Probability of speech under which a frame is none."""
_BEFORE, _KEPT = 9, 64
"""Frames before its first that are counted with an utterance (0.3 s), and those kept until it is believed."""


class Clatter:
    """The levels of frames without speech, from just before an utterance on."""

    def __init__(self) -> None:
        self._before: deque[tuple[float, float]] = deque(maxlen=_KEPT)
        self._levels: Counter[int] | None = None
        """Frames by whole decibels; None where no utterance is under way."""

    def hear(self, level_db: float, probability: float) -> None:
        """Count the next frame."""
        if self._levels is None:
            self._before.append((level_db, probability))
        elif probability < _SURELY_NONE:
            self._levels[floor(level_db)] += 1

    def begin(self, since: int) -> None:
        """An utterance has begun `since` frames ago."""
        lately = [*self._before][-(since + _BEFORE) :]
        self._levels = Counter(floor(level) for level, probability in lately if probability < _SURELY_NONE)

    def forget(self) -> None:
        """The utterance is over, or was none."""
        self._before.clear()
        self._levels = None

    def frames_over(self, level_db: float) -> int:
        """Frames without speech of this level or more, to a decibel; 0 where no utterance is under way."""
        counted: Counter[int] = self._levels or Counter()
        return sum(frames for level, frames in counted.items() if level >= level_db)
