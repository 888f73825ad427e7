"""An encounter at the real door with engines that do nothing, and a socket that is not on any network."""

from __future__ import annotations

import asyncio
import base64
import json
import math
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from starlette.websockets import WebSocket, WebSocketState

from server.content.loader import load_case
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.events import Opened
from server.core.sound.audio import Pcm
from server.engines.protocols import Detector, DetectorFactory, EngineInfo, Errand, Transcriber, Transcription, Voice
from server.engines.scripted import ScriptedActor
from server.live import socket as live_socket
from server.live.door import LiveDoor
from server.live.rooms import Rooms
from server.store.store import Store

PERSONAS = Path(__file__).parents[2] / "personas"
CASE = "novak-discharge"


def case(case_id: str = CASE) -> Case:
    return load_case(PERSONAS / f"{case_id}.yaml")


class NobodySpeaks:
    """A `Detector` and its factory; it counts its frames."""

    info = EngineInfo("detecting", "null", "embedded", "1", "Apache-2.0", True)

    def __init__(self) -> None:
        self.frames = 0

    def detector(self) -> Detector:
        return self

    def probability(self, frame: bytes) -> float:  # noqa: ARG002 - the signature is the protocol's
        self.frames += 1
        return 0.0

    def reset(self) -> None:
        pass


class Parrot:
    """A `Transcriber` that hears the next of some sentences, whatever was said."""

    info = EngineInfo("hearing", "null", "embedded", "1", "Apache-2.0", True)

    def __init__(self, *sentences: str) -> None:
        self._sentences = sentences or ("Tell me how you have been.",)
        self.heard = 0

    async def transcribe(
        self,
        pcm: Pcm,  # noqa: ARG002
        *,
        language: str,  # noqa: ARG002
        hints: Sequence[str],  # noqa: ARG002
        errand: Errand | None = None,  # noqa: ARG002
    ) -> Transcription:
        self.heard += 1
        return Transcription(self._sentences[self.heard % len(self._sentences)], 0.9)


@dataclass
class NullEngines:
    actor: ScriptedActor = field(default_factory=ScriptedActor)
    voice: Voice | None = None
    transcriber: Transcriber | None = field(default_factory=Parrot)


class Wire:
    """Both ends of a WebSocket without a network: the door receives what is put in, and its answers are counted."""

    def __init__(self, keep: bool = False) -> None:
        self.application_state = WebSocketState.CONNECTED
        self.answers: list[dict[str, Any]] = []
        self.kinds: dict[str, int] = {}
        self._keep = keep
        self._frames: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def accept(self) -> None:
        pass

    async def receive(self) -> dict[str, Any]:
        return await self._frames.get()

    async def send_text(self, text: str) -> None:
        message = json.loads(text)
        self.kinds[message["type"]] = self.kinds.get(message["type"], 0) + 1
        if self._keep:
            self.answers.append(message)

    async def close(self, code: int = 1000, reason: str = "") -> None:  # noqa: ARG002
        self.application_state = WebSocketState.DISCONNECTED

    def put(self, text: str) -> None:
        self._frames.put_nowait({"type": "websocket.receive", "text": text})

    def send(self, **message: Any) -> None:
        self.put(json.dumps(message))

    def drop(self) -> None:
        self._frames.put_nowait({"type": "websocket.disconnect"})

    @property
    def waiting(self) -> int:
        return self._frames.qsize()


def append(pcm: bytes) -> str:
    """The message that carries microphone sound."""
    return json.dumps({"type": "input_audio_buffer.append", "audio": base64.b64encode(pcm).decode()})


def rate(rate_hz: int) -> dict[str, Any]:
    """The message that says what rate the microphone has."""
    sound = {"input": {"format": {"type": "audio/pcm", "rate": rate_hz}}}
    return {"type": "session.update", "session": {"type": "realtime", "audio": sound}}


@dataclass
class Stage:
    rooms: Rooms
    wire: Wire
    encounter_id: str

    async def encounter(self) -> Encounter:
        return await self.rooms.snapshot(self.encounter_id)


@asynccontextmanager
async def stage(engines: NullEngines, detectors: DetectorFactory, given: Case | None = None) -> AsyncIterator[Stage]:
    """One encounter, connected, its log in a real database; sound may come as fast as it is read."""
    live_socket.AUDIO_BURST_MS = math.inf
    played = given or case()
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite:///{folder}/bedside.db")
        rooms = Rooms(store, engines, _keep_nothing)
        door = LiveDoor(rooms, store, detectors, capacity=1)
        encounter_id, wire = "enc_" + "b" * 22, Wire()
        opened = Opened(encounter_id, played.case_id, played.case_version, played.digest)
        await store.create(played, opened, "local")
        serving = asyncio.create_task(door.serve(cast(WebSocket, wire), encounter_id, None))
        try:
            yield Stage(rooms, wire, encounter_id)
        finally:
            wire.drop()
            await serving
            await rooms.close()
            await store.close()


async def _keep_nothing(encounter: Encounter) -> None:
    pass
