"""The doors to a course and an assignment. Who is not in a course does not learn that it is there."""

from __future__ import annotations

import re

from server.api.access import TEACHING, Person
from server.api.services import Services
from server.core.errors import NotAllowed
from server.core.roles import Part
from server.store.courses.assignments import Assignment, no_assignment
from server.store.courses.courses import Course, no_course
from server.store.people.course_people import Member

_COURSE, _ASSIGNMENT = re.compile(r"crs_[A-Za-z0-9_-]{22}"), re.compile(r"asg_[A-Za-z0-9_-]{22}")


async def access_course(given: Services, person: Person, course_id: str) -> Course:
    """The course, for its staff. Raises `NotFound`, and `NotAllowed` for its learners."""
    member = await _place_in(given, person, course_id) if _COURSE.fullmatch(course_id) else None
    course = await given.store.courses.course(course_id) if member else None
    if member is None or course is None:
        raise no_course()
    _require_staff(member)
    return course


async def access_assignment(given: Services, person: Person, assignment_id: str) -> tuple[Assignment, Course]:
    """The assignment, for the staff of its course. Raises `NotFound`, and `NotAllowed` for its learners."""
    found, course, member = await access_mine(given, person, assignment_id)
    _require_staff(member)
    return found, course


async def access_mine(given: Services, person: Person, assignment_id: str) -> tuple[Assignment, Course, Member]:
    """The assignment, for everybody in its course; learners know of it once it is published. Raises `NotFound`."""
    found = await given.store.assignments.assignment(assignment_id) if _ASSIGNMENT.fullmatch(assignment_id) else None
    if found is None:
        raise no_assignment()
    member = await _place_in(given, person, found.course_id)
    course = await given.store.courses.course(found.course_id)
    if member is None or course is None or not (found.terms.published or member.part == "staff"):
        raise no_assignment()
    return found, course, member


async def _place_in(given: Services, person: Person, course_id: str) -> Member | None:
    """None for whoever is not in it, and for staff who lost the role that teaches."""
    member = await given.store.courses.member(course_id, person.id)
    return member if member and counts_as(person, member.part) else None


def counts_as(person: Person, part: Part) -> bool:
    """Whether somebody is what a course says: who lost the role is on no staff."""
    return part != "staff" or bool(person.roles & TEACHING)


def _require_staff(member: Member) -> None:
    if member.part != "staff":
        raise NotAllowed("This is for the staff of the course.", code="staff_only", mend="Ask them.")
