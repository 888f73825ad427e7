"""Who did what to whose things: rows that are only ever added, each with the hash of the one before.

Whoever changes or deletes a row breaks the chain from there on, and `broken_at` names it. What an encounter holds is
never in it: ids, field names and values of settings only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Row, insert, select

from server.store.sql import postgres
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import audit
from server.store.sql.texts import from_json, to_json

START = "0" * 64
"""Stands before the first row."""
READ = "encounter_read"
"""Somebody on the staff opened what a learner of theirs said."""
ONE_LOOK = timedelta(hours=1)
"""Pages turned within it are one reading."""


@dataclass(frozen=True)
class AuditRow:
    """One thing that was done."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    body: dict[str, Any]
    before: str
    hash: str

    @property
    def right(self) -> bool:
        """Its hash is that of its fields."""
        return self.hash == _hash(self.seq, self.at, self.actor, self.action, self.subject, self.body, self.before)


@dataclass(frozen=True)
class Which:
    """Rows that somebody looks for; what is empty fits any."""

    actor: str | None = None
    """Empty: what Bedside did by itself. None: anybody."""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None
    """Before this moment."""


ANY = Which()


class Audit:
    """The audit of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def note(self, actor: str, action: str, subject: str = "", **body: Any) -> None:
        """Add a row. For something that is written as well, use `note` in the same unit."""
        await self._database.write(lambda connection: note(connection, actor, action, subject, **body))

    async def note_reading(self, actor: str, subject: str) -> None:
        """Somebody looked at another's encounter: one row an hour, however often they turned its pages."""
        await self._database.write(lambda connection: note_reading(connection, actor, subject))

    async def note_looks(self, actor: str, action: str, subjects: Iterable[str]) -> None:
        """The same of many at once, by a name of its own for what they saw."""
        if wanted := list(subjects):
            await self._database.write(lambda connection: note_looks(connection, actor, action, wanted))

    async def rows(self, limit: int = 100, before: int | None = None, which: Which = ANY) -> list[AuditRow]:
        """Newest first; `before`: only rows with a smaller `seq`."""
        return await self._database.read(lambda connection: read_rows(connection, limit, before, which))

    async def actions(self) -> list[str]:
        """Every kind of thing that was ever noted."""
        return await self._database.read(lambda connection: _ever(connection, audit.c.action))

    async def actors(self) -> list[str]:
        """Everybody who ever did something that was noted."""
        return await self._database.read(lambda connection: _ever(connection, audit.c.actor))

    async def broken_at(self) -> int | None:
        """`seq` of the first row that was changed, or before which one is missing; None while the chain holds."""
        return await self._database.read(broken_at)


def note(connection: Connection, actor: str, action: str, subject: str = "", **body: Any) -> None:
    """Add a row in this transaction: it stands if and only if the rest of it does."""
    if connection.dialect.name == "postgresql":
        postgres.one_at_a_time(connection)
    last = connection.execute(select(audit.c.seq, audit.c.hash).order_by(audit.c.seq.desc()).limit(1)).first()
    seq, before, at = (last.seq + 1, last.hash, utc_now()) if last else (1, START, utc_now())
    row = {"seq": seq, "at": at, "actor": actor, "action": action, "subject": subject, "before": before}
    made = _hash(seq, at, actor, action, subject, body, before)
    connection.execute(insert(audit), row | {"body": to_json(body), "hash": made})


def note_reading(connection: Connection, actor: str, subject: str, action: str = READ) -> None:
    """As `Audit.note_reading`."""
    lately = utc_now() - ONE_LOOK
    query = select(audit.c.seq).where(
        audit.c.actor == actor, audit.c.action == action, audit.c.subject == subject, audit.c.at > lately
    )
    if connection.execute(query.limit(1)).first() is None:
        note(connection, actor, action, subject)


def note_looks(connection: Connection, actor: str, action: str, subjects: Iterable[str]) -> None:
    """As `Audit.note_looks`."""
    for each in subjects:
        note_reading(connection, actor, each, action)


def read_rows(connection: Connection, limit: int, before: int | None, which: Which) -> list[AuditRow]:
    same = {name: value for name, value in (("action", which.action), ("subject", which.subject)) if value}
    query = select(audit).filter_by(**same).order_by(audit.c.seq.desc()).limit(limit)
    if which.actor is not None:
        query = query.where(audit.c.actor == which.actor)
    if before is not None:
        query = query.where(audit.c.seq < before)
    if which.since is not None:
        query = query.where(audit.c.at >= which.since)
    if which.until is not None:
        query = query.where(audit.c.at < which.until)
    return rows_of(connection.execute(query))


def _ever(connection: Connection, column: Column[str]) -> list[str]:
    return list(connection.execute(select(column).distinct().order_by(column)).scalars())


def rows_of(found: Iterable[Row[Any]]) -> list[AuditRow]:
    """As they were read from the table."""
    return [_row(row) for row in found]


def broken_at(connection: Connection) -> int | None:
    """A missing last row cannot be seen from the rows alone; keep the newest hash elsewhere to see that."""
    expected, before = 1, START
    for row in connection.execute(select(audit).order_by(audit.c.seq)):
        read = _row(row)
        if read.seq != expected or read.before != before or not read.right:
            return expected
        expected, before = read.seq + 1, read.hash
    return None


def _hash(*fields: Any) -> str:
    told = [field.isoformat() if isinstance(field, datetime) else field for field in fields]
    return hashlib.sha256(to_json(told).encode("utf-8", "surrogatepass")).hexdigest()


def _row(row: Row[Any]) -> AuditRow:
    return AuditRow(row.seq, row.at, row.actor, row.action, row.subject, from_json(row.body), row.before, row.hash)
