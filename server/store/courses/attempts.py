"""Attempts: encounters that were made for an assignment, and what became of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from server.core.assigning.attempting import arm_for, why_not
from server.core.assigning.retention import Kept
from server.core.case import Case
from server.core.errors import Conflict
from server.core.events import Opened
from server.store.courses.assignments import Assignment, as_assignment, no_assignment
from server.store.courses.attempt_rows import Attempt, body_of, of_learner, read_attempts, tries_of
from server.store.courses.courses import find_course, part_in
from server.store.encounters.encounters import create_encounter
from server.store.people.course_people import Member, arms_of, find_member, put_member
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import assignments, attempts


@dataclass(frozen=True)
class Wanted:
    """An attempt that somebody wants to begin."""

    assignment_id: str
    learner: str
    case: Case
    opened: Opened
    lot: int
    """A random number, for the arm of a study."""
    equivalent: bool = False
    """`case` is the one that may be taken instead."""


class Attempts:
    """The attempts of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, wanted: Wanted, now: datetime) -> Attempt:
        """A new encounter for an assignment. Raises `Conflict` with the reason why not now, `NotFound`."""
        return await self._database.write(lambda connection: begin(connection, wanted, now))

    async def attempt(self, encounter_id: str) -> tuple[Attempt, Assignment] | None:
        """None for practice, and where there is no such encounter."""
        return await self._database.read(lambda connection: find_attempt(connection, encounter_id))

    async def of_assignment(self, assignment_id: str) -> list[Attempt]:
        """Of everybody, oldest first."""
        return await self._database.read(
            lambda connection: read_attempts(connection, attempts.c.assignment_id == assignment_id)
        )

    async def of_learner(self, learner: str, assignment_ids: Sequence[str]) -> list[Attempt]:
        """Somebody's own at these assignments, oldest first."""
        return await self._database.read(lambda connection: of_learner(connection, learner, assignment_ids))

    async def everyone(self) -> list[tuple[Attempt, Assignment]]:
        """All there are, oldest first."""
        return await self._database.read(everyone)

    async def kept(self) -> list[Kept]:
        """All there are, as `server.core.assigning.retention.due` wants them."""
        return [_kept(attempt, assignment) for attempt, assignment in await self.everyone()]

    async def note_read(self, encounter_id: str, now: datetime) -> None:
        """Its learner has seen their feedback; the first time counts."""
        await self._database.write(lambda connection: note_read(connection, encounter_id, now))

    async def note_opened(self, encounter_id: str, person: str) -> None:
        """Somebody of the staff has opened it to mark it; marks are released only of what was opened."""
        await self._database.write(lambda connection: note_opened(connection, encounter_id, person))


def begin(connection: Connection, wanted: Wanted, now: datetime) -> Attempt:
    """Decided and written as one: of two pages that ask at once, one is told to go on in the other's."""
    assignment, member, course_open = _asked(connection, wanted)
    made = of_learner(connection, wanted.learner, [assignment.id])
    tries = tries_of(assignment.id, member, made)
    code, says = why_not(assignment.terms, tries, now, course_open=course_open, instead=wanted.equivalent)
    if code:
        raise Conflict(says, code=code)
    if wanted.case.digest != (assignment.equivalent if wanted.equivalent else assignment.digest):
        raise Conflict("This assignment has just changed.", code="changed_meanwhile", mend="Open it again.")
    create_encounter(connection, wanted.case, wanted.opened, wanted.learner)
    arm = _arm(connection, assignment, member, wanted.lot)
    attempt = Attempt(
        wanted.opened.encounter_id, assignment.id, wanted.learner, tries.next_number, now, arm=arm,
        equivalent=wanted.equivalent,
    )  # fmt: skip
    _keep(connection, attempt)
    numbers, arms = {**member.made, assignment.id: attempt.number}, {**member.arms, assignment.id: arm}
    put_member(connection, replace(member, made=numbers, arms=arms))
    return attempt


def _asked(connection: Connection, wanted: Wanted) -> tuple[Assignment, Member, bool]:
    """Neither changes before the end of the transaction. Raises `NotFound` for who is no learner there."""
    query = select(assignments).where(assignments.c.id == wanted.assignment_id)
    row = connection.execute(query.with_for_update(read=True)).first()
    if row is None:
        raise no_assignment()
    found = as_assignment(row)
    member = find_member(connection, found.course_id, wanted.learner, lock=True)
    if member is None or member.part != "learner":
        raise no_assignment()
    course = find_course(connection, found.course_id)
    return found, member, course is not None and course.open


def _arm(connection: Connection, assignment: Assignment, member: Member, lot: int) -> str:
    """Somebody stays in the arm that they were drawn into."""
    study = assignment.terms.study
    if study is None:
        return ""
    if assignment.id in member.arms:
        return member.arms[assignment.id]
    return arm_for(study.arms, arms_of(connection, assignment.course_id, assignment.id), lot)


def _keep(connection: Connection, attempt: Attempt) -> None:
    row = {
        "encounter_id": attempt.encounter_id, "assignment_id": attempt.assignment_id, "learner": attempt.learner,
        "number": attempt.number, "body": body_of(attempt), "released_at": None, "held": False,
        "made_at": attempt.made_at,
    }  # fmt: skip
    connection.execute(insert(attempts), row)


def find_attempt(connection: Connection, encounter_id: str) -> tuple[Attempt, Assignment] | None:
    found = read_attempts(connection, attempts.c.encounter_id == encounter_id)
    if not found:
        return None
    row = connection.execute(select(assignments).where(assignments.c.id == found[0].assignment_id)).one()
    return found[0], as_assignment(row)


def everyone(connection: Connection) -> list[tuple[Attempt, Assignment]]:
    known = {row.id: as_assignment(row) for row in connection.execute(select(assignments))}
    return [(each, known[each.assignment_id]) for each in read_attempts(connection)]


def _kept(attempt: Attempt, assignment: Assignment) -> Kept:
    return Kept(
        attempt.encounter_id, assignment.terms, assignment.kept, attempt.stand, attempt.read_at, attempt.held,
        attempt.held_until, attempt.appealed,
    )  # fmt: skip


def put_attempt(connection: Connection, changed: Attempt) -> None:
    """What the staff and the clock may change of it."""
    values: dict[str, Any] = {
        "body": body_of(changed), "released_at": changed.released_at, "held": changed.held,
    }  # fmt: skip
    connection.execute(update(attempts).where(attempts.c.encounter_id == changed.encounter_id).values(**values))


def locked(connection: Connection, encounter_id: str) -> Attempt | None:
    """As it is; nobody else changes it before this transaction ends."""
    one = attempts.c.encounter_id == encounter_id
    connection.execute(select(attempts.c.encounter_id).where(one).with_for_update())
    return next(iter(read_attempts(connection, one)), None)


def note_read(connection: Connection, encounter_id: str, now: datetime) -> None:
    found = locked(connection, encounter_id)
    if found is not None and found.read_at is None:
        put_attempt(connection, replace(found, read_at=now))


def note_opened(connection: Connection, encounter_id: str, person: str) -> None:
    found = locked(connection, encounter_id)
    if found is not None and person not in found.opened:
        put_attempt(connection, replace(found, opened=(*found.opened, person)))


def staff_of(connection: Connection, course_id: str, person: str) -> bool:
    """Whether somebody is on the staff of a course now."""
    return part_in(connection, person, (course_id,)) == "staff"
