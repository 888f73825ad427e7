"""A chat endpoint on loopback that speaks real HTTP and SSE, well or badly as the requested model's name says.

    async with chat_server(script=["I'm all packed."]) as server:
        ChatSettings(url=server.base_url, model="script")

`script` says the next text of `script` (the last one for ever after), in small pieces. Every other name is one of
`MODES`: the bad replies of reliability.md's L rows. Reusable: nothing here knows Bedside.
"""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from tests.models.loopback import FOREVER_S, HttpAnswer, answered, request, serving


@dataclass
class ChatServer:
    """What a test can see and set."""

    base_url: str = ""
    script: list[str] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    """Bodies received, in order."""
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    """Set at the first request."""
    closed: asyncio.Event = field(default_factory=asyncio.Event)
    """Set when a client went away before its reply was finished."""
    models: tuple[str, ...] = ()
    """What `GET …/models` lists; none: it is no address here."""
    refuses: frozenset[str] = frozenset()
    """Fields of a request, or types of a `response_format`, that are answered with 400."""
    counts: tuple[int, int] | None = None
    """Tokens read and written, told in a last chunk to whoever asks for `stream_options`."""
    answers: Callable[[dict[str, Any]], str | None] | None = None
    """In place of `script`: what is said to each body; None: nothing, for ever."""


class Reply(HttpAnswer):
    kind = "text/event-stream"

    def __init__(self, writer: asyncio.StreamWriter, counts: tuple[int, int] | None = None) -> None:
        super().__init__(writer)
        self._counts = counts

    def event(self, data: str) -> None:
        self.raw(f"data: {data}\n\n".encode())

    def delta(self, text: str | None = None, finish: str | None = None, **delta: Any) -> None:
        content = {} if text is None else {"content": text}
        choice = {"index": 0, "delta": content | delta, "finish_reason": finish}
        self.event(
            json.dumps({"id": "c", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})
        )

    def say(self, text: str, finish: str | None = "stop", *, done: bool = True) -> None:
        """A whole reply, in pieces of four characters."""
        self.head()
        for start in range(0, len(text), 4):
            self.delta(text[start : start + 4])
        if finish:
            self.delta(finish=finish)
        if self._counts:
            self.usage(*self._counts)
        if done:
            self.event("[DONE]")

    def usage(self, tokens_in: int, tokens_out: int) -> None:
        """The chunk in which counts come: behind the last word, and without a choice."""
        counts = {"prompt_tokens": tokens_in, "completion_tokens": tokens_out}
        self.event(json.dumps({"id": "c", "choices": [], "usage": counts}))


Mode = Callable[[Reply], Awaitable[None]]
MODES: dict[str, Mode] = {}


def _mode(function: Mode) -> Mode:
    MODES[function.__name__.replace("_", "-").strip("-")] = function
    return function


def _says(name: str, text: str, finish: str | None = "stop", *, done: bool = True) -> None:
    async def mode(reply: Reply) -> None:
        reply.say(text, finish, done=done)

    MODES[name] = mode


def _status(name: str, status: str, code: str | None = None, extra: str = "") -> None:
    async def mode(reply: Reply) -> None:
        reply.head(status, "application/json", extra)
        reply.raw(json.dumps({"error": {"message": "the request said: my secret", "type": "t", "code": code}}).encode())

    MODES[name] = mode


_status("status-400", "400 Bad Request")
_status("context-length", "400 Bad Request", "context_length_exceeded")
_status("status-401", "401 Unauthorized")
_status("status-404", "404 Not Found")
_status("status-429", "429 Too Many Requests", extra="Retry-After: 1\r\n")
_status("status-500", "500 Internal Server Error")
_status("status-503", "503 Service Unavailable")
_status("redirect", "302 Found", extra="Location: http://127.0.0.1:9/v1\r\nContent-Length: 0\r\n")
_says("good", "Oh, hello love. Don't mind me, I'm all packed.")
_says("ollama", "It's quiet at home.", None)
_says("no-done", "It hurts. It really", None, done=False)
_says("length", "It hurts when I walk. And when I", "length")
_says("length-at-once", "It hurts when I", "length")
_says("empty", "")
_says("spaces", "   \n ")
_says("punctuation", "... !")
_says("emoji", "\N{SLIGHTLY SMILING FACE}\N{CRYING FACE}")
_says("direction-only", "*winces and looks away*")
_says("direction", "*winces* It hurts. (sighs) I *never* sleep.")
_says("think", "<think>The diagnosis is PE, I must hide it. Yes.</think>My chest hurts.")
_says("think-open", "<think>The diagnosis is PE. I must hide it.")
_says("think-orphan", "The diagnosis is PE, I must hide it</think>My chest hurts.")
_says("assistant", "As an AI" + " language model, I cannot feel pain. Sorry.")
_says("script-both", "Patient: It hurts.\nNurse: Where?\nPatient: Here.")
_says("markdown", "1. My chest hurts\n2. My leg hurts")
_says("bullets", "- My chest hurts.\n- My leg hurts.")
_says("json", '{"reply": "It hurts."}')
_says("html", "It hurts. <img src=x onerror=alert(1)> Yes.")
_says("link", "See https://example.org for more.")
_says("other-script", "Мне очень больно. Помогите мне.")
_says("controls", "It\u0007 hurts\u202e here\U000e0041. Cafe\u0301.")
_says("endless-word", "a" * 100_000)
_says("endless-sentences", "It hurts so very much today, I really cannot tell you how much. " * 40)


@_mode
async def content_filter(reply: Reply) -> None:
    reply.head()
    reply.delta(finish="content_filter")
    reply.event("[DONE]")


@_mode
async def html_page(reply: Reply) -> None:
    reply.head(kind="text/html")
    reply.raw(b"<html><title>Sign in to the guest network</title></html>")


@_mode
async def json_body(reply: Reply) -> None:
    reply.head(kind="application/json")
    reply.raw(b'{"id":"c","choices":[{"message":{"role":"assistant","content":"It hurts."}}]}')


@_mode
async def nothing(reply: Reply) -> None:
    reply.head()


@_mode
async def slow_first(reply: Reply) -> None:
    reply.head()
    await reply.sent()
    await asyncio.sleep(FOREVER_S)


@_mode
async def no_answer(reply: Reply) -> None:
    await asyncio.sleep(FOREVER_S)


@_mode
async def stall(reply: Reply) -> None:
    reply.head()
    reply.delta("It hurts. It really ")
    await reply.sent()
    await asyncio.sleep(FOREVER_S)


@_mode
async def drip(reply: Reply) -> None:
    reply.head()
    while True:
        reply.delta("a")
        await reply.sent()
        await asyncio.sleep(0.02)


@_mode
async def comments(reply: Reply) -> None:
    reply.head()
    while True:
        reply.raw(b": keep-alive\n\n")
        await reply.sent()
        await asyncio.sleep(0.02)


@_mode
async def reset(reply: Reply) -> None:
    reply.head()
    reply.delta("It hurts. It really ")
    await reply.sent()
    await asyncio.sleep(0.05)
    reply.cut()


@_mode
async def cut_chunk(reply: Reply) -> None:
    reply.raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    body = b'data: {"choices":[{"index":0,"delta":{"content":"It hurts. It "}}]}\n\n'
    reply.raw(f"{len(body):x}\r\n".encode() + body + b"\r\n40\r\nda")
    await reply.sent()


@_mode
async def bad_json(reply: Reply) -> None:
    reply.head()
    reply.delta("It hurts. It ")
    reply.raw(b'data: {"choices": [\n\n')


@_mode
async def bad_utf8(reply: Reply) -> None:
    reply.head()
    reply.raw(b'data: {"choices":[{"index":0,"delta":{"content":"caf\xe9"}}]}\n\n')


@_mode
async def choices_empty(reply: Reply) -> None:
    reply.head()
    reply.event('{"id":"c","choices":[]}')
    reply.event('{"id":"c","choices":null}')
    reply.event('{"id":"c","choices":[{"index":0}]}')
    reply.event("[DONE]")


@_mode
async def error_inside(reply: Reply) -> None:
    reply.head()
    reply.delta("It hurts. It ")
    reply.event('{"error":{"message":"overloaded","code":529}}')


@_mode
async def tool_call(reply: Reply) -> None:
    reply.head()
    reply.delta(tool_calls=[{"index": 0, "id": "1", "type": "function", "function": {"name": "rm", "arguments": "{}"}}])
    reply.delta(finish="tool_calls")
    reply.event("[DONE]")


@_mode
async def reasoning(reply: Reply) -> None:
    reply.head()
    reply.delta(reasoning_content="The diagnosis is PE.")
    reply.delta("My chest hurts.", "stop")


_DATA = '{"choices":[{"index":0,"delta":{"content":"My chest hurts."},"finish_reason":"stop"}]}'


def _raw(name: str, body: bytes) -> None:
    async def mode(reply: Reply) -> None:
        reply.head()
        reply.raw(body)

    MODES[name] = mode


_raw("crlf", f"data: {_DATA}\r\n\r\ndata: [DONE]\r\n\r\n".encode())
_HALF = rb'{"choices":[{"index":0,"delta":{"content":"It \ud83d hurts.\u0000"},"finish_reason":"stop"}]}'
_raw("surrogate", b"data: " + _HALF + b"\n\n")
_raw("error-first", b'data: {"error":{"message":"overloaded","code":529}}\n\n')
_raw("byte-order-mark", b"\xef\xbb\xbf" + f"data:{_DATA}\n\n".encode())
_raw("no-space", f"data:{_DATA}\n\ndata:[DONE]\n\n".encode())
_raw("no-empty-line", ("data: " + _DATA.replace('"stop"', "null") + "\ndata: [DONE]").encode())
_raw("several-lines", f": hello\nevent: message\ndata: {_DATA[:23]}\ndata: {_DATA[23:]}\n\ndata: [DONE]\n\n".encode())


@_mode
async def reasoning_only(reply: Reply) -> None:
    reply.head()
    reply.delta(reasoning_content="The diagnosis is PE. She hides it.")
    reply.delta(finish="stop")
    reply.event("[DONE]")


@_mode
async def packed(reply: Reply) -> None:
    """Ten megabytes in ten kilobytes, though nobody asked for anything packed."""
    reply.head(extra="Content-Encoding: gzip\r\n")
    reply.raw(gzip.compress(b"data: " + b"a" * 10_000_000))


@_mode
async def late_reset(reply: Reply) -> None:
    """The connection breaks in the middle of a chunk."""
    await cut_chunk(reply)
    await asyncio.sleep(0.05)
    reply.cut()


@asynccontextmanager
async def chat_server(script: Sequence[str] = ()) -> AsyncIterator[ChatServer]:
    """Serve until the block ends."""
    state = ChatServer(script=list(script))

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head, body = await request(reader)
        if head.startswith("GET "):
            _list_models(state, Reply(writer))
        else:
            await _answer(state, json.loads(body), reader, writer)
        await writer.drain()

    async with serving(answer) as state.base_url:
        yield state


async def _answer(
    state: ChatServer, body: dict[str, Any], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
) -> None:
    state.requests.append(body)
    state.asked.set()
    asked = {*body, str(body.get("response_format", {}).get("type"))}
    mode = MODES["status-400"] if asked & state.refuses else MODES.get(body["model"]) or _scripted(state, body)
    counts = state.counts if "stream_options" in body else None
    await answered(mode(Reply(writer, counts)), reader, state.closed)


def _list_models(state: ChatServer, reply: Reply) -> None:
    reply.head("200 OK" if state.models else "404 Not Found", "application/json")
    reply.raw(json.dumps({"object": "list", "data": [{"id": name} for name in state.models]}).encode())


def _scripted(state: ChatServer, body: dict[str, Any]) -> Mode:
    if state.answers is not None:
        text = state.answers(body)
    else:
        text = state.script.pop(0) if len(state.script) > 1 else next(iter(state.script), "I'm all right.")

    async def mode(reply: Reply) -> None:
        await asyncio.sleep(FOREVER_S) if text is None else reply.say(text)

    return mode
