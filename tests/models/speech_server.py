"""A speech-to-text endpoint on loopback that speaks real HTTP, well or badly as the requested model's name says.

    async with speech_server("How are you?") as server:
        RemoteSettings(url=server.base_url, model="words")

`words` answers in full (segments and words), `text` knows no such thing and gives text alone; every other name is one
of `MODES`. It hears English only. Nothing here knows Bedside.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.models.loopback import FOREVER_S, HttpAnswer, answered, request, serving


@dataclass
class SpeechServer:
    """What a test can see and set."""

    said: str
    """What every clip is heard as."""
    base_url: str = ""
    forms: list[dict[str, str]] = field(default_factory=list)
    """Fields received, in order; the file's bytes as latin-1."""
    heads: list[str] = field(default_factory=list)
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client went away before its answer was finished."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    hold: asyncio.Event = field(default_factory=asyncio.Event)
    """`held` answers when it is set."""


class Answer(HttpAnswer):
    def __init__(self, writer: asyncio.StreamWriter, state: SpeechServer, form: dict[str, str]) -> None:
        super().__init__(writer)
        self.state = state
        self.form = form

    def json(self, found: Any, status: str = "200 OK") -> None:
        self.head(status)
        self.raw(json.dumps(found).encode())

    def refuse(self, status: str) -> None:
        self.json({"error": {"message": "the request said: my secret", "code": None}}, status)

    def full(self, **changes: Any) -> dict[str, Any]:
        """A detailed answer: a segment, and words half a second apart without their marks."""
        words = [
            {"word": re.sub(r"\W", "", word), "start": place / 2, "end": place / 2 + 0.4}
            for place, word in enumerate(self.state.said.split())
        ]
        segment = {
            "id": 0, "seek": 0, "start": 0.0, "end": 3.0, "text": " " + self.state.said, "tokens": [], "temperature": 0,
            "avg_logprob": -0.1, "compression_ratio": 1.0, "no_speech_prob": 0.01,
        }  # fmt: skip
        found = {"task": "transcribe", "language": "english", "duration": 3.0, "text": self.state.said}
        return found | {"segments": [segment], "words": words} | changes


Mode = Callable[[Answer], Awaitable[None]]
MODES: dict[str, Mode] = {}


def _mode(function: Mode) -> Mode:
    MODES[function.__name__.replace("_", "-").strip("-")] = function
    return function


def _gives(name: str, make: Callable[[Answer], Any]) -> None:
    async def mode(answer: Answer) -> None:
        answer.json(make(answer))

    MODES[name] = mode


def _status(name: str, status: str) -> None:
    async def mode(answer: Answer) -> None:
        answer.refuse(status)

    MODES[name] = mode


def _bytes(name: str, body: bytes, kind: str = "application/json", extra: str = "") -> None:
    async def mode(answer: Answer) -> None:
        answer.head(kind=kind, extra=extra)
        answer.raw(body)

    MODES[name] = mode


_status("status-400", "400 Bad Request")
_status("status-401", "401 Unauthorized")
_status("status-404", "404 Not Found")
_status("status-413", "413 Content Too Large")
_status("status-429", "429 Too Many Requests")
_status("status-500", "500 Internal Server Error")
_bytes("html", b"<html><title>Sign in to the guest network</title></html>", "text/html")
_bytes("empty", b"")
_bytes("list", b"[1, 2]")
_bytes("deep", b"[" * 200_000)
_bytes("bad-json", b'{"text": "How are')
_bytes("bad-utf8", b'{"text": "caf\xe9"}')
_bytes("packed", b"\x1f\x8b\x08\x00", extra="Content-Encoding: gzip\r\n")
_bytes("redirect-page", b"", extra="Location: http://127.0.0.1:9/v1\r\n")
_gives("words", Answer.full)
_gives("no-text", lambda answer: answer.full(text=None))
_gives("number", lambda _: {"text": 7})
_gives("endless-text", lambda _: {"text": "word " * 5_000})
_gives("other-words", lambda answer: answer.full(words=[{"word": "no", "start": 0, "end": 1}]))
_gives("odd-words", lambda answer: answer.full(words=[7, None, {"word": 7}, {"start": "x"}]))
_gives("odd-segments", lambda answer: answer.full(segments=[{"text": 7}, "x", {"avg_logprob": "high"}]))
_gives("nan", lambda answer: answer.full(segments=[{"text": answer.state.said, "avg_logprob": float("nan")}]))
_gives("silent", lambda answer: answer.full(text=""))
_gives("credits", lambda _: {"text": "Thanks for watching!"})


@_mode
async def text(answer: Answer) -> None:
    if answer.form["response_format"] != "json":
        answer.refuse("400 Bad Request")
    else:
        answer.json({"text": answer.state.said})


@_mode
async def doubtful(answer: Answer) -> None:
    """Two segments, of which the recogniser says that the second is silence."""
    first, second = answer.full()["segments"][0], {"text": " Bye bye.", "no_speech_prob": 0.9, "avg_logprob": -1.4}
    words = [*answer.full()["words"], {"word": "Bye", "start": 9, "end": 9}, {"word": "bye.", "start": 9, "end": 9}]
    answer.json(answer.full(text=answer.state.said + " Bye bye.", segments=[first, second], words=words))


@_mode
async def probable(answer: Answer) -> None:
    """Words inside the segment, each with a probability, as faster-whisper's servers have them."""
    words = [{"word": f" {word}", "start": 0.0, "end": 9e9, "probability": 0.25} for word in answer.state.said.split()]
    answer.json(answer.full(words=None, segments=[{"text": answer.state.said, "words": words}]))


@_mode
async def once_busy(answer: Answer) -> None:
    if len(answer.state.forms) == 1:
        answer.refuse("503 Service Unavailable")
    else:
        answer.json(answer.full())


@_mode
async def once_cut(answer: Answer) -> None:
    if len(answer.state.forms) == 1:
        answer.cut()
    else:
        answer.json(answer.full())


@_mode
async def redirect(answer: Answer) -> None:
    answer.head("307 Temporary Redirect", extra="Location: http://127.0.0.1:9/v1\r\nContent-Length: 0\r\n")


@_mode
async def no_answer(answer: Answer) -> None:
    await asyncio.sleep(FOREVER_S)


@_mode
async def held(answer: Answer) -> None:
    await answer.state.hold.wait()
    answer.json(answer.full())


@_mode
async def drip(answer: Answer) -> None:
    answer.head()
    while True:
        answer.raw(b" ")
        await answer.sent()
        await asyncio.sleep(0.01)


@_mode
async def drip_head(answer: Answer) -> None:
    answer.raw(b"HTTP/1.1 200 OK\r\nX: ")
    while True:
        answer.raw(b"a")
        await answer.sent()
        await asyncio.sleep(0.01)


@_mode
async def huge(answer: Answer) -> None:
    answer.head()
    while True:
        answer.raw(b" " * 100_000)
        await answer.sent()


@_mode
async def huge_error(answer: Answer) -> None:
    answer.head("400 Bad Request")
    while True:
        answer.raw(b" " * 100_000)
        await answer.sent()


@_mode
async def reset(answer: Answer) -> None:
    answer.head(extra="Content-Length: 100\r\n")
    answer.raw(b'{"text": ')
    await answer.sent()
    answer.cut()


@asynccontextmanager
async def speech_server(said: str = "How are you?") -> AsyncIterator[SpeechServer]:
    """Serve until the block ends."""
    state = SpeechServer(said)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await request(reader)
        form = _form(body.decode("latin-1"))
        state.heads.append(head)
        state.forms.append(form)
        state.asked.set()
        mode = MODES[form["model"] if form["language"] == "en" else "status-400"]
        await answered(mode(Answer(writer, state, form)), reader, state.closed)
        await writer.drain()

    async with serving(answer) as state.base_url:
        yield state


def _form(body: str) -> dict[str, str]:
    """The fields of a multipart form."""
    boundary = body.split("\r\n", 1)[0]
    found: dict[str, str] = {}
    for part in body.split(boundary)[1:-1]:
        top, _, value = part.partition("\r\n\r\n")
        name = re.search(r'name="([^"]+)"', top)
        if name:
            found[name[1]] = value.removesuffix("\r\n")
    return found
