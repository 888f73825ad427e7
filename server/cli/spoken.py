"""`rehearse --voice`: the authored learner speaks, aloud, into the real hearing path of the real service.

Another voice says each line; the sound goes through the wire, the voice detector and the recogniser, and the patient's
sound comes back. Nothing is shared with the virtual room but the authored words.
"""

from __future__ import annotations

import asyncio
import base64
import json
import tempfile
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

from server.app import House, open_house
from server.cli.loudspeaker import Loudspeaker, Microphone, Recording
from server.cli.manner import Manner
from server.cli.serving import listen, server_for
from server.core.case import Case
from server.core.case_parts.rehearsal import Step
from server.core.encounter import Encounter, Listening, Speaking
from server.core.errors import SetupError
from server.core.events import Opened, Reflected, to_record
from server.core.log import Entry
from server.core.rehearsing import AuthoredLearner
from server.core.sound.audio import WIRE_HZ
from server.engines.protocols import EngineInfo
from server.live.decisions import Decision
from server.live.resampling import to_rate
from server.settings import Settings, load_settings

LEARNER_VOICE = "male adult normal"
OTHER_VOICE = "female adult normal"
"""For a case in which the first voice is taken."""
PAUSE_S = 0.6
"""The authored learner waits this long after the patient has finished."""
TOKEN = "rehearsal"  # noqa: S105 - this service lives in a temporary folder and ends with the rehearsal
CUT_IN_S = 1.2
"""Who cuts in lets the patient speak for so long."""
MURMUR = "yeah"
MOST_UNHEARD = 3
"""Lines in a row that the recogniser may miss before the rehearsal gives up."""


@dataclass(frozen=True)
class Heard:
    """A rehearsal that was spoken."""

    encounter: Encounter
    hearing: EngineInfo
    recording: Recording
    log: tuple[str, ...]
    """What happened and what was decided, in order, a line each."""


async def rehearse_aloud(
    case: Case, learner: str, manner: Manner, tell: Callable[[str], None] = lambda _: None
) -> Heard:
    """Play the rehearsal by voice; `tell` hears of each line as it begins.

    Raises `SetupError` where there is no voice or no hearing.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), database_url="")
        async with _running(settings) as (house, port):
            hearing = _must_hear_and_speak(house)
            encounter_id = "enc_" + "r" * 22
            variant = case.rehearsal(learner).variant
            opened = Opened(encounter_id, case.case_id, case.case_version, case.digest, variant=variant)
            await house.services.store.create(case, opened, "local")
            rehearsal = Aloud(house, case, learner, encounter_id, manner, tell)
            async with house.rooms.visit(encounter_id) as room:
                await rehearsal.play(f"ws://127.0.0.1:{port}/v1/realtime?encounter={encounter_id}")
                decisions = list(room.performer.decisions)
            _, entries = await house.services.store.read(encounter_id)
            encounter = await house.rooms.snapshot(encounter_id)
            return Heard(encounter, hearing, rehearsal.recording, told(entries, decisions))


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

    def __init__(
        self, house: House, case: Case, learner: str, encounter_id: str, manner: Manner, tell: Callable[[str], None]
    ) -> None:
        self._house = house
        self._case = case
        self._learner = AuthoredLearner(case.rehearsal(learner))
        self._encounter_id = encounter_id
        self._manner = manner
        self._tell = tell
        self._unheard = self._lines = 0
        self._sending = asyncio.Lock()
        self.recording = Recording()

    async def play(self, url: str) -> None:
        async with connect(url, additional_headers={"Authorization": f"Bearer {TOKEN}"}, max_size=None) as wire:
            loudspeaker = Loudspeaker(self.recording, lambda reply, ms: self._report(wire, reply, ms))
            self._microphone = Microphone(self.recording, lambda sound: self._append(wire, sound))
            works = (self._receive(wire, loudspeaker), loudspeaker.run(), self._microphone.run())
            ends = [asyncio.create_task(work) for work in works]
            try:
                await self._send(wire, type="bedside.enter")
                await self._converse(wire)
                await self._send(wire, type="bedside.end")
                await self._until(lambda encounter: encounter.over)
            finally:
                for end in ends:
                    end.cancel()
                await asyncio.gather(*ends, return_exceptions=True)
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
            if step.say and self._cuts_in():
                await self._until_they_speak()
            else:
                await self._until_quiet()

    async def _take(self, wire: ClientConnection, step: Step) -> None:
        if step.do:
            await self._send(wire, type="bedside.action", action=step.do)
        elif step.wait_s:
            await asyncio.sleep(step.wait_s)
            await self._send(wire, type="bedside.silence", duration_ms=int(step.wait_s * 1000))
        else:
            await self._speak(step.say)
            return
        await asyncio.sleep(PAUSE_S)

    def _cuts_in(self) -> bool:
        """Whether the next line begins while the patient speaks."""
        self._lines += 1
        return bool(self._manner.cuts_in) and self._lines % self._manner.cuts_in == 0

    async def _until_they_speak(self) -> None:
        """Until the patient is in the middle of a reply; with a "yeah" under it, if that is this learner's way."""
        await self._until(lambda now: isinstance(now.floor, Speaking) or not now.running)
        await asyncio.sleep(CUT_IN_S)
        if self._manner.murmurs and isinstance((await self._now()).floor, Speaking):
            await self._say(MURMUR)
            await asyncio.sleep(CUT_IN_S)

    async def _speak(self, text: str) -> None:
        """Say one line and wait until it was recognised, or was not."""
        self._tell(f"{self.recording.now_ms() / 1000:6.1f} s  line {self._lines}")
        before = await self._now()
        await self._say(text)
        heard = await self._until(
            lambda now: _said(now) > _said(before) or len(now.notices) > len(before.notices) or not now.running
        )
        self._unheard = 0 if _said(heard) > _said(before) else self._unheard + 1

    async def _say(self, text: str) -> None:
        voice = self._house.rooms.engines.voice
        assert voice is not None  # noqa: S101 - checked before the rehearsal began
        parts = [part.pcm async for part in voice.speak(text, voice=_voice_for(self._case))]
        await self._microphone.say(to_rate(parts, WIRE_HZ))

    async def _receive(self, wire: ClientConnection, loudspeaker: Loudspeaker) -> None:
        async for frame in wire:
            message = json.loads(frame)
            match message["type"]:
                case "response.output_audio.delta":
                    loudspeaker.take(message["item_id"], base64.b64decode(message["delta"]))
                case "bedside.duck":
                    loudspeaker.held = message["ducked"]
                case "response.done" if message["response"]["status"] == "cancelled":
                    for item in message["response"]["output"]:
                        loudspeaker.drop(item["id"])

    async def _append(self, wire: ClientConnection, sound: bytes) -> None:
        await self._send(wire, type="input_audio_buffer.append", audio=base64.b64encode(sound).decode())

    async def _report(self, wire: ClientConnection, reply: str, audio_ms: int) -> None:
        await self._send(wire, type="bedside.played", item_id=reply, audio_ms=audio_ms)

    async def _send(self, wire: ClientConnection, **message: object) -> None:
        async with self._sending:
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


def told(entries: Sequence[Entry], decisions: Sequence[Decision]) -> tuple[str, ...]:
    """The events of the log and the decisions between them, by encounter time."""
    events = [(entry.at_ms, f"{entry.at_ms / 1000:8.2f} s  {_event(entry)}") for entry in entries]
    decided = [(decision.at_ms, f"{decision}  (decided)") for decision in decisions]
    return tuple(line for _, line in sorted([*events, *decided], key=lambda each: each[0]))


def _event(entry: Entry) -> str:
    record = to_record(entry.event)
    fields = " ".join(
        f"{name}={value!r}" for name, value in record.items() if name != "event" and value not in ("", ())
    )
    return f"#{entry.seq} {record['event']} {fields}"


def _voice_for(case: Case) -> str:
    """A voice that nobody in the case has, where there is one."""
    men = [member for member in case.cast if member.voice.sex == "male"]
    return OTHER_VOICE if len(men) == len(case.cast) else LEARNER_VOICE


def _said(encounter: Encounter) -> int:
    return sum(turn.speaker == "learner" and turn.kind == "said" for turn in encounter.turns)
