"""Engines that note when they were asked and when they answered, around whichever engines the settings name."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from server import app
from server.app import HouseEngines
from server.core.prompt import Prompt
from server.core.sound.audio import Pcm
from server.engines.protocols import Actor, Bill, Errand, Speech, Transcriber, Transcription, Utterance, Voice
from server.settings import Settings


@dataclass
class Notes:
    """What happened when, in seconds of `time.monotonic`. Beginnings and ends of recognitions stand in pairs."""

    asked: list[float] = field(default_factory=list)
    first_words: list[float] = field(default_factory=list)
    speaking: list[float] = field(default_factory=list)
    spoken: list[float] = field(default_factory=list)
    recognised: list[tuple[float, float]] = field(default_factory=list)

    def first(self, times: Sequence[float], since: float) -> float | None:
        return next((at for at in times if at >= since), None)


class TimedTranscriber:
    def __init__(self, inner: Transcriber, notes: Notes) -> None:
        self._inner, self._notes, self.info = inner, notes, inner.info

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        began = time.monotonic()
        found = await self._inner.transcribe(pcm, language=language, hints=hints, errand=errand)
        self._notes.recognised.append((began, time.monotonic()))
        return found

    def begin(self, *, language: str, hints: Sequence[str], errand: Errand) -> Utterance | None:
        """As the engine does, where it can listen along."""
        begin = getattr(self._inner, "begin", None)
        along = begin(language=language, hints=hints, errand=errand) if begin else None
        return TimedUtterance(along, self._notes) if along else None


class TimedUtterance:
    def __init__(self, inner: Utterance, notes: Notes) -> None:
        self._inner, self._notes = inner, notes
        self.feed, self.close = inner.feed, inner.close

    async def pause(self) -> Transcription:
        began = time.monotonic()
        found = await self._inner.pause()
        self._notes.recognised.append((began, time.monotonic()))
        return found


class TimedActor:
    def __init__(self, inner: Actor, notes: Notes) -> None:
        self._inner, self._notes, self.info = inner, notes, inner.info

    async def act(self, prompt: Prompt, bill: Bill | None = None) -> AsyncIterator[str]:
        self._notes.asked.append(time.monotonic())
        first = True
        async with aclosing(_generator(self._inner.act(prompt, bill))) as words:
            async for text in words:
                if first:
                    self._notes.first_words.append(time.monotonic())
                first = False
                yield text


class TimedVoice:
    def __init__(self, inner: Voice, notes: Notes) -> None:
        self._inner, self._notes, self.info = inner, notes, inner.info

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        """Spoken is when a piece can be handed on: with its first sound where its length is told, else at its end."""
        self._notes.speaking.append(time.monotonic())
        told = False
        async with aclosing(_generator(self._inner.speak(text, voice=voice))) as speech:
            async for part in speech:
                if part.whole_ms and not told:
                    told = True
                    self._notes.spoken.append(time.monotonic())
                yield part
        if not told:
            self._notes.spoken.append(time.monotonic())


def _generator(stream: Any) -> Any:
    """Engines are asynchronous generators, though their protocol promises an iterator only."""
    return stream


@contextmanager
def timed_engines(notes: Notes) -> Iterator[None]:
    """Within this, a house is built with engines that write into `notes`."""
    build = app.build_engines

    def timed(settings: Settings) -> HouseEngines:
        found = build(settings)
        return replace(
            found,
            actor=TimedActor(found.actor, notes),
            voice=found.voice and TimedVoice(found.voice, notes),
            transcriber=found.transcriber and TimedTranscriber(found.transcriber, notes),
        )

    app.build_engines = timed
    try:
        yield
    finally:
        app.build_engines = build
