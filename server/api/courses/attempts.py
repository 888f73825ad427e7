"""What the learners of a course do: see what they are asked, and begin an attempt."""

from __future__ import annotations

import secrets

from fastapi import APIRouter
from starlette.requests import Request

from server.api.access import Person, Someone
from server.api.courses.as_learner import mine, place_in, places
from server.api.courses.assignment_shapes import AttemptMade, MyAssignment, NewAttempt
from server.api.courses.doors import access_mine
from server.api.courses.pinning import case_of
from server.api.encounters.encounters import NewEncounter, prepared, realtime_url
from server.api.encounters.public_case import needs_review
from server.api.problems import responses
from server.api.services import Given, Services
from server.core.assigning.attempting import Tries, late, time_for, why_not
from server.core.case import Case
from server.core.errors import Conflict, NotAllowed, RequestError
from server.store.courses.assignments import Assignment
from server.store.courses.attempts import Wanted
from server.store.people.course_people import Member

router = APIRouter(prefix="/api/assignments", tags=["assignments"], responses=responses(401, 403))


@router.get("")
async def list_mine(given: Given, person: Someone) -> list[MyAssignment]:
    """All that you are asked to do in your courses, newest first."""
    found = [each for each in await given.store.assignments.of_learner(person.id) if each.terms.published]
    there = await places(given, person, {each.course_id for each in found})
    made = await given.store.attempts.of_learner(person.id, [each.id for each in found])
    now = given.clock()
    return [
        await mine(given, person, each, there[each.course_id], made, now) for each in found if each.course_id in there
    ]


@router.get("/{assignment_id}/mine", responses=responses(404))
async def read_mine(assignment_id: str, given: Given, person: Someone) -> MyAssignment:
    """As a learner sees it; for the staff, as a learner would who has not begun."""
    found, course, member = await access_mine(given, person, assignment_id)
    made = await given.store.attempts.of_learner(person.id, [assignment_id])
    place = await place_in(given, course, member)
    return await mine(given, person, found, place, made, given.clock())


@router.post("/{assignment_id}/attempts", status_code=201, responses=responses(404, 409, 422))
async def begin_attempt(
    assignment_id: str, ask: NewAttempt, request: Request, given: Given, person: Someone
) -> AttemptMade:
    """A new encounter for this assignment. 409 outside its window, with no attempt left, and while another of yours is
    going on: `go_on` of the assignment names it. 422 where the briefing was not agreed to.
    """
    found, _, member = await access_mine(given, person, assignment_id)
    if member.part != "learner":
        raise NotAllowed("Staff do not make attempts.", code="learners_only", mend="Try the case out instead.")
    if not ask.acknowledged:
        raise RequestError(
            "Nobody goes in without having agreed to the briefing.", code="not_acknowledged", field="acknowledged",
            mend="Show the briefing, where speech goes included; once they agree, send `acknowledged: true`.",
        )  # fmt: skip
    wanted = await _wanted(given, person, found, member, ask)
    made = await given.store.attempts.begin(wanted, given.clock())
    return AttemptMade(
        id=made.encounter_id, number=made.number, realtime_url=realtime_url(request, given, made.encounter_id),
        time_percent=wanted.opened.time_percent, text_mode=member.text_mode,
        not_reviewed=needs_review(wanted.case, found.terms.variant),
    )  # fmt: skip


async def _wanted(given: Services, person: Person, found: Assignment, member: Member, ask: NewAttempt) -> Wanted:
    """The same beginning for everybody, but for the time that they are granted."""
    case = await met_case(given, found, equivalent=ask.equivalent)
    wish = NewEncounter(
        case_id=case.case_id, portrayal=found.terms.portrayal, variant="" if ask.equivalent else found.terms.variant,
        time_percent=time_for(person.time_percent, member.time_percent),
        carry=ask.carry and found.terms.kind == "formative", acknowledged=ask.acknowledged,
    )  # fmt: skip
    opened, _ = await prepared(given, person, case, wish)
    return Wanted(found.id, person.id, case, opened, secrets.randbelow(1 << 16), ask.equivalent)


async def met_case(given: Services, found: Assignment, *, equivalent: bool) -> Case:
    """What somebody meets. Raises `Conflict` where it cannot be read, and where no equivalent is offered."""
    if equivalent and not found.terms.equivalent:
        code, says = why_not(found.terms, Tries(), given.clock(), instead=True)
        raise Conflict(says, code=code)
    case = await case_of(given, found, equivalent=equivalent)
    if case is None:
        mend = "Tell the staff of your course."
        raise Conflict("The case of this assignment cannot be read.", code="case_unreadable", mend=mend)
    return case


async def refuse_late(given: Services, encounter_id: str) -> None:
    """For whoever is at the door of an attempt. Raises `Conflict` where its window was over before they went in."""
    assigned = await given.store.attempts.attempt(encounter_id)
    if assigned is not None and late(assigned[1].terms, assigned[0].tried, given.clock()):
        _, says = why_not(assigned[1].terms, Tries(), given.clock())
        raise Conflict(says, code="window_closed")
