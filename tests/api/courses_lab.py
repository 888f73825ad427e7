"""A course of a small lab, for the tests of courses and of what is released from them."""

from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any

import httpx2
from fastapi import FastAPI

from server.api.services import Services
from server.core.roles import Role
from server.store.people.accounts import Account
from tests.api.encounters.test_encounters import played
from tests.api.grading_house import graded
from tests.api.house import Clock
from tests.api.lab import signed_in_as
from tests.api.marking_house import Hand

Answer = dict[str, Any]
FORM: Answer = {"title": "Meet Ada", "case_id": "ada-brook", "published": True}


@dataclass
class Somebody:
    """With an account, signed in."""

    visitor: httpx2.AsyncClient
    account: Account

    async def asks(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        """The answer, which has this status; where it is a refusal, its problem. Who begins has read the briefing."""
        body = {"acknowledged": True, **body} if path.endswith("/attempts") else body
        answer = await self.visitor.request(method, f"/api{path}", json=body if method in ("POST", "PUT") else None)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, status: int = 409, **body: Any) -> str:
        problem = await self.asks(method, path, status, **body)
        code: str = problem["code"]
        return code


@dataclass
class Lab:
    """A course with a teacher and two learners."""

    given: Services
    api: FastAPI
    clock: Clock
    stack: AsyncExitStack
    people: dict[str, Somebody] = field(default_factory=dict)
    course_id: str = ""

    async def somebody(self, name: str, *roles: Role, **values: Any) -> Somebody:
        coming = signed_in_as(self.api, self.given, roles or ("student",), name, **values)
        made = Somebody(*await self.stack.enter_async_context(coming))
        self.people[name] = made
        return made

    async def later(self, **parts: float) -> None:
        """By so much, with everybody signed in anew."""
        self.clock.pass_time(**parts)
        for each in self.people.values():
            each.visitor.cookies.set("bedside", await self.given.tickets.admit(each.account.id))

    async def attempt(self, learner: Somebody, assignment_id: str, *, reflect: bool = True) -> str:
        """An encounter of theirs that is over."""
        made = await learner.asks("POST", f"/assignments/{assignment_id}/attempts", 201)
        encounter_id: str = made["id"]
        await played(self.given, encounter_id)
        if reflect:
            await learner.asks("POST", f"/encounters/{encounter_id}/reflection")
        return encounter_id

    async def signed(self, encounter_id: str, marker: Somebody) -> None:
        hand = Hand(marker.visitor, f"/api/encounters/{encounter_id}")
        await hand.page()
        await graded(hand)
        await hand.page()
        await hand.does("signed", name=marker.account.name)
