"""/api/encounters/{id}/shares: a learner shows practice to the staff of a course, and takes it back."""

from __future__ import annotations

from datetime import datetime

from fastapi import APIRouter

from server.api.access import Person, Someone, access_encounter
from server.api.courses.course_people import names_of
from server.api.courses.doors import access_course
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer

router = APIRouter(prefix="/api", tags=["courses"], responses=responses(401, 403, 404))
_ONE = "/encounters/{encounter_id}/shares/{course_id}"


class ShareView(Answer):
    """A course that is shown it."""

    id: str
    title: str
    shared_at: datetime


class MayShare(Answer):
    """A course that may be shown it."""

    id: str
    title: str


class SharesView(Answer):
    """Who is shown an encounter."""

    shared: list[ShareView]
    may: list[MayShare]
    """Your other courses."""


class SharedWithUs(Answer):
    """Practice that a learner showed to the staff."""

    encounter_id: str
    person: str
    name: str
    case_id: str
    case_title: str
    created_at: datetime
    ended: str
    shared_at: datetime


@router.get("/encounters/{encounter_id}/shares")
async def list_shares(encounter_id: str, given: Given, person: Someone) -> SharesView:
    """The staff of which courses may read it."""
    await access_encounter(given, person, encounter_id)
    return await _view(given, person, encounter_id)


@router.put(_ONE, responses=responses(409))
async def share(encounter_id: str, course_id: str, given: Given, person: Someone) -> SharesView:
    """From now on the staff of this course of yours may read it. 409 for what was made for an assignment."""
    await access_encounter(given, person, encounter_id)
    await given.store.shares.add(encounter_id, course_id, person.id)
    return await _view(given, person, encounter_id)


@router.delete(_ONE)
async def take_back(encounter_id: str, course_id: str, given: Given, person: Someone) -> SharesView:
    """From now on they may not."""
    await access_encounter(given, person, encounter_id)
    await given.store.shares.drop(encounter_id, course_id)
    return await _view(given, person, encounter_id)


@router.get("/courses/{course_id}/shared")
async def list_shared(course_id: str, given: Given, person: Someone) -> list[SharedWithUs]:
    """What learners showed to the staff of this course, in the order in which they did."""
    await access_course(given, person, course_id)
    found = await given.store.shares.of_course(course_id)
    names, cases = await names_of(given, {info.owner for _, info in found}), given.shelf.cases
    return [
        SharedWithUs(
            encounter_id=each.encounter_id, person=info.owner, name=names[info.owner], case_id=info.case_id,
            case_title=cases[info.case_id].title if info.case_id in cases else info.case_id,
            created_at=info.created_at, ended=info.ended, shared_at=each.shared_at,
        )
        for each, info in found
    ]  # fmt: skip


async def _view(given: Services, person: Person, encounter_id: str) -> SharesView:
    shared = {each.course_id: each.shared_at for each in await given.store.shares.of_encounter(encounter_id)}
    courses = {course.id: course for course, _ in await given.store.courses.of(person.id)}
    titles = {name: each.title for name, each in courses.items()}
    for name in set(shared) - set(titles):
        left = await given.store.courses.course(name)
        titles[name] = left.title if left else ""
    return SharesView(
        shared=[ShareView(id=name, title=titles[name], shared_at=at) for name, at in shared.items()],
        may=[MayShare(id=name, title=each.title) for name, each in courses.items() if name not in shared and each.open],
    )
