"""Which courses a grader is on the staff of; what is none of theirs does not exist for them."""

from __future__ import annotations

from server.api.access import Person
from server.api.services import Services
from server.core.errors import NotFound


async def require_staff(given: Services, person: Person, course_id: str) -> None:
    """Raises `NotFound`."""
    if await given.store.courses.part_in(person.id, (course_id,)) != "staff":
        mend = "GET /api/courses lists yours."
        raise NotFound("There is no such course.", code="course_not_found", mend=mend, field="course")
