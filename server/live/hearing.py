"""From what the ear notices to what the encounter is told: interruption, utterance, recognition.

Recognition starts at the first short pause, on trial, and is thrown away when speech goes on; what it hears says how
long the pause may be. Something short said under the patient's words is weighed (`server.live.weighing`) while the
reply is held. An utterance that begins while the floor is not free waits here, in order.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from server.core.encounter import Hearing as SomebodySpeaks
from server.core.encounter import Recognising, Speaking
from server.core.endpoint import Sign
from server.core.errors import BedsideError, IllegalEvent
from server.core.events import Cut, CutReason, Event, Murmured, SpeechBegan, SpeechEnded, SpeechUnclear
from server.core.unfinished import patience_after
from server.engines.protocols import Transcriber, Transcription
from server.live.conductor import Conductor
from server.live.decisions import Decisions
from server.live.ear import Ear
from server.live.recognising import Recogniser
from server.live.weighing import Verdict, weigh

SIGNS_LIMIT = 64
"""Signs that may wait for the floor; an utterance that begins beyond that is not listened to."""
WEIGH_S = 1.5
"""A word under the patient's speech is weighed for so long; then the patient goes on."""


class Mouth(Protocol):
    """What the hearing side must know of the speaking side."""

    decisions: Decisions

    def duck(self, ducked: bool) -> None: ...

    def cut(self, reply: str, reason: CutReason) -> Cut:
        """What is to be said of a reply that stops now: how much of it was heard."""
        ...

    def just_heard(self) -> str:
        """What of the last reply has been played: a loudspeaker may bring it back."""
        ...


@dataclass(frozen=True)
class _Noticed:
    sign: Sign
    clip: str
    audio_ms: int


class Hearing:
    """The hearing side of one connection."""

    def __init__(self, conductor: Conductor, transcriber: Transcriber | None, mouth: Mouth) -> None:
        self._conductor = conductor
        self._mouth = mouth
        # bounded by `speech_sign`: beginnings are refused beyond SIGNS_LIMIT, and each has one end
        self._noticed: asyncio.Queue[_Noticed] = asyncio.Queue()
        self._moved = asyncio.Event()
        self._weighed: dict[str, asyncio.Task[None]] = {}
        self._recogniser = Recogniser(conductor, transcriber, self._hurry)
        self.ear: Ear | None = None
        self.interruptible = True
        self.complain: Callable[[BedsideError], None] = _say_nothing
        """Tells the client that an utterance could not be stored."""

    # what the ear tells

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        match sign:
            case Sign.ONSET:
                self._duck()
            case Sign.WITHDRAWN:
                self._withdraw(clip)
            case Sign.SOFT_END:
                self._recogniser.try_out(clip, self.ear.sound_so_far() if self.ear else None)
            case Sign.RESUMED:
                self._recogniser.drop_trial()
            case Sign.BURST:
                self._weigh(clip, audio_ms)
            case Sign.START if self._noticed.qsize() >= SIGNS_LIMIT:
                self._forget(clip)
            case Sign.START:
                self._stop_weighing()
                self._recogniser.begin(clip)
                self._noticed.put_nowait(_Noticed(sign, clip, audio_ms))
            case _:
                self._noticed.put_nowait(_Noticed(sign, clip, audio_ms))

    def sound(self, clip: str, sound: bytes) -> None:
        self._recogniser.hear(clip, sound)

    def moved(self) -> None:
        """The encounter has moved; somebody may be waiting for the floor."""
        self._moved.set()

    def close(self) -> None:
        """The connection is over. What is already being recognised for the encounter goes on."""
        self._recogniser.close()
        self._stop_weighing()

    async def run(self) -> None:
        """Hand utterances over, one after the other."""
        while True:
            noticed = await self._noticed.get()
            try:
                await self._hand_over(noticed)
            except BedsideError as error:
                self._forget(noticed.clip)
                self.complain(error)

    async def recognise(self, clip: str) -> None:
        """Answer a `Transcribe` effect."""
        sound = self.ear.sound_of(clip) if self.ear else None
        await self._recogniser.answer(clip, sound)

    async def _hand_over(self, noticed: _Noticed) -> None:
        match noticed.sign:
            case Sign.START:
                await self._begin(noticed.clip)
            case Sign.WITHDRAWN:
                await self._taken(SpeechUnclear(noticed.clip, "withdrawn"))
            case _ if not await self._taken(SpeechEnded(noticed.clip, noticed.audio_ms)):
                self._forget(noticed.clip)

    async def _begin(self, clip: str) -> None:
        while self._conductor.encounter.running:
            self._moved.clear()
            match self._conductor.encounter.floor:
                case Speaking(reply=reply) if self.interruptible:
                    self._mouth.decisions.note("interrupted", reply, by=clip)
                    await self._taken(self._mouth.cut(reply, "barge_in"))
                case SomebodySpeaks(clip=lost) if lost != clip:
                    await self._taken(SpeechUnclear(lost, "restart"))
                case Speaking() | Recognising():
                    await self._moved.wait()
                case _:
                    if await self._taken(SpeechBegan(clip)):
                        return
                    await self._moved.wait()
        self._forget(clip)

    async def _taken(self, event: Event) -> bool:
        """False when the encounter has moved on meanwhile."""
        try:
            return await self._conductor.insist(event) is not None
        except IllegalEvent:
            return False

    def _forget(self, clip: str) -> None:
        self._recogniser.release(clip)
        if self.ear:
            self.ear.forget(clip)

    def _withdraw(self, clip: str) -> None:
        if not self._weighed:
            self._mouth.duck(False)
        if clip:
            self._recogniser.release(clip)
            self._noticed.put_nowait(_Noticed(Sign.WITHDRAWN, clip, 0))

    def _duck(self) -> None:
        if isinstance(self._conductor.encounter.floor, Speaking) and self.interruptible:
            self._mouth.duck(True)

    def _hurry(self, clip: str, found: Transcription) -> None:
        """Words have been heard in a pause that is still going on: they say how long it may be."""
        if self.ear and self.ear.patience.adapts and found.text:
            usual_ms = self.ear.patience.end_ms
            wait_ms = patience_after(found.text, usual_ms, self._conductor.encounter.case.language)
            self.ear.expect(clip, wait_ms)
            if wait_ms != usual_ms:
                what = "waits_longer" if wait_ms > usual_ms else "waits_less"
                self._mouth.decisions.note(what, clip, wait_ms=wait_ms, usual_ms=usual_ms)

    # a word under the patient's speech

    def _weigh(self, clip: str, audio_ms: int) -> None:
        task = asyncio.create_task(self._weighing(clip, audio_ms))
        self._weighed[clip] = task
        task.add_done_callback(lambda _: self._weighed.pop(clip, None))

    def _stop_weighing(self) -> None:
        """What is said now takes in what was being weighed."""
        for task in self._weighed.values():
            task.cancel()
        if self._weighed:
            self._recogniser.drop_trial()

    async def _weighing(self, clip: str, audio_ms: int) -> None:
        encounter = self._conductor.encounter
        sound = self.ear.sound_of_burst(clip) if self.ear else None
        trial = self._recogniser.try_out(clip, sound)
        found = None
        if trial:
            await asyncio.wait([trial], timeout=WEIGH_S)
            found = trial.result() if trial.done() and not trial.cancelled() and not trial.exception() else None
        speaking = isinstance(self._conductor.encounter.floor, Speaking)
        verdict = weigh(found, self._mouth.just_heard(), encounter.case.language, speaking=speaking)
        self._mouth.decisions.note("weighed", clip, verdict=verdict, audio_ms=audio_ms)
        if verdict == "words":
            self._noticed.put_nowait(_Noticed(Sign.START, clip, 0))
            self._noticed.put_nowait(_Noticed(Sign.END, clip, audio_ms))
            return
        self._recogniser.drop_trial()
        self._forget(clip)
        self._mouth.duck(False)
        await self._murmured(clip, audio_ms, found, verdict)

    async def _murmured(self, clip: str, audio_ms: int, found: Transcription | None, verdict: Verdict) -> None:
        reply = next((turn.id for turn in reversed(self._conductor.encounter.turns) if turn.plan), "")
        if verdict == "murmur" and found and reply:
            sure = round(found.confidence * 100)
            await self._taken(Murmured(clip, found.text, audio_ms, reply, sure))


def _say_nothing(_: BedsideError) -> None:
    pass
