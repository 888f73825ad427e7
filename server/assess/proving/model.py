"""Proving a case with a model in the room: the same attacks, every reply phrased by an actor that was configured.

What a model may say is in its prompt and nowhere else, so a locked fact cannot come from it. What is measured here is
the rest: whether it stays in role, invents, echoes, or has to be replaced by the authored line, and why.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, field
from typing import Any

from server.core.errors import EngineError, ReplyRefused
from server.core.prompt import Prompt
from server.engines.protocols import Actor


@dataclass
class ActedReplies:
    """How the actor did."""

    name: str
    """Engine and model."""
    replies: int = 0
    refused: dict[str, int] = field(default_factory=dict)
    """Replies of which nothing, or only the beginning, could be said: how many, by code."""
    failed: dict[str, int] = field(default_factory=dict)
    """Replies that never came: how many, by code."""
    authored: int = 0
    """Replies for which the authored line was said."""

    @property
    def unfit(self) -> int:
        return sum(self.refused.values()) + sum(self.failed.values())


class Phrasing:
    """An actor as a plain function: the virtual clock stands still while it is asked."""

    def __init__(self, actor: Actor, runner: asyncio.Runner) -> None:
        self._actor = actor
        self.begin()
        self._runner = runner

    def begin(self) -> None:
        """Count from nought: another case."""
        info = self._actor.info
        self.found = ActedReplies(f"{info.name} {info.version}".strip())

    def __call__(self, prompt: Prompt) -> str:
        """The words to be said; empty where the authored lines must stand in."""
        self.found.replies += 1
        text = self._runner.run(self._ask(prompt))
        self.found.authored += not text
        return text

    async def _ask(self, prompt: Prompt) -> str:
        text = ""
        words: Any = self._actor.act(prompt)
        try:
            async with aclosing(words):
                async for piece in words:
                    text += piece
        except ReplyRefused as refused:
            _count(self.found.refused, refused.code)
        except EngineError as failed:
            _count(self.found.failed, failed.code)
        return text.strip()


def _count(codes: dict[str, int], code: str) -> None:
    codes[code] = codes.get(code, 0) + 1


@contextmanager
def phrasing(actor: Actor) -> Iterator[Phrasing]:
    """Ask this actor from a program that has no loop of its own; the connections close with the block."""
    with asyncio.Runner() as runner:
        try:
            yield Phrasing(actor, runner)
        finally:
            close = getattr(actor, "close", None)
            if close is not None:
                runner.run(close())
