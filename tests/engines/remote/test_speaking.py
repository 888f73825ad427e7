"""Remote speaking against a real HTTP endpoint: every kind of bad answer ends in sound or in a named error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.errors import EngineError, SetupError
from server.core.sound.audio import Pcm
from server.engines.description import describe
from server.engines.remote.remote import RemoteSettings
from server.engines.remote.sound_body import SoundBody
from server.engines.remote.speaking import VOICES, RemoteVoice, SpeakingClocks, voice_name
from server.engines.shaping import LEAD_MS, SENTENCE_MS
from tests.models.voice_server import MODES, VoiceServer, tone, voice_server, wav

LINE = "I was on that floor till the milkman came."
PATIENT = SpeakingClocks(first_s=60.0, idle_s=60.0, total_s=60.0)
SPOKEN = {
    "pcm": 24_000,
    "pcm-unnamed": 24_000,
    "pcm-odd": 24_000,
    "wav": 22_050,
    "wav-odd": 16_000,
    "wav-streamed": 24_000,
    "wav-with-notes": 24_000,
    "once-busy": 24_000,
}
"""Modes that end in a second of tone, and its rate."""
FAILED = {
    "status-400": "remote_refused_request",
    "status-401": "remote_key_refused",
    "status-404": "remote_not_found",
    "status-429": "remote_busy",
    "status-500": "remote_failed",
    "redirect": "remote_redirected",
    "wav-stereo": "remote_not_sound",
    "wav-too-slow": "remote_not_sound",
    "wav-short": "remote_not_sound",
    "html": "remote_not_sound",
    "html-disguised": "remote_not_sound",
    "json": "remote_not_sound",
    "json-disguised": "remote_not_sound",
    "mp3": "remote_not_sound",
    "mp3-titled": "remote_not_sound",
    "ogg": "remote_not_sound",
    "silence": "remote_not_sound",
    "empty": "remote_empty",
    "one-byte": "remote_empty",
    "packed": "remote_too_big",
    "huge": "remote_too_big",
    "reset": "remote_cut",
    "cut-short": "remote_cut",
}
CLOCKED = {
    "no-answer": SpeakingClocks(first_s=0.2, idle_s=60.0, total_s=60.0),
    "no-body": SpeakingClocks(first_s=0.2, idle_s=60.0, total_s=60.0),
    "stalls": SpeakingClocks(first_s=60.0, idle_s=0.2, total_s=60.0),
    "drip": SpeakingClocks(first_s=60.0, idle_s=60.0, total_s=0.3),
}
"""Modes that only a clock ends, and the one that does."""


@pytest.fixture
async def server() -> AsyncIterator[VoiceServer]:
    async with voice_server() as server:
        yield server


@asynccontextmanager
async def a_voice(
    server: VoiceServer, model: str, clocks: SpeakingClocks = PATIENT, **more: Any
) -> AsyncIterator[RemoteVoice]:
    settings = replace(RemoteSettings(server.base_url, model, key="sk-secret"), **more)
    voice = RemoteVoice(settings, clocks=clocks)
    try:
        yield voice
    finally:
        await voice.close()


async def spoken(voice: RemoteVoice, text: str = LINE, description: str = "") -> Pcm:
    parts = [part async for part in voice.speak(text, voice=description)]
    assert all(part.word_ends_ms == () for part in parts)
    return Pcm(b"".join(part.pcm.data for part in parts), parts[0].pcm.rate_hz)


def test_every_mode_has_its_end() -> None:
    assert SPOKEN.keys() | FAILED.keys() | CLOCKED.keys() | {"two-parts"} == MODES.keys()


@pytest.mark.parametrize("mode", SPOKEN)
async def test_sound_comes_whole_with_the_pause_of_a_sentence(server: VoiceServer, mode: str) -> None:
    async with a_voice(server, mode) as voice:
        sound = await spoken(voice)
    assert sound.rate_hz == SPOKEN[mode]
    assert 1_000 + SENTENCE_MS - 3 < sound.duration_ms < LEAD_MS + 1_000 + SENTENCE_MS + 3
    assert tone(500, sound.rate_hz)[:4_000] in sound.data


@pytest.mark.parametrize("mode", FAILED)
async def test_what_is_no_sound_is_named(server: VoiceServer, mode: str) -> None:
    async with a_voice(server, mode) as voice:
        with pytest.raises(EngineError) as failed:
            await spoken(voice)
    assert failed.value.code == FAILED[mode]
    assert not {"secret", "floor", "milkman", "guest", server.base_url} & set(failed.value.message.split())
    assert "secret" not in failed.value.message


@pytest.mark.parametrize("mode", CLOCKED)
async def test_each_clock_ends_what_nothing_else_would(server: VoiceServer, mode: str) -> None:
    async with a_voice(server, mode, CLOCKED[mode]) as voice:
        # well before the other clocks
        async with asyncio.timeout(30):
            with pytest.raises(EngineError) as failed:
                await spoken(voice)
            await server.closed.wait()
    assert failed.value.code == "remote_slow"


async def test_a_server_that_is_not_there_is_named(server: VoiceServer) -> None:
    async with a_voice(server, "pcm", url="http://127.0.0.1:9/v1") as voice:
        with pytest.raises(EngineError) as failed:
            await spoken(voice)
    assert failed.value.code == "remote_unreachable"


async def test_sound_is_handed_over_before_the_last_has_come(server: VoiceServer) -> None:
    async with a_voice(server, "two-parts") as voice, aclosing(voice.speak(LINE, voice="")) as sound:
        first = await anext(sound)
        assert first.pcm.samples > 0
        server.more.set()
        assert sum([part.pcm.duration_ms async for part in sound]) > 1_500


async def test_closing_early_ends_the_request_and_the_next_one_works(server: VoiceServer) -> None:
    async with a_voice(server, "two-parts", parallel=1) as voice:
        async with aclosing(voice.speak(LINE, voice="")) as sound:
            await anext(sound)
        await asyncio.wait_for(server.closed.wait(), 30)
        server.more.set()
        assert (await spoken(voice)).duration_ms > 1_500


async def test_a_consumer_that_takes_its_time_is_not_the_servers_fault(server: VoiceServer) -> None:
    clocks = SpeakingClocks(first_s=30.0, idle_s=30.0, total_s=30.0)
    async with a_voice(server, "pcm", clocks) as voice:
        sounds = await asyncio.gather(*(spoken(voice) for _ in range(6)))
    assert len({sound.data for sound in sounds}) == 1


async def test_only_the_line_and_the_voice_are_sent(server: VoiceServer) -> None:
    async with a_voice(server, "pcm") as voice:
        await spoken(voice, "[[Hello]] *there*, \N{SLIGHTLY SMILING FACE} Dr. Hale.", "female old slow")
        await spoken(voice, LINE, "male af_Heart")
    first, second = server.requests
    assert first == {
        "model": "pcm", "input": "Hello there, Dr Hale.", "voice": "sage", "response_format": "pcm", "speed": 0.74
    }  # fmt: skip
    assert second["voice"] == "af_Heart"
    assert "speed" not in second
    assert "authorization: bearer sk-secret" in server.heads[0].lower()


@pytest.mark.parametrize("text", ["", " ", "...", "\N{SLIGHTLY SMILING FACE}"])
async def test_nothing_to_say_is_no_request(server: VoiceServer, text: str) -> None:
    async with a_voice(server, "pcm") as voice:
        assert [part async for part in voice.speak(text, voice="")] == []
    assert server.requests == []


@pytest.mark.parametrize(
    ("description", "name"),
    [
        ("", "nova"),
        ("female adult normal", "nova"),
        ("male old slow", "fable"),
        ("male adult normal low", "ash"),
        ("male old low", "fable"),
        ("girl", "shimmer"),
        ("female adult normal system", "alloy"),
        ("male, bm_george", "bm_george"),
    ],
)
def test_a_description_becomes_a_voice_of_the_server(description: str, name: str) -> None:
    assert voice_name(description, describe(description), VOICES) == name


async def test_the_servers_own_voices_may_be_named(server: VoiceServer) -> None:
    settings = RemoteSettings(server.base_url, "pcm")
    voice = RemoteVoice(settings, voices={"male old": "bm_lewis"}, clocks=PATIENT)
    await spoken(voice, LINE, "male old slow")
    await voice.close()
    assert server.requests[0]["voice"] == "bm_lewis"


def test_consent_can_name_where_the_words_go() -> None:
    here = RemoteVoice(RemoteSettings("http://localhost:8000/v1", "tts-1")).info
    there = RemoteVoice(RemoteSettings("https://speech.example.org/v1", "tts-1")).info
    assert (here.kind, here.host) == ("local", "")
    assert (there.kind, there.host) == ("remote", "speech.example.org")
    with pytest.raises(SetupError, match="http"):
        RemoteVoice(RemoteSettings("speech.example.org", "tts-1"))


@given(st.binary(max_size=300), st.lists(st.integers(1, 60), max_size=12), st.booleans())
def test_however_it_is_cut_the_same_sound_or_the_same_error(body: bytes, sizes: list[int], as_wav: bool) -> None:
    data = wav(body[: len(body) // 2 * 2], 16_000) if as_wav else body
    assert read(data, sizes) == read(data, [])


def read(data: bytes, sizes: list[int]) -> bytes | str:
    body, found, at = SoundBody(24_000), b"", 0
    try:
        for size in sizes:
            found += body.feed(data[at : at + size])
            at += size
        return found + body.feed(data[at:]) + body.end()
    except EngineError as error:
        return error.code
