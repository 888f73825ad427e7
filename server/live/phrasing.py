"""One reply: from the director's decision to sound in the room.

The actor's words are cut where a voice may begin; the next piece is being spoken while the last is being played. Each
sentence is committed before its first sound leaves, with its length, so that what was heard can always be computed.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

from server.core.effects import Act
from server.core.errors import EngineError
from server.core.events import Cut, Event, Played, ReplyFailed, ReplyWritten, SentenceReady
from server.core.sound.audio import WIRE_HZ, Pcm
from server.engines.protocols import Actor, Speech, Voice
from server.live.piece import Piece
from server.live.playout import Playout
from server.live.reply_words import MakeGuard, ReplyWords, Source, closing

__all__ = ["Phrasing", "Source"]

log = logging.getLogger(__name__)

AHEAD = 2
"""Spoken pieces that may wait for their turn to be played."""
Take = Callable[[Event], Awaitable[object]]
"""Commits an event; None when it came too late."""


@dataclass
class Phrasing:
    """Everything one reply needs."""

    act: Act
    actor: Actor
    voice: Voice | None
    sound: str
    """Description of the speaker's voice."""
    source: Source = "authored"
    make_guard: MakeGuard | None = None
    """What a model makes up is held against it."""
    _waiting: list[str] = field(default_factory=list, init=False)
    """Pieces that are written and not committed."""

    @property
    def unspoken(self) -> str:
        """What has been written of the reply and is not said yet."""
        return " ".join(self._waiting)

    async def perform(self, take: Take, playout: Callable[[], Awaitable[Playout]]) -> None:
        """Phrase, speak and play the reply. `playout` waits for somebody to listen."""
        pieces: asyncio.Queue[Piece | None] = asyncio.Queue(AHEAD)
        words = ReplyWords(self.act, self.actor, self.source, self.voice is not None, self.make_guard)
        async with asyncio.TaskGroup() as group:
            group.create_task(self._prepare(words, pieces))
            await self._play(words, pieces, take, playout)

    async def _prepare(self, words: ReplyWords, pieces: asyncio.Queue[Piece | None]) -> None:
        async with closing(words.pieces()) as texts:
            async for text in texts:
                self._waiting.append(text)
                await self._speak(text, pieces)
        await pieces.put(None)

    async def _play(
        self,
        words: ReplyWords,
        pieces: asyncio.Queue[Piece | None],
        take: Take,
        playout: Callable[[], Awaitable[Playout]],
    ) -> None:
        index, player = 0, None
        while piece := await pieces.get():
            player = player or await playout()
            ready = SentenceReady(self.act.reply, index, piece.text, piece.audio_ms, piece.word_ends_ms)
            del self._waiting[:1]
            if await take(ready) is None:
                return
            async for part in piece.sound():
                await player.play(part)
            index += 1
        if player is None:
            await take(ReplyFailed(self.act.reply, "silent"))
            return
        await take(self._written(words))
        await take(await self._end(player))

    def _written(self, words: ReplyWords) -> Event:
        """Who phrased it, why, and what that cost: known only now that the last piece is there."""
        bill = words.bill
        return ReplyWritten(self.act.reply, words.source, words.why, bill.tokens_in, bill.tokens_out)

    async def _end(self, player: Playout) -> Event:
        if await player.finish():
            return Played(self.act.reply, player.sent_ms)
        return Cut(self.act.reply, player.heard_ms, "stalled")

    async def _speak(self, text: str, pieces: asyncio.Queue[Piece | None]) -> None:
        """Hand one piece on once its length is known, and fill it. Where the voice fails, the words still come."""
        piece: Piece | None = None
        try:
            if self.voice is not None:
                async with closing(self.voice.speak(text, voice=self.sound)) as speech:
                    first = await _beginning(speech)
                    if first:
                        piece = _piece(text, first)
                        await pieces.put(piece)
                        await piece.fill(_sound(first, speech), first[0].pcm.rate_hz)
        except EngineError as error:
            log.warning("reply %s: the voice failed: %s", self.act.reply, error.code)
        if piece is None:
            piece = Piece(text)
            await pieces.put(piece)
            await piece.fill(_sound([], None), WIRE_HZ)


async def _beginning(speech: AsyncIterator[Speech]) -> list[Speech]:
    """The first stretch where that tells how long all of it will be; else all of it. Empty: nothing to say."""
    found: list[Speech] = []
    async for part in speech:
        found.append(part)
        if found[0].whole_ms:
            break
    return found


def _piece(text: str, first: list[Speech]) -> Piece:
    samples = sum(part.pcm.samples for part in first)
    audio_ms = first[0].whole_ms or samples * 1000 // first[0].pcm.rate_hz
    return Piece(text, audio_ms, tuple(end for part in first for end in part.word_ends_ms))


async def _sound(first: list[Speech], rest: AsyncIterator[Speech] | None) -> AsyncIterator[Pcm]:
    for part in first:
        yield part.pcm
    if rest is not None:
        async for part in rest:
            yield part.pcm
