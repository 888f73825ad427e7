"""A course whose staff grade what its learners have done, over the API."""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
from fastapi import FastAPI

from server.api.services import Services
from server.core.events import Reflected
from server.store.courses.assignments import Assignment
from server.store.courses.courses import Course
from server.store.people.accounts import Account
from tests.api.encounters.test_encounters import played
from tests.api.house import Clock
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as
from tests.api.marking_house import DIMENSIONS, MARKS, Hand


@dataclass
class Faculty:
    """A course with two graders, each with their browser."""

    given: Services
    api: FastAPI
    course: Course
    berg: httpx2.AsyncClient
    cruz: httpx2.AsyncClient
    accounts: dict[str, Account]
    clock: Clock
    stack: AsyncExitStack = field(repr=False)

    async def learner(self, name: str = "Ann") -> tuple[httpx2.AsyncClient, Account]:
        """Somebody on the course."""
        visitor, account = await self.stack.enter_async_context(signed_in_as(self.api, self.given, name=name))
        await enrolled(self.given, self.course.id, account)
        return visitor, account

    async def assigned(self, **terms: Any) -> Assignment:
        """Its marks are shown once they are signed, and the draft is hidden from markers."""
        return await an_assignment(self.given, self.course.id, **{"release": "after_signoff", **terms})

    async def attempt(
        self, assignment: Assignment, account: Account, self_rating: Mapping[str, int] | None = None
    ) -> str:
        """Over and reflected on, with its draft."""
        encounter_id = await an_attempt(self.given, assignment, account)
        self.clock.pass_time(minutes=1)
        await played(self.given, encounter_id)
        await self.given.rooms.offer(encounter_id, Reflected(self_rating=dict(self_rating or {})))
        return encounter_id

    async def queue(self, visitor: httpx2.AsyncClient, **where: str) -> dict[str, Any]:
        answer = await visitor.get("/api/grading/queue", params=where)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


def hand(visitor: httpx2.AsyncClient, encounter_id: str) -> Hand:
    """A grader at one encounter."""
    return Hand(visitor, f"/api/encounters/{encounter_id}")


async def graded(one: Hand, rating: str = "pass", **changes: Mapping[str, Any]) -> None:
    """Every line, the whole, and the sheet is closed."""
    for name in DIMENSIONS:
        await one.does("mark_given", dimension=name, **(changes.get(name) or MARKS[name]))
    await one.does("overall_given", rating=rating)
    await one.does("sheet_closed")


async def faculty(given: Services, api: FastAPI, clock: Clock, stack: AsyncExitStack) -> Faculty:
    """Berg owns the course; Cruz is on its staff too."""
    people = {}
    for name in ("Dr Berg", "Dr Cruz"):
        people[name] = await stack.enter_async_context(signed_in_as(api, given, roles=("faculty",), name=name))
    course = await a_course(given, people["Dr Berg"][1], "Year 1")
    await enrolled(given, course.id, people["Dr Cruz"][1], "staff")
    accounts = {name: account for name, (_, account) in people.items()}
    return Faculty(given, api, course, people["Dr Berg"][0], people["Dr Cruz"][0], accounts, clock, stack)
