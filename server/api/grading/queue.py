"""GET /api/grading/queue: what the staff of a course has to mark, with what they should know beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query

from server.api.access import Someone
from server.api.grading.flags import STATES, State, flags_of, state_of
from server.api.marking.views import by_faculty, sheets_needed, under
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tickets import LOCAL
from server.assess.signing import marking_of
from server.core.marking.marking import Marking
from server.store.marking.grading import About, Waiting

router = APIRouter(prefix="/api/grading", tags=["grading"], responses=responses(401, 403))
Id = Annotated[str, Query(max_length=200)]
SHARED = "Shared practice"


class FlagOfRow(Answer):
    """Something to know before it is opened."""

    code: str
    says: str


class QueueRow(Answer):
    """One encounter."""

    encounter_id: str
    course_id: str
    course: str
    assignment_id: str
    """Empty: practice that its learner shared."""
    assignment: str
    case: str
    learner: str
    """Their name, or `Learner 3` where the assignment hides names from those who mark."""
    names_hidden: bool
    number: int
    """Of the attempt."""
    made_at: str
    due_at: str | None
    """When its marks are to be released; None: no date is set."""
    state: State
    state_words: str
    mine: str
    """Your sheet: none, open or closed."""
    markers: int
    """How many people have begun."""
    sheets_needed: int
    flags: list[FlagOfRow]
    opened_at: str | None
    """When you last opened it."""
    signed_by: str
    signed_at: str | None
    released_at: str | None


class GradingQueue(Answer):
    """All of it; the page filters and sorts."""

    rows: list[QueueRow]
    """Due first, then those with most flags, then oldest."""
    signed: int
    to_sign: int
    """Of those that can be marked, how many are signed, and how many there are."""


@dataclass(frozen=True)
class Seen:
    """One encounter as one grader may know it."""

    waiting: Waiting
    about: About
    marking: Marking
    state: State
    sees_draft: bool


@router.get("/queue")
async def read_queue(given: Given, person: Someone, course: Id = "", assignment: Id = "") -> GradingQueue:
    """Of all your courses, of one, or of one assignment. What is none of yours is empty."""
    every = of_others(await given.store.grading.waiting(person.id, course, assignment), person.id)
    found = await seen_by(given, person.id, every)
    names = await names_of(given, every)
    opened = await given.store.grading.opened(person.id, [each.encounter_id for each in every])
    rows = [_row(given, each, person.id, names) for each in found]
    rows = [row.model_copy(update={"opened_at": _iso(opened.get(row.encounter_id))}) for row in rows]
    marked = [row for row in rows if row.state not in ("running", "not_scored")]
    rows.sort(key=lambda row: (row.due_at or "9", -len(row.flags), row.made_at))
    return GradingQueue(rows=rows, signed=sum(row.state == "signed" for row in marked), to_sign=len(marked))


def of_others(every: Iterable[Waiting], person_id: str) -> list[Waiting]:
    """Nobody grades what is their own, or is told of its marks here; one person who is everybody does."""
    return [each for each in every if person_id == LOCAL or each.learner != person_id]


async def seen_by(given: Services, person_id: str, every: Sequence[Waiting]) -> list[Seen]:
    """What this grader may know of each."""
    found = await given.store.grading.about(each.encounter_id for each in every)
    return [_seen(each, found[each.encounter_id], person_id) for each in every]


def _seen(waiting: Waiting, about: About, person_id: str) -> Seen:
    marking = by_faculty(under(marking_of(about.steps), waiting.policy), waiting.learner)
    needed = sheets_needed(marking, waiting.policy, waiting.learner)
    state = state_of(waiting.ended, about, marking, needed)
    reads = marking.record is not None and person_id not in marking.sheets
    sees = reads or marking.draft_shown or marking.sheet(person_id).closed
    return Seen(waiting, about, marking, state, sees)


async def names_of(given: Services, every: Iterable[Waiting]) -> dict[str, str]:
    """By encounter: a name, or a number that stays theirs throughout an assignment whose names are hidden."""
    rows = list(every)
    accounts = await given.store.people.several(each.learner for each in rows)
    numbers = await given.store.grading.numbers({each.assignment_id for each in rows if each.policy.names_hidden})
    named = {name: account.name for name, account in accounts.items()}
    return {each.encounter_id: _name(each, named, numbers) for each in rows}


def _name(each: Waiting, named: Mapping[str, str], numbers: Mapping[tuple[str, str], int]) -> str:
    if each.policy.names_hidden:
        return f"Learner {numbers[each.assignment_id, each.learner]}"
    return named.get(each.learner) or "Somebody"


def _row(given: Services, seen: Seen, person_id: str, names: Mapping[str, str]) -> QueueRow:
    each, marking = seen.waiting, seen.marking
    case, sheet, record = given.shelf.cases.get(each.case_id), marking.sheet(person_id), marking.record
    return QueueRow(
        encounter_id=each.encounter_id,
        course_id=each.course_id,
        course=each.course,
        assignment_id=each.assignment_id,
        assignment=each.title or SHARED,
        case=case.title if case else each.case_id,
        learner=names[each.encounter_id],
        names_hidden=each.policy.names_hidden,
        number=each.number,
        made_at=each.made_at.isoformat(),
        due_at=_iso(each.due_at),
        state=seen.state,
        state_words=STATES[seen.state],
        mine="closed" if sheet.closed else "open" if person_id in marking.sheets else "none",
        markers=len(marking.sheets),
        sheets_needed=sheets_needed(marking, each.policy, each.learner),
        flags=_flags(seen),
        opened_at=None,
        signed_by=record.name if record else "",
        signed_at=seen.about.steps[record.step - 1].at.isoformat() if record else None,
        released_at=_iso(each.released_at),
    )


def _flags(seen: Seen) -> list[FlagOfRow]:
    found = flags_of(seen.waiting.ended, seen.about, seen.marking, sees_draft=seen.sees_draft)
    return [FlagOfRow(code=each.code, says=each.says) for each in found]


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
