"""One sentence or clause on its way into the room: its words, its length, and its sound, which may still be made."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from server.core.errors import EngineError
from server.core.sound.audio import WIRE_HZ, Pcm, bytes_for
from server.live.resampling import StreamResampler

MOST_PARTS = 200
"""Parts that wait to be played; an engine gives some 200 ms at a time. Beyond them the engine waits."""
_MS = bytes_for(1, WIRE_HZ)


@dataclass
class Piece:
    """As long as `audio_ms` says, whatever the engine gives: that length is committed before the first sound leaves."""

    text: str
    audio_ms: int = 0
    """0 where the output is text or the voice failed."""
    word_ends_ms: tuple[int, ...] = ()
    _parts: asyncio.Queue[Pcm | None] = field(default_factory=lambda: asyncio.Queue(MOST_PARTS), repr=False)
    _rest: bytes = field(default=b"", repr=False)
    _left: int = field(init=False)
    """Bytes that are still to come."""

    def __post_init__(self) -> None:
        self._left = self.audio_ms * _MS

    async def sound(self) -> AsyncIterator[Pcm]:
        """In parts of whole milliseconds, at the wire's rate, as they come."""
        while part := await self._parts.get():
            yield part

    async def fill(self, speech: AsyncIterator[Pcm], rate_hz: int) -> None:
        """Take the sound from an engine until the piece is full; what it lacks in the end is silence.

        Raises `EngineError` where `speech` does, once the piece is full and has its end.
        """
        resampler, failure = StreamResampler(rate_hz, WIRE_HZ), None
        try:
            async for part in speech:
                await self._add(resampler.feed(part.data))
        except EngineError as error:
            failure = error
        await self._add(resampler.finish() + bytes(self._left))
        await self._parts.put(None)
        if failure:
            raise failure

    async def _add(self, data: bytes) -> None:
        """Whole milliseconds now, the rest with the next; nothing beyond the length."""
        data = self._rest + data
        whole = min(self._left, len(data) - len(data) % _MS)
        self._rest, self._left = data[whole:], self._left - whole
        if whole:
            await self._parts.put(Pcm(data[:whole], WIRE_HZ))
