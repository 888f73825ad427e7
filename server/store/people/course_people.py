"""Who is in a course: as what, in which group, and with which accommodations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from server.core.errors import Conflict, NotFound
from server.core.roles import TEACHERS, Part
from server.store.audit import note
from server.store.people.accounts import ACCOUNT, find_several
from server.store.sql.clock import utc_now
from server.store.sql.tables_of_a_lab import course_people
from server.store.sql.texts import from_json, to_json

LEFT = "left"
"""In the row of somebody who was taken out: what they made counts again should they come back. For every other reader
they are not in the course.
"""


@dataclass(frozen=True)
class Member:
    """Somebody in a course."""

    course_id: str
    person: str
    """An account's id, or the owner of the installation."""
    part: Part
    group: str = ""
    time_percent: int | None = None
    """Time accommodation in this course; None: as their account has it."""
    text_mode: bool = False
    """They type instead of speaking, and are not asked each time."""
    extra_attempts: int = 0
    """At each assignment."""
    may_show: bool = False
    """They agreed that moments of theirs are shown to the course without their name."""
    made: dict[str, int] = field(default_factory=dict)
    """By assignment, the number of the last attempt that they made, erased ones included."""
    stopped: dict[str, int] = field(default_factory=dict)
    """By assignment, how many of the attempts that were erased were the set case, and stopped."""
    arms: dict[str, str] = field(default_factory=dict)
    """By assignment, the arm of its study that they were drawn into."""
    added_at: datetime = field(default_factory=utc_now)


def _one(course_id: str, person: str) -> Any:
    return (course_people.c.course_id == course_id) & (course_people.c.person == person)


def in_it() -> ColumnElement[bool]:
    """Of rows of people: they did not leave."""
    return course_people.c.part != LEFT


def members_of(connection: Connection, course_id: str) -> list[Member]:
    query = select(course_people).where(course_people.c.course_id == course_id, in_it())
    return [_member(row) for row in connection.execute(query.order_by(course_people.c.person))]


def arms_of(connection: Connection, course_id: str, assignment_id: str) -> list[str]:
    """Into which arms learners were drawn, those who left included: they come back into theirs."""
    rows = connection.execute(select(course_people).where(course_people.c.course_id == course_id))
    return [arm for row in rows if (arm := _member(row).arms.get(assignment_id))]


def find_member(connection: Connection, course_id: str, person: str, *, lock: bool = False) -> Member | None:
    """With `lock`, nobody else changes it before this transaction ends."""
    found = _row_of(connection, course_id, person, lock=lock)
    return None if found is None or found.part == LEFT else _member(found)


def _row_of(connection: Connection, course_id: str, person: str, *, lock: bool = False) -> Row[Any] | None:
    query = select(course_people).where(_one(course_id, person))
    return connection.execute(query.with_for_update() if lock else query).first()


def add_members(connection: Connection, made: Sequence[Member], by: str) -> None:
    for each in made:
        before = _row_of(connection, each.course_id, each.person)
        if before is None:
            connection.execute(insert(course_people), _row(each))
        elif before.part == LEFT:
            kept = _member(before)
            put_member(connection, replace(each, made=kept.made, stopped=kept.stopped, arms=kept.arms))
        else:
            continue
        if each.part == "staff":
            note(connection, by, "course_staff_added", each.course_id, person=each.person)


def change_member(connection: Connection, course_id: str, person: str, by: str, values: dict[str, Any]) -> Member:
    found = _found(connection, course_id, person)
    changed = replace(found, **values)
    if found.part == "staff" != changed.part:
        _leave_somebody(connection, course_id, person)
    put_member(connection, changed)
    if found.part != changed.part:
        note(connection, by, "course_part_changed", course_id, person=person, old=found.part, new=changed.part)
    return changed


def put_member(connection: Connection, member: Member) -> None:
    """In place of what stands there."""
    connection.execute(update(course_people).where(_one(member.course_id, member.person)).values(**_row(member)))


def drop_member(connection: Connection, course_id: str, person: str, by: str) -> None:
    found = _found(connection, course_id, person)
    if found.part == "staff":
        _leave_somebody(connection, course_id, person)
    if found.made or found.arms:
        kept = _row(Member(course_id, person, found.part, made=found.made, stopped=found.stopped, arms=found.arms))
        connection.execute(update(course_people).where(_one(course_id, person)).values(**kept | {"part": LEFT}))
    else:
        connection.execute(delete(course_people).where(_one(course_id, person)))
    note(connection, by, "course_left", course_id, person=person, part=found.part)


def _found(connection: Connection, course_id: str, person: str) -> Member:
    found = find_member(connection, course_id, person, lock=True)
    if found is None:
        raise NotFound("Nobody of that name is in this course.", code="person_not_found")
    return found


def _leave_somebody(connection: Connection, course_id: str, person: str) -> None:
    """Whoever stays on the staff can open the course: their account is open, and they have a role that teaches."""
    staff = (course_people.c.course_id == course_id) & (course_people.c.part == "staff")
    others = select(course_people.c.person).where(staff, course_people.c.person != person)
    stay = connection.execute(others).scalars().all()
    owner = any(not each.startswith(ACCOUNT) for each in stay)
    accounts = find_several(connection, stay).values()
    if not owner and not any(each.active and {*each.roles} & {*TEACHERS} for each in accounts):
        says = "A course has somebody on its staff who can open it, and this is the last."
        mend = "Add somebody else to the staff first: an educator or faculty, whose account is open."
        raise Conflict(says, code="last_of_the_staff", mend=mend)


def _row(each: Member) -> dict[str, Any]:
    body = {
        "group": each.group, "time_percent": each.time_percent, "text_mode": each.text_mode,
        "extra_attempts": each.extra_attempts, "may_show": each.may_show, "made": each.made, "arms": each.arms,
        "stopped": each.stopped,
    }  # fmt: skip
    head = {"course_id": each.course_id, "person": each.person, "part": each.part, "added_at": each.added_at}
    return head | {"body": to_json(body)}


def _member(row: Row[Any]) -> Member:
    return Member(row.course_id, row.person, row.part, **from_json(row.body), added_at=row.added_at)
