"""The dialects of a streamed chat reply: bytes to events, events to text. Pure but for the bytes it is handed.

Parsed here and not by the client library, because the library hides whether `[DONE]` came, takes an HTML page for an
empty reply, and stops at bad JSON with errors that are not its own (reliability.md L5, L6, L12, L13).
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Any

from server.engines.chat.usage import Usage, read_usage

DONE = "[DONE]"
LONGEST_LINE_BYTES = 256_000
_BOM = b"\xef\xbb\xbf"


class Malformed(Exception):
    """The stream is no longer what it said it was. Holds nothing of what was received."""


@dataclass(frozen=True)
class Chunk:
    """What one event of the stream adds."""

    text: str = ""
    finish: str = ""
    """`stop`, `length`, `content_filter` …; Ollama and others may never send one."""
    failed: bool = False
    """The server reported an error inside the stream."""
    usage: Usage | None = None


async def event_data(body: AsyncIterator[bytes]) -> AsyncGenerator[str]:
    """Yield the data of each server-sent event, `[DONE]` included.

    Data over several lines is put together; servers that leave out the empty line between events, or the end of the
    last line, are understood. Raises `Malformed` at bad UTF-8 or endless data.
    """
    held = ""
    async for line in _lines(body):
        if line.startswith(b"data:"):
            held = "\n".join(part for part in (held, _text(line[5:].strip())) if part)
            if len(held) > LONGEST_LINE_BYTES:
                raise Malformed
        if held and (not line or _whole(held)):
            yield held
            held = ""
    if held:
        yield held


async def _lines(body: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    rest, begun = b"", False
    async for part in body:
        rest += part
        if not begun:
            rest, begun = rest.removeprefix(_BOM), len(rest) >= len(_BOM)
        *lines, rest = rest.split(b"\n")
        if len(rest) > LONGEST_LINE_BYTES:
            raise Malformed
        for line in lines:
            yield line.rstrip(b"\r")
    if rest:
        yield rest


def _whole(data: str) -> bool:
    """Whether nothing is missing from it."""
    try:
        return data == DONE or bool(json.loads(data))
    except (ValueError, RecursionError):
        return False


def _text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        raise Malformed from None


def read_chunk(data: str) -> Chunk:
    """Read one event; whatever is missing or of the wrong type is left out.

    Reasoning and tool calls are not read at all. Raises `Malformed` where it is no JSON object.
    """
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise Malformed from None
    if not isinstance(body, dict):
        raise Malformed
    if body.get("error"):
        return Chunk(failed=True)
    choice = _first(body.get("choices"))
    delta = choice.get("delta")
    text = delta.get("content") if isinstance(delta, dict) else None
    finish = choice.get("finish_reason")
    usage = read_usage(body.get("usage"))
    return Chunk(text if isinstance(text, str) else "", finish if isinstance(finish, str) else "", usage=usage)


def _first(choices: object) -> dict[str, Any]:
    found = choices[0] if isinstance(choices, list) and choices else {}
    return found if isinstance(found, dict) else {}
