"""`rehearse --voice`: the authored learner speaks, aloud, into the real hearing path of the real service.

Another voice says each line; the sound goes through the wire, the voice detector and the recogniser, and the patient's
sound comes back. Nothing is shared with the virtual room but the authored words.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
import wave
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from server.app import House, open_house
from server.cli.serving import listen, server_for
from server.core.audio import WIRE_HZ, Pcm, silence
from server.core.case import Case
from server.core.case_rehearsal import Step
from server.core.encounter import Encounter, Listening
from server.core.errors import SetupError
from server.core.events import Opened, Reflected
from server.core.rehearsing import AuthoredLearner
from server.engines.protocols import EngineInfo
from server.live.resampling import to_rate
from server.settings import Settings, load_settings

LEARNER_VOICE = "male adult normal"
OTHER_VOICE = "female adult normal"
"""For a case in which the first voice is taken."""
CHUNK_MS = 100
PAUSE_S = 0.6
"""The authored learner waits this long after the patient has finished."""
TOKEN = "rehearsal"  # noqa: S105 - this service lives in a temporary folder and ends with the rehearsal
MOST_UNHEARD = 3
"""Lines in a row that the recogniser may miss before the rehearsal gives up."""


@dataclass
class Recording:
    """Everything that was audible, in order."""

    parts: list[bytes] = field(default_factory=list)

    def add(self, pcm: Pcm) -> None:
        self.parts.append(pcm.data)

    def save(self, path: Path) -> None:
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(WIRE_HZ)
            file.writeframes(b"".join(self.parts))


async def rehearse_aloud(
    case: Case, learner: str, *, wav: Path | None = None, pace: float = 1.0
) -> tuple[Encounter, EngineInfo]:
    """Play the rehearsal by voice; the encounter, and what heard it. Raises `SetupError` where there is no voice or no
    hearing.

    `pace` is how fast the learner's sound is sent: 1 is real time, 0 is at once.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), database_url="")
        async with _running(settings) as (house, port):
            hearing = _must_hear_and_speak(house)
            encounter_id = "enc_" + "r" * 22
            variant = case.rehearsal(learner).variant
            opened = Opened(encounter_id, case.case_id, case.case_version, case.digest, variant=variant)
            await house.services.store.create(case, opened, "local")
            rehearsal = Aloud(house, case, learner, encounter_id, pace)
            await rehearsal.play(f"ws://127.0.0.1:{port}/v1/realtime?encounter={encounter_id}")
            if wav:
                rehearsal.recording.save(wav)
            return await house.rooms.snapshot(encounter_id), hearing


@asynccontextmanager
async def _running(settings: Settings) -> AsyncIterator[tuple[House, int]]:
    """The whole service on a loopback port, for as long as it is needed."""
    listening = listen("127.0.0.1", 0)
    port = listening.getsockname()[1]
    origins = frozenset({f"http://127.0.0.1:{port}"})
    async with open_house(settings, token=TOKEN, origins=origins, hosts=frozenset({"127.0.0.1"})) as house:
        server = server_for(house, settings)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.02)
        try:
            yield house, port
        finally:
            server.should_exit = True
            await serving


def _must_hear_and_speak(house: House) -> EngineInfo:
    """What hears."""
    engines = house.rooms.engines
    if engines.voice is None or engines.transcriber is None:
        raise SetupError(
            "This machine cannot hear or cannot speak; `bedside doctor` says what is missing.", code="no_voice"
        )
    return engines.transcriber.info


class Aloud:
    """One authored learner at one end of a wire."""

    def __init__(self, house: House, case: Case, learner: str, encounter_id: str, pace: float) -> None:
        self._house = house
        self._case = case
        self._learner = AuthoredLearner(case.rehearsal(learner))
        self._encounter_id = encounter_id
        self._pace = pace
        self._unheard = 0
        self.recording = Recording()

    async def play(self, url: str) -> None:
        async with connect(url, additional_headers={"Authorization": f"Bearer {TOKEN}"}, max_size=None) as wire:
            receiving = asyncio.create_task(self._receive(wire))
            try:
                await self._send(wire, type="bedside.enter")
                await self._converse(wire)
                await self._send(wire, type="bedside.end")
                await self._until(lambda encounter: encounter.over)
            finally:
                receiving.cancel()
                await asyncio.gather(receiving, return_exceptions=True)
        if (await self._now()).phase == "reflection":
            await self._house.rooms.offer(self._encounter_id, Reflected())

    async def _converse(self, wire: ClientConnection) -> None:
        await self._until_quiet()
        while (encounter := await self._now()).running:
            told = [fact.id for fact in encounter.case.facts if fact.id in encounter.board.revealed]
            step = self._learner.next(encounter.board.open_beats(), told)
            if step is None or self._unheard >= MOST_UNHEARD:
                return
            await self._take(wire, step)
            await self._until_quiet()

    async def _take(self, wire: ClientConnection, step: Step) -> None:
        if step.do:
            await self._send(wire, type="bedside.action", action=step.do)
        elif step.wait_s:
            await asyncio.sleep(step.wait_s * self._pace)
            await self._send(wire, type="bedside.silence", duration_ms=int(step.wait_s * 1000))
        else:
            await self._speak(wire, step.say)
            return
        await asyncio.sleep(PAUSE_S)

    async def _speak(self, wire: ClientConnection, text: str) -> None:
        """Say one line and wait until it was recognised, or was not."""
        before = await self._now()
        voice = self._house.rooms.engines.voice
        assert voice is not None  # noqa: S101 - checked before the rehearsal began
        sound = to_rate([part.pcm async for part in voice.speak(text, voice=_voice_for(self._case))], WIRE_HZ)
        patience = self._case.patient.portrayal.speech.patience_ms
        spoken = silence(200, WIRE_HZ) + sound + silence(patience + 600, WIRE_HZ)
        self.recording.add(sound)
        for start in range(0, spoken.duration_ms, CHUNK_MS):
            chunk = spoken.between(start, start + CHUNK_MS)
            await self._send(wire, type="input_audio_buffer.append", audio=base64.b64encode(chunk.data).decode())
            await asyncio.sleep(chunk.duration_ms / 1000 * self._pace)
        heard = await self._until(
            lambda now: _said(now) > _said(before) or len(now.notices) > len(before.notices) or not now.running
        )
        self._unheard = 0 if _said(heard) > _said(before) else self._unheard + 1

    async def _receive(self, wire: ClientConnection) -> None:
        async for frame in wire:
            message = json.loads(frame)
            if message["type"] == "response.output_audio.delta":
                self.recording.add(Pcm(base64.b64decode(message["delta"]), WIRE_HZ))

    async def _send(self, wire: ClientConnection, **message: object) -> None:
        await wire.send(json.dumps(message))

    async def _now(self) -> Encounter:
        return await self._house.rooms.snapshot(self._encounter_id)

    async def _until_quiet(self) -> None:
        """Until nobody has spoken for a moment."""
        await self._until(lambda now: (isinstance(now.floor, Listening) and bool(now.turns)) or not now.running)
        await asyncio.sleep(PAUSE_S)
        await self._until(lambda now: isinstance(now.floor, Listening) or not now.running)

    async def _until(self, holds: Callable[[Encounter], bool]) -> Encounter:
        """Every state of an encounter has a timed exit, so this ends."""
        while not holds(now := await self._now()):  # noqa: ASYNC110 - it looks in from outside, as a person would
            await asyncio.sleep(0.05)
        return now


def _voice_for(case: Case) -> str:
    """A voice that nobody in the case has, where there is one."""
    men = [member for member in case.cast if member.voice.sex == "male"]
    return OTHER_VOICE if len(men) == len(case.cast) else LEARNER_VOICE


def _said(encounter: Encounter) -> int:
    return sum(turn.speaker == "learner" and turn.kind == "said" for turn in encounter.turns)
