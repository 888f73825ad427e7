"""One attempt as it stands: its row, and what its encounter's log, scorecards and marks say of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select

from server.core.assigning.attempting import Tried, Tries
from server.core.assigning.opening import Stand
from server.store.people.course_people import Member
from server.store.sql.tables import encounters, events, marks, scorecards
from server.store.sql.tables_of_a_lab import attempts
from server.store.sql.texts import from_json, to_json


@dataclass(frozen=True)
class Attempt:
    """One attempt."""

    encounter_id: str
    assignment_id: str
    learner: str
    number: int
    """1 for the first."""
    made_at: datetime
    released_at: datetime | None = None
    """By hand."""
    held: bool = False
    held_until: datetime | None = None
    """None: until the hold is lifted."""
    held_why: str = ""
    equivalent: bool = False
    """The equivalent case was taken instead."""
    arm: str = ""
    """Of a study; empty where there is none."""
    given_at: datetime | None = None
    """When staff gave feedback that its arm withheld."""
    read_at: datetime | None = None
    """When its learner first saw feedback."""
    opened: tuple[str, ...] = ()
    """Staff who opened it to mark it."""
    began: bool = False
    """Its learner went in."""
    ended: str = ""
    """Why it ended; empty while it has not."""
    ended_at: datetime | None = None
    reflected: bool = False
    """Its learner's own words are in."""
    signed_at: datetime | None = None
    """First signed."""
    appealed: bool = False
    """An appeal waits for an answer."""

    @property
    def stand(self) -> Stand:
        """What decides whether its learner sees marks."""
        return Stand(self.ended_at, self.signed_at, self.released_at, self.arm, self.given_at)

    @property
    def phase(self) -> str:
        """prebrief, encounter, reflection or done, as far as the database alone can tell."""
        if not self.ended:
            return "encounter" if self.began else "prebrief"
        return "done" if self.reflected or self.ended == "stop" or not self.began else "reflection"

    @property
    def tried(self) -> Tried:
        """What counts of it."""
        return Tried(self.encounter_id, self.number, self.began, self.ended, self.equivalent)


def _of_log(kind: str) -> Any:
    """When the log was given its first event of this kind; null: it has none."""
    query = select(func.min(events.c.stored_at)).where(events.c.encounter_id == attempts.c.encounter_id)
    return query.where(events.c.kind == kind).correlate(attempts).scalar_subquery()


def _marks(kind: str) -> Any:
    """How many steps of this kind the marking has."""
    query = select(func.count()).select_from(marks).where(marks.c.encounter_id == attempts.c.encounter_id)
    return query.where(marks.c.kind == kind).correlate(attempts).scalar_subquery()


_SIGNED = select(func.min(scorecards.c.created_at)).where(
    scorecards.c.encounter_id == attempts.c.encounter_id, scorecards.c.status == "signed"
)
_ALL = select(
    attempts,
    encounters.c.ended,
    _of_log("Entered").label("began_at"),
    _of_log("Ended").label("ended_at"),
    _of_log("Reflected").label("reflected_at"),
    _SIGNED.correlate(attempts).scalar_subquery().label("signed_at"),
    (_marks("appealed") - _marks("appeal_answered")).label("appeals"),
).join(encounters, encounters.c.id == attempts.c.encounter_id)


def read_attempts(connection: Connection, *which: ColumnElement[bool]) -> list[Attempt]:
    """Those for which all of `which` holds, oldest first."""
    query = _ALL.where(*which).order_by(attempts.c.made_at, attempts.c.number, attempts.c.encounter_id)
    return [_attempt(row) for row in connection.execute(query)]


def of_learner(connection: Connection, learner: str, assignment_ids: Sequence[str]) -> list[Attempt]:
    """Somebody's own at these assignments, oldest first."""
    return read_attempts(connection, attempts.c.learner == learner, attempts.c.assignment_id.in_(assignment_ids))


def tries_of(assignment_id: str, member: Member, made: Sequence[Attempt]) -> Tries:
    """What decides whether they may try again."""
    tried = tuple(each.tried for each in made if each.assignment_id == assignment_id)
    last, stopped = member.made.get(assignment_id, 0), member.stopped.get(assignment_id, 0)
    return Tries(tried, last, member.extra_attempts, stopped)


def body_of(attempt: Attempt) -> str:
    """What has no column of its own, as JSON."""
    body = {
        "arm": attempt.arm, "given_at": _iso(attempt.given_at), "read_at": _iso(attempt.read_at),
        "opened": attempt.opened, "held_until": _iso(attempt.held_until), "held_why": attempt.held_why,
        "equivalent": attempt.equivalent,
    }  # fmt: skip
    return to_json(body)


def _iso(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _at(iso: str) -> datetime | None:
    return datetime.fromisoformat(iso) if iso else None


def _ended(row: Row[Any]) -> str:
    """Its end is in the log before it is noted beside it."""
    return row.ended or ("unknown" if row.ended_at else "")


def _attempt(row: Row[Any]) -> Attempt:
    body = from_json(row.body)
    return Attempt(
        encounter_id=row.encounter_id, assignment_id=row.assignment_id, learner=row.learner, number=row.number,
        made_at=row.made_at, released_at=row.released_at, held=row.held, held_until=_at(body["held_until"]),
        held_why=body["held_why"], equivalent=body.get("equivalent", False), arm=body["arm"],
        given_at=_at(body["given_at"]), read_at=_at(body["read_at"]),
        opened=tuple(body["opened"]), began=row.began_at is not None, ended=_ended(row), ended_at=row.ended_at,
        reflected=row.reflected_at is not None, signed_at=row.signed_at, appealed=row.appeals > 0,
    )  # fmt: skip
