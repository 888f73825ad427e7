"""Encounter time: the one place in a live encounter where a clock is read.

It runs while the encounter runs and somebody is connected, and stands still otherwise, so a pause, a dropped line or a
restart costs a learner no time.
"""

from __future__ import annotations

import time
from collections.abc import Callable


class EncounterClock:
    """Milliseconds of encounter time; monotonic, whatever the wall clock does."""

    def __init__(self, at_ms: int = 0, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._before_ms = float(at_ms)
        self._since: float | None = None

    @property
    def running(self) -> bool:
        return self._since is not None

    def now_ms(self) -> int:
        return int(self._before_ms + self._elapsed_ms())

    def start(self) -> None:
        if self._since is None:
            self._since = self._monotonic()

    def stop(self, at_ms: int | None = None) -> None:
        """Stand still: now, or at the time of the event that said so, which took a while to be stored."""
        self._before_ms = self._before_ms + self._elapsed_ms() if at_ms is None else float(at_ms)
        self._since = None

    def move_to(self, at_ms: int) -> None:
        """Go on, or stand still, from this time."""
        self._before_ms = float(at_ms)
        self._since = self._monotonic() if self.running else None

    def _elapsed_ms(self) -> float:
        return 0.0 if self._since is None else (self._monotonic() - self._since) * 1000


def stopwatch_ms() -> float:
    """Milliseconds from an arbitrary origin, for playing at real-time pace."""
    return time.monotonic() * 1000


def processor_ms() -> float:
    """Milliseconds of processor time that this process has used, all its threads; its children are not counted."""
    return time.process_time() * 1000
