"""Tasks are begun, worked on and ended here: heavy ones one at a time, in the process that was asked."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

from server.api.access import Person
from server.api.services import Services
from server.api.tasks.kinds import KINDS, kind_for
from server.api.tasks.progress import Progress as Progress
from server.core.errors import BedsideError, StoreError
from server.store.house.tasks import Task
from server.store.sql.clock import utc_now

log = logging.getLogger(__name__)

BEAT_S = 0.5
"""How often progress is written."""
SIGN_OF_LIFE = timedelta(seconds=5)
"""At the latest; then it is seen as well that it was stopped in another process."""
DEAD_AFTER = timedelta(minutes=2)
"""Without a sign of life: whoever worked on it is gone."""
AGAIN = "The server was stopped while this was at work. Nothing was lost; begin it again."
STOPPED = "Stopped before it was done. Begin it again when you like."


async def begin(
    given: Services, person: Person, kind: str, about: str = "", asked: Mapping[str, Any] | None = None
) -> Task:
    """Keep a task and begin it; an open one of this kind about the same is given back instead.

    Raises `NotAllowed`, `Conflict`, and what the kind's `allow` and `ready` raise.
    """
    wish = kind_for(person, kind)
    title = await wish.allow(given, person, about, asked or {})
    if wish.ready is not None:
        await wish.ready(given, person, about)
    await sweep(given)
    wanted = Task(f"tsk_{secrets.token_urlsafe(16)}", person.id, kind, about, title, asked=dict(asked or {}))
    task = await given.store.tasks.begin(wanted)
    if task.id == wanted.id:
        given.tasks.running[task.id] = asyncio.create_task(_work_on(given, task))
    return task


async def stop(given: Services, task_id: str) -> None:
    """From any process: the one that works on it sees it at its next beat."""
    await given.store.tasks.move(task_id, state="stopped", why=STOPPED)
    if (work := given.tasks.running.get(task_id)) is not None:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def sweep(given: Services, *, alone: bool = False) -> None:
    """Stop what nobody works on any more. `alone`: no other process has this database."""
    since = None if alone else utc_now() - DEAD_AFTER
    await given.store.tasks.stop_left(AGAIN, since, tuple(given.tasks.running))


async def close(given: Services) -> None:
    """The server stops."""
    works = dict(given.tasks.running)
    given.tasks.running.clear()
    for task_id, work in works.items():
        work.cancel()
        with suppress(StoreError):
            await given.store.tasks.move(task_id, state="stopped", why=AGAIN)
    await asyncio.gather(*works.values(), return_exceptions=True)


async def _work_on(given: Services, task: Task) -> None:
    progress, heavy = Progress(), KINDS[task.kind].heavy
    beat = asyncio.create_task(_beat(given, task, progress, asyncio.current_task()))
    try:
        async with _in_turn(given, task) if heavy else nullcontext():
            await given.store.tasks.move(task.id, state="running")
            end = await _end_of(given, task, progress)
        await given.store.tasks.move(task.id, **_told(progress), **end)
    except BedsideError as error:
        log.warning("task %s could not be kept: %s", task.id, error.code)
    finally:
        progress.stopped = True
        beat.cancel()
        given.tasks.running.pop(task.id, None)


@asynccontextmanager
async def _in_turn(given: Services, task: Task) -> AsyncIterator[None]:
    given.tasks.queue.append(task.id)
    try:
        async with given.tasks.heavy:
            yield
    finally:
        given.tasks.queue.remove(task.id)


async def _beat(given: Services, task: Task, progress: Progress, work: asyncio.Task[None] | None) -> None:
    """Write how far it is while that changes, and a sign of life; end the work where it was stopped."""
    written, at = progress.now, utc_now()
    while True:
        await asyncio.sleep(BEAT_S)
        if progress.now == written and utc_now() - at < SIGN_OF_LIFE:
            continue
        written, at = progress.now, utc_now()
        with suppress(StoreError):
            if not await given.store.tasks.move(task.id, **_told(progress)) and work is not None:
                work.cancel()


async def _end_of(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
    """What to keep of how it ended."""
    try:
        result = await KINDS[task.kind].run(given, replace(task, state="running"), progress)
    except BedsideError as error:
        log.warning("task %s (%s) failed: %s", task.id, task.kind, error.code)
        return {"state": "failed", "why": error.message}
    except Exception:
        log.exception("task %s (%s) failed", task.id, task.kind)
        return {"state": "failed", "why": "Something went wrong in the server; its log says what. Begin it again."}
    return {"state": "done", "result": result}


def _told(progress: Progress) -> dict[str, Any]:
    done, of, doing = progress.now
    return {"done": done, "of": of, "doing": doing}
