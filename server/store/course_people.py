"""Who is in a course: as what, in which group, and with which accommodations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from server.core.errors import Conflict, NotFound
from server.core.roles import Part
from server.store.audit import note
from server.store.clock import utc_now
from server.store.tables_of_a_lab import course_people
from server.store.texts import from_json, to_json


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
    arms: dict[str, str] = field(default_factory=dict)
    """By assignment, the arm of its study that they were drawn into."""
    added_at: datetime = field(default_factory=utc_now)


def _one(course_id: str, person: str) -> Any:
    return (course_people.c.course_id == course_id) & (course_people.c.person == person)


def members_of(connection: Connection, course_id: str) -> list[Member]:
    query = select(course_people).where(course_people.c.course_id == course_id).order_by(course_people.c.person)
    return [_member(row) for row in connection.execute(query)]


def find_member(connection: Connection, course_id: str, person: str, *, lock: bool = False) -> Member | None:
    """With `lock`, nobody else changes it before this transaction ends."""
    query = select(course_people).where(_one(course_id, person))
    row = connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else _member(row)


def add_members(connection: Connection, made: Sequence[Member], by: str) -> None:
    for each in made:
        if find_member(connection, each.course_id, each.person) is None:
            connection.execute(insert(course_people), _row(each))
            if each.part == "staff":
                note(connection, by, "course_staff_added", each.course_id, person=each.person)


def change_member(connection: Connection, course_id: str, person: str, by: str, values: dict[str, Any]) -> Member:
    found = _found(connection, course_id, person)
    changed = replace(found, **values)
    if found.part == "staff" != changed.part:
        _leave_somebody(connection, course_id)
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
        _leave_somebody(connection, course_id)
    connection.execute(delete(course_people).where(_one(course_id, person)))
    note(connection, by, "course_left", course_id, person=person, part=found.part)


def _found(connection: Connection, course_id: str, person: str) -> Member:
    found = find_member(connection, course_id, person, lock=True)
    if found is None:
        raise NotFound("Nobody of that name is in this course.", code="person_not_found")
    return found


def _leave_somebody(connection: Connection, course_id: str) -> None:
    staff = (course_people.c.course_id == course_id) & (course_people.c.part == "staff")
    if connection.execute(select(func.count()).select_from(course_people).where(staff)).scalar_one() < 2:
        says = "A course has somebody on its staff, and this is the last."
        raise Conflict(says, code="last_of_the_staff", mend="Add somebody else to the staff first.")


def _row(each: Member) -> dict[str, Any]:
    body = {
        "group": each.group, "time_percent": each.time_percent, "text_mode": each.text_mode,
        "extra_attempts": each.extra_attempts, "may_show": each.may_show, "made": each.made, "arms": each.arms,
    }  # fmt: skip
    head = {"course_id": each.course_id, "person": each.person, "part": each.part, "added_at": each.added_at}
    return head | {"body": to_json(body)}


def _member(row: Row[Any]) -> Member:
    return Member(row.course_id, row.person, row.part, **from_json(row.body), added_at=row.added_at)
