"""What the staff of a course do about attempts: release marks, give what a study owed, put on hold. All or nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from server.core.assigning.terms import withheld
from server.core.errors import Conflict, NotFound
from server.core.marking.marking import Marking, fold
from server.store.audit import note
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt
from server.store.courses.attempts import find_attempt, locked, put_attempt, staff_of
from server.store.encounters.markers import MARKER
from server.store.marking.marks import steps_of
from server.store.people.accounts import ACCOUNT
from server.store.sql.database import Database

WhyNot = Callable[[Connection, Attempt, Assignment], str]
OWN = "is your own"


class StaffSteps:
    """Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def release(self, assignment: Assignment, ids: Sequence[str], by: str, now: datetime) -> list[Attempt]:
        """Marks that were each opened and signed. Raises `Conflict` that names each that cannot be, and why."""
        return await self._database.write(lambda connection: release(connection, assignment, ids, by, now))

    async def give(self, assignment: Assignment, ids: Sequence[str], by: str, now: datetime) -> list[Attempt]:
        """Feedback that an arm withheld. Raises `Conflict` likewise."""
        return await self._database.write(lambda connection: give(connection, assignment, ids, by, now))

    async def hold(self, encounter_id: str, by: str, held: bool, until: datetime | None, why: str) -> Attempt:
        """Or lift the hold. Raises `NotFound` for what is no attempt."""
        return await self._database.write(lambda connection: hold(connection, encounter_id, by, held, until, why))


def release(
    connection: Connection, assignment: Assignment, ids: Sequence[str], by: str, now: datetime
) -> list[Attempt]:
    found = _each(connection, assignment, ids, by, _why_not_released)
    changed = [replace(each, released_at=each.released_at or now) for each in found]
    for each in changed:
        put_attempt(connection, each)
        note(connection, by, "marks_released", each.encounter_id, assignment=assignment.id)
    return changed


def give(connection: Connection, assignment: Assignment, ids: Sequence[str], by: str, now: datetime) -> list[Attempt]:
    found = _each(connection, assignment, ids, by, _why_not_given)
    changed = [replace(each, given_at=each.given_at or now) for each in found]
    for each in changed:
        put_attempt(connection, each)
        note(connection, by, "feedback_given", each.encounter_id, assignment=assignment.id)
    return changed


def _each(
    connection: Connection, assignment: Assignment, ids: Sequence[str], by: str, why_not: WhyNot
) -> list[Attempt]:
    """All of them, or a refusal that names every one that stands in the way."""
    found = {name: locked(connection, name) for name in sorted(set(ids))}
    ours = {name: each for name, each in found.items() if each and each.assignment_id == assignment.id}
    wrong = dict.fromkeys(set(found) - set(ours), "is no attempt at this assignment")
    wrong |= {name: why for name, each in ours.items() if (why := why_not(connection, each, assignment))}
    wrong |= {name: OWN for name, each in ours.items() if by.startswith(ACCOUNT) and each.learner == by}
    if wrong:
        listed = "; ".join(f"{name} {why}" for name, why in sorted(wrong.items()))
        mend = "Take these out, or see to them first."
        raise Conflict(f"Nothing was done: {listed}.", code="cannot_release", field="encounter_ids", mend=mend)
    return list(ours.values())


def _why_not_released(connection: Connection, attempt: Attempt, assignment: Assignment) -> str:
    steps = steps_of(connection, attempt.encounter_id)
    authors = {*attempt.opened, *(each.made.author for each in steps)}
    if not any(staff_of(connection, assignment.course_id, author) for author in authors):
        return "was never opened by staff of the course"
    guests = MARKER if attempt.learner.startswith(ACCOUNT) else None
    return _why_not_signed(fold(each.made for each in steps), assignment.terms.second_marking, guests)


def _why_not_signed(marking: Marking, twice: bool, guests: str | None) -> str:
    """`guests`: how authors begin whose second marks do not count; None where one is everybody."""
    if marking.record is None:
        return "is not signed"
    if marking.open or marking.unanswered:
        return "is signed, and was opened again since"
    closed = [author for author, sheet in marking.sheets.items() if sheet.closed and not _is_guest(author, guests)]
    if twice and len(closed) < 2:
        return "has one marker of the staff, and this assignment asks for two"
    return ""


def _is_guest(author: str, guests: str | None) -> bool:
    return guests is not None and author.startswith(guests)


def _why_not_given(_: Connection, attempt: Attempt, __: Assignment) -> str:
    if not withheld(attempt.arm):
        return "is in no arm that withholds feedback"
    return "" if attempt.ended_at else "is still going on"


def hold(connection: Connection, encounter_id: str, by: str, held: bool, until: datetime | None, why: str) -> Attempt:
    if find_attempt(connection, encounter_id) is None:
        raise NotFound("This encounter was made for no assignment.", code="not_assigned")
    found = locked(connection, encounter_id)
    assert found is not None  # noqa: S101 - it was there a moment ago, in this transaction
    changed = replace(found, held=held, held_until=until if held else None, held_why=why if held else "")
    put_attempt(connection, changed)
    note(connection, by, "hold_set" if held else "hold_lifted", encounter_id, until=until.isoformat() if until else "")
    return changed
