"""The tasks that this process works on now. `server.api.tasks.running` begins and ends them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field


@dataclass(frozen=True)
class AtWork:
    """One in a process."""

    running: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    """By the task's id."""
    heavy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))
    """Heavy ones wait here for each other."""
    queue: list[str] = field(default_factory=list)
    """Ids of the heavy ones in the order in which they are worked on, the first at work."""
