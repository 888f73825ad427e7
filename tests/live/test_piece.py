"""A piece is played while it is still being made, and is exactly as long as was committed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import numpy as np
import pytest

from server.core.errors import EngineError
from server.core.events import Event, Played, SentenceReady
from server.core.sound.audio import WIRE_HZ, Pcm, bytes_for
from server.engines.protocols import Speech
from server.live.phrasing import Phrasing
from server.live.piece import Piece
from server.live.playout import Playout
from tests.live.room import ToneVoice, small_case
from tests.live.test_phrasing import Actor, the_act
from tests.live.test_playout import Clock, Speaker

HZ = 22_050


def tone(length_ms: int, *, start_ms: int = 0, hz: int = HZ) -> Pcm:
    times = np.arange(start_ms * hz // 1000, (start_ms + length_ms) * hz // 1000) / hz
    return Pcm((np.sin(2 * np.pi * 440 * times) * 12_000).astype("<i2").tobytes(), hz)


async def parts(*made: Pcm, error: str = "") -> AsyncIterator[Pcm]:
    for each in made:
        yield each
    if error:
        raise EngineError(error)


async def filled(piece: Piece, speech: AsyncIterator[Pcm], rate_hz: int = HZ) -> list[Pcm]:
    async def listen() -> list[Pcm]:
        return [part async for part in piece.sound()]

    listening = asyncio.create_task(listen())
    try:
        await piece.fill(speech, rate_hz)
    finally:
        heard = await listening
    return heard


@pytest.mark.parametrize("hz", [16_000, 22_050, 24_000])
async def test_parts_join_without_a_seam(hz: int) -> None:
    cut = [tone(130, hz=hz), tone(170, start_ms=130, hz=hz), tone(200, start_ms=300, hz=hz)]
    heard = await filled(Piece("Hello.", 500), parts(*cut), hz)
    joined = np.frombuffer(b"".join(part.data for part in heard), "<i2").astype(float)
    assert joined.size == WIRE_HZ // 2
    true = np.sin(2 * np.pi * 440 * np.arange(joined.size) / WIRE_HZ) * 12_000
    assert np.abs(joined - true)[100:-100].max() < 150  # of 12,000; a seam would be thousands
    assert all(len(part.data) % bytes_for(1, WIRE_HZ) == 0 for part in heard)


@pytest.mark.parametrize("made_ms", [0, 310, 500, 560])
async def test_it_is_as_long_as_was_said(made_ms: int) -> None:
    made = [tone(made_ms)] if made_ms else []
    heard = await filled(Piece("Hello.", 500), parts(*made))
    assert sum(part.duration_ms for part in heard) == 500


async def test_a_voice_that_fails_in_the_middle_leaves_silence() -> None:
    piece = Piece("Hello.", 500)
    with pytest.raises(EngineError, match="broken"):
        await filled(piece, parts(tone(200), error="broken"))


async def test_no_sound_is_no_part() -> None:
    assert await filled(Piece("(nods)"), parts()) == []


class SlowVoice(ToneVoice):
    """Tells its length with the first part and makes the next ones only when it is let."""

    def __init__(self, *, breaks: bool = False) -> None:
        super().__init__()
        self.go_on = asyncio.Event()
        self.breaks = breaks

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        yield Speech(tone(200), (300, 600), whole_ms=600)
        await self.go_on.wait()
        if self.breaks:
            raise EngineError("gone")
        yield Speech(tone(400, start_ms=200))


class Ears(Speaker):
    """Tells when the first sound comes."""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.first = asyncio.Event()
        self.sound_ms = 0

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        super().send_audio(reply, pcm)
        self.sound_ms += pcm.duration_ms
        self.first.set()


@pytest.mark.parametrize("breaks", [False, True])
async def test_it_is_heard_before_the_rest_is_made(breaks: bool) -> None:
    """Committed whole, with its words' ends; what a broken voice leaves out is silence, and all words were there."""
    clock, taken, voice = Clock(), list[Event](), SlowVoice(breaks=breaks)
    ears = Ears(clock)

    async def take(event: Event) -> object:
        taken.append(event)
        return event

    async def playout() -> Playout:
        return Playout("reply_1", ears, clock, clock.sleep)

    phrasing = Phrasing(the_act(small_case(), "Good morning."), Actor([]), voice, "male")
    performing = asyncio.create_task(phrasing.perform(take, playout))
    async with asyncio.timeout(5):
        await ears.first.wait()
        ready = taken[0]
        assert isinstance(ready, SentenceReady)
        assert (ready.audio_ms, ready.word_ends_ms, len(taken)) == (600, (300, 600), 1)
        voice.go_on.set()
        await performing
    assert ears.sound_ms == 600
    assert isinstance(taken[-1], Played)
    assert taken[-1].audio_ms == 600
