"""The dialects of a streamed chat reply: bytes to events, events to text. Pure but for the bytes it is handed.

Parsed here and not by the client library, because the library hides whether `[DONE]` came, takes an HTML page for an
empty reply, and stops at bad JSON with errors that are not its own (reliability.md L5, L6, L12, L13).
"""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, AsyncIterator
from dataclasses import dataclass
from typing import Any

DONE = "[DONE]"
LONGEST_LINE_BYTES = 256_000


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


async def event_data(body: AsyncIterator[bytes]) -> AsyncGenerator[str]:
    """Yield the data of each server-sent event, `[DONE]` included.

    Raises `Malformed` at bad UTF-8 or an endless line.
    """
    rest = b""
    async for part in body:
        *lines, rest = (rest + part).split(b"\n")
        if len(rest) > LONGEST_LINE_BYTES:
            raise Malformed
        for line in lines:
            if line.startswith(b"data:"):
                yield _text(line[5:].strip())


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
    return Chunk(text if isinstance(text, str) else "", finish if isinstance(finish, str) else "")


def _first(choices: object) -> dict[str, Any]:
    found = choices[0] if isinstance(choices, list) and choices else {}
    return found if isinstance(found, dict) else {}
