"""Courses, who is in them, what they are asked to do, and which encounters were made for it or shared."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from server.core.roles import Part
from server.store.database import Database
from server.store.tables_of_a_lab import assignments, attempts, course_people, shares


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
        course_people.c.person == person, course_people.c.course_id.in_(course_ids)
    )
    parts = set(connection.execute(query).scalars())
    if "staff" in parts:
        return "staff"
    return "learner" if parts else None
