"""The door of the live rooms: a socket that was let in by `api` is brought to its encounter, and seen out again."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from starlette.websockets import WebSocket, WebSocketDisconnect

from server.core.errors import BedsideError, NotFound
from server.engines.protocols import DetectorFactory
from server.live.connection import Connection
from server.live.load import Load, backlog_s
from server.live.observing import Cuer, Observer
from server.live.ports import EventLog
from server.live.rooms import Room, Rooms
from server.live.socket import Hangup, close

log = logging.getLogger(__name__)

OPENED_ELSEWHERE = (4409, "opened in another window")


@dataclass
class Seat:
    """The one place at an encounter; claimed before anything is waited for, so that there are never two writers."""

    arrival: int
    """Who comes last may stay, whatever the order in which those who wait wake up."""
    connection: Connection | None = None
    wanted: bool = False
    left: asyncio.Event = field(default_factory=asyncio.Event)

    def give_up(self) -> None:
        """Somebody else is waiting for it."""
        self.wanted = True
        if self.connection:
            self.connection.hang_up(*OPENED_ELSEWHERE)

    def take(self, connection: Connection) -> None:
        self.connection = connection
        if self.wanted:
            raise Hangup(*OPENED_ELSEWHERE)


class LiveDoor:
    """Serves one socket an encounter; a second one takes over from the first."""

    def __init__(
        self,
        rooms: Rooms,
        events: EventLog,
        detectors: DetectorFactory | None,
        *,
        capacity: int,
        load: Load | None = None,
    ) -> None:
        self.load = load or Load(lambda: backlog_s(rooms.engines.transcriber))
        self._rooms = rooms
        self._events = events
        self._detectors = detectors
        self._capacity = capacity
        self._seats: dict[str, Seat] = {}
        self._arrivals = count()
        self._observers: set[Observer] = set()

    async def serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        """Hold the learner's socket until its end. The caller has authorised it; it is not accepted yet."""
        await self._to_its_end(socket, encounter_id, lambda: self._serve(socket, encounter_id, after))

    async def observe(self, socket: WebSocket, encounter_id: str, *, may_cue: bool = False, who: str = "") -> None:
        """Hold the socket of somebody who watches. The caller has authorised it; it is not accepted yet.

        It takes no seat and no room: watching is not taking part. `may_cue`: they may bring moments forward, which the
        log keeps under the name `who`.
        """
        cuer = Cuer(who, partial(self._rooms.cue, encounter_id)) if may_cue else None
        await self._to_its_end(socket, encounter_id, lambda: self._observe(socket, encounter_id, cuer))

    async def _to_its_end(self, socket: WebSocket, encounter_id: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await socket.accept()
            await work()
        except Hangup as end:
            await close(socket, end.code, end.reason)
        except NotFound:
            await close(socket, 4404, "there is no such encounter")
        except BedsideError as error:
            log.error("encounter %s: %s", encounter_id, error.code)
            await close(socket, 1013, "the encounter cannot be opened now; try again in a minute")
        except (WebSocketDisconnect, OSError):
            return
        else:
            await close(socket, 1000, "done")

    def connections(self) -> Iterator[Connection]:
        yield from (seat.connection for seat in self._seats.values() if seat.connection)

    def observers(self) -> Iterator[Observer]:
        yield from self._observers

    async def restart(self) -> None:
        """The service is going down: clients are told to come back."""
        everybody: list[Connection | Observer] = [*self.connections(), *self.observers()]
        for one in everybody:
            one.hang_up(1012, "the service is restarting; reconnect to resume")
        await asyncio.sleep(0)

    async def _serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        seat = await self._seat_at(encounter_id)
        try:
            async with self._rooms.visit(encounter_id) as room:
                self._admit(room)
                with self.load.inside():
                    await self._hold(socket, room, seat, after)
        finally:
            del self._seats[encounter_id]
            seat.left.set()

    async def _observe(self, socket: WebSocket, encounter_id: str, cuer: Cuer | None) -> None:
        observer = Observer(socket, has_voice=self._rooms.engines.voice is not None, cuer=cuer)
        gallery = await self._rooms.observe(encounter_id, observer)
        self._observers.add(observer)
        try:
            await observer.run()
        finally:
            self._observers.discard(observer)
            gallery.dismiss(observer)

    async def _seat_at(self, encounter_id: str) -> Seat:
        """Whoever was connected is shown out first; but who came later than we is not."""
        arrival = next(self._arrivals)
        while present := self._seats.get(encounter_id):
            if present.arrival > arrival:
                raise Hangup(*OPENED_ELSEWHERE)
            present.give_up()
            await present.left.wait()
        if len(self._seats) >= self._capacity:
            raise Hangup(1013, f"all {self._capacity} rooms are in use; try again in a few minutes")
        seat = self._seats[encounter_id] = Seat(arrival)
        return seat

    def _admit(self, room: Room) -> None:
        """Under load no new encounter begins; one that was begun, or that a learner has been in, always goes on."""
        refusal = self.load.refusal()
        if refusal and room.conductor.encounter.phase == "prebrief" and not room.lived_in:
            raise Hangup(1013, refusal)

    async def _hold(self, socket: WebSocket, room: Room, seat: Seat, after: int | None) -> None:
        if room.conductor.encounter.phase == "done":
            raise Hangup(4410, "the encounter is over; see its report")
        connection = self._connect(socket, room)
        seat.take(connection)
        known = await connection.missed(self._events, after)
        connection.welcome(known)
        room.enter(connection, connection.hearing, connection.committed)
        try:
            await connection.run()
        finally:
            room.leave()

    def _connect(self, socket: WebSocket, room: Room) -> Connection:
        engines = self._rooms.engines
        return Connection(
            socket,
            room,
            has_voice=engines.voice is not None,
            transcriber=engines.transcriber,
            detectors=self._detectors,
        )
