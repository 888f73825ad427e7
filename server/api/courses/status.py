"""Where the attempts of a course stand, for its staff; and what one encounter was made for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.courses.course_people import names_of
from server.api.courses.doors import access_assignment
from server.api.courses.status_shapes import AssignedView, AttemptRow, Learner, LearnerRow, State, StatusView
from server.api.problems import responses
from server.api.services import Given, Services
from server.core.assigning.opening import why_withheld
from server.core.assigning.retention import on_hold
from server.core.assigning.terms import Terms
from server.core.errors import NotFound
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt, tries_of
from server.store.marking.grading import policy_by
from server.store.people.course_people import Member

router = APIRouter(prefix="/api", tags=["assignments"], responses=responses(401, 403, 404))


@router.get("/assignments/{assignment_id}/status")
async def read_status(assignment_id: str, given: Given, person: Someone) -> StatusView:
    """Every learner of the course, and whoever left it with an attempt, in the order of their names."""
    found, _ = await access_assignment(given, person, assignment_id)
    made = await given.store.attempts.of_assignment(assignment_id)
    members = {each.person: each for each in await given.store.courses.people(found.course_id)}
    learners = {name for name, each in members.items() if each.part == "learner"} | {each.learner for each in made}
    names, now = await names_of(given, learners), given.clock()
    there = [members.get(name, Member(found.course_id, name, "learner")) for name in learners]
    rows = [_row(found, each, names[each.person], made, now) for each in there]
    return StatusView(server_time=now, rows=sorted(rows, key=lambda row: (row.name.casefold(), row.person)))


def _row(found: Assignment, member: Member, name: str, made: Sequence[Attempt], now: datetime) -> LearnerRow:
    own = [each for each in made if each.learner == member.person]
    attempts = [attempt_row(found.terms, each, now) for each in own]
    begun = [row.state for row, each in zip(attempts, own, strict=True) if each.began or not each.ended]
    gone: State = "erased" if tries_of(found.id, member, own).erased else "not_begun"
    return LearnerRow(
        person=member.person, name=name, group=member.group, state=begun[-1] if begun else gone, attempts=attempts
    )


def attempt_row(terms: Terms, each: Attempt, now: datetime) -> AttemptRow:
    """One attempt as its staff see it."""
    why = why_withheld(terms, each.stand, now)
    return AttemptRow.model_validate(
        {
            "id": each.encounter_id, "number": each.number, "state": _state(each, why), "phase": each.phase,
            "ended": each.ended, "made_at": each.made_at, "ended_at": each.ended_at, "opened": bool(each.opened),
            "signed": each.signed_at is not None, "appealed": each.appealed, "released_at": each.released_at,
            "withheld": why, "held": on_hold(each.held, each.held_until, now), "held_until": each.held_until,
            "arm": each.arm, "equivalent": each.equivalent,
        }
    )  # fmt: skip


def _state(each: Attempt, why: str) -> State:
    if not each.ended:
        return "running"
    if each.ended == "stop" or not each.began:
        return "stopped"
    if each.signed_at is not None:
        return "marked" if why else "released"
    return "reflected" if each.reflected else "ended"


@router.get("/encounters/{encounter_id}/assigned")
async def read_assigned(encounter_id: str, given: Given, person: Someone) -> AssignedView:
    """What it was made for; 404 for practice."""
    info = await access_encounter(given, person, encounter_id)
    both = await given.store.attempts.attempt(encounter_id)
    if both is None:
        raise NotFound("This encounter was made for no assignment.", code="not_assigned")
    attempt, found = both
    course, now = await given.store.courses.course(found.course_id), given.clock()
    own = info.owner == person.id
    why = why_withheld(found.terms, attempt.stand, now)
    study = found.terms.study
    reading = study.reading if study and why and attempt.arm == "reading_or_video" and attempt.ended else ""
    return AssignedView(
        assignment_id=found.id, course_id=found.course_id, title=found.terms.title,
        course=course.title if course else "", number=attempt.number, kind=found.terms.kind,
        portrayal=found.terms.portrayal, learner=await learner_of(given, attempt, found, own=own),
        released_at=attempt.released_at, held=on_hold(attempt.held, attempt.held_until, now),
        held_until=attempt.held_until, withheld=why, reading=reading, arm="" if own else attempt.arm,
        equivalent=attempt.equivalent,
    )  # fmt: skip


async def learner_of(given: Services, attempt: Attempt, found: Assignment, *, own: bool) -> Learner:
    """Whose it is; a number to whoever marks them without knowing, the same as in their queue."""
    if own or not policy_by(found.terms).names_hidden:
        return Learner(id=attempt.learner, name=(await names_of(given, [attempt.learner]))[attempt.learner])
    numbers = await given.store.grading.numbers([found.id])
    return Learner(id="", name=f"Learner {numbers[found.id, attempt.learner]}")
