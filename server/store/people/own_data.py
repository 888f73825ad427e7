"""What is kept of one person: their encounters, who looked at them, and what else bears their id."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, func, select

from server.store.audit import AuditRow, rows_of
from server.store.encounters.retries import erase_with_retries
from server.store.people.course_people import in_it
from server.store.sql.database import Database
from server.store.sql.tables import boards, cases, encounters, posts, retries
from server.store.sql.tables_of_a_lab import assignments, attempts, audit, case_files, course_people, courses, shares
from server.store.sql.texts import from_json


@dataclass(frozen=True)
class OwnEncounter:
    """One encounter of a person, and what it belongs to."""

    id: str
    case_id: str
    case_version: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not."""
    retry_of: str
    """Empty for a first meeting."""
    course_id: str
    """Of the assignment that it was made for; empty: it is practice."""
    attempt: int
    """Which attempt; 0 for practice."""
    held: bool
    """Its course keeps it, whatever its rules say."""


class OwnData:
    """What is kept of one person. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def encounters(self, owner: str) -> list[OwnEncounter]:
        """All of them, newest first."""
        return await self._database.read(lambda connection: encounters_of(connection, owner))

    async def made_for(self, encounter_ids: Sequence[str]) -> dict[str, str]:
        """Of these encounters, those that were made for an assignment, with its course."""
        return await self._database.read(lambda connection: courses_of(connection, encounter_ids))

    async def counts(self, owner: str) -> dict[str, int]:
        """How much else there is, by kind."""
        return await self._database.read(lambda connection: count_others(connection, owner))

    async def records(self, owner: str) -> dict[str, list[dict[str, Any]]]:
        """What they posted, and what courses keep about them, JSON-ready. An arm of a study is not told."""
        return await self._database.read(lambda connection: records_of(connection, owner))

    async def looked_at(self, owner: str, limit: int = 500) -> list[AuditRow]:
        """What others did to this person's encounters, newest first."""
        return await self._database.read(lambda connection: done_by_others(connection, owner, limit))

    async def erase(self, encounter_ids: Sequence[str]) -> list[str]:
        """Delete these with all that hangs on them, retries too, and leave no byte. Returns the ids that are gone."""
        gone = await self._database.write(lambda connection: erase_several(connection, encounter_ids))
        await self._database.scrub()
        return gone


def encounters_of(connection: Connection, owner: str) -> list[OwnEncounter]:
    joined = (
        encounters.join(cases, cases.c.digest == encounters.c.case_digest)
        .outerjoin(retries, retries.c.encounter_id == encounters.c.id)
        .outerjoin(attempts, attempts.c.encounter_id == encounters.c.id)
        .outerjoin(assignments, assignments.c.id == attempts.c.assignment_id)
    )
    columns = (
        encounters, cases.c.case_id, cases.c.version, retries.c.first_id, attempts.c.number, attempts.c.held,
        assignments.c.course_id,
    )  # fmt: skip
    query = select(*columns).select_from(joined).where(encounters.c.owner == owner)
    rows = connection.execute(query.order_by(encounters.c.created_at.desc(), encounters.c.id))
    return [_encounter(row) for row in rows]


def _encounter(row: Any) -> OwnEncounter:
    return OwnEncounter(
        row.id, row.case_id, row.version, row.portrayal, row.created_at, row.ended, row.first_id or "",
        row.course_id or "", row.number or 0, bool(row.held),
    )  # fmt: skip


def courses_of(connection: Connection, encounter_ids: Sequence[str]) -> dict[str, str]:
    joined = attempts.join(assignments, assignments.c.id == attempts.c.assignment_id)
    query = select(attempts.c.encounter_id, assignments.c.course_id).select_from(joined)
    rows = connection.execute(query.where(attempts.c.encounter_id.in_(encounter_ids)))
    return {row.encounter_id: row.course_id for row in rows}


def count_others(connection: Connection, owner: str) -> dict[str, int]:
    """By kind: boards run, posts, courses, case files, encounters shared."""
    mine = select(encounters.c.id).where(encounters.c.owner == owner)
    return {
        "boards": _count(connection, boards, boards.c.owner == owner),
        "posts": _count(connection, posts, posts.c.author == owner),
        "courses": _count(connection, course_people, (course_people.c.person == owner) & in_it()),
        "case_files": _count(connection, case_files, case_files.c.owner == owner),
        "shares": _count(connection, shares, shares.c.encounter_id.in_(mine)),
    }


def _count(connection: Connection, table: Table, condition: Any) -> int:
    found: int = connection.execute(select(func.count()).select_from(table).where(condition)).scalar_one()
    return found


def records_of(connection: Connection, owner: str) -> dict[str, list[dict[str, Any]]]:
    mine = select(encounters.c.id).where(encounters.c.owner == owner)
    shared = connection.execute(select(shares).where(shares.c.encounter_id.in_(mine)).order_by(shares.c.shared_at))
    posted = connection.execute(select(posts).where(posts.c.author == owner).order_by(posts.c.posted_at))
    joined = course_people.join(courses, courses.c.id == course_people.c.course_id)
    among = select(course_people, courses.c.body.label("course")).select_from(joined)
    rows = connection.execute(among.where(course_people.c.person == owner, in_it()).order_by(course_people.c.added_at))
    return {
        "posts": [{"board_id": row.board_id, "at": row.posted_at.isoformat(), **from_json(row.body)} for row in posted],
        "courses": [_place(row) for row in rows],
        "shares": [
            {"encounter_id": row.encounter_id, "course_id": row.course_id, "at": row.shared_at.isoformat()}
            for row in shared
        ],
    }


def _place(row: Any) -> dict[str, Any]:
    kept = {name: value for name, value in from_json(row.body).items() if name != "arms"}
    place = {"course_id": row.course_id, "title": from_json(row.course)["title"], "part": row.part}
    return place | {"added_at": row.added_at.isoformat()} | kept


def done_by_others(connection: Connection, owner: str, limit: int) -> list[AuditRow]:
    mine = select(encounters.c.id).where(encounters.c.owner == owner)
    query = select(audit).where(audit.c.subject.in_(mine), audit.c.actor != owner)
    return rows_of(connection.execute(query.order_by(audit.c.seq.desc()).limit(limit)))


def erase_several(connection: Connection, encounter_ids: Sequence[str]) -> list[str]:
    """What went as the retry of another is not looked for again."""
    gone: list[str] = []
    for each in encounter_ids:
        if each not in gone:
            gone += erase_with_retries(connection, each)
    return gone
