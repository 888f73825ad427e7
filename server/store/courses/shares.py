"""Practice that a learner shows to the staff of a course, until they take it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from server.core.errors import Conflict
from server.store.courses.courses import belonging_of, no_course, part_in
from server.store.encounters.encounters import TRYOUT, EncounterInfo, find_encounter
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import shares


@dataclass(frozen=True)
class Share:
    """One encounter shown to one course."""

    encounter_id: str
    course_id: str
    shared_at: datetime


class Shares:
    """Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_encounter(self, encounter_id: str) -> list[Share]:
        """Oldest first."""
        return await self._database.read(lambda c: _read(c, shares.c.encounter_id == encounter_id))

    async def of_course(self, course_id: str) -> list[tuple[Share, EncounterInfo]]:
        """Oldest first, each with its encounter."""
        return await self._database.read(lambda connection: of_course(connection, course_id))

    async def add(self, encounter_id: str, course_id: str, learner: str) -> None:
        """Again changes nothing. Raises `NotFound` for a course they are not in, `Conflict` for an attempt."""
        await self._database.write(lambda connection: add_share(connection, encounter_id, course_id, learner))

    async def drop(self, encounter_id: str, course_id: str) -> None:
        """Again changes nothing."""
        await self._database.write(lambda connection: drop_share(connection, encounter_id, course_id))


def of_course(connection: Connection, course_id: str) -> list[tuple[Share, EncounterInfo]]:
    found = _read(connection, shares.c.course_id == course_id)
    return [(each, find_encounter(connection, each.encounter_id)) for each in found]


def add_share(connection: Connection, encounter_id: str, course_id: str, learner: str) -> None:
    if part_in(connection, learner, (course_id,)) is None:
        raise no_course()
    belonging = belonging_of(connection, encounter_id)
    if belonging.made_for:
        says = "This was made for an assignment: the staff of its course see it already."
        raise Conflict(says, code="not_practice")
    if find_encounter(connection, encounter_id).portrayal == TRYOUT:
        raise Conflict("This was a try-out of a case; nobody grades it.", code="not_practice")
    if course_id not in belonging.shared_with:
        row = {"encounter_id": encounter_id, "course_id": course_id, "shared_at": utc_now()}
        connection.execute(insert(shares), row)


def drop_share(connection: Connection, encounter_id: str, course_id: str) -> None:
    one = (shares.c.encounter_id == encounter_id) & (shares.c.course_id == course_id)
    connection.execute(delete(shares).where(one))


def _read(connection: Connection, which: Any) -> list[Share]:
    query = select(shares).where(which).order_by(shares.c.shared_at, shares.c.course_id)
    return [Share(row.encounter_id, row.course_id, row.shared_at) for row in connection.execute(query)]
