"""Who works on the tasks of this process."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from server.api.tasks.kinds import KINDS, kind_for
from server.api.tasks.progress import Progress as Progress
from server.core.errors import BedsideError, StoreError
from server.store.house.tasks import Task
from server.store.sql.clock import utc_now

if TYPE_CHECKING:
    from server.api.access import Person
    from server.api.services import Services

log = logging.getLogger(__name__)

BEAT_S = 0.5
"""How often progress is written."""
SIGN_OF_LIFE = timedelta(seconds=5)
"""At the latest; then it is seen as well that it was stopped in another process."""
DEAD_AFTER = timedelta(minutes=2)
"""Without a sign of life: whoever worked on it is gone."""
AGAIN = "The server was stopped while this was at work. Nothing was lost; begin it again."
STOPPED = "Stopped before it was done. Begin it again when you like."


class TaskRunner:
    """Runs tasks, heavy ones one at a time. One in a process."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}
        self._one = asyncio.Semaphore(1)

    async def begin(
        self, given: Services, person: Person, kind: str, about: str = "", asked: Mapping[str, Any] | None = None
    ) -> Task:
        """Keep it and begin; an open one of this kind about the same is given back instead.

        Raises `NotAllowed`, `Conflict`, and what the kind's `allow` raises.
        """
        title = await kind_for(person, kind).allow(given, person, about, asked or {})
        await self.sweep(given)
        wanted = Task(f"tsk_{secrets.token_urlsafe(16)}", person.id, kind, about, title, asked=dict(asked or {}))
        task = await given.store.tasks.begin(wanted)
        if task.id == wanted.id:
            self._running[task.id] = asyncio.create_task(self._work_on(given, task))
        return task

    def works_on(self, task_id: str) -> bool:
        """In this process, now."""
        return task_id in self._running

    async def stop(self, given: Services, task_id: str) -> None:
        """From any process: the one that works on it sees it at its next beat."""
        await given.store.tasks.move(task_id, state="stopped", why=STOPPED)
        if (running := self._running.get(task_id)) is not None:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)

    async def sweep(self, given: Services, *, alone: bool = False) -> None:
        """Stop what nobody works on any more. `alone`: no other process has this database."""
        since = None if alone else utc_now() - DEAD_AFTER
        await given.store.tasks.stop_left(AGAIN, since, tuple(self._running))

    async def close(self, given: Services) -> None:
        """The server stops."""
        running, self._running = dict(self._running), {}
        for task_id, work in running.items():
            work.cancel()
            with suppress(StoreError):
                await given.store.tasks.move(task_id, state="stopped", why=AGAIN)
        await asyncio.gather(*running.values(), return_exceptions=True)

    async def _work_on(self, given: Services, task: Task) -> None:
        progress, heavy = Progress(), KINDS[task.kind].heavy
        beat = asyncio.create_task(self._beat(given, task, progress, asyncio.current_task()))
        try:
            async with self._one if heavy else asyncio.Semaphore():
                await given.store.tasks.move(task.id, state="running")
                end = await _end_of(given, task, progress)
            await given.store.tasks.move(task.id, **_told(progress), **end)
        except BedsideError as error:
            log.warning("task %s could not be kept: %s", task.id, error.code)
        finally:
            progress.stopped = True
            beat.cancel()
            self._running.pop(task.id, None)

    async def _beat(self, given: Services, task: Task, progress: Progress, work: asyncio.Task[None] | None) -> None:
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
