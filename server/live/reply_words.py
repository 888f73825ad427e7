"""The words of one reply: its actor's where they may be used, asked for once more where they may not, or the author's.

What a model makes up is looked over before a piece of it is spoken: it may tell nothing that is kept back, and not be
the same for the third time. Once a piece is spoken there is no second attempt: what was said stands, and the rest is
let go.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from server.core.effects import Act
from server.core.errors import EngineError, ReplyRefused
from server.core.guarding import Tells
from server.core.lexicon import tokens
from server.core.prompt import Prompt
from server.core.sentences import Splitter, split
from server.engines.protocols import Actor, Bill

log = logging.getLogger(__name__)

Source = Literal["authored", "model", "fallback"]
MakeGuard = Callable[[], Tells]
"""Makes the guard of one reply; it may take some hundredths of a second, and is called off the loop."""
ATTEMPTS = 2
ASKED_AGAIN = "asked_again"
"""Why, where a model's second answer was said because its first could not be used."""
FINAL = frozenset({"reply_filtered"})
"""Refusals that the same question meets again."""
SAME_BEFORE = 2
"""Replies in a row that begin with the same sentence, after which a third may not."""
FEWEST_WORDS = 3
"""Anybody says a sentence of fewer words again and again."""
ENDS = (".", "!", "?", "…", '"', "\u201d")
"""What a whole sentence closes with."""
T = TypeVar("T")


@dataclass
class ReplyWords:
    """Read `pieces`; after that `source`, `why` and `bill` say whose words they were, why, and what they cost."""

    act: Act
    actor: Actor
    source: Source
    first_clause: bool
    """The first piece may be a clause."""
    make_guard: MakeGuard | None = None
    bill: Bill = field(default_factory=Bill)
    why: str = ""
    _failure: str = ""
    """The code with which the last attempt ended."""

    async def pieces(self) -> AsyncGenerator[str]:
        """The reply in pieces that a voice may begin with. Nothing, where neither actor nor author has a word."""
        tells = await self._guard()
        for attempt in range(ATTEMPTS if self.source == "model" else 1):
            given = False
            async with closing(self._attempt(tells)) as pieces:
                async for piece in pieces:
                    given = True
                    yield piece
            if given:
                self.why = self._failure or (ASKED_AGAIN if attempt else "")
                return
            if self._failure != self.bill.why or self._failure in FINAL:
                break
        self.source, self.why = "fallback", self.bill.why or self._failure or "reply_empty"
        for piece in split(" ".join(self.act.prompt.lines)):
            yield piece

    async def _guard(self) -> Tells:
        if self.source != "model" or self.make_guard is None:
            return _tells_nothing
        return await asyncio.to_thread(self.make_guard)

    async def _attempt(self, tells: Tells) -> AsyncGenerator[str]:
        """What one answer gives to say. Of a sentence that broke off, nothing more."""
        splitter, heard, given = Splitter(first=self.first_clause), "", False
        self._failure = ""
        try:
            async with closing(self.actor.act(self.act.prompt, self.bill)) as words:
                async for text in words:
                    heard += text
                    self._look_over(heard, tells)
                    for piece in splitter.feed(text):
                        given = True
                        yield piece
        except EngineError as error:
            self._failed(error)
        for piece in splitter.flush():
            if not self._failure or (given and piece.endswith(ENDS)):
                yield piece

    def _look_over(self, heard: str, tells: Tells) -> None:
        if self.source != "model":
            return
        if tells(heard):
            raise ReplyRefused("The model's reply told what is kept back.", code="leak_blocked")
        if is_repeated(heard, self.act.prompt):
            raise ReplyRefused("The model's reply was the same for the third time.", code="reply_repeated")

    def _failed(self, error: EngineError) -> None:
        """An actor that refuses a reply is told why when it is asked again; one that gave none is not asked."""
        log.warning("reply %s: the actor failed: %s", self.act.reply, error.code)
        self._failure = error.code
        if isinstance(error, ReplyRefused):
            self.bill.why = error.code


def _tells_nothing(_text: str) -> bool:
    return False


def is_repeated(heard: str, prompt: Prompt) -> bool:
    """Whether a reply begins with the whole sentence with which this person's last replies began, and no author wrote
    it for this one.
    """
    first = next(iter(Splitter(first=False).feed(heard)), "")
    said, authored = tokens(first), tokens(" ".join(prompt.lines))
    own = [tokens(line.text) for line in prompt.conversation if line.speaker == prompt.speaker and line.text[:1] != "("]
    if len(said) < FEWEST_WORDS or len(own) < SAME_BEFORE or f" {' '.join(said)} " in f" {' '.join(authored)} ":
        return False
    return all(words[: len(said)] == said for words in own[-SAME_BEFORE:])


@asynccontextmanager
async def closing(stream: AsyncIterator[T]) -> AsyncIterator[AsyncIterator[T]]:
    """Closing the iterator is what stops an engine's work; leaving that to the garbage collector is too late."""
    try:
        yield stream
    finally:
        if close := getattr(stream, "aclose", None):
            await close()
