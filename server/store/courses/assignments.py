"""Assignments: what the learners of a course are asked to do, and the case as it was when they were first asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server.core.assigning.terms import Retention, Terms, terms_from
from server.core.case import Case
from server.core.errors import Conflict, NotFound
from server.store.audit import note
from server.store.courses.courses import CHANGED
from server.store.encounters.cases import keep_case, read_case
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import assignments, attempts, course_people
from server.store.sql.texts import from_json, to_json


@dataclass(frozen=True)
class Assignment:
    """One assignment of a course."""

    id: str
    course_id: str
    terms: Terms
    kept: Retention = field(default_factory=Retention)
    """How long attempts are kept where the terms say: as the course. As the course was when it was last saved."""
    digest: str = ""
    """Of the case that everybody meets; empty until it is published."""
    edition: int = 1
    made_at: datetime = field(default_factory=utc_now)
    equivalent: str = ""
    """Digest of the case that may be taken instead; empty until it is published, and where none is offered."""

    @property
    def retention(self) -> Retention:
        """The one that counts."""
        return self.kept if self.terms.retention.kind == "course" else self.terms.retention


Decide = Callable[[Assignment, int], Assignment]
"""Of an assignment and how many attempts there are, what it is to be; raises a `BedsideError` to refuse."""


class Assignments:
    """The assignments of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, made: Assignment, *pinned: Case) -> None:
        """A new one; `pinned`: the cases that its digests name, where it is published."""
        await self._database.write(lambda connection: add_assignment(connection, made, pinned))

    async def assignment(self, assignment_id: str) -> Assignment | None:
        """None when there is none."""
        return await self._database.read(lambda connection: find_assignment(connection, assignment_id))

    async def of_course(self, course_id: str) -> list[Assignment]:
        """Newest first."""
        return await self._database.read(lambda connection: assignments_of(connection, course_id))

    async def of_learner(self, person: str) -> list[Assignment]:
        """Those of all courses in which somebody is a learner, newest first; unpublished ones too."""
        return await self._database.read(lambda connection: assignments_of_learner(connection, person))

    async def case(self, digest: str) -> Case:
        """The case that was pinned."""
        return await self._database.read(lambda connection: read_case(connection, digest))

    async def change(self, assignment_id: str, edition: int, by: str, decide: Decide, *pinned: Case) -> Assignment:
        """`decide` and write as one. Raises `NotFound`, `Conflict`, and whatever `decide` raises."""

        def unit(connection: Connection) -> Assignment:
            return change_assignment(connection, assignment_id, edition, by, decide, pinned)

        return await self._database.write(unit)

    async def drop(self, assignment_id: str) -> None:
        """Raises `Conflict` once somebody has made an attempt, `NotFound`."""
        await self._database.write(lambda connection: drop_assignment(connection, assignment_id))

    async def begun(self, assignment_ids: list[str]) -> dict[str, int]:
        """How many attempts there are of each."""
        return await self._database.read(lambda connection: {name: begun(connection, name) for name in assignment_ids})


def add_assignment(connection: Connection, made: Assignment, pinned: Sequence[Case]) -> None:
    for case in pinned:
        keep_case(connection, case)
    connection.execute(insert(assignments), _row(made))


def find_assignment(connection: Connection, assignment_id: str) -> Assignment | None:
    row = connection.execute(select(assignments).where(assignments.c.id == assignment_id)).first()
    return None if row is None else as_assignment(row)


def assignments_of(connection: Connection, course_id: str) -> list[Assignment]:
    query = select(assignments).where(assignments.c.course_id == course_id)
    return [as_assignment(row) for row in connection.execute(query.order_by(assignments.c.made_at.desc()))]


def assignments_of_learner(connection: Connection, person: str) -> list[Assignment]:
    both = select(assignments).join(course_people, course_people.c.course_id == assignments.c.course_id)
    query = both.where(course_people.c.person == person, course_people.c.part == "learner")
    return [as_assignment(row) for row in connection.execute(query.order_by(assignments.c.made_at.desc()))]


def begun(connection: Connection, assignment_id: str) -> int:
    query = select(func.count()).select_from(attempts).where(attempts.c.assignment_id == assignment_id)
    return connection.execute(query).scalar_one()


def change_assignment(
    connection: Connection, assignment_id: str, edition: int, by: str, decide: Decide, pinned: Sequence[Case]
) -> Assignment:
    connection.execute(select(assignments.c.id).where(assignments.c.id == assignment_id).with_for_update())
    found = find_assignment(connection, assignment_id)
    if found is None:
        raise no_assignment()
    if found.edition != edition:
        raise Conflict(CHANGED, code="changed_meanwhile", mend="Open it again; what you typed is still on your page.")
    changed = replace(decide(found, begun(connection, assignment_id)), edition=edition + 1)
    for case in pinned:
        keep_case(connection, case)
    connection.execute(update(assignments).where(assignments.c.id == assignment_id).values(**_row(changed)))
    if changed.retention != found.retention:
        rules = {"old": asdict(found.retention), "new": asdict(changed.retention)}
        note(connection, by, "retention_changed", assignment_id, **rules)
    return changed


def drop_assignment(connection: Connection, assignment_id: str) -> None:
    if begun(connection, assignment_id):
        says = "Somebody has made an attempt, and it would be lost."
        raise Conflict(says, code="has_attempts", mend="Close the assignment instead.")
    if not connection.execute(delete(assignments).where(assignments.c.id == assignment_id)).rowcount:
        raise no_assignment()


def no_assignment() -> NotFound:
    """For what is somebody else's too."""
    says = "There is no such assignment."
    return NotFound(says, code="assignment_not_found", mend="GET /api/assignments lists yours.")


def _row(each: Assignment) -> dict[str, Any]:
    body = {
        "terms": asdict(each.terms), "kept": asdict(each.kept), "digest": each.digest, "edition": each.edition,
        "equivalent": each.equivalent,
    }  # fmt: skip
    return {"id": each.id, "course_id": each.course_id, "body": to_json(body), "made_at": each.made_at}


def as_assignment(row: Row[Any]) -> Assignment:
    """From its row."""
    body = from_json(row.body)
    made = (Retention(**body["kept"]), body["digest"], body["edition"], row.made_at, body.get("equivalent", ""))
    return Assignment(row.id, row.course_id, terms_from(body["terms"]), *made)
