"""What graders have before them: attempts and shared practice of their courses, with all that a queue is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, literal, null, or_, select

from server.core.assigning.terms import Terms, terms_from
from server.core.errors import StoreError
from server.store.audit import READ
from server.store.marking.marks import KeptStep, kept_steps
from server.store.sql.database import Database
from server.store.sql.tables import cases, encounters, events, marks, scorecards
from server.store.sql.tables_of_a_lab import assignments, attempts, audit, course_people, courses, shares
from server.store.sql.texts import from_json

LOCAL = "local"
"""Who owns the encounters of an installation that one person has to themselves."""
AT_A_TIME = 500
"""Ids in one question to the database."""


@dataclass(frozen=True)
class Policy:
    """How the attempts of an assignment are marked. As it is here for what was made for none."""

    draft_shown: bool = False
    """Markers see the draft before their own marks are in."""
    sheets: int = 1
    """How many people mark each."""
    overall: bool = False
    """A global rating is asked for."""
    names_hidden: bool = False
    """Markers do not learn whose it is."""


NO_POLICY = Policy()


def policy_by(terms: Terms) -> Policy:
    """An assignment that counts hides whose attempts they are from those who mark; any other may."""
    hidden = terms.names_hidden or terms.kind == "summative"
    return Policy(terms.draft == "shown", 2 if terms.second_marking else 1, True, hidden)


@dataclass(frozen=True)
class Waiting:
    """One encounter that staff may mark."""

    encounter_id: str
    course_id: str
    course: str
    """Its title."""
    assignment_id: str
    """Empty: practice that its learner shared."""
    terms: Terms | None
    """Of the assignment; None: there is none."""
    learner: str
    number: int
    """Of the attempt, from 1."""
    made_at: datetime
    released_at: datetime | None
    case_id: str
    case_version: str
    case_digest: str
    ended: str

    @property
    def due_at(self) -> datetime | None:
        """When its marks are to be released; None: no date is set."""
        return self.terms.releases_at if self.terms and self.terms.release == "date" else None

    @property
    def policy(self) -> Policy:
        return policy_by(self.terms) if self.terms else NO_POLICY

    @property
    def title(self) -> str:
        """Of the assignment; empty: there is none."""
        return self.terms.title if self.terms else ""


@dataclass(frozen=True)
class About:
    """What has become of one encounter."""

    steps: Sequence[KeptStep] = ()
    draft: Mapping[str, Any] | None = None
    signed: Mapping[str, Any] | None = None
    """Scorecards: the newest draft, and the last one that was signed."""
    self_rating: Mapping[str, int] | None = None
    unreadable: bool = False
    """Another version of Bedside wrote its marks; `steps` is empty then."""


class Grading:
    """Questions of graders. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def policy(self, encounter_id: str) -> Policy:
        """How this encounter is marked."""
        return await self._database.read(lambda connection: policy_of(connection, encounter_id))

    async def waiting(self, person: str, course_id: str = "", assignment_id: str = "") -> list[Waiting]:
        """All of the courses on whose staff they are, or of one of them, or of one assignment; oldest first."""
        return await self._database.read(lambda connection: waiting(connection, person, course_id, assignment_id))

    async def going_on(self, person: str) -> list[Waiting]:
        """Of all courses on whose staff they are, what has not ended; oldest first."""
        return await self._database.read(lambda connection: going_on(connection, person))

    async def numbers(self, assignment_ids: Iterable[str]) -> dict[tuple[str, str], int]:
        """By assignment and learner, in the order in which learners first began: numbers in place of names."""
        wanted = sorted(set(assignment_ids))
        return await self._database.read(lambda connection: numbers(connection, wanted))

    async def about(self, encounter_ids: Iterable[str]) -> dict[str, About]:
        """By id; every one of them is there."""
        wanted = sorted(set(encounter_ids))
        return await self._database.read(lambda connection: about(connection, wanted))

    async def leads(self, person: str, course_ids: Iterable[str]) -> bool:
        """Whether all of these courses are theirs; False for none."""
        wanted = sorted(set(course_ids))
        return await self._database.read(lambda connection: leads(connection, person, wanted))

    async def marked_by_two(self) -> dict[str, str]:
        """Whose it is, by id, of every encounter that two people or more have marked: attempts, shared practice, and
        those of the owner of the installation.
        """
        return await self._database.read(marked_by_two)

    async def opened(self, person: str, encounter_ids: Iterable[str]) -> dict[str, datetime]:
        """When this person last opened each of these transcripts, as the audit has it."""
        wanted = sorted(set(encounter_ids))
        return await self._database.read(lambda connection: opened(connection, person, wanted))


def policy_of(connection: Connection, encounter_id: str) -> Policy:
    query = select(assignments.c.body).join(attempts, attempts.c.assignment_id == assignments.c.id)
    body = connection.execute(query.where(attempts.c.encounter_id == encounter_id)).scalar_one_or_none()
    return NO_POLICY if body is None else policy_by(terms_from(from_json(body)["terms"]))


def waiting(connection: Connection, person: str, course_id: str, assignment_id: str) -> list[Waiting]:
    made, shared = _of_staff(person)
    if course_id:
        made, shared = made.where(courses.c.id == course_id), shared.where(courses.c.id == course_id)
    found = list(connection.execute(made.where(assignments.c.id == assignment_id) if assignment_id else made))
    found += [] if assignment_id else list(connection.execute(shared))
    return sorted(map(_waiting, found), key=lambda each: (each.made_at, each.encounter_id))


def going_on(connection: Connection, person: str) -> list[Waiting]:
    found = [row for query in _of_staff(person) for row in connection.execute(query.where(encounters.c.ended == ""))]
    return sorted(map(_waiting, found), key=lambda each: (each.made_at, each.encounter_id))


def _of_staff(person: str) -> tuple[Select[Any], Select[Any]]:
    """Attempts, and shared practice."""
    mine = select(course_people.c.course_id).where(course_people.c.person == person, course_people.c.part == "staff")
    return _made().where(courses.c.id.in_(mine)), _shared().where(courses.c.id.in_(mine))


def _made() -> Select[Any]:
    return (
        select(
            attempts.c.encounter_id, courses.c.id.label("course_id"), courses.c.body.label("course"),
            assignments.c.id.label("assignment_id"), assignments.c.body.label("assignment"), attempts.c.learner,
            attempts.c.number, attempts.c.made_at, attempts.c.released_at, cases.c.case_id, cases.c.version,
            cases.c.digest, encounters.c.ended,
        )
        .join(assignments, assignments.c.id == attempts.c.assignment_id)
        .join(courses, courses.c.id == assignments.c.course_id)
        .join(encounters, encounters.c.id == attempts.c.encounter_id)
        .join(cases, cases.c.digest == encounters.c.case_digest)
    )  # fmt: skip


def _shared() -> Select[Any]:
    return (
        select(
            shares.c.encounter_id, courses.c.id.label("course_id"), courses.c.body.label("course"),
            literal("").label("assignment_id"), literal("{}").label("assignment"),
            encounters.c.owner.label("learner"), literal(1).label("number"), shares.c.shared_at.label("made_at"),
            null().label("released_at"), cases.c.case_id, cases.c.version, cases.c.digest, encounters.c.ended,
        )
        .join(courses, courses.c.id == shares.c.course_id)
        .join(encounters, encounters.c.id == shares.c.encounter_id)
        .join(cases, cases.c.digest == encounters.c.case_digest)
    )  # fmt: skip


def _waiting(row: Row[Any]) -> Waiting:
    title, body = str(from_json(row.course).get("title", "")), from_json(row.assignment)
    terms = terms_from(body["terms"]) if body else None
    return Waiting(
        row.encounter_id, row.course_id, title, row.assignment_id, terms, row.learner, row.number, row.made_at,
        row.released_at, row.case_id, row.version, row.digest, row.ended,
    )  # fmt: skip


def numbers(connection: Connection, wanted: Sequence[str]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    last: dict[str, int] = {}
    query = select(attempts.c.assignment_id, attempts.c.learner).order_by(attempts.c.made_at, attempts.c.encounter_id)
    for row in connection.execute(query.where(attempts.c.assignment_id.in_(wanted))):
        if (row.assignment_id, row.learner) not in found:
            last[row.assignment_id] = last.get(row.assignment_id, 0) + 1
            found[row.assignment_id, row.learner] = last[row.assignment_id]
    return found


def about(connection: Connection, wanted: Sequence[str]) -> dict[str, About]:
    steps, cards = _steps(connection, wanted), _cards(connection, wanted)
    ratings = _self_ratings(connection, wanted)
    return {
        each: About(
            steps.get(each, []) or (), cards.get((each, "draft")), cards.get((each, "signed")), ratings.get(each),
            steps.get(each, []) is None,
        )
        for each in wanted
    }  # fmt: skip


def _some(wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    return (wanted[at : at + AT_A_TIME] for at in range(0, len(wanted), AT_A_TIME))


def _steps(connection: Connection, wanted: Sequence[str]) -> dict[str, list[KeptStep] | None]:
    found: dict[str, list[Row[Any]]] = {}
    for ids in _some(wanted):
        for row in connection.execute(select(marks).where(marks.c.encounter_id.in_(ids)).order_by(marks.c.id)):
            found.setdefault(row.encounter_id, []).append(row)
    return {each: _readable(rows) for each, rows in found.items()}


def _readable(rows: Sequence[Row[Any]]) -> list[KeptStep] | None:
    """None where another version wrote them: one such encounter must not hide all the others."""
    try:
        return kept_steps(rows)
    except StoreError:
        return None


def _cards(connection: Connection, wanted: Sequence[str]) -> dict[tuple[str, str], Mapping[str, Any]]:
    """The newest scorecard of each status, of each encounter."""
    found: dict[tuple[str, str], Mapping[str, Any]] = {}
    newest = select(func.max(scorecards.c.id)).group_by(scorecards.c.encounter_id, scorecards.c.status)
    for ids in _some(wanted):
        last = newest.where(scorecards.c.encounter_id.in_(ids)).scalar_subquery()
        for row in connection.execute(select(scorecards).where(scorecards.c.id.in_(last))):
            found[row.encounter_id, row.status] = from_json(row.body)
    return found


def _self_ratings(connection: Connection, wanted: Sequence[str]) -> dict[str, Mapping[str, int]]:
    found: dict[str, Mapping[str, int]] = {}
    query = select(events.c.encounter_id, events.c.body).where(events.c.kind == "Reflected")
    for ids in _some(wanted):
        for row in connection.execute(query.where(events.c.encounter_id.in_(ids))):
            found[row.encounter_id] = from_json(row.body).get("self_rating", {})
    return found


def leads(connection: Connection, person: str, wanted: Sequence[str]) -> bool:
    owners = set(connection.execute(select(courses.c.owner).where(courses.c.id.in_(wanted))).scalars())
    return owners == {person}


def marked_by_two(connection: Connection) -> dict[str, str]:
    closed = select(marks.c.encounter_id).where(marks.c.kind == "sheet_closed").group_by(marks.c.encounter_id)
    two = closed.having(func.count(marks.c.author.distinct()) > 1)
    of_courses = [encounters.c.id.in_(select(each.c.encounter_id)) for each in (attempts, shares)]
    query = select(encounters.c.id, encounters.c.owner).where(encounters.c.id.in_(two))
    query = query.where(or_(encounters.c.owner == LOCAL, *of_courses)).order_by(encounters.c.id)
    return {row.id: row.owner for row in connection.execute(query)}


def opened(connection: Connection, person: str, wanted: Sequence[str]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    query = select(audit.c.subject, func.max(audit.c.at).label("at")).group_by(audit.c.subject)
    for ids in _some(wanted):
        mine = query.where(audit.c.actor == person, audit.c.action == READ, audit.c.subject.in_(ids))
        found |= {row.subject: row.at for row in connection.execute(mine)}
    return found
