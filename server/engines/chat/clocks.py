"""The time spent waiting for a chat endpoint: for the first text, between texts, and in all."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from server.engines.chat.settings import ChatSettings

T = TypeVar("T")


class Slow(Exception):
    """One of the three clocks ran out."""


class Clocks:
    """Time spent waiting on the endpoint for one reply."""

    def __init__(self, settings: ChatSettings, spent_s: float = 0.0) -> None:
        """`spent_s`: what an earlier attempt at the same reply has used up."""
        self._settings = settings
        self._total = settings.total_s - spent_s
        self._patience = settings.first_s - spent_s

    @property
    def spent_s(self) -> float:
        return self._settings.total_s - self._total

    def heard(self) -> None:
        """Text came: from now on the idle clock runs."""
        self._patience = self._settings.idle_s

    def hurry(self, patience_s: float) -> None:
        """What is still to come is worth waiting for no longer than this."""
        self._patience = min(self._patience, patience_s)

    async def wait(self, step: Awaitable[T]) -> T:
        """Await `step` within what is left. Raises `Slow`."""
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(min(self._total, self._patience)):
                return await step
        except TimeoutError:
            raise Slow from None
        finally:
            self._total -= now() - began
            self._patience -= now() - began
