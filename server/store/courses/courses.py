"""Courses, and which of them an encounter belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server.core.assigning.terms import Retention
from server.core.errors import Conflict, NotFound
from server.core.roles import Part
from server.store.audit import note
from server.store.people.course_people import (
    Member,
    add_members,
    change_member,
    drop_member,
    find_member,
    in_it,
    members_of,
)
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import assignments, attempts, course_people, courses, shares
from server.store.sql.texts import from_json, to_json

CHANGED = "Somebody else has saved this since you opened it."


@dataclass(frozen=True)
class Belonging:
    """Which courses an encounter belongs to."""

    made_for: str = ""
    """Course of the assignment that it was made for; empty: it is practice."""
    shared_with: tuple[str, ...] = ()
    """Courses whose staff its learner showed it to."""

    @property
    def courses(self) -> tuple[str, ...]:
        """All of them."""
        return ((self.made_for,) if self.made_for else ()) + self.shared_with


@dataclass(frozen=True)
class Course:
    """Some people who learn something together, and who teaches them."""

    id: str
    owner: str
    """Who made it."""
    title: str
    code: str = ""
    """As the university calls it."""
    groups: tuple[str, ...] = ()
    retention: Retention = field(default_factory=Retention)
    """Of its assignments that have none of their own."""
    open: bool = True
    edition: int = 1
    """How often it was saved; whoever changes it names the last they saw."""
    made_at: datetime = field(default_factory=utc_now)


class Courses:
    """The courses of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def belonging(self, encounter_id: str) -> Belonging:
        """Empty for practice that nobody was shown."""
        return await self._database.read(lambda connection: belonging_of(connection, encounter_id))

    async def part_in(self, person: str, course_ids: tuple[str, ...]) -> Part | None:
        """The most that somebody is in any of these courses; None: nothing."""
        return await self._database.read(lambda connection: part_in(connection, person, course_ids))

    async def add(self, made: Course) -> None:
        """A new course, with its owner on the staff."""
        await self._database.write(lambda connection: add_course(connection, made))

    async def course(self, course_id: str) -> Course | None:
        """None when there is none."""
        return await self._database.read(lambda connection: find_course(connection, course_id))

    async def of(self, person: str) -> list[tuple[Course, Part]]:
        """Those that somebody is in, newest first."""
        return await self._database.read(lambda connection: courses_of(connection, person))

    async def change(self, course_id: str, edition: int, by: str, **values: Any) -> Course:
        """Replace fields of `Course`. Raises `NotFound`, and `Conflict` for an edition that is not the last."""
        return await self._database.write(lambda connection: change_course(connection, course_id, edition, by, values))

    async def drop(self, course_id: str) -> None:
        """With its assignments. Raises `Conflict` once somebody has made an attempt, `NotFound`."""
        await self._database.write(lambda connection: drop_course(connection, course_id))

    async def counts(self, course_ids: Sequence[str]) -> dict[str, dict[str, int]]:
        """Of each: how many are `learner`, how many `staff`, how many `assignments` it has."""
        return await self._database.read(lambda connection: counts_of(connection, course_ids))

    async def people(self, course_id: str) -> list[Member]:
        """Everybody in it, in the order of their ids."""
        return await self._database.read(lambda connection: members_of(connection, course_id))

    async def member(self, course_id: str, person: str) -> Member | None:
        """None when they are not in it."""
        return await self._database.read(lambda connection: find_member(connection, course_id, person))

    async def enrol(self, made: Sequence[Member], by: str) -> None:
        """All or none; who is in already stays as they are. Whoever left and comes back has made what they made."""
        await self._database.write(lambda connection: add_members(connection, made, by))

    async def change_member(self, course_id: str, person: str, by: str, **values: Any) -> Member:
        """Raises `NotFound`, and `Conflict` where nobody would be left on the staff who can open it."""
        return await self._database.write(lambda connection: change_member(connection, course_id, person, by, values))

    async def drop_member(self, course_id: str, person: str, by: str) -> None:
        """Their attempts stay, and count should they come back. Raises `NotFound`, and `Conflict` for the last of the
        staff who can open it.
        """
        await self._database.write(lambda connection: drop_member(connection, course_id, person, by))


def belonging_of(connection: Connection, encounter_id: str) -> Belonging:
    made_for = connection.execute(
        select(assignments.c.course_id)
        .join(attempts, attempts.c.assignment_id == assignments.c.id)
        .where(attempts.c.encounter_id == encounter_id)
    ).scalar_one_or_none()
    query = select(shares.c.course_id).where(shares.c.encounter_id == encounter_id).order_by(shares.c.course_id)
    return Belonging(made_for or "", tuple(connection.execute(query).scalars()))


def part_in(connection: Connection, person: str, course_ids: tuple[str, ...]) -> Part | None:
    query = select(course_people.c.part).where(
        course_people.c.person == person, course_people.c.course_id.in_(course_ids), in_it()
    )
    parts = set(connection.execute(query).scalars())
    if "staff" in parts:
        return "staff"
    return "learner" if parts else None


def add_course(connection: Connection, made: Course) -> None:
    connection.execute(insert(courses), _row(made))
    add_members(connection, [Member(made.id, made.owner, "staff")], made.owner)


def find_course(connection: Connection, course_id: str) -> Course | None:
    row = connection.execute(select(courses).where(courses.c.id == course_id)).first()
    return None if row is None else _course(row)


def courses_of(connection: Connection, person: str) -> list[tuple[Course, Part]]:
    both = select(courses, course_people.c.part).join(course_people, course_people.c.course_id == courses.c.id)
    query = both.where(course_people.c.person == person, in_it()).order_by(courses.c.made_at.desc(), courses.c.id)
    return [(_course(row), row.part) for row in connection.execute(query)]


def change_course(connection: Connection, course_id: str, edition: int, by: str, values: dict[str, Any]) -> Course:
    connection.execute(select(courses.c.id).where(courses.c.id == course_id).with_for_update())
    found = find_course(connection, course_id)
    if found is None:
        raise no_course()
    if found.edition != edition:
        raise Conflict(CHANGED, code="changed_meanwhile", mend="Open it again; what you typed is still on your page.")
    changed = replace(found, **values, edition=edition + 1)
    connection.execute(update(courses).where(courses.c.id == course_id).values(**_row(changed)))
    if changed.retention != found.retention:
        rules = {"old": asdict(found.retention), "new": asdict(changed.retention)}
        note(connection, by, "course_retention_changed", course_id, **rules)
    return changed


def drop_course(connection: Connection, course_id: str) -> None:
    made = select(attempts.c.encounter_id).join(assignments, assignments.c.id == attempts.c.assignment_id)
    if connection.execute(made.where(assignments.c.course_id == course_id).limit(1)).first():
        says = "Somebody has made an attempt in this course, and it would be lost."
        raise Conflict(says, code="has_attempts", mend="Close the course instead.")
    if not connection.execute(delete(courses).where(courses.c.id == course_id)).rowcount:
        raise no_course()


def counts_of(connection: Connection, course_ids: Sequence[str]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {name: {"learner": 0, "staff": 0, "assignments": 0} for name in course_ids}
    people = select(course_people.c.course_id, course_people.c.part, func.count().label("n"))
    people = people.where(course_people.c.course_id.in_(course_ids), in_it())
    for row in connection.execute(people.group_by(course_people.c.course_id, course_people.c.part)):
        found[row.course_id][row.part] = row.n
    made = select(assignments.c.course_id, func.count().label("n")).where(assignments.c.course_id.in_(course_ids))
    for row in connection.execute(made.group_by(assignments.c.course_id)):
        found[row.course_id]["assignments"] = row.n
    return found


def no_course() -> NotFound:
    """For what is somebody else's too."""
    return NotFound("There is no such course.", code="course_not_found", mend="GET /api/courses lists yours.")


def _row(each: Course) -> dict[str, Any]:
    body = {
        "title": each.title, "code": each.code, "groups": each.groups, "retention": asdict(each.retention),
        "edition": each.edition,
    }  # fmt: skip
    return {"id": each.id, "owner": each.owner, "body": to_json(body), "open": each.open, "made_at": each.made_at}


def _course(row: Row[Any]) -> Course:
    body = from_json(row.body)
    return Course(
        row.id, row.owner, body["title"], body["code"], tuple(body["groups"]), Retention(**body["retention"]),
        row.open, body["edition"], row.made_at,
    )  # fmt: skip
