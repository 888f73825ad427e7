"""A text-to-speech endpoint on loopback that speaks real HTTP, well or badly as the requested model's name says.

    async with voice_server() as server:
        RemoteSettings(url=server.base_url, model="pcm")

Every model is one of `MODES`. Nothing here knows Bedside.
"""

from __future__ import annotations

import asyncio
import io
import json
import math
import wave
from array import array
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.models.loopback import FOREVER_S, HttpAnswer, answered, request, serving

RATE_HZ = 24_000


@dataclass
class VoiceServer:
    """What a test can see and set."""

    base_url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    heads: list[str] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client went away before its answer was finished."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    more: asyncio.Event = field(default_factory=asyncio.Event)
    """`two-parts` sends its second half when it is set."""


class Answer(HttpAnswer):
    kind = "audio/pcm"

    def __init__(self, writer: asyncio.StreamWriter, state: VoiceServer) -> None:
        super().__init__(writer)
        self.state = state


def tone(milliseconds: int, rate_hz: int = RATE_HZ) -> bytes:
    """220 Hz as PCM16."""
    count = rate_hz * milliseconds // 1000
    return array("h", (int(12_000 * math.sin(2 * math.pi * 220 * at / rate_hz)) for at in range(count))).tobytes()


def silent(milliseconds: int, rate_hz: int = RATE_HZ) -> bytes:
    return bytes(rate_hz * milliseconds // 1000 * 2)


def wav(data: bytes, rate_hz: int, channels: int = 1) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as sound:
        sound.setnchannels(channels)
        sound.setsampwidth(2)
        sound.setframerate(rate_hz)
        sound.writeframes(data)
    return file.getvalue()


SPOKEN = silent(300) + tone(1_000) + silent(20)
Mode = Callable[[Answer], Awaitable[None]]
MODES: dict[str, Mode] = {}


def _mode(function: Mode) -> Mode:
    MODES[function.__name__.replace("_", "-").strip("-")] = function
    return function


def _gives(name: str, body: bytes, kind: str = "audio/pcm", extra: str = "", status: str = "200 OK") -> None:
    async def mode(answer: Answer) -> None:
        answer.head(status, kind, extra)
        answer.raw(body)

    MODES[name] = mode


def _pieces(name: str, body: bytes, size: int, kind: str = "audio/pcm") -> None:
    """The body in parts of `size` bytes, each sent by itself."""

    async def mode(answer: Answer) -> None:
        answer.head(kind=kind)
        for start in range(0, len(body), size):
            answer.raw(body[start : start + size])
            await answer.sent()
            await asyncio.sleep(0)

    MODES[name] = mode


_ERROR = json.dumps({"error": {"message": "the request said: my secret", "code": None}}).encode()
for _name, _status in {
    "status-400": "400 Bad Request",
    "status-401": "401 Unauthorized",
    "status-404": "404 Not Found",
    "status-429": "429 Too Many Requests",
    "status-500": "500 Internal Server Error",
}.items():
    _gives(_name, _ERROR, "application/json", status=_status)
_gives("redirect", b"", extra="Location: http://127.0.0.1:9/v1\r\nContent-Length: 0\r\n", status="307 Moved")
_gives("pcm", SPOKEN)
_gives("pcm-unnamed", SPOKEN, "application/octet-stream")
_pieces("pcm-odd", SPOKEN, 3_333)
_gives("wav", wav(tone(1_000, 22_050), 22_050), "audio/wav")
_pieces("wav-odd", wav(tone(1_000, 16_000), 16_000), 1_001, "audio/x-wav")
_gives("wav-streamed", wav(tone(1_000), RATE_HZ)[:40] + b"\xff\xff\xff\xff" + tone(1_000), "audio/wav")
_gives("wav-with-notes", wav(tone(1_000), RATE_HZ) + b"LIST\x00\x40\x00\x00" + b"\x7f" * 0x4000, "audio/wav")
_gives("wav-stereo", wav(tone(1_000), RATE_HZ, channels=2), "audio/wav")
_gives("wav-too-slow", wav(tone(1_000, 4_000), 4_000), "audio/wav")
_gives("wav-short", wav(tone(1_000), RATE_HZ)[:30], "audio/wav")
_gives("html", b"<html><title>Sign in to the guest network</title></html>", "text/html")
_gives("html-disguised", b"  <!doctype html><html>my secret</html>", "application/octet-stream")
_gives("json", _ERROR, "application/json")
_gives("json-disguised", _ERROR, "application/octet-stream")
_gives("mp3", b"\xff\xfb\x90\x64" + bytes(413) + b"\xff\xfb\x90\x64" + bytes(413), "audio/pcm")
_gives("mp3-titled", b"ID3\x04\x00\x00\x00\x00\x00\x21" + bytes(400), "audio/pcm")
_gives("ogg", b"OggS\x00\x02" + bytes(400), "audio/pcm")
_gives("empty", b"")
_gives("one-byte", b"\x01")
_gives("silence", silent(800))
_gives("packed", b"\x1f\x8b\x08\x00", extra="Content-Encoding: gzip\r\n")


@_mode
async def two_parts(answer: Answer) -> None:
    answer.head()
    answer.raw(tone(1_000))
    await answer.sent()
    await answer.state.more.wait()
    answer.raw(tone(1_000))


@_mode
async def once_busy(answer: Answer) -> None:
    if len(answer.state.requests) == 1:
        answer.head("503 Service Unavailable", "application/json")
    else:
        answer.head()
        answer.raw(SPOKEN)


@_mode
async def no_answer(answer: Answer) -> None:
    await asyncio.sleep(FOREVER_S)


@_mode
async def no_body(answer: Answer) -> None:
    answer.head()
    await answer.sent()
    await asyncio.sleep(FOREVER_S)


@_mode
async def stalls(answer: Answer) -> None:
    answer.head()
    answer.raw(tone(500))
    await answer.sent()
    await asyncio.sleep(FOREVER_S)


@_mode
async def drip(answer: Answer) -> None:
    answer.head()
    while True:
        answer.raw(b"\x10\x20")
        await answer.sent()
        await asyncio.sleep(0.01)


@_mode
async def huge(answer: Answer) -> None:
    answer.head()
    while True:
        answer.raw(SPOKEN)
        await answer.sent()


@_mode
async def reset(answer: Answer) -> None:
    answer.head(extra="Content-Length: 100000\r\n")
    answer.raw(tone(500))
    await answer.sent()
    answer.cut()


@_mode
async def cut_short(answer: Answer) -> None:
    answer.head(extra="Content-Length: 100000\r\n")
    answer.raw(tone(500))


@asynccontextmanager
async def voice_server() -> AsyncIterator[VoiceServer]:
    """Serve on a free port of loopback until the end of the block."""
    state = VoiceServer()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await request(reader)
        asked = json.loads(body)
        state.heads.append(head)
        state.requests.append(asked)
        state.asked.set()
        await answered(MODES[asked["model"]](Answer(writer, state)), reader, state.closed)
        await writer.drain()

    async with serving(answer) as state.base_url:
        yield state
