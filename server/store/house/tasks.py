"""Long tasks: what is being worked on, how far it is, and what came of it. Who works on it is `server.api.tasks`."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row, delete, insert, select, update

from server.core.errors import Conflict
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import tasks
from server.store.sql.texts import from_json, to_json

State = Literal["waiting", "running", "done", "failed", "stopped"]
OPEN: tuple[State, ...] = ("waiting", "running")
"""Somebody still works on it, or will."""
MOST_OPEN = 20
"""Of one person."""
KEPT = 100
"""Of one person and kind, the newest, once they are over."""


@dataclass(frozen=True)
class Task:
    """One long task."""

    id: str
    owner: str
    kind: str
    about: str
    """Id of what it works on; empty: of nothing in particular."""
    title: str
    """For people, e.g. `Prove loneliness-night`."""
    state: State = "waiting"
    done: int = 0
    of: int = 0
    """Steps; 0: not known yet."""
    doing: str = ""
    """What is being done now, in a few words."""
    asked: dict[str, Any] = field(default_factory=dict)
    """How it is to be done; JSON-ready."""
    result: dict[str, Any] | None = None
    """What came of it; JSON-ready."""
    why: str = ""
    """Why it failed or was stopped, and how to mend it."""
    made_at: datetime = field(default_factory=utc_now)
    moved_at: datetime = field(default_factory=utc_now)
    """When it last gave a sign of life."""

    @property
    def open(self) -> bool:
        """Not over yet."""
        return self.state in OPEN


class Tasks:
    """The tasks of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, task: Task) -> Task:
        """Keep it; the open one of the same kind about the same thing, where there is one. Raises `Conflict`."""
        return await self._database.write(lambda connection: begin(connection, task))

    async def find(self, task_id: str) -> Task | None:
        """None when there is none."""
        return await self._database.read(lambda connection: find(connection, task_id))

    async def owned_by(self, owner: str, limit: int = 50) -> list[Task]:
        """Newest first."""
        return await self._database.read(lambda connection: listed(connection, limit, owner=owner))

    async def about(self, kind: str, about: str, limit: int = 50) -> list[Task]:
        """Whoever began them, newest first."""
        return await self._database.read(lambda connection: listed(connection, limit, kind=kind, about=about))

    async def move(self, task_id: str, **values: Any) -> bool:
        """Change columns of one that is open. False where it is over: stopped from elsewhere, say."""
        return await self._database.write(lambda connection: move(connection, task_id, **values))

    async def stop_left(self, why: str, since: datetime | None, but: Collection[str] = ()) -> int:
        """Stop those that nobody works on: no sign of life after `since` (None: all), and not among `but`."""
        return await self._database.write(lambda connection: stop_left(connection, why, since, but))


def begin(connection: Connection, task: Task) -> Task:
    same = (tasks.c.kind == task.kind) & (tasks.c.about == task.about) & tasks.c.state.in_(OPEN)
    if (row := connection.execute(select(tasks).where(same)).first()) is not None:
        return _task(row)
    mine = connection.execute(select(tasks.c.id).where((tasks.c.owner == task.owner) & tasks.c.state.in_(OPEN)))
    if len(mine.all()) >= MOST_OPEN:
        raise Conflict(
            f"{MOST_OPEN} of your tasks are not over yet.", code="tasks_full", mend="Wait for one, or stop one."
        )
    _drop_oldest(connection, task)
    connection.execute(insert(tasks), _row(task))
    return task


def find(connection: Connection, task_id: str) -> Task | None:
    row = connection.execute(select(tasks).where(tasks.c.id == task_id)).first()
    return None if row is None else _task(row)


def listed(connection: Connection, limit: int, **which: str) -> list[Task]:
    query = select(tasks).filter_by(**which).order_by(tasks.c.made_at.desc(), tasks.c.id).limit(limit)
    return [_task(row) for row in connection.execute(query)]


def move(connection: Connection, task_id: str, **values: Any) -> bool:
    still = (tasks.c.id == task_id) & tasks.c.state.in_(OPEN)
    row = connection.execute(select(tasks).where(still).with_for_update()).first()
    if row is None:
        return False
    moved = replace(_task(row), moved_at=utc_now(), **values)
    connection.execute(update(tasks).where(still).values(**_row(moved)))
    return True


def stop_left(connection: Connection, why: str, since: datetime | None, but: Collection[str]) -> int:
    left = tasks.c.state.in_(OPEN) & tasks.c.id.not_in(but)
    if since is not None:
        left &= tasks.c.moved_at < since
    ids: Sequence[str] = connection.execute(select(tasks.c.id).where(left)).scalars().all()
    for task_id in ids:
        move(connection, task_id, state="stopped", why=why)
    return len(ids)


def _drop_oldest(connection: Connection, task: Task) -> None:
    over = (tasks.c.owner == task.owner) & (tasks.c.kind == task.kind) & tasks.c.state.not_in(OPEN)
    query = select(tasks.c.id).where(over).order_by(tasks.c.made_at.desc(), tasks.c.id).offset(KEPT - 1)
    # SQLite knows no OFFSET without a LIMIT; SQLAlchemy writes LIMIT -1 for it
    old = connection.execute(query).scalars().all()
    connection.execute(delete(tasks).where(tasks.c.id.in_(old)))


_IN_BODY = ("title", "doing", "asked", "result", "why")


def _row(task: Task) -> dict[str, Any]:
    columns = {name: getattr(task, name) for name in tasks.c.keys() if name != "body"}  # noqa: SIM118
    return columns | {"body": to_json({name: getattr(task, name) for name in _IN_BODY})}


def _task(row: Row[Any]) -> Task:
    columns = {name: value for name, value in row._mapping.items() if name != "body"}
    return Task(**columns, **from_json(row.body))
