"""Remote hearing against a real HTTP endpoint: every kind of bad answer ends in words or in a named error."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest

from server.core.errors import EngineError, SetupError
from server.core.sound.audio import Pcm
from server.engines.protocols import Errand, Transcription
from server.engines.remote.hearing import RemoteTranscriber
from server.engines.remote.remote import RemoteSettings
from server.engines.written import UNKNOWN_CONFIDENCE
from tests.models.speech_server import MODES, SpeechServer, speech_server
from tests.speech import clip

SAID = "How are you?"
PATIENT = RemoteSettings(url="", model="", key="sk-secret", slack_s=60.0)
CLOCKED = {"no-answer", "drip", "drip-head", "held"}
"""Modes that only a clock ends; for all others no clock may matter."""
HEARD = {
    "words",
    "text",
    "once-busy",
    "once-cut",
    "other-words",
    "odd-words",
    "odd-segments",
    "nan",
    "doubtful",
    "probable",
}
UNHEARD = {"silent", "credits"}
"""Modes that end well, and nothing was said."""
FAILED = {
    "status-400": "remote_refused_request",
    "status-401": "remote_key_refused",
    "status-404": "remote_not_found",
    "status-413": "remote_refused_request",
    "status-429": "remote_busy",
    "status-500": "remote_failed",
    "redirect": "remote_redirected",
    "redirect-page": "remote_unreadable",
    "html": "remote_unreadable",
    "empty": "remote_unreadable",
    "list": "remote_unreadable",
    "deep": "remote_unreadable",
    "bad-json": "remote_unreadable",
    "bad-utf8": "remote_unreadable",
    "no-text": "remote_unreadable",
    "number": "remote_unreadable",
    "endless-text": "remote_unreadable",
    "packed": "remote_too_big",
    "huge": "remote_too_big",
    "huge-error": "remote_too_big",
    "reset": "remote_cut",
    "no-answer": "remote_slow",
    "drip": "remote_slow",
    "drip-head": "remote_slow",
    "held": "remote_slow",
}


@pytest.fixture
async def server() -> AsyncIterator[SpeechServer]:
    async with speech_server(SAID) as state:
        yield state


@asynccontextmanager
async def hearing(
    server: SpeechServer, mode: str, settings: RemoteSettings = PATIENT
) -> AsyncIterator[RemoteTranscriber]:
    transcriber = RemoteTranscriber(replace(settings, url=server.base_url, model=mode))
    try:
        yield transcriber
    finally:
        await transcriber.close()


async def heard(
    transcriber: RemoteTranscriber, pcm: Pcm | None = None, *, hints: tuple[str, ...] = (), errand: Errand | None = None
) -> Transcription:
    return await transcriber.transcribe(pcm or clip("hear-me"), language="en-GB", hints=hints, errand=errand)


def test_every_mode_has_its_end() -> None:
    assert HEARD | UNHEARD | set(FAILED) == set(MODES)


@pytest.mark.parametrize("mode", sorted(HEARD))
async def test_what_was_said_is_heard(server: SpeechServer, mode: str) -> None:
    async with hearing(server, mode) as transcriber:
        found = await heard(transcriber)
    assert found.text == SAID
    assert not found.words or [word.text for word in found.words] == SAID.split()


@pytest.mark.parametrize("mode", sorted(UNHEARD))
async def test_what_nobody_said_is_not_heard(server: SpeechServer, mode: str) -> None:
    async with hearing(server, mode) as transcriber:
        assert (await heard(transcriber)).text == ""


@pytest.mark.parametrize(("mode", "code"), FAILED.items())
async def test_a_bad_answer_is_a_named_error(server: SpeechServer, mode: str, code: str) -> None:
    settings = replace(PATIENT, slack_s=0.3 - clip("hear-me").duration_ms / 1000) if mode in CLOCKED else PATIENT
    async with hearing(server, mode, settings) as transcriber:
        with pytest.raises(EngineError) as failed:
            await heard(transcriber)
        assert transcriber.lanes.backlog_s == 0.0
    assert failed.value.code == code
    assert "secret" not in str(failed.value) and server.base_url not in str(failed.value)


async def test_words_have_times_and_the_doubt_of_their_segment(server: SpeechServer) -> None:
    async with hearing(server, "words") as transcriber:
        found = await heard(transcriber)
    assert [(word.start_ms, word.end_ms) for word in found.words] == [(0, 400), (500, 900), (1000, 1400)]
    assert {round(word.confidence, 3) for word in found.words} == {0.905} == {round(found.confidence, 3)}


async def test_a_words_own_probability_is_kept_and_its_time_inside_the_clip(server: SpeechServer) -> None:
    async with hearing(server, "probable") as transcriber:
        found = await heard(transcriber)
    assert {word.confidence for word in found.words} == {0.25}
    assert found.words[-1].end_ms == clip("hear-me").duration_ms


async def test_words_of_an_invented_segment_are_dropped_with_it(server: SpeechServer) -> None:
    async with hearing(server, "doubtful") as transcriber:
        found = await heard(transcriber)
    assert [word.text for word in found.words] == SAID.split()
    assert found.no_speech == 0.01


@pytest.mark.parametrize("mode", ["other-words", "odd-words"])
async def test_words_that_are_not_those_of_the_text_are_left_out(server: SpeechServer, mode: str) -> None:
    async with hearing(server, mode) as transcriber:
        assert (await heard(transcriber)).words == ()


async def test_a_server_that_has_only_text_is_asked_for_that_from_then_on(server: SpeechServer) -> None:
    async with hearing(server, "text") as transcriber:
        first, second = await heard(transcriber), await heard(transcriber)
    assert first == second == Transcription(SAID, UNKNOWN_CONFIDENCE)
    assert [form["response_format"] for form in server.forms] == ["verbose_json", "json", "json"]


async def test_a_server_that_refuses_both_is_asked_for_everything_again(server: SpeechServer) -> None:
    async with hearing(server, "status-400") as transcriber:
        for _ in range(2):
            with suppress(EngineError):
                await heard(transcriber)
    assert [form["response_format"] for form in server.forms] == ["verbose_json", "json"] * 2


@pytest.mark.parametrize(("mode", "times"), [("once-busy", 2), ("once-cut", 2), ("status-429", 2), ("status-401", 1)])
async def test_what_may_pass_is_tried_once_more(server: SpeechServer, mode: str, times: int) -> None:
    async with hearing(server, mode) as transcriber:
        with suppress(EngineError):
            await heard(transcriber)
    assert len(server.forms) == times


async def test_a_server_is_sent_the_sound_the_language_and_few_public_words(server: SpeechServer) -> None:
    async with hearing(server, "words") as transcriber:
        await heard(transcriber, hints=("Eileen Novak", "She goes home after a fracture. Her son is Peter."))
    (form,) = server.forms
    assert (form["language"], form["prompt"]) == ("en", "Eileen, Novak, Peter")
    with wave.open(io.BytesIO(form["file"].encode("latin-1"))) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (16_000, 1, 2)
        assert sound.readframes(sound.getnframes()) == clip("hear-me").data
    assert "authorization: bearer sk-secret" in server.heads[0].lower()


async def test_leaving_closes_the_connection(server: SpeechServer) -> None:
    async with hearing(server, "held") as transcriber:
        waiting = asyncio.ensure_future(heard(transcriber))
        await server.asked.wait()
        waiting.cancel()
        with suppress(asyncio.CancelledError):
            await waiting
        await server.closed.wait()
        assert transcriber.lanes.backlog_s == 0.0


async def test_more_than_may_be_under_way_wait_and_finals_go_first(server: SpeechServer) -> None:
    async with hearing(server, "held", replace(PATIENT, parallel=1)) as transcriber:
        first = asyncio.ensure_future(heard(transcriber, hints=("Alpha",)))
        await server.asked.wait()
        rest = [
            asyncio.ensure_future(heard(transcriber, hints=(name,), errand=Errand(name, final=name != "Trial")))
            for name in ("Trial", "Final")
        ]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert (len(server.forms), transcriber.lanes.waiting) == (1, 2)
        server.hold.set()
        await asyncio.gather(first, *rest)
    assert [form["prompt"] for form in server.forms] == ["Alpha", "Final", "Trial"]


async def test_nobody_there_is_named() -> None:
    async with speech_server() as gone:
        url = gone.base_url
    transcriber = RemoteTranscriber(replace(PATIENT, url=url, model="words"))
    with pytest.raises(EngineError) as failed:
        await heard(transcriber)
    await transcriber.close()
    assert failed.value.code == "remote_unreachable"


def test_where_speech_goes_is_said() -> None:
    here = RemoteTranscriber(RemoteSettings("http://127.0.0.1:8000/v1", "m")).info
    there = RemoteTranscriber(RemoteSettings("https://speech.example.org/v1", "m", "sk-secret"))
    assert (here.kind, here.host) == ("local", "")
    assert (there.info.kind, there.info.host) == ("remote", "speech.example.org")
    assert "sk-secret" not in repr(there.settings)


@pytest.mark.parametrize("url", ["", "speech.example.org", "ftp://speech.example.org", "http://"])
def test_an_address_that_is_none_is_named(url: str) -> None:
    with pytest.raises(SetupError, match="address"):
        RemoteTranscriber(RemoteSettings(url, "m"))
