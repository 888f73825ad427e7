"""/api/courses: make one, list those that one is in, change it, close it."""

from __future__ import annotations

import secrets

from fastapi import APIRouter

from server.api.access import Someone
from server.api.courses.doors import access_course, counts_as
from server.api.courses.shapes import CourseCard, CourseChange, CourseView, NewCourse, RetentionView
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.core.errors import RequestError
from server.store.courses.courses import Course

router = APIRouter(prefix="/api/courses", tags=["courses"], responses=responses(401, 403))


@router.get("")
async def list_courses(given: Given, person: Someone) -> list[CourseCard]:
    """Those you are in, newest first. Who lost the role that teaches is on no staff."""
    found = [(course, part) for course, part in await given.store.courses.of(person.id) if counts_as(person, part)]
    counts = await given.store.courses.counts([course.id for course, _ in found])
    return [
        CourseCard(
            id=course.id, title=course.title, code=course.code, open=course.open, part=part,
            learners=counts[course.id]["learner"], assignments=counts[course.id]["assignments"],
        )
        for course, part in found
    ]  # fmt: skip


@router.post("", status_code=201, responses=responses(422))
async def make_course(ask: NewCourse, given: Given, person: Someone) -> CourseView:
    """A new course, with you on its staff."""
    course = Course(
        f"crs_{secrets.token_urlsafe(16)}", person.id, line(ask.title, "title"), one_line(ask.code),
        _groups(ask.groups), ask.retention.rule(), made_at=given.clock(),
    )  # fmt: skip
    await given.store.courses.add(course)
    return await _view(given, course)


@router.get("/{course_id}", responses=responses(404))
async def read_course(course_id: str, given: Given, person: Someone) -> CourseView:
    """For its staff."""
    return await _view(given, await access_course(given, person, course_id))


@router.put("/{course_id}", responses=responses(404, 409, 422))
async def change_course(course_id: str, ask: CourseChange, given: Given, person: Someone) -> CourseView:
    """409 where somebody else has saved it since. Published assignments keep the retention that they had."""
    await access_course(given, person, course_id)
    values = {
        "title": line(ask.title, "title"), "code": one_line(ask.code), "groups": _groups(ask.groups),
        "retention": ask.retention.rule(), "open": ask.open,
    }  # fmt: skip
    return await _view(given, await given.store.courses.change(course_id, ask.edition, person.id, **values))


@router.delete("/{course_id}", status_code=204, responses=responses(404, 409))
async def drop_course(course_id: str, given: Given, person: Someone) -> None:
    """With its assignments; 409 once somebody has made an attempt."""
    await access_course(given, person, course_id)
    await given.store.courses.drop(course_id)


def line(text: str, field: str) -> str:
    """One line, fit to store. Raises `RequestError` for nothing at all."""
    found = one_line(text)
    if not found:
        raise RequestError(f"{field} is empty.", code="bad_field", field=field, mend="Write something.")
    return found


def one_line(text: str) -> str:
    """Fit to store, without line ends."""
    return " ".join(storable(text).split())


def _groups(named: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for each in named if (name := one_line(each))))


async def _view(given: Services, course: Course) -> CourseView:
    counts = (await given.store.courses.counts([course.id]))[course.id]
    return CourseView(
        id=course.id, title=course.title, code=course.code, groups=list(course.groups), open=course.open,
        retention=RetentionView(kind=course.retention.kind, days=course.retention.days), edition=course.edition,
        made_at=course.made_at, learners=counts["learner"], staff=counts["staff"],
    )  # fmt: skip
