"""From what the ear notices to what the encounter is told: interruption, utterance, recognition.

Recognition starts at the first short pause, on trial, and is thrown away when speech goes on. An utterance that begins
while the floor is not free waits here, in order.
"""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, Protocol

from server.core.audio import Pcm
from server.core.case import public_words
from server.core.encounter import Encounter, Recognising, Speaking
from server.core.encounter import Hearing as SomebodySpeaks
from server.core.endpoint import Sign
from server.core.errors import BedsideError, EngineError, IllegalEvent
from server.core.events import Cut, Event, SpeechBegan, SpeechEnded, SpeechHeard, SpeechUnclear
from server.engines.protocols import Transcriber, Transcription
from server.live.conductor import Conductor
from server.live.ear import Ear

log = logging.getLogger(__name__)

SIGNS_LIMIT = 64
"""Signs that may wait for the floor; an utterance that begins beyond that is not listened to."""
RECOGNISE_S = 8.0
"""And half the utterance's length; an engine that hangs is then given up, before the core gives up on it."""
MEMORY_TURNS = 6
"""Turns whose words are hints for recognition, beside the case's public words."""


class Mouth(Protocol):
    """What the hearing side must know of the speaking side."""

    def duck(self, ducked: bool) -> None: ...

    def heard_ms(self, reply: str) -> int: ...


@dataclass(frozen=True)
class _Noticed:
    sign: Sign
    clip: str
    audio_ms: int


class Hearing:
    """The hearing side of one connection."""

    def __init__(self, conductor: Conductor, transcriber: Transcriber | None, mouth: Mouth) -> None:
        self._conductor = conductor
        self._transcriber = transcriber
        self._mouth = mouth
        self._noticed: asyncio.Queue[_Noticed] = asyncio.Queue()
        self._moved = asyncio.Event()
        self._trial: tuple[str, asyncio.Task[Transcription]] | None = None
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
                self._mouth.duck(False)
                if clip:
                    self._noticed.put_nowait(_Noticed(sign, clip, 0))
            case Sign.SOFT_END:
                self._try(clip)
            case Sign.RESUMED:
                self._drop_trial()
            case Sign.START if self._noticed.qsize() >= SIGNS_LIMIT:
                self._forget(clip)
            case _:
                self._noticed.put_nowait(_Noticed(sign, clip, audio_ms))

    def moved(self) -> None:
        """The encounter has moved; somebody may be waiting for the floor."""
        self._moved.set()

    def close(self) -> None:
        """The connection is over. What is already being recognised for the encounter goes on."""
        self._drop_trial()

    async def run(self) -> None:
        """Hand utterances over, one after the other."""
        while True:
            noticed = await self._noticed.get()
            try:
                await self._hand_over(noticed)
            except BedsideError as error:
                self._forget(noticed.clip)
                self.complain(error)

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
                    await self._taken(Cut(reply, self._mouth.heard_ms(reply), "barge_in"))
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
        if self.ear:
            self.ear.forget(clip)

    def _duck(self) -> None:
        if isinstance(self._conductor.encounter.floor, Speaking) and self.interruptible:
            self._mouth.duck(True)

    # recognition

    async def recognise(self, clip: str) -> None:
        """Answer a `Transcribe` effect."""
        try:
            await self._conductor.insist(await self._outcome(clip))
        except IllegalEvent:
            log.info("clip %s came to nothing", clip)

    async def _outcome(self, clip: str) -> Event:
        sound = self.ear.sound_of(clip) if self.ear else None
        trial = self._claim_trial(clip)
        if sound is None or self._transcriber is None:
            return SpeechUnclear(clip, "restart" if self._transcriber else "engine_failed")
        try:
            async with asyncio.timeout(RECOGNISE_S + sound.duration_ms / 2000):
                found = await (trial or self._transcribe(sound))
        except Exception as error:  # noqa: BLE001 - however an engine fails, the learner is asked to repeat
            log.warning("clip %s: hearing failed: %s", clip, getattr(error, "code", type(error).__name__))
            return SpeechUnclear(clip, "engine_failed")
        text = storable(found.text)
        if not text:
            return SpeechUnclear(clip, "no_words")
        return SpeechHeard(clip, text, round(found.confidence * 100))

    def _try(self, clip: str) -> None:
        """Start recognising what has been said so far; what follows a soft end is silence, or it is thrown away."""
        self._drop_trial()
        if self.ear and self._transcriber and clip:
            task = asyncio.create_task(self._transcribe(self.ear.sound_so_far()))
            task.add_done_callback(_retrieve)
            self._trial = (clip, task)

    def _claim_trial(self, clip: str) -> asyncio.Task[Transcription] | None:
        """The trial of this clip, which from here on counts: a later utterance no longer throws it away."""
        if self._trial is None or self._trial[0] != clip:
            return None
        task, self._trial = self._trial[1], None
        return task

    def _drop_trial(self) -> None:
        if self._trial and not self._trial[1].done():
            self._trial[1].cancel()
        self._trial = None

    def _transcribe(self, sound: Pcm) -> Coroutine[Any, Any, Transcription]:
        if self._transcriber is None:
            raise EngineError("there is no hearing engine")
        encounter = self._conductor.encounter
        return self._transcriber.transcribe(sound, language=encounter.case.language, hints=hints(encounter))


def hints(encounter: Encounter) -> tuple[str, ...]:
    """Public words of the case and what has been said; never what is hidden, nor the phrases we hope to hear."""
    said = [turn.text for turn in encounter.turns if turn.kind == "said" and turn.text]
    return (*public_words(encounter.case), *said[-MEMORY_TURNS:])


def _retrieve(task: asyncio.Task[Transcription]) -> None:
    """A trial may fail unseen: the recognition that counts will say so."""
    if not task.cancelled():
        task.exception()


def _say_nothing(_: BedsideError) -> None:
    pass


def storable(text: str) -> str:
    """Recognised words as every database takes them: NFC, one line, no control characters."""
    kept = (character if unicodedata.category(character)[0] != "C" else " " for character in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
