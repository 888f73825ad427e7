"""How far a task is: told from anywhere at no cost, written now and then by whoever runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from server.api.tasks.apart import run_apart
from server.core.errors import BedsideError

T = TypeVar("T")


class Tell(Protocol):
    """`tell(3, 12, "attacks")`: 3 of 12 steps are done; 0 of 0: nobody knows how many there are."""

    def __call__(self, done: int, of: int = 0, doing: str = "") -> None: ...


class Stopped(BedsideError):
    """Raised in a thread that goes on working for a task that was stopped."""

    code = "task_stopped"


class Progress:
    """What a task's `run` is given."""

    def __init__(self) -> None:
        self.now: tuple[int, int, str] = (0, 0, "")
        """Done, of, doing."""
        self.stopped = False

    def __call__(self, done: int, of: int = 0, doing: str = "") -> None:
        """From any thread."""
        self.now = (done, of, doing)

    async def in_thread(self, work: Callable[..., T], *args: Any) -> T:
        """`work(tell, *args)` in a thread. Stopped, its next word raises `Stopped` there."""
        return await asyncio.to_thread(work, self._tell_while_wanted, *args)

    async def apart(self, work: Callable[..., T], *args: Any) -> T:
        """`work(tell, *args)` in a process of low priority, which ends when this does. Raises `BedsideError`."""
        return await run_apart(self, work, *args)

    def _tell_while_wanted(self, done: int, of: int = 0, doing: str = "") -> None:
        if self.stopped:
            raise Stopped("This task was stopped.")
        self(done, of, doing)
