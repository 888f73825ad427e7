"""The queue in front of decoders: who is heard next when there are more clips than places to decode them.

What counts goes before what is on trial; among equals, the stream that was served longest ago; then who came first. An
errand is looked at when a place comes free, so one that begins to count while it waits is from then on treated so. Work
under way is never broken off for somebody else's: a decoder cannot be stopped inside a window.

The queue is bounded. When it is full, a newcomer that counts takes the place of the trial that would be served
last; any other newcomer is refused with `hearing_busy`, and the learner is asked to repeat.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections import OrderedDict, deque
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from server.core.errors import EngineError
from server.engines.protocols import Errand

MOST_WAITING = 64
_STREAMS_KEPT = 1024
"""Streams whose last turn is remembered; one that is forgotten counts as never served."""
_RECENT = 64
"""Waits and works that the measures look back on."""
_GUESS_S = 1.0
"""Length of one piece of work until one was measured."""


@dataclass(eq=False)
class _Waiter:
    errand: Errand
    place: asyncio.Future[None]
    since: float
    arrival: int
    lane: int = -1
    """The place it was given; -1 while it waits, and when it is refused."""

    def tell(self) -> bool:
        """Wake its task, from any thread; False where its loop is gone."""
        try:
            self.place.get_loop().call_soon_threadsafe(_wake, self.place)
        except RuntimeError:
            return False
        return True


class Lanes:
    """`count` places to work in, and a fair queue for them.

    Belongs to no event loop; a place may be given back by any thread.
    """

    def __init__(
        self, count: int, *, most_waiting: int = MOST_WAITING, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.count = count
        self._most_waiting = most_waiting
        self._now = now
        self._lock = threading.Lock()
        self._free = list(range(count))
        self._lent: set[int] = set()
        self._waiting: list[_Waiter] = []
        self._served: OrderedDict[str, int] = OrderedDict()
        self._arrivals = self._turns = 0
        self._began: dict[int, float] = {}
        self._waits_s: deque[float] = deque(maxlen=_RECENT)
        self._works_s: deque[float] = deque(maxlen=_RECENT)

    @property
    def waiting(self) -> int:
        """How many wait now."""
        return len(self._waiting)

    @property
    def recent_wait_ms(self) -> int:
        """How long the recent ones waited: the 95th of a hundred."""
        waits = sorted(self._waits_s.copy())
        return round(1000 * waits[int(0.95 * (len(waits) - 1))]) if waits else 0

    @property
    def backlog_s(self) -> float:
        """About how long a newcomer would wait: the work before it, at the recent mean, over the places for work."""
        if self._free:
            return 0.0
        works = self._works_s.copy()
        mean = sum(works) / len(works) if works else _GUESS_S
        return mean * (self.waiting + 1) / (self.count - len(self._lent))

    @asynccontextmanager
    async def turn(self, errand: Errand) -> AsyncGenerator[int]:
        """Hold a place for the length of a block. Raises `EngineError` (`hearing_busy`)."""
        lane = await self.enter(errand)
        try:
            yield lane
        finally:
            self.leave(lane)

    async def enter(self, errand: Errand) -> int:
        """Wait for a place and take it; `leave` gives it back. Raises `EngineError` (`hearing_busy`)."""
        waiter = self._arrive(errand)
        try:
            await waiter.place
        except asyncio.CancelledError:
            self._give_up(waiter)
            raise
        if waiter.lane < 0:
            raise _busy()
        return waiter.lane

    def borrow(self) -> int | None:
        """A place that nobody misses, at once, for as long as one likes; `leave` gives it back. None: there is none.

        Another one stays free and nobody waits, so work that counts always finds a place that only work holds.
        """
        with self._lock:
            if len(self._free) < 2 or self._waiting:
                return None
            lane = self._free.pop()
            self._lent.add(lane)
        return lane

    def leave(self, lane: int) -> None:
        """Give a place back; whoever is next gets it at once."""
        with self._lock:
            if lane in self._lent:
                self._lent.remove(lane)
            else:
                self._works_s.append(self._now() - self._began.pop(lane))
            self._pass_on(lane)

    def _arrive(self, errand: Errand) -> _Waiter:
        place = asyncio.get_running_loop().create_future()
        with self._lock:
            self._arrivals += 1
            waiter = _Waiter(errand, place, self._now(), self._arrivals)
            if not self._free and len(self._waiting) >= self._most_waiting:
                self._make_room(errand)
            self._waiting.append(waiter)
            if self._free:
                self._pass_on(self._free.pop())
        return waiter

    def _make_room(self, errand: Errand) -> None:
        last = max(self._waiting, key=self._rank, default=None)
        if last is None or last.errand.final or not errand.final:
            raise _busy()
        self._waiting.remove(last)
        last.tell()

    def _give_up(self, waiter: _Waiter) -> None:
        with self._lock:
            if waiter in self._waiting:
                self._waiting.remove(waiter)
            elif waiter.lane >= 0:
                self._began.pop(waiter.lane)
                self._pass_on(waiter.lane)

    def _pass_on(self, lane: int) -> None:
        """Give a place to whoever is next."""
        while self._waiting:
            waiter = min(self._waiting, key=self._rank)
            self._waiting.remove(waiter)
            waiter.lane = lane
            if waiter.tell():
                self._note(waiter)
                return
        self._free.append(lane)

    def _rank(self, waiter: _Waiter) -> tuple[bool, int, int]:
        return not waiter.errand.final, self._served.get(waiter.errand.stream, 0), waiter.arrival

    def _note(self, waiter: _Waiter) -> None:
        self._turns += 1
        self._served[waiter.errand.stream] = self._turns
        self._served.move_to_end(waiter.errand.stream)
        if len(self._served) > _STREAMS_KEPT:
            self._served.popitem(last=False)
        self._began[waiter.lane] = self._now()
        self._waits_s.append(self._now() - waiter.since)


def _wake(place: asyncio.Future[None]) -> None:
    if not place.done():
        place.set_result(None)


def _busy() -> EngineError:
    return EngineError("Too many people are speaking at once: say it again in a moment.", code="hearing_busy")
