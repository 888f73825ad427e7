"""One reply: from the director's decision to sound in the room.

The actor's words are cut where a voice may begin; the next piece is being spoken while the last is being played. Each
sentence is committed before its first sound leaves, with its length, so that what was heard can always be computed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Literal, TypeVar

from server.core.audio import WIRE_HZ, Pcm
from server.core.effects import Act
from server.core.errors import EngineError
from server.core.events import Cut, Event, Played, ReplyFailed, ReplyWritten, SentenceReady
from server.core.sentences import Splitter, split
from server.engines.protocols import Actor, Voice
from server.live.playout import Playout
from server.live.resampling import to_rate

log = logging.getLogger(__name__)

AHEAD = 2
"""Spoken pieces that may wait for their turn to be played."""
Source = Literal["authored", "model", "fallback"]
Take = Callable[[Event], Awaitable[object]]
"""Commits an event; None when it came too late."""
T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """One sentence or clause; no sound where the output is text or the voice failed."""

    text: str
    pcm: Pcm
    word_ends_ms: tuple[int, ...] = ()


@dataclass
class Phrasing:
    """Everything one reply needs."""

    act: Act
    actor: Actor
    voice: Voice | None
    sound: str
    """Description of the speaker's voice."""
    source: Source = "authored"

    async def perform(self, take: Take, playout: Callable[[], Awaitable[Playout]]) -> None:
        """Phrase, speak and play the reply. `playout` waits for somebody to listen."""
        pieces: asyncio.Queue[Piece | None] = asyncio.Queue(AHEAD)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prepare(pieces))
            await self._play(pieces, take, playout)

    async def _prepare(self, pieces: asyncio.Queue[Piece | None]) -> None:
        async with _closing(self._texts()) as texts:
            async for text in texts:
                await pieces.put(await self._speak(text))
        await pieces.put(None)

    async def _play(
        self, pieces: asyncio.Queue[Piece | None], take: Take, playout: Callable[[], Awaitable[Playout]]
    ) -> None:
        index, player = 0, None
        while piece := await pieces.get():
            player = player or await playout()
            ready = SentenceReady(self.act.reply, index, piece.text, piece.pcm.duration_ms, piece.word_ends_ms)
            if await take(ready) is None:
                return
            await player.play(piece.pcm)
            index += 1
        if player is None:
            await take(ReplyFailed(self.act.reply, "silent"))
            return
        await take(ReplyWritten(self.act.reply, self.source))
        await take(await self._end(player))

    async def _end(self, player: Playout) -> Event:
        if await player.finish():
            return Played(self.act.reply, player.sent_ms)
        return Cut(self.act.reply, player.heard_ms, "stalled")

    async def _texts(self) -> AsyncIterator[str]:
        """The actor's words in pieces; the authored lines when it has none that may be used."""
        splitter, given = Splitter(first=self.voice is not None), False
        try:
            async with _closing(self.actor.act(self.act.prompt)) as words:
                async for text in words:
                    for piece in splitter.feed(text):
                        given = True
                        yield piece
        except EngineError as error:
            log.warning("reply %s: the actor failed: %s", self.act.reply, error.code)
            splitter = splitter if given else Splitter()
        for piece in splitter.flush():
            given = True
            yield piece
        if not given:
            self.source = "fallback"
            for piece in split(" ".join(self.act.prompt.lines)):
                yield piece

    async def _speak(self, text: str) -> Piece:
        """One piece with its sound at the wire's rate; without when the voice fails, and the words are still delivered."""
        silent = Piece(text, Pcm(b"", WIRE_HZ))
        if self.voice is None:
            return silent
        try:
            async with _closing(self.voice.speak(text, voice=self.sound)) as speech:
                parts = [part async for part in speech]
        except EngineError as error:
            log.warning("reply %s: the voice failed: %s", self.act.reply, error.code)
            return silent
        if not parts:
            return silent
        ends = tuple(end for part in parts for end in part.word_ends_ms)
        return Piece(text, to_rate([part.pcm for part in parts], WIRE_HZ), ends)


@asynccontextmanager
async def _closing(stream: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Closing the iterator is what stops an engine's work; leaving that to the garbage collector is too late."""
    try:
        yield stream
    finally:
        if close := getattr(stream, "aclose", None):
            await close()
