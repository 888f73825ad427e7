"""The encounters that live in this process: one room each, opened from the log, closed when nobody comes back.

Whoever is not connected (the reflection page, a report) reads and writes through the same door, so that there is never
a second writer.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakValueDictionary

from server.core.advance import replay
from server.core.effects import effects_to_resume
from server.core.encounter import Encounter, Speaking
from server.core.errors import BedsideError, Conflict, IllegalEvent
from server.core.events import (
    CorrectionProposed,
    CorrectionSettled,
    CueTakenBack,
    Cut,
    Ended,
    Event,
    Reflected,
    SpeechUnclear,
    Typed,
    Untold,
)
from server.core.steering.cueing import why_not_cued, why_not_taken_back
from server.live.clock import EncounterClock
from server.live.conductor import Committed, Conductor, Listener
from server.live.hearing import Hearing
from server.live.observing import Gallery, Observer, Watched
from server.live.performer import Audience, Engines, Performer
from server.live.playout import CHUNK_MS, LEAD_MS
from server.live.ports import EventLog, WhenEnded
from server.live.socket import Hangup
from server.live.steering_words import words

log = logging.getLogger(__name__)

EMPTY_ROOM_S = 1_800.0
"""A room without a learner is closed after this; the encounter ends as abandoned and can still be reflected on."""


@dataclass
class Room:
    """One live encounter and whatever keeps it going."""

    conductor: Conductor
    performer: Performer
    running: asyncio.Task[None]
    gallery: Gallery
    listener: Listener | None = None
    """The connection of the learner."""
    guests: int = 0
    """Connections and requests that are using the room now."""
    lived_in: bool = False
    """A learner has been connected; one who dropped is waited for."""
    vacated: asyncio.TimerHandle | None = None

    def enter(self, audience: Audience, hearing: Hearing, listener: Listener) -> None:
        self.lived_in = True
        self.listener = listener
        self.gallery.face(audience)
        self.performer.attach(Watched(audience, self.gallery), hearing)

    def leave(self) -> None:
        self.listener = None
        self.gallery.face(None)
        self.performer.detach()

    def tell(self, step: Committed) -> None:
        """The conductor's listener: the learner first, then whoever watches."""
        try:
            if self.listener:
                self.listener(step)
        finally:
            self.gallery.committed(step)

    def keep(self) -> None:
        if self.vacated:
            self.vacated.cancel()
            self.vacated = None

    async def shut(self) -> None:
        """Finish the event in hand and end every task. What was acknowledged is in the log already."""
        self.keep()
        await self.performer.close()
        await self.conductor.stop()
        await asyncio.gather(self.running, return_exceptions=True)


ERASED = (4404, "this encounter was erased")


class Rooms:
    """Every live encounter of this process."""

    def __init__(
        self, events: EventLog, engines: Engines, when_ended: WhenEnded, *, empty_room_s: float = EMPTY_ROOM_S
    ) -> None:
        self._events = events
        self._engines = engines
        self._when_ended = when_ended
        self._empty_room_s = empty_room_s
        self._rooms: dict[str, Room] = {}
        self._galleries: WeakValueDictionary[str, Gallery] = WeakValueDictionary()
        self._doors: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._errands: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        return len(self._rooms)

    @property
    def engines(self) -> Engines:
        return self._engines

    @asynccontextmanager
    async def visit(self, encounter_id: str) -> AsyncIterator[Room]:
        """The room of an encounter, opened from its log when it is not live, and open as long as it is visited.

        Raises `NotFound`.
        """
        async with self._door(encounter_id):
            room = self._rooms.get(encounter_id) or await self._open(encounter_id)
            room.guests += 1
            room.keep()
        try:
            yield room
        finally:
            room.guests -= 1
            if not room.guests and self._rooms.get(encounter_id) is room:
                self._vacated(encounter_id, room)

    async def snapshot(self, encounter_id: str) -> Encounter:
        """The encounter as it stands. Raises `NotFound`."""
        room = self._rooms.get(encounter_id)
        if room:
            return room.conductor.encounter
        case, entries = await self._events.read(encounter_id)
        return replay(case, ((entry.event, entry.at_ms) for entry in entries))

    def here(self, encounter_id: str) -> tuple[Encounter, int] | None:
        """The encounter while its learner is connected to this process, and its time now in ms."""
        room = self._rooms.get(encounter_id)
        return (
            None if room is None or room.listener is None else (room.conductor.encounter, room.conductor.clock.now_ms())
        )

    async def observe(self, encounter_id: str, observer: Observer) -> Gallery:
        """Let somebody watch: they are told everything so far, and from here on whatever happens here. The encounter is
        not opened for them. The caller dismisses them from the gallery in the end.

        Raises `NotFound`, `StoreError`; `Hangup` when the gallery is full or the encounter is over.
        """
        encounter, seq = await self._as_it_stands(encounter_id)
        if encounter.over:
            raise Hangup(4410, "the encounter is over; see its report")
        gallery = self._gallery(encounter_id)
        observer.welcome(encounter, seq)
        gallery.admit(observer)
        return gallery

    async def _as_it_stands(self, encounter_id: str) -> tuple[Encounter, int]:
        """The encounter and the number of its last event."""
        if encounter_id not in self._rooms:
            case, entries = await self._events.read(encounter_id)
            if encounter_id not in self._rooms:
                return replay(case, ((entry.event, entry.at_ms) for entry in entries)), entries[-1].seq
        conductor = self._rooms[encounter_id].conductor
        return conductor.encounter, conductor.seq

    async def offer(self, encounter_id: str, event: Event) -> Encounter:
        """Commit one event from outside the socket. Raises `Conflict` when the encounter cannot take it now."""
        async with self.visit(encounter_id) as room:
            try:
                await room.conductor.take(event)
            except IllegalEvent as error:
                raise Conflict(f"The encounter cannot take this now: {error.message}.", code="wrong_phase") from None
            if isinstance(event, Reflected | CorrectionProposed | CorrectionSettled):
                await self._when_ended(room.conductor.encounter)
            return room.conductor.encounter

    async def cue(self, encounter_id: str, event: Untold) -> None:
        """Somebody who watches brings a moment forward, or takes it back. Raises `Conflict` with why not, `StoreError`,
        `Busy`.

        No room is opened for it: what does not live here lives elsewhere, or has nobody in it.
        """
        room = self._rooms.get(encounter_id)
        if room is None or not room.lived_in:
            mend = "Reload this page once they are there."
            raise Conflict("The learner is not connected here now.", code="cannot_cue", mend=mend)
        if await room.conductor.take(event) is None:
            asked = why_not_taken_back if isinstance(event, CueTakenBack) else why_not_cued
            reason = asked(room.conductor.encounter, event.beat, event.prompt)
            why = words(reason, room.conductor.encounter) if reason else "It came too late."
            raise Conflict(why, code="cannot_cue", field="beat" if event.beat else "prompt")

    async def drop(self, encounter_id: str) -> None:
        """Close the room at once, whoever is in it: the encounter is being erased."""
        async with self._door(encounter_id):
            room = self._rooms.get(encounter_id)
            if room and room.performer.audience:
                room.performer.audience.hang_up(*ERASED)
            self._gallery(encounter_id).hang_up(*ERASED)
            await self._shut(encounter_id)

    async def close(self) -> None:
        """End every room; the logs are complete at any moment, so there is nothing to save."""
        for room in self._rooms.values():
            room.keep()
        await asyncio.gather(*(self._close(encounter_id) for encounter_id in list(self._rooms)))
        await asyncio.gather(*self._errands, return_exceptions=True)

    def _door(self, encounter_id: str) -> asyncio.Lock:
        """Opening and closing a room go one at a time. The lock lives as long as somebody holds or awaits it."""
        lock = self._doors.get(encounter_id)
        if lock is None:
            lock = self._doors[encounter_id] = asyncio.Lock()
        return lock

    def _gallery(self, encounter_id: str) -> Gallery:
        gallery = self._galleries.get(encounter_id)
        if gallery is None:
            gallery = self._galleries[encounter_id] = Gallery()
        return gallery

    # opening

    async def _open(self, encounter_id: str) -> Room:
        case, entries = await self._events.read(encounter_id)
        encounter = replay(case, ((entry.event, entry.at_ms) for entry in entries))
        conductor = Conductor(encounter, entries[-1].seq, self._events, EncounterClock(encounter.now_ms))
        conductor.items = {entry.event.item for entry in entries if isinstance(entry.event, Typed)}
        performer = Performer(conductor, self._engines, self._when_ended)
        conductor.stage = performer
        gallery = self._gallery(encounter_id)
        gallery.live_from(conductor.seq)
        room = Room(conductor, performer, asyncio.create_task(conductor.run()), gallery)
        conductor.listener = room.tell
        try:
            await self._pick_up(room)
        except BaseException:
            await room.shut()
            raise
        self._rooms[encounter_id] = room
        return room

    async def _pick_up(self, room: Room) -> None:
        """After a crash: what was being said ends where it was surely heard, what was being heard is asked for again,
        and a reply that was only decided is driven again under the same id."""
        conductor = room.conductor
        floor = conductor.encounter.floor
        if isinstance(floor, Speaking):
            await conductor.insist(Cut(floor.reply, heard_for_sure_ms(conductor.encounter, floor.reply), "restart"))
        elif clip := getattr(floor, "clip", ""):
            await conductor.insist(SpeechUnclear(clip, "restart"))
        for effect in effects_to_resume(conductor.encounter):
            room.performer.perform(effect)

    # closing

    def _vacated(self, encounter_id: str, room: Room) -> None:
        """Nobody is here any more. A learner who was is waited for; otherwise the room was opened for a moment."""
        if room.conductor.encounter.over or not room.lived_in:
            self._later(self._close_if_empty(encounter_id, room))
        else:
            wait_s = self._empty_room_s
            room.vacated = asyncio.get_running_loop().call_later(wait_s, self._abandon, encounter_id, room)

    def _abandon(self, encounter_id: str, room: Room) -> None:
        self._later(self._end_abandoned(encounter_id, room))

    async def _end_abandoned(self, encounter_id: str, room: Room) -> None:
        async with self._door(encounter_id):
            if room.guests or self._rooms.get(encounter_id) is not room:
                return
            try:
                await room.conductor.insist(Ended("abandoned"))
            except BedsideError as error:
                log.error("encounter %s was not ended: %s", encounter_id, error.code)
            await self._shut(encounter_id)

    async def _close_if_empty(self, encounter_id: str, room: Room) -> None:
        async with self._door(encounter_id):
            if not room.guests and self._rooms.get(encounter_id) is room:
                await self._shut(encounter_id)

    async def _close(self, encounter_id: str) -> None:
        async with self._door(encounter_id):
            await self._shut(encounter_id)

    async def _shut(self, encounter_id: str) -> None:
        if room := self._rooms.pop(encounter_id, None):
            await room.shut()

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._errands.add(task)
        task.add_done_callback(self._errands.discard)


def heard_for_sure_ms(encounter: Encounter, reply: str) -> int:
    """A sentence is committed when its sound is about to leave: all before it was sent, and heard but for the lead."""
    sent_ms = sum(sentence.audio_ms for sentence in encounter.turn(reply).sentences[:-1])
    return max(0, sent_ms - LEAD_MS - CHUNK_MS)
