"""Words that are recognised while they are said, where the engine can and has a decoder to spare."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from server.core.errors import EngineError
from server.core.events import SpeechEnded, SpeechHeard
from server.core.sound.audio import Pcm
from server.engines.protocols import Transcription
from tests.live.inside import when
from tests.live.test_hearing import Scripted, events_of, listening, quiet, speech


@dataclass
class Along:
    """An utterance that is heard while it is said; each pause answers with how much sound there was, in words."""

    fed_ms: int = 0
    pauses: int = 0
    closed: bool = False
    broken: Exception | None = None

    def feed(self, pcm: Pcm) -> None:
        self.fed_ms += pcm.duration_ms

    async def pause(self) -> Transcription:
        self.pauses += 1
        if self.broken:
            raise self.broken
        return Transcription(f"I heard {self.fed_ms}", 0.9)

    def close(self) -> None:
        self.closed = True


@dataclass
class Attentive(Scripted):
    """Listens along, as far as it has decoders to spare."""

    spare: int = 9
    begun: list[Along] = field(default_factory=list)
    along_broken: Exception | None = None

    def begin(self, *, language: str, hints: object, errand: object) -> Along | None:
        if len(self.begun) >= self.spare:
            return None
        self.begun.append(Along(broken=self.along_broken))
        return self.begun[-1]


async def test_what_is_said_is_heard_along_and_never_twice() -> None:
    recogniser = Attentive(["By the clip."])
    async with listening(recogniser) as (_, _, ear, log):
        ear.feed(quiet(320) + speech(640) + quiet(320))
        await asyncio.sleep(0.01)
        ear.feed(speech(640) + quiet(1_600))
        await when(lambda: events_of(log, SpeechHeard))
        [along] = recogniser.begun
        [heard] = events_of(log, SpeechHeard)
        assert heard.text == f"I heard {along.fed_ms}"  # type: ignore[attr-defined]
        assert abs(along.fed_ms - events_of(log, SpeechEnded)[0].audio_ms) <= 32  # type: ignore[attr-defined]
        assert along.pauses == 1, "a hesitation ends no stretch"
        await when(lambda: along.closed)  # only after the words are in the log
        assert not recogniser.clips


async def test_without_a_decoder_to_spare_the_clip_is_recognised_at_its_end() -> None:
    recogniser = Attentive(["By the clip."], spare=0)
    recogniser.gate.set()
    async with listening(recogniser) as (_, _, ear, log):
        ear.feed(speech(640) + quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert events_of(log, SpeechHeard)[0].text == "By the clip."  # type: ignore[attr-defined]


async def test_a_decoder_that_is_lost_while_listening_costs_no_words() -> None:
    recogniser = Attentive(["By the clip."], along_broken=EngineError("it crashed", code="engine_crashed"))
    recogniser.gate.set()
    async with listening(recogniser) as (_, _, ear, log):
        ear.feed(speech(640) + quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert events_of(log, SpeechHeard)[0].text == "By the clip."  # type: ignore[attr-defined]
        await when(lambda: recogniser.begun[0].closed)


async def test_what_is_withdrawn_lets_its_decoder_go() -> None:
    recogniser = Attentive(["x"])
    async with listening(recogniser) as (_, hearing, ear, _):
        ear.feed(speech(640))
        ear.clear()
        assert recogniser.begun[0].closed
        ear.feed(speech(640))
        hearing.close()
        assert recogniser.begun[1].closed
