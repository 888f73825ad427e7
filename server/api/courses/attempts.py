"""What the learners of a course do: see what they are asked, and begin an attempt."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from fastapi import APIRouter
from starlette.requests import Request

from server.api.access import Person, Someone
from server.api.courses.assignment_shapes import AttemptMade, MyAssignment, MyAttempt, NewAttempt
from server.api.courses.course_people import names_of
from server.api.courses.doors import access_mine
from server.api.courses.pinning import case_of
from server.api.encounters.encounters import NewEncounter, prepared, realtime_url
from server.api.encounters.public_case import needs_review
from server.api.problems import responses
from server.api.services import Given, Services
from server.core.assigning import opening, retention
from server.core.assigning.attempting import (
    Tries,
    allowed,
    counts,
    going_on,
    late,
    time_for,
    why_not,
    window,
)
from server.core.errors import Conflict, NotAllowed
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt, tries_of
from server.store.courses.attempts import Wanted
from server.store.courses.courses import Course
from server.store.people.course_people import Member

router = APIRouter(prefix="/api/assignments", tags=["assignments"], responses=responses(401, 403))
KINDS = {
    "formative": "Practice for learning: nothing here counts towards a grade.",
    "summative": "Assessment: what you do here counts towards a grade.",
}


@dataclass(frozen=True)
class Place:
    """Where somebody stands in one course."""

    course: Course
    member: Member
    staff: tuple[str, ...]
    """Names of those who read what is made for it."""


@router.get("")
async def list_mine(given: Given, person: Someone) -> list[MyAssignment]:
    """All that you are asked to do in your courses, newest first."""
    found = [each for each in await given.store.assignments.of_learner(person.id) if each.terms.published]
    places = {name: await _place(given, person, name) for name in {each.course_id for each in found}}
    made = await given.store.attempts.of_learner(person.id, [each.id for each in found])
    now = given.clock()
    return [await _mine(given, person, each, places[each.course_id], made, now) for each in found]


@router.get("/{assignment_id}/mine", responses=responses(404))
async def read_mine(assignment_id: str, given: Given, person: Someone) -> MyAssignment:
    """As a learner sees it; for the staff, as a learner would who has not begun."""
    found, _, _ = await access_mine(given, person, assignment_id)
    made = await given.store.attempts.of_learner(person.id, [assignment_id])
    place = await _place(given, person, found.course_id)
    return await _mine(given, person, found, place, made, given.clock())


async def as_learner(given: Services, person: Person, found: Assignment, course: Course) -> MyAssignment:
    """What a learner will see who has not begun, were it published now; `person` is on the staff."""
    place = await _place(given, person, course.id)
    somebody = replace(place, member=Member(course.id, "", "learner"))
    shown = replace(found, terms=replace(found.terms, published=True))
    return await _mine(given, replace(person, time_percent=100), shown, somebody, [], given.clock())


@router.post("/{assignment_id}/attempts", status_code=201, responses=responses(404, 409, 422))
async def begin_attempt(
    assignment_id: str, ask: NewAttempt, request: Request, given: Given, person: Someone
) -> AttemptMade:
    """A new encounter for this assignment. 409 outside its window, with no attempt left, and while another of yours is
    going on: `go_on` of the assignment names it.
    """
    found, _, member = await access_mine(given, person, assignment_id)
    if member.part != "learner":
        raise NotAllowed("Staff do not make attempts.", code="learners_only", mend="Try the case out instead.")
    wanted = await _wanted(given, person, found, member, ask)
    made = await given.store.attempts.begin(wanted, given.clock())
    return AttemptMade(
        id=made.encounter_id, number=made.number, realtime_url=realtime_url(request, given, made.encounter_id),
        time_percent=wanted.opened.time_percent, text_mode=member.text_mode,
        not_reviewed=needs_review(wanted.case, found.terms.variant),
    )  # fmt: skip


async def _wanted(given: Services, person: Person, found: Assignment, member: Member, ask: NewAttempt) -> Wanted:
    """The same beginning for everybody, but for the time that they are granted."""
    case = await case_of(given, found)
    if case is None:
        mend = "Tell the staff of your course."
        raise Conflict("The case of this assignment cannot be read.", code="case_unreadable", mend=mend)
    wish = NewEncounter(
        case_id=case.case_id, portrayal=found.terms.portrayal, variant=found.terms.variant,
        time_percent=time_for(person.time_percent, member.time_percent), carry=found.terms.kind == "formative",
        acknowledged=ask.acknowledged,
    )  # fmt: skip
    opened, _ = await prepared(given, person, case, wish)
    return Wanted(found.id, person.id, case, opened, secrets.randbelow(1 << 16))


async def refuse_late(given: Services, encounter_id: str) -> None:
    """For whoever is at the door of an attempt. Raises `Conflict` where its window was over before they went in."""
    assigned = await given.store.attempts.attempt(encounter_id)
    if assigned is not None and late(assigned[1].terms, assigned[0].tried, given.clock()):
        _, says = why_not(assigned[1].terms, Tries(), given.clock())
        raise Conflict(says, code="window_closed")


async def _place(given: Services, person: Person, course_id: str) -> Place:
    course, people = await given.store.courses.course(course_id), await given.store.courses.people(course_id)
    member = next(each for each in people if each.person == person.id)
    names = await names_of(given, [each.person for each in people if each.part == "staff"])
    assert course is not None  # noqa: S101 - its door was passed
    return Place(course, member, tuple(sorted(names.values())))


async def _mine(
    given: Services, person: Person, found: Assignment, place: Place, made: Sequence[Attempt], now: datetime
) -> MyAssignment:
    terms, tries = found.terms, tries_of(found.id, place.member, made)
    case = await case_of(given, found)
    code, says = why_not(terms, tries, now, course_open=place.course.open)
    running = going_on(terms, tries, now)
    learner = place.member.part == "learner"
    return MyAssignment(
        id=found.id, course_id=place.course.id, course=place.course.title, title=terms.title, case_id=terms.case_id,
        case_title=case.title if case else terms.case_id, variant=terms.variant, instructions=terms.instructions,
        portrayal=terms.portrayal, kind=terms.kind, kind_words=KINDS[terms.kind], zone=terms.zone,
        opens_at=terms.opens_at, closes_at=terms.closes_at, server_time=now, state=window(terms, now),
        attempts_used=tries.used(terms.kind), attempts_allowed=allowed(terms, tries), may_begin=learner and not code,
        why_not=says if learner else "", go_on=running.encounter_id if running else "",
        time_percent=time_for(person.time_percent, place.member.time_percent), text_mode=place.member.text_mode,
        release_words=opening.in_words(terms), retention_words=retention.in_words(found.retention),
        seen_by_words=_seen_by(place.staff), study_words=opening.study_in_words(terms),
        attempts=[_attempt(found, each, now) for each in made if each.assignment_id == found.id],
    )  # fmt: skip


def _seen_by(staff: Sequence[str]) -> str:
    names = ", ".join(staff)
    return f"The staff of this course read it and may watch while it runs: {names}. Other learners do not."


def _attempt(found: Assignment, each: Attempt, now: datetime) -> MyAttempt:
    released = bool(each.ended) and not opening.why_withheld(found.terms, each.stand, now)
    return MyAttempt.model_validate(
        {
            "id": each.encounter_id, "number": each.number, "phase": each.phase, "ended": each.ended,
            "made_at": each.made_at, "released": released, "counts": counts(each.tried, found.terms.kind),
        }
    )  # fmt: skip
