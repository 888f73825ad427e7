"""Long tasks: begin one, look how far it is, stop it. They go on when the page is left, and are found again."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query
from pydantic import Field

from server.api.access import Person, Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.tasks import proving, running
from server.api.tasks.kinds import KINDS, kind_for
from server.api.tasks.running import AGAIN, DEAD_AFTER
from server.core.errors import BedsideError, NotFound
from server.store.house.tasks import Task
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/tasks", tags=["tasks"], responses=responses(401, 403))
REGISTERED = (proving,)
"""Kinds that no route of their own brings in."""
Word = Annotated[str, Field(max_length=200)]


class NewTask(Ask):
    """What is to be done."""

    kind: Annotated[str, Field(min_length=1, max_length=16)]
    about: Annotated[str, Field(max_length=200)] = ""
    """Id of what it works on."""
    asked: Annotated[dict[Word, Word | bool | int | None], Field(default_factory=dict, max_length=20)]
    """How; what there is depends on the kind."""


class TaskView(Answer):
    """One task. It is worked on whether or not anybody looks."""

    id: str
    kind: str
    about: str
    title: str
    state: Literal["waiting", "running", "done", "failed", "stopped"]
    """Waiting: another heavy one is at work."""
    ahead: int
    """Heavy ones that come before it, while it waits; 0 as well where another process has it and would know."""
    silent_s: int
    """Seconds since whoever works on it gave a sign of life; it is seen as stopped after two minutes."""
    done: int
    of: int
    """Steps; 0: not known yet."""
    doing: str
    """What is being done now, in a few words."""
    why: str
    """Why it failed or was stopped, and how to mend it."""
    page: str
    """Where its result is read; empty while there is none."""
    yours: bool
    made_at: datetime
    moved_at: datetime


class TaskResult(TaskView):
    """One task, with what came of it."""

    asked: dict[str, Any]
    result: dict[str, Any] | None
    """Depends on the kind; null until it is done."""


@router.post("", status_code=202, responses=responses(404, 409, 422))
async def begin_task(ask: NewTask, given: Given, person: Someone) -> TaskView:
    """Begin; what is open of this kind about the same is given back instead of a second one."""
    return _view(given, person, await running.begin(given, person, ask.kind, ask.about, ask.asked))


@router.get("", responses=responses(404, 422))
async def list_tasks(
    given: Given,
    person: Someone,
    kind: Annotated[str, Query(max_length=16)] = "",
    about: Annotated[str, Query(max_length=200)] = "",
) -> list[TaskView]:
    """Yours, newest first; with a kind: everybody's of this kind about this, if you may begin such a one."""
    if not kind:
        found = await given.store.tasks.owned_by(person.id)
        return [_view(given, person, task) for task in found if task.kind in KINDS and _has_role(person, task)]
    await kind_for(person, kind).allow(given, person, about, {})
    return [_view(given, person, task) for task in await given.store.tasks.about(kind, about)]


@router.get("/{task_id}", responses=responses(404))
async def read_task(task_id: str, given: Given, person: Someone) -> TaskResult:
    """With its result."""
    task = await access_task(given, person, task_id)
    return TaskResult(**_view(given, person, task).model_dump(), asked=task.asked, result=task.result)


@router.delete("/{task_id}", responses=responses(404))
async def stop_task(task_id: str, given: Given, person: Someone) -> TaskView:
    """Stop it, where it is not over yet; nothing is left half done."""
    await access_task(given, person, task_id)
    await running.stop(given, task_id)
    return _view(given, person, await access_task(given, person, task_id))


async def access_task(given: Services, person: Person, task_id: str) -> Task:
    """For whoever began it, and whoever may begin the same. Raises `NotFound`."""
    task = await given.store.tasks.find(task_id)
    if task is None or task.kind not in KINDS or not await _may_see(given, person, task):
        raise NotFound("There is no such task.", code="task_not_found", mend="GET /api/tasks lists yours.")
    return task


async def _may_see(given: Services, person: Person, task: Task) -> bool:
    """Who lost the role sees nothing of it any more, whoever began it."""
    if not _has_role(person, task) or task.owner == person.id:
        return _has_role(person, task)
    try:
        await KINDS[task.kind].allow(given, person, task.about, task.asked)
    except BedsideError:
        return False
    return True


def _has_role(person: Person, task: Task) -> bool:
    return bool(KINDS[task.kind].roles & person.roles)


def _view(given: Services, person: Person, task: Task) -> TaskView:
    here, queue = task.id in given.tasks.running, given.tasks.queue
    silent = utc_now() - task.moved_at if task.open and not here else timedelta()
    left = silent > DEAD_AFTER
    page = KINDS[task.kind].page.replace("{id}", task.id).replace("{about}", task.about)
    return TaskView(
        id=task.id, kind=task.kind, about=task.about, title=task.title, state="stopped" if left else task.state,
        ahead=queue.index(task.id) if task.id in queue else 0, silent_s=max(0, int(silent.total_seconds())),
        done=task.done, of=task.of, doing=task.doing, why=AGAIN if left else task.why,
        page=page if task.result is not None else "", yours=task.owner == person.id,
        made_at=task.made_at, moved_at=task.moved_at,
    )  # fmt: skip
