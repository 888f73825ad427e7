"""Remarks on an encounter: bookmarks, notes and flags, of its learner and of the staff, each for their author."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, get_args

from sqlalchemy import Connection, Row, delete, func, insert, select

from server.core.errors import Conflict, NotFound
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import remarks
from server.store.sql.texts import from_json, to_json

RemarkKind = Literal["bookmark", "note", "flag"]
KINDS: tuple[RemarkKind, ...] = get_args(RemarkKind)
MOST = 300
"""Of one author on one encounter."""


@dataclass(frozen=True)
class Pointing:
    """What a remark is about, and what it says."""

    turn: str = ""
    """Id of a turn; empty: the whole, or a moment."""
    at_ms: int | None = None
    """Encounter time; None: none in particular."""
    dimension: str = ""
    """Of the rubric; empty: none."""
    text: str = ""


@dataclass(frozen=True)
class Remark:
    id: str
    encounter_id: str
    author: str
    kind: RemarkKind
    about: Pointing
    made_at: datetime


class Remarks:
    """The remarks of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, encounter_id: str, author: str) -> list[Remark]:
        """Somebody's own, in the order in which they made them."""
        return await self._database.read(lambda connection: remarks_of(connection, [encounter_id], [author]))

    async def of_several(self, encounter_ids: Iterable[str], authors: Iterable[str]) -> list[Remark]:
        """Those of several people on several encounters: for a group debrief."""
        wanted, by = sorted(set(encounter_ids)), sorted(set(authors))
        return await self._database.read(lambda connection: remarks_of(connection, wanted, by))

    async def add(self, encounter_id: str, author: str, kind: RemarkKind, about: Pointing) -> Remark:
        """Raises `Conflict` when there are as many as may be."""
        made = Remark(f"rem_{secrets.token_urlsafe(16)}", encounter_id, author, kind, about, utc_now())
        await self._database.write(lambda connection: add_remark(connection, made))
        return made

    async def drop(self, encounter_id: str, author: str, remark_id: str) -> None:
        """Raises `NotFound`, also for somebody else's."""
        await self._database.write(lambda connection: drop_remark(connection, encounter_id, author, remark_id))


def remarks_of(connection: Connection, encounter_ids: Iterable[str], authors: Iterable[str]) -> list[Remark]:
    query = select(remarks).where(remarks.c.encounter_id.in_(encounter_ids), remarks.c.author.in_(authors))
    return [_remark(row) for row in connection.execute(query.order_by(remarks.c.made_at, remarks.c.id))]


def add_remark(connection: Connection, made: Remark) -> None:
    mine = (remarks.c.encounter_id == made.encounter_id, remarks.c.author == made.author)
    if connection.execute(select(func.count()).select_from(remarks).where(*mine)).scalar_one() >= MOST:
        mend = "Delete some that you no longer need."
        raise Conflict(f"You have {MOST} remarks here already.", code="remarks_full", mend=mend)
    row = {"id": made.id, "encounter_id": made.encounter_id, "author": made.author, "kind": made.kind}
    connection.execute(insert(remarks), {**row, "body": to_json(asdict(made.about)), "made_at": made.made_at})


def drop_remark(connection: Connection, encounter_id: str, author: str, remark_id: str) -> None:
    mine = (remarks.c.id == remark_id, remarks.c.encounter_id == encounter_id, remarks.c.author == author)
    if not connection.execute(delete(remarks).where(*mine)).rowcount:
        raise NotFound("There is no such remark of yours.", code="remark_not_found")


def _remark(row: Row[Any]) -> Remark:
    return Remark(row.id, row.encounter_id, row.author, row.kind, Pointing(**from_json(row.body)), row.made_at)
