"""How busy this process is, measured; and whether one more encounter may begin.

What counts is what a learner would notice: a late event loop (everybody's sound stutters), utterances that wait for a
recogniser (the patient is slow to answer), and the processor behind both. Encounters that have begun are never refused.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from server.live.clock import processor_ms, stopwatch_ms

log = logging.getLogger(__name__)

TICK_MS = 50
WINDOW_MS = 10_000
MOST_TICKS = WINDOW_MS // TICK_MS
SHORTEST_MS = 3_000
"""Less than this measured says nothing: what is loaded for the first encounter is no load."""
TRY_LATER = "Bedside is busy, and keeps those who are talking well served. Please try again in a minute."


@dataclass(frozen=True)
class LoadLimits:
    """From where on no new encounter begins, and when one may again."""

    lag_ms: float = 50.0
    """p95 of the event loop's delay; half of the sound that a chunk holds, a sixth of the lead that hides it."""
    backlog_s: float = 1.5
    """How long an utterance would wait for a recogniser; the age at which RealtimeSTT's scheduler gives a job up."""
    cpu: float = 0.7
    """Of all cores this process may use; the threshold at which livekit's workers take no more."""
    busy_ms: float = 3_000.0
    """So long one of them is reached before anybody is refused: one late moment is no load."""
    calm: float = 0.8
    """The part of each limit below which the process is calm."""
    calm_ms: float = 5_000.0
    """So long it is calm before new encounters begin again."""


@dataclass(frozen=True)
class Readings:
    """What was measured last."""

    rooms: int = 0
    lag_p95_ms: float = 0.0
    backlog_s: float = 0.0
    cpu: float = 0.0
    """0 to 1, over all cores this process may use."""
    refusing: bool = False

    def share_of(self, limits: LoadLimits) -> float:
        """How near the nearest limit is; 1 is there."""
        return max(self.lag_p95_ms / limits.lag_ms, self.backlog_s / limits.backlog_s, self.cpu / limits.cpu)


def usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def backlog_s(transcriber: object | None) -> float:
    """About how long an utterance would wait for this recogniser now; 0 where it does not say."""
    return float(getattr(transcriber, "backlog_s", 0.0))


class Load:
    """Measures while somebody is inside; costs nothing otherwise."""

    def __init__(
        self,
        backlog_s: Callable[[], float] = lambda: 0.0,
        limits: LoadLimits = LoadLimits(),
        *,
        clock: Callable[[], float] = stopwatch_ms,
        used_ms: Callable[[], float] = processor_ms,
        cores: int | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._backlog_s = backlog_s
        self._limits = limits
        self._clock = clock
        self._used_ms = used_ms
        self._cores = cores or usable_cores()
        self._sleep = sleep
        self._inside = 0
        self._ticker: asyncio.Task[None] | None = None
        self._forget()

    def _forget(self) -> None:
        self._ticks: deque[tuple[float, float, float]] = deque(maxlen=MOST_TICKS)
        """When, how late, and the processor time used until then."""
        self._refusing = False
        self._busy_since: float | None = None
        self._calm_since: float | None = None

    @property
    def readings(self) -> Readings:
        return Readings(self._inside, self._lag_p95_ms(), self._backlog_s(), self._cpu(), self._refusing)

    def refusal(self) -> str:
        """Why no new encounter may begin now, in a sentence for people; empty when it may.

        The first one always may: where nobody is served, turning somebody away makes nothing better.
        """
        return TRY_LATER if self._refusing and self._inside else ""

    @contextmanager
    def inside(self) -> Iterator[None]:
        """One more encounter is being served, and measured."""
        self._inside += 1
        self._ticker = self._ticker or asyncio.create_task(self.run())
        try:
            yield
        finally:
            self._inside -= 1
            if not self._inside:
                self._ticker.cancel()
                self._ticker = None
                self._forget()

    async def run(self) -> None:
        """Tick for ever."""
        while True:
            before = self._clock()
            await self._sleep(TICK_MS / 1000)
            self.tick(self._clock() - before - TICK_MS)

    def tick(self, late_ms: float) -> None:
        """One sample: the loop came back so many milliseconds late."""
        now = self._clock()
        self._ticks.append((now, max(0.0, late_ms), self._used_ms()))
        while now - self._ticks[0][0] > WINDOW_MS:
            self._ticks.popleft()
        self._decide(now, self.readings.share_of(self._limits))

    def _decide(self, now: float, share: float) -> None:
        """Slow to refuse and slower to admit again, so that a moment changes nothing."""
        self._busy_since = _since(self._busy_since, now, share >= 1)
        self._calm_since = _since(self._calm_since, now, share < self._limits.calm)
        if not self._refusing and _lasted(self._busy_since, now, self._limits.busy_ms):
            self._turn(True)
        elif self._refusing and _lasted(self._calm_since, now, self._limits.calm_ms):
            self._turn(False)

    def _turn(self, refusing: bool) -> None:
        self._refusing = refusing
        found = self.readings
        log.warning(
            "%s new encounters: %d rooms, lag p95 %.0f ms, hearing backlog %.1f s, processor %.0f %%",
            "refusing" if refusing else "taking",
            found.rooms,
            found.lag_p95_ms,
            found.backlog_s,
            found.cpu * 100,
        )

    def _lag_p95_ms(self) -> float:
        late = sorted(late_ms for _, late_ms, _ in self._ticks)
        return late[int((len(late) - 1) * 0.95)] if self._measured_ms >= SHORTEST_MS else 0.0

    def _cpu(self) -> float:
        if self._measured_ms < SHORTEST_MS:
            return 0.0
        return (self._ticks[-1][2] - self._ticks[0][2]) / self._measured_ms / self._cores

    @property
    def _measured_ms(self) -> float:
        return self._ticks[-1][0] - self._ticks[0][0] if self._ticks else 0.0


def _since(since: float | None, now: float, holds: bool) -> float | None:
    """From when on it has held without a break."""
    if not holds:
        return None
    return now if since is None else since


def _lasted(since: float | None, now: float, needed_ms: float) -> bool:
    return since is not None and now - since >= needed_ms
