"""An assignment as its learner sees it: what it asks, what they may do now, and what they have made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from server.api.access import Person
from server.api.courses.assignment_shapes import EquivalentView, MyAssignment, MyAttempt
from server.api.courses.course_people import names_of
from server.api.courses.pinning import case_of
from server.api.services import Services
from server.core.assigning import opening, retention
from server.core.assigning.attempting import Tries, allowed, counts, going_on, time_for, why_not, window
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt, tries_of
from server.store.courses.courses import Course
from server.store.people.course_people import Member

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


async def as_learner(given: Services, person: Person, found: Assignment, course: Course) -> MyAssignment:
    """What a learner will see who has not begun, were it published now; `person` is on the staff."""
    place = await place_in(given, course, Member(course.id, "", "learner"))
    shown = replace(found, terms=replace(found.terms, published=True))
    return await mine(given, replace(person, time_percent=100), shown, place, [], given.clock())


async def places(given: Services, person: Person, course_ids: Iterable[str]) -> dict[str, Place]:
    """By course; without one that they were just taken out of."""
    found = {}
    for name in course_ids:
        course = await given.store.courses.course(name)
        member = await given.store.courses.member(name, person.id)
        if course and member:
            found[name] = await place_in(given, course, member)
    return found


async def place_in(given: Services, course: Course, member: Member) -> Place:
    """Of one member, with the names of the staff."""
    people = await given.store.courses.people(course.id)
    names = await names_of(given, [each.person for each in people if each.part == "staff"])
    return Place(course, member, tuple(sorted(names.values())))


async def mine(
    given: Services, person: Person, found: Assignment, place: Place, made: Sequence[Attempt], now: datetime
) -> MyAssignment:
    """`made`: attempts of theirs, at this assignment and at others."""
    terms, tries = found.terms, tries_of(found.id, place.member, made)
    case = await case_of(given, found)
    code, says = why_not(terms, tries, now, course_open=place.course.open)
    running = going_on(terms, tries, now)
    learner = place.member.part == "learner"
    return MyAssignment(
        id=found.id, course_id=place.course.id, course=place.course.title, title=terms.title, case_id=terms.case_id,
        case_title=case.title if case else terms.case_id, variant=terms.variant,
        equivalent=await _equivalent(given, found, place, tries, now), instructions=terms.instructions,
        portrayal=terms.portrayal, kind=terms.kind, kind_words=KINDS[terms.kind], zone=terms.zone,
        opens_at=terms.opens_at, closes_at=terms.closes_at, server_time=now, state=window(terms, now),
        attempts_used=tries.used(terms.kind), attempts_allowed=allowed(terms, tries), may_begin=learner and not code,
        why_not=says if learner else "", go_on=running.encounter_id if running else "",
        time_percent=time_for(person.time_percent, place.member.time_percent), text_mode=place.member.text_mode,
        release_words=opening.in_words(terms), retention_words=retention.in_words(found.retention),
        seen_by_words=_seen_by(place.staff), study_words=opening.study_in_words(terms),
        attempts=[_attempt(found, each, now) for each in made if each.assignment_id == found.id],
    )  # fmt: skip


async def _equivalent(
    given: Services, found: Assignment, place: Place, tries: Tries, now: datetime
) -> EquivalentView | None:
    case = await case_of(given, found, equivalent=True) if found.terms.equivalent else None
    if case is None:
        return None
    _, says = why_not(found.terms, tries, now, course_open=place.course.open, instead=True)
    learner = place.member.part == "learner"
    return EquivalentView(
        case_id=case.case_id, case_title=case.title, content_advisory=list(case.prebrief.content_advisory),
        may_begin=learner and not says, why_not=says if learner else "",
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
            "equivalent": each.equivalent,
        }
    )  # fmt: skip
