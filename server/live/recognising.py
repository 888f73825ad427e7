"""An utterance becomes words, or a reason why it did not. One trial at a time, begun in the first short pause;
or, with an engine that can, word by word while it is being said.
"""

from __future__ import annotations

import asyncio
import logging
import unicodedata
from collections.abc import Callable, Coroutine
from typing import Any

from server.core.case import public_words
from server.core.doubting import SURE_PERCENT
from server.core.encounter import Encounter
from server.core.errors import EngineError, IllegalEvent
from server.core.events import Event, SpeechHeard, SpeechUnclear
from server.core.sound.audio import Pcm
from server.engines.protocols import Errand, Transcriber, Transcription, Utterance
from server.live.conductor import Conductor

log = logging.getLogger(__name__)

RECOGNISE_S = 8.0
"""And half the utterance's length; an engine that hangs is then given up, before the core gives up on it."""
MEMORY_TURNS = 6
"""Turns whose words are hints for recognition, beside the case's public words."""
BROKEN = frozenset(
    (
        "remote_key_refused", "remote_not_found", "remote_redirected", "remote_unreadable", "remote_refused_request",
        "language_unsupported", "model_corrupt", "engine_missing", "engine_crashing",
    )
)  # fmt: skip
"""Faults that last: whoever says it again loses their patience for nothing."""
WhenTried = Callable[[str, Transcription], None]
Trial = asyncio.Task[Transcription] | None


class Recogniser:
    """The recognitions of one connection."""

    def __init__(self, conductor: Conductor, transcriber: Transcriber | None, when_tried: WhenTried) -> None:
        self._conductor = conductor
        self._transcriber = transcriber
        self._when_tried = when_tried
        self._trial: tuple[str, asyncio.Task[Transcription], Errand] | None = None
        self._along: dict[str, Utterance] = {}
        """Utterances that are recognised while they are said, by clip."""

    # while it is being said

    def begin(self, clip: str) -> None:
        """An utterance has begun; it is listened along to where the engine can and has a decoder to spare."""
        begin = getattr(self._transcriber, "begin", None)
        if begin is None:
            return
        encounter = self._conductor.encounter
        try:
            along = begin(language=encounter.case.language, hints=hints(encounter), errand=Errand(encounter.id))
        except EngineError:
            return  # the whole clip is recognised at its end, which names what is wrong
        if along:
            self._along[clip] = along

    def follows(self, clip: str) -> bool:
        """Whether this utterance is recognised while it is said."""
        return clip in self._along

    def hear(self, clip: str, sound: bytes) -> None:
        """The next of an utterance."""
        if along := self._along.get(clip):
            along.feed(Pcm(sound))

    def release(self, clip: str) -> None:
        """The utterance came to nothing."""
        if self._trial and self._trial[0] == clip:
            self.drop_trial()
        if along := self._along.pop(clip, None):
            along.close()

    def close(self) -> None:
        """The connection is over; what is being recognised for the encounter goes on."""
        self.drop_trial()
        for clip in list(self._along):
            self.release(clip)

    # in a pause

    def try_out(self, clip: str, sound: Pcm | None) -> asyncio.Task[Transcription] | None:
        """Start recognising what has been said so far; what follows a soft end is silence, or it is thrown away."""
        self.drop_trial()
        if sound is None or self._transcriber is None or not clip:
            return None
        errand, along = Errand(self._conductor.encounter.id, final=False), self._along.get(clip)
        task = asyncio.create_task(along.pause() if along else self._transcribe(sound, errand))
        task.add_done_callback(self._tried)
        self._trial = (clip, task, errand)
        return task

    def drop_trial(self) -> None:
        """Nobody waits for it any more. One that listens along has lost nothing: its next pause holds all of it."""
        if self._trial and self._trial[0] not in self._along:
            self._trial[1].cancel()
        self._trial = None

    def _tried(self, task: asyncio.Task[Transcription]) -> None:
        """A trial may fail unseen: the recognition that counts will say so."""
        failed = task.cancelled() or task.exception()
        if not failed and self._trial and self._trial[1] is task:
            self._when_tried(self._trial[0], task.result())

    # when it has ended

    async def answer(self, clip: str, sound: Pcm | None, *, doubted: bool = False) -> None:
        """Tell the encounter what was said in `clip`, whose whole sound is `sound`. `doubted`: it may be no speech."""
        trial, along = self._claim_trial(clip), self._along.pop(clip, None)
        try:
            found = await self._outcome(clip, sound, trial, along)
            await self._conductor.insist(found if isinstance(found, SpeechUnclear) else heard(clip, found, doubted))
        except IllegalEvent:
            log.info("clip %s came to nothing", clip)
        finally:
            if along:
                along.close()

    async def _outcome(
        self, clip: str, sound: Pcm | None, trial: Trial, along: Utterance | None
    ) -> Transcription | SpeechUnclear:
        if sound is None or self._transcriber is None:
            return SpeechUnclear(clip, "restart" if self._transcriber else "engine_failed")
        try:
            async with asyncio.timeout(RECOGNISE_S + sound.duration_ms / 2000):
                return await self._found(sound, trial, along)
        except Exception as error:  # noqa: BLE001 - however an engine fails, the learner is asked to repeat
            log.warning("clip %s: hearing failed: %s", clip, getattr(error, "code", type(error).__name__))
            return SpeechUnclear(clip, "engine_broken" if getattr(error, "code", "") in BROKEN else "engine_failed")

    async def _found(self, sound: Pcm, trial: Trial, along: Utterance | None) -> Transcription:
        """What was begun early has found; where that was pushed out of the queue or lost its decoder, it is begun anew,
        with the whole sound.
        """
        try:
            if trial:
                return await trial
            if along:
                return await along.pause()
        except EngineError as error:
            if not along and error.code != "hearing_busy":
                raise
        return await self._transcribe(sound, Errand(self._conductor.encounter.id))

    def _claim_trial(self, clip: str) -> Trial:
        """The trial of this clip, which from here on counts: a later utterance no longer throws it away."""
        if self._trial is None or self._trial[0] != clip:
            return None
        _, task, errand = self._trial
        errand.final, self._trial = True, None
        return task

    def _transcribe(self, sound: Pcm, errand: Errand) -> Coroutine[Any, Any, Transcription]:
        if self._transcriber is None:
            raise EngineError("there is no hearing engine")
        encounter = self._conductor.encounter
        return self._transcriber.transcribe(
            sound, language=encounter.case.language, hints=hints(encounter), errand=errand
        )


def heard(clip: str, found: Transcription, doubted: bool = False) -> Event:
    """What a recogniser found, as the encounter is told it: with how sure it is of each word, where it tells.

    Where the sound itself may be no speech (`doubted`), every word must be sure; else the learner is asked to repeat.
    """
    text = storable(found.text)
    if not text or (doubted and not all_sure(found)):
        return SpeechUnclear(clip, "no_words")
    told = len(found.words) == len(text.split())
    words = tuple(round(word.confidence * 100) for word in found.words) if told else ()
    return SpeechHeard(clip, text, round(found.confidence * 100), words)


def all_sure(found: Transcription) -> bool:
    """There is no word in it that is more likely wrong than right."""
    least = min((word.confidence for word in found.words), default=found.confidence)
    return least * 100 >= SURE_PERCENT


def hints(encounter: Encounter) -> tuple[str, ...]:
    """Public words of the case and what has been said; never what is hidden, nor the phrases we hope to hear."""
    said = [turn.text for turn in encounter.turns if turn.kind == "said" and turn.text]
    return (*public_words(encounter.case), *said[-MEMORY_TURNS:])


def storable(text: str) -> str:
    """Recognised words as every database takes them: NFC, one line, no control characters."""
    kept = (character if unicodedata.category(character)[0] != "C" else " " for character in text)
    return " ".join(unicodedata.normalize("NFC", "".join(kept)).split())
