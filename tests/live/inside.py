"""Inside a room: an encounter with somebody in it, and no socket."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from server.core.encounter import Encounter, Listening
from server.core.errors import BedsideError
from server.core.sound.audio import Pcm
from server.live.conductor import Committed
from server.live.hearing import Hearing
from server.live.rooms import Room, Rooms
from tests.live.room import MemoryLog, ScriptedHearing, TestEngines, ToneVoice

MS = 1
"""A character of a voice for those who cannot wait."""


@dataclass
class Listener:
    """An audience that hears everything at once and remembers what it was told."""

    told: list[Committed] = field(default_factory=list)
    sounded: list[str] = field(default_factory=list)
    reports_played: bool = False
    clogged: bool = False
    wants_sound: bool = True

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        self.sounded.append(reply)

    def send_caption(self, reply: str, heard_ms: int) -> None: ...

    def send_duck(self, ducked: bool) -> None: ...

    def send_scorecard(self, made: bool) -> None: ...

    def send_watched(self, count: int) -> None: ...

    def send_error(self, error: BedsideError) -> None: ...

    def drop_audio(self, reply: str) -> None: ...

    def hang_up(self, code: int, reason: str) -> None: ...


@asynccontextmanager
async def in_room(log: MemoryLog, engines: TestEngines) -> AsyncIterator[tuple[Rooms, Room, Listener]]:
    """A room with somebody in it, and no socket."""

    async def when_ended(encounter: Encounter) -> None: ...

    rooms, listener = Rooms(log, engines, when_ended), Listener()
    try:
        async with rooms.visit("enc_1") as room:
            hearing = Hearing(room.conductor, engines.transcriber, room.performer)
            room.enter(listener, hearing, listener.told.append)
            yield rooms, room, listener
            room.leave()
    finally:
        await rooms.close()


def engines() -> TestEngines:
    return TestEngines(voice=ToneVoice(MS), transcriber=ScriptedHearing(["Hello."]))


async def when(holds: Callable[[], object]) -> None:
    """A bound for a machine under load; nothing waits this long when all is well."""
    async with asyncio.timeout(15):
        while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
            await asyncio.sleep(0.002)


async def quiet(room: Room) -> None:
    """Until nobody has the floor."""
    await when(lambda: isinstance(room.conductor.encounter.floor, Listening) or not room.conductor.encounter.running)
