"""/api/me/may-show: whether moments of yours may be shown to a course, without your name. You may take it back."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Someone
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.store.courses.courses import no_course

router = APIRouter(prefix="/api/me/may-show", tags=["people"], responses=responses(401, 403))


class MayShow(Answer):
    """One course that you learn in."""

    course_id: str
    title: str
    may_show: bool
    """Staff may show single moments of yours in the course's debriefing, and quote them, without your name."""


class Decision(Ask):
    """Yes or no; no is what holds until you say otherwise."""

    may_show: bool


@router.get("")
async def list_may_show(given: Given, person: Someone) -> list[MayShow]:
    """Of every course in which you are a learner."""
    found: list[MayShow] = []
    for course, part in await given.store.courses.of(person.id):
        member = await given.store.courses.member(course.id, person.id) if part == "learner" else None
        if member is not None:
            found.append(MayShow(course_id=course.id, title=course.title, may_show=member.may_show))
    return found


@router.put("/{course_id}", responses=responses(404))
async def decide_may_show(course_id: str, ask: Decision, given: Given, person: Someone) -> list[MayShow]:
    """Holds at once, for moments that were chosen before as well."""
    member = await given.store.courses.member(course_id, person.id)
    if member is None or member.part != "learner":
        raise no_course()
    await given.store.courses.change_member(course_id, person.id, person.id, may_show=ask.may_show)
    return await list_may_show(given, person)
