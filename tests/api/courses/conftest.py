"""A course with a teacher and two learners."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace

import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from tests.api.courses_lab import Lab
from tests.api.house import Clock, Shelf
from tests.api.lab import a_course, enrolled
from tests.api.marking_house import SMALL, marking_shelf
from tests.store.samples import as_case, sample


@pytest.fixture
def shelf() -> Shelf:
    """And a case that may be scored by either of two rubrics."""
    plain = marking_shelf()
    named = [{"id": name, "kind": "rubric", "ref": name} for name in ("small", "second")]
    case = as_case(sample(case_id="two-rubrics", assessment={"instruments": named, "release": "immediate"}))
    return Shelf({**plain.cases, case.case_id: case}, {**plain.rubrics, "second": replace(SMALL, rubric_id="second")})


@pytest_asyncio.fixture
async def lab(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Lab]:
    async with AsyncExitStack() as stack:
        made = Lab(given, api, clock, stack)
        teacher = await made.somebody("Dr Berg", "educator", "faculty")
        course = await a_course(given, teacher.account, groups=("A", "B"))
        for name in ("Ann", "Bo"):
            await enrolled(given, course.id, (await made.somebody(name)).account)
        made.course_id = course.id
        yield made
