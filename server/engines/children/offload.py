"""Work that takes CPU leaves the event loop here, and is told to stop when nobody waits for it any more.

A thread cannot be killed: each piece of work gets a `stop` event and looks at it between steps.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from concurrent.futures import Executor
from threading import Event
from typing import Any, TypeVar

T = TypeVar("T")
_END: Any = object()


async def stream(pool: Executor, work: Callable[[Event], Iterator[T]]) -> AsyncGenerator[T]:
    """Yield what the generator `work` yields in `pool`, as it comes; closing the iterator sets its event."""
    loop, stop = asyncio.get_running_loop(), Event()
    items: asyncio.Queue[T] = asyncio.Queue()

    def run() -> None:
        for item in work(stop):
            if stop.is_set():
                return
            loop.call_soon_threadsafe(items.put_nowait, item)

    job = loop.run_in_executor(pool, run)
    job.add_done_callback(lambda _: items.put_nowait(_END))
    try:
        while (item := await items.get()) is not _END:
            yield item
        await job
    finally:
        stop.set()
        job.add_done_callback(_look_at)


def _look_at(job: asyncio.Future[None]) -> None:
    """An abandoned job may fail; nobody is there to hear it, and asyncio must not complain of that."""
    if not job.cancelled():
        job.exception()
