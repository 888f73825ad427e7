"""One reply as it comes: its texts, how it ended, and what the server says that it cost."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING

from server.core.errors import EngineError
from server.engines.chat.clocks import Clocks, Slow
from server.engines.chat.endpoint import slow
from server.engines.chat.stream import DONE, Chunk, Malformed, event_data, read_chunk
from server.engines.chat.usage import Usage

if TYPE_CHECKING:
    import httpx2

COUNTS_WAIT_S = 0.5
"""Longest wait for the counts, which come after the last word."""


class StreamedReply:
    """The body of an answer. Read `texts` to their end, then `read_counts`; `close` at any time."""

    def __init__(self, response: httpx2.Response, clocks: Clocks) -> None:
        self._response = response
        self._clocks = clocks
        self._events = event_data(response.aiter_bytes())
        self._read = 0
        self._finished = False
        self.usage: Usage | None = None
        self.chars = 0
        """Text that came."""
        self.complete = False
        """A finish reason other than `length`, or `[DONE]` without one."""
        self.filtered = False
        self.failed = False
        self.slow = False

    async def close(self) -> None:
        await self._events.aclose()
        await self._response.aclose()

    async def texts(self) -> AsyncGenerator[str]:
        """The texts until the reply ends in any way; the fields then say how."""
        async with aclosing(self._chunks()) as chunks:
            async for chunk in chunks:
                self._note(chunk)
                if chunk.text:
                    self.chars += len(chunk.text)
                    self._clocks.heard()
                    yield chunk.text
                if chunk.finish or chunk.failed:
                    return

    async def read_counts(self) -> None:
        """Read on behind the last word, where a server that counts says its counts."""
        self._clocks.hurry(COUNTS_WAIT_S)
        if self._finished:
            async with aclosing(self._chunks()) as chunks:
                async for chunk in chunks:
                    self.usage = chunk.usage or self.usage

    async def _chunks(self) -> AsyncGenerator[Chunk]:
        import httpx2

        try:
            while (data := await self._clocks.wait(anext(self._events, None))) is not None and data != DONE:
                self._read += 1
                yield read_chunk(data)
            self.complete = self.complete or (data == DONE and not self._finished)
        except Slow:
            self.slow = not self._finished
        except (Malformed, httpx2.HTTPError, httpx2.StreamError):
            self.failed = not self._finished

    def _note(self, chunk: Chunk) -> None:
        self.usage = chunk.usage or self.usage
        self.failed = chunk.failed
        self.filtered = chunk.finish == "content_filter"
        self._finished = bool(chunk.finish)
        self.complete = chunk.finish not in {"", "length", "content_filter"}

    def error(self) -> EngineError | None:
        """Why no text came at all; None where some did, or where the reply was ended as it should be."""
        if self.chars:
            return None
        if self.slow:
            return slow()
        if self.failed:
            return EngineError("The model reported an error in place of a reply.", code="model_failed")
        if not self._read:
            return EngineError("The model closed its stream without a reply.", code="model_silent")
        return None
