"""The conductor of one encounter: takes events one at a time, commits each, and only then lets the world know.

    event -> advance -> commit to the log -> adopt the new encounter -> tell the listener -> perform its effects

Nothing else changes an encounter. Time is stamped here, where the queue is drained.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from server.core.advance import Step, advance, is_late
from server.core.effects import Effect, SetTimer
from server.core.encounter import Encounter
from server.core.errors import BedsideError, Busy, IllegalEvent, StoreError
from server.core.events import Event, Jumped, Typed
from server.core.log import Entry
from server.core.timers import timers
from server.live.clock import EncounterClock
from server.live.ports import EventLog

log = logging.getLogger(__name__)
T = TypeVar("T")

QUEUE_LIMIT = 256
"""Events that may wait; a client that sends more at once is told that there is no room."""
RETRIES_S = (0.1, 0.5, 2.0)
"""How long to wait before the log is tried again, for what no client can send again."""


@dataclass(frozen=True)
class Committed:
    """One event that is now part of the encounter."""

    seq: int
    event: Event
    encounter: Encounter
    effects: tuple[Effect, ...]


class Stage(Protocol):
    """Performs effects; outcomes come back as events."""

    def beforehand(self, event: Event) -> Event | None:
        """What must be said before `event` can be taken: how much of a reply was heard before it is hushed."""
        ...

    def perform(self, effect: Effect) -> None: ...


Listener = Callable[[Committed], None]


@dataclass
class _Waiting:
    event: Event
    done: asyncio.Future[Encounter | None] | None

    def tell(self, outcome: Encounter | None) -> None:
        if self.done and not self.done.done():
            self.done.set_result(outcome)

    def fail(self, error: BedsideError) -> bool:
        """False when nobody waits for the answer."""
        waited_for = self.done is not None and not self.done.done()
        if self.done and waited_for:
            self.done.set_exception(error)
        return waited_for


class Conductor:
    """Owns one encounter while it lives in this process."""

    def __init__(self, encounter: Encounter, seq: int, events: EventLog, clock: EncounterClock) -> None:
        self.encounter = encounter
        self.seq = seq
        self.clock = clock
        self.stage: Stage | None = None
        self.listener: Listener | None = None
        self._events = events
        self._queue: asyncio.Queue[_Waiting | None] = asyncio.Queue(QUEUE_LIMIT)
        self.items: set[str] = set()
        """Ids of everything that was typed: a client that resends after a drop must not double it."""
        self._in_doubt = False
        """An append failed: what it held may be in the log all the same."""
        self._stopped = False

    def offer(self, event: Event) -> None:
        """Hand over an event without waiting. Raises `Busy` when the queue is full."""
        self._put(_Waiting(event, None))

    async def take(self, event: Event) -> Encounter | None:
        """Hand over an event and wait until it is committed; None when it came too late and was dropped.

        Raises `IllegalEvent`, `StoreError` or `Busy`; then nothing has changed.
        """
        done: asyncio.Future[Encounter | None] = asyncio.get_running_loop().create_future()
        self._put(_Waiting(event, done))
        return await done

    async def insist(self, event: Event) -> Encounter | None:
        """Like `take`, for what nobody else can send again: a log that cannot be written is tried for a while."""
        for pause_s in RETRIES_S:
            try:
                return await self.take(event)
            except (StoreError, Busy):
                await asyncio.sleep(pause_s)
        return await self.take(event)

    async def run(self) -> None:
        """Drain the queue until `stop`."""
        try:
            while waiting := await self._queue.get():
                await self._settle(waiting)
        finally:
            self._stopped = True
            while not self._queue.empty():
                if left := self._queue.get_nowait():
                    left.fail(_closing())

    async def stop(self) -> None:
        """Finish the event in hand and refuse those that wait; `run` returns."""
        if not self._stopped:
            self._stopped = True
            await self._queue.put(None)

    def _put(self, waiting: _Waiting) -> None:
        if self._stopped:
            raise _closing()
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull:
            raise Busy(f"More than {QUEUE_LIMIT} events are waiting; slow down.", code="slow_down") from None

    async def _settle(self, waiting: _Waiting) -> None:
        try:
            if self._stopped:
                raise _closing()
            waiting.tell(await self._step(waiting.event))
        except BedsideError as error:
            self._refuse(waiting, error)
        except Exception as error:  # noqa: BLE001 - a fault of ours costs one event, never the encounter
            name = type(error).__name__
            self._refuse(waiting, BedsideError(f"A fault in the server: {name}.", code="server_fault"))

    async def _step(self, event: Event) -> Encounter | None:
        if self._in_doubt and await self._catch_up(event):
            return self.encounter
        if self.stage and (first := self.stage.beforehand(event)):
            await self._commit(first)
        return await self._commit(event)

    async def _commit(self, event: Event) -> Encounter | None:
        at_ms = max(self.encounter.now_ms, self.clock.now_ms(), event.to_ms if isinstance(event, Jumped) else 0)
        if is_late(self.encounter, event, at_ms):
            return None
        step = advance(self.encounter, event, at_ms)
        try:
            await self._events.append(self.encounter.id, [Entry(self.seq + 1, event, at_ms)])
        except StoreError:
            self._in_doubt = True
            raise
        self._adopt(event, step)
        return step.encounter

    async def _catch_up(self, event: Event) -> bool:
        """Adopt what the log holds beyond what we know. True when `event` is in it: its append had not failed."""
        _, entries = await self._events.read(self.encounter.id)
        ahead = entries[self.seq :]
        for entry in ahead:
            self._adopt(entry.event, advance(self.encounter, entry.event, entry.at_ms))
        self._in_doubt = False
        return any(entry.event == event for entry in ahead)

    def _adopt(self, event: Event, step: Step) -> None:
        self.encounter, self.seq = step.encounter, self.seq + 1
        if isinstance(event, Typed):
            self.items.add(event.item)
        if self.listener:
            _tell(self.listener, Committed(self.seq, event, step.encounter, step.effects))
        again: tuple[Effect, ...] = ()
        if isinstance(event, Jumped):
            self.clock.move_to(self.encounter.now_ms)
            again = tuple(SetTimer(name, at_ms) for name, at_ms in timers(self.encounter).items())
        for effect in (*step.effects, *again):
            if self.stage:
                _tell(self.stage.perform, effect)

    def _refuse(self, waiting: _Waiting, error: BedsideError) -> None:
        if not waiting.fail(error):
            level = logging.WARNING if isinstance(error, IllegalEvent | Busy) else logging.ERROR
            log.log(level, "encounter %s: %s refused: %s", self.encounter.id, type(waiting.event).__name__, error.code)


def _tell(whom: Callable[[T], None], what: T) -> None:
    """The event is committed: whoever cannot bear to hear of it changes nothing about that."""
    try:
        whom(what)
    except Exception as error:  # noqa: BLE001 - as said
        log.error("%s: %s", getattr(whom, "__qualname__", whom), type(error).__name__)


def _closing() -> Busy:
    return Busy("This encounter is being closed here; connect again.", code="closing")
