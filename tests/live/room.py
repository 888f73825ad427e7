"""A whole live service in one process for tests: the real door, rooms and conductor; a log in memory, tones."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket

from server.content.loader import load_case
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import NotFound, StoreError
from server.core.events import Opened
from server.core.log import Entry
from server.core.sound.audio import Pcm
from server.engines.protocols import Detector, EngineInfo, Errand, Speech, Transcription
from server.engines.scripted import ScriptedActor
from server.live.door import LiveDoor
from server.live.load import Load, LoadLimits
from server.live.rooms import Rooms


@cache
def small_case() -> Case:
    """A short case whose patient hears at once what is said."""
    case = load_case(Path(__file__).parents[1] / "content" / "small-case.yaml")
    calm = replace(case.state.choices["calm"], start="yes")
    return replace(case, state=replace(case.state, choices={"calm": calm}))


def info(part: str, name: str) -> EngineInfo:
    return EngineInfo(part, name, "embedded", "1", "Apache-2.0", True)  # type: ignore[arg-type]


class ToneVoice:
    """Speaks 20 ms a character, as a tone; fast enough for tests, long enough to be interrupted."""

    info = info("speaking", "tone")

    def __init__(self, ms_per_character: int = 20) -> None:
        self.ms_per_character = ms_per_character

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        samples = np.arange(len(text) * self.ms_per_character * 16)
        yield Speech(Pcm((np.sin(samples * 0.1) * 8000).astype(np.int16).tobytes(), 16_000))


@dataclass
class ScriptedHearing:
    """Hears, whatever was said, the next of its texts."""

    texts: list[str]
    info: EngineInfo = field(default_factory=lambda: info("hearing", "scripted"))
    hints: list[tuple[str, ...]] = field(default_factory=list)
    delay_s: float = 0.0
    clips: list[Pcm] = field(default_factory=list)

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        self.hints.append(tuple(hints))
        self.clips.append(pcm)
        await asyncio.sleep(self.delay_s)
        return Transcription(self.texts[0] if self.texts else "", 0.9)


class LoudnessDetector:
    """Speech is what is loud."""

    def probability(self, frame: bytes) -> float:
        return 1.0 if np.abs(np.frombuffer(frame, np.int16)).max(initial=0) > 500 else 0.0

    def reset(self) -> None:
        pass


class LoudnessDetectors:
    info = info("detecting", "loudness")

    def detector(self) -> Detector:
        return LoudnessDetector()


class MemoryLog:
    """An event log that can be told to fail: for good, or at the single append with a given number."""

    def __init__(self) -> None:
        self.cases: dict[str, Case] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.failing = False
        self.fails_at = 0
        self.stores_and_fails = False
        """The append is in the log, and its answer was lost."""
        self.appends = 0

    def create(self, case: Case, encounter_id: str, portrayal: str = "teaching", *, tryout: bool = False) -> str:
        how = "assessment" if portrayal == "assessment" else "teaching"
        opened = Opened(encounter_id, case.case_id, case.case_version, case.digest, how, tryout=tryout)  # type: ignore[arg-type]
        self.cases[encounter_id] = case
        self.entries[encounter_id] = [Entry(1, opened, 0)]
        return encounter_id

    async def append(self, encounter_id: str, entries: Sequence[Entry]) -> None:
        self.appends += 1
        fails = self.failing or self.appends == self.fails_at
        await asyncio.sleep(0)
        if not fails or self.stores_and_fails:
            log = self.entries[encounter_id]
            if entries[0].seq != len(log) + 1:
                raise StoreError("a gap in the log")
            log.extend(entries)
        if fails:
            raise StoreError("the disk is full")

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]:
        await asyncio.sleep(0)
        if encounter_id not in self.entries:
            raise NotFound("no such encounter")
        return self.cases[encounter_id], list(self.entries[encounter_id])


@dataclass
class TestEngines:
    __test__ = False
    actor: ScriptedActor = field(default_factory=ScriptedActor)
    voice: ToneVoice | None = field(default_factory=ToneVoice)
    transcriber: ScriptedHearing | None = None


@dataclass
class Service:
    url: str
    door: LiveDoor
    log: MemoryLog
    rooms: Rooms
    engines: TestEngines
    ended: list[Encounter]


NEVER = LoadLimits(lag_ms=1e9, backlog_s=1e9, cpu=1e9)
"""A test machine may be as busy as it likes."""


@asynccontextmanager
async def service(
    log: MemoryLog,
    engines: TestEngines,
    *,
    capacity: int = 8,
    socket_options: Sequence[tuple[int, int, int]] = (),
    **uvicorn_options: Any,
) -> AsyncIterator[Service]:
    """The live service on a loopback port."""
    ended: list[Encounter] = []

    async def when_ended(encounter: Encounter) -> None:
        ended.append(encounter)

    rooms = Rooms(log, engines, when_ended)
    door = LiveDoor(rooms, log, LoudnessDetectors(), capacity=capacity, load=Load(limits=NEVER))

    async def realtime(websocket: WebSocket) -> None:
        after = websocket.query_params.get("after")
        if websocket.query_params.get("observe"):
            may_cue = "cue" in websocket.query_params
            await door.observe(websocket, websocket.query_params["encounter"], may_cue=may_cue, who="facilitator")
            return
        await door.serve(websocket, websocket.query_params["encounter"], int(after) if after else None)

    app = Starlette(routes=[WebSocketRoute("/v1/realtime", realtime)])
    listening = socket.socket()
    for option in socket_options:
        listening.setsockopt(*option)
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", ws_max_size=1_000_000, lifespan="off", **uvicorn_options)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve(sockets=[listening]))
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    try:
        yield Service(f"ws://127.0.0.1:{listening.getsockname()[1]}/v1", door, log, rooms, engines, ended)
    finally:
        await door.restart()
        server.should_exit = True
        await running
        await rooms.close()
        listening.close()
