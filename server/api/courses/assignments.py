"""/api/courses/{id}/assignments and /api/assignments/{id}, for the staff: make one, change it, publish it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime

from fastapi import APIRouter

from server.api.access import Someone
from server.api.courses.as_learner import as_learner
from server.api.courses.assignment_shapes import (
    AssignmentChange,
    AssignmentForm,
    AssignmentView,
    MyAssignment,
)
from server.api.courses.course_list import line
from server.api.courses.doors import access_assignment, access_course
from server.api.courses.pinning import Chosen, case_of, chosen_cases
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.core.assigning.attempting import window
from server.core.assigning.checking import check, check_change
from server.core.assigning.terms import Terms
from server.core.case import Case
from server.core.errors import Conflict
from server.store.courses.assignments import Assignment
from server.store.courses.courses import Course

router = APIRouter(prefix="/api", tags=["assignments"], responses=responses(401, 403, 404))
_OF_COURSE, _ONE = "/courses/{course_id}/assignments", "/assignments/{assignment_id}"


@router.get(_OF_COURSE)
async def list_assignments(course_id: str, given: Given, person: Someone) -> list[AssignmentView]:
    """Newest first, also those that are not published."""
    await access_course(given, person, course_id)
    return await _views(given, await given.store.assignments.of_course(course_id))


@router.post(_OF_COURSE, status_code=201, responses=responses(409, 422))
async def make_assignment(course_id: str, ask: AssignmentForm, given: Given, person: Someone) -> AssignmentView:
    """Unpublished, only the staff see it; published, its learners do, and the case is fixed as it is now."""
    course = await access_course(given, person, course_id)
    if not course.open:
        raise Conflict("This course is closed.", code="course_closed", mend="Open it again first.")
    terms, chosen = await _decided(given, ask, course)
    made = Assignment(f"asg_{secrets.token_urlsafe(16)}", course_id, terms, course.retention, made_at=given.clock())
    made = _pinned(made, chosen)
    await given.store.assignments.add(made, *(chosen.both if terms.published else ()))
    return (await _views(given, [made]))[0]


@router.post("/courses/{course_id}/preview", responses=responses(409, 422))
async def preview_assignment(course_id: str, ask: AssignmentForm, given: Given, person: Someone) -> MyAssignment:
    """What a learner will see. It is checked as it would be when it is saved, and nothing is stored."""
    course = await access_course(given, person, course_id)
    terms, _ = await _decided(given, ask, course)
    return await as_learner(given, person, Assignment("", course_id, terms, course.retention), course)


@router.get(_ONE)
async def read_assignment(assignment_id: str, given: Given, person: Someone) -> AssignmentView:
    """For the staff of its course."""
    return (await _views(given, [(await access_assignment(given, person, assignment_id))[0]]))[0]


@router.put(_ONE, responses=responses(409, 422))
async def change_assignment(assignment_id: str, ask: AssignmentChange, given: Given, person: Someone) -> AssignmentView:
    """Once somebody has begun, only what can hurt nobody: 409 says which and why. Until then everything, and a
    published case is fixed anew.
    """
    found, course = await access_assignment(given, person, assignment_id)
    begun = (await given.store.assignments.begun([assignment_id]))[assignment_id] > 0
    terms, chosen = await _decided(given, ask, course, found, begun=begun)
    now = given.clock()

    def decide(old: Assignment, attempts: int) -> Assignment:
        if attempts:
            check_change(old.terms, terms, now)
            if not begun:
                says = "Somebody has begun just now."
                raise Conflict(says, code="changed_meanwhile", mend="Save again; what you typed is still on your page.")
            made = _pinned(replace(old, terms=terms), chosen)
            return replace(made, digest=old.digest, equivalent=old.equivalent or made.equivalent)
        kept = old.kept if old.terms.published and terms.published else course.retention
        return _pinned(replace(old, terms=terms, kept=kept), chosen)

    pinned = chosen.both if terms.published else ()
    changed = await given.store.assignments.change(assignment_id, ask.edition, person.id, decide, *pinned)
    return (await _views(given, [changed]))[0]


@router.delete(_ONE, status_code=204, responses=responses(409))
async def drop_assignment(assignment_id: str, given: Given, person: Someone) -> None:
    """409 once somebody has made an attempt."""
    await access_assignment(given, person, assignment_id)
    await given.store.assignments.drop(assignment_id)


def _pinned(made: Assignment, chosen: Chosen) -> Assignment:
    """Published, with the cases as they were chosen; else with none."""
    if not made.terms.published:
        return replace(made, digest="", equivalent="")
    return replace(made, digest=chosen.case.digest, equivalent=chosen.equivalent.digest if chosen.equivalent else "")


async def _decided(
    given: Services, ask: AssignmentForm, course: Course, old: Assignment | None = None, *, begun: bool = False
) -> tuple[Terms, Chosen]:
    """What was asked for, if it goes together, and the cases. Raises `RequestError`."""
    terms = replace(ask.terms(), title=line(ask.title, "title"), instructions=storable(ask.instructions).strip())
    check(replace(terms, retention=course.retention) if terms.retention.kind == "course" else terms)
    return terms, await chosen_cases(given, terms, old, begun=begun)


async def _views(given: Services, found: Sequence[Assignment]) -> list[AssignmentView]:
    begun, now = await given.store.assignments.begun([each.id for each in found]), given.clock()
    return [_view(each, await case_of(given, each), await _instead(given, each), begun[each.id], now) for each in found]


async def _instead(given: Services, each: Assignment) -> str:
    """Title of the equivalent case; empty where none is offered."""
    case = await case_of(given, each, equivalent=True)
    return case.title if case else each.terms.equivalent


def _view(each: Assignment, case: Case | None, instead: str, attempts_made: int, now: datetime) -> AssignmentView:
    terms = each.terms
    return AssignmentView.model_validate(
        {
            **asdict(terms),
            "id": each.id,
            "course_id": each.course_id,
            "edition": each.edition,
            "case_title": case.title if case else terms.case_id,
            "equivalent_title": instead,
            "state": window(terms, now),
            "case_version": case.case_version if case and each.digest else "",
            "pinned": bool(each.digest),
            "opens_at": terms.opens_at,
            "closes_at": terms.closes_at,
            "releases_at": terms.releases_at,
            "owed_at": terms.owed_at,
            "attempts_made": attempts_made,
            "made_at": each.made_at,
        }
    )
