"""Encounters that are over, with people who mark them: what they see and do, over the API."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

import httpx2
from fastapi import FastAPI

from server.api.services import Services
from server.core.case import Case
from server.core.log import Entry
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.house import OWN, Shelf
from tests.core.rubrics import RUBRIC
from tests.store.samples import as_case, sample

SMALL = replace(RUBRIC, evidence_rules=("Quote the words.",))
DIMENSIONS = ("responsiveness", "understanding", "support", "blockers")
MARKS: dict[str, dict[str, Any]] = {
    "responsiveness": {"status": "rated", "level": 3, "evidence": [{"turn": "turn_sit", "quote": "sits down"}]},
    "understanding": {"status": "rated", "level": 1, "comment": "Nothing was given back; turns 1 and 2 were read."},
    "support": {"status": "not_applicable"},
    "blockers": {"status": "unrated", "comment": "Too short to tell."},
}


@dataclass
class Hand:
    """Somebody who marks."""

    visitor: httpx2.AsyncClient
    path: str
    name: str = ""
    state: dict[str, Any] = field(default_factory=dict)

    async def page(self) -> dict[str, Any]:
        answer = await self.visitor.get(f"{self.path}/marking")
        assert answer.status_code == 200, answer.text
        page: dict[str, Any] = answer.json()
        self.state = page["state"]
        return page

    async def tries(self, kind: str, **parts: Any) -> httpx2.Response:
        """One step on what this hand saw last."""
        if not self.state:
            await self.page()
        if kind in ("signed", "draft_accepted", "draft_changed", "draft_refused") and self.state["draft"]:
            parts.setdefault("draft", self.state["draft"]["digest"])
        if self.name:
            parts.setdefault("name", self.name)
        body = {"kind": kind, "expected_step": self.state["step"], **parts}
        return await self.visitor.post(f"{self.path}/marking/steps", json=body)

    async def does(self, kind: str, **parts: Any) -> dict[str, Any]:
        answer = await self.tries(kind, **parts)
        assert answer.status_code == 200, answer.text
        self.state = answer.json()
        return self.state

    async def refused(self, kind: str, **parts: Any) -> str:
        answer = await self.tries(kind, **parts)
        assert answer.status_code in (409, 422), answer.text
        code: str = answer.json()["code"]
        return code

    async def marks(self, **changes: Mapping[str, Any]) -> None:
        """Every line, then the sheet is closed."""
        for name in DIMENSIONS:
            await self.does("mark_given", dimension=name, **(changes.get(name) or MARKS[name]))
        await self.does("sheet_closed")

    async def signs(self) -> dict[str, Any]:
        await self.page()
        return await self.does("signed", name="Dr A. Berg")


@dataclass
class House:
    """One encounter that is over, its learner, and whoever is invited to mark it."""

    id: str
    given: Services
    api: FastAPI
    learner: httpx2.AsyncClient
    open: list[httpx2.AsyncClient] = field(default_factory=list)

    @property
    def path(self) -> str:
        return f"/api/encounters/{self.id}"

    async def invite(self, name: str = "Dr Berg", **wish: Any) -> tuple[Hand, dict[str, Any]]:
        answer = await self.learner.post(f"{self.path}/markers", json={"name": name, **wish})
        assert answer.status_code == 201, answer.text
        visitor = client(self.api, Origin=OWN)
        self.open.append(visitor)
        used = await visitor.post("/api/tickets", json={"ticket": answer.json()["ticket"]})
        assert used.status_code == 204, used.text
        return Hand(visitor, self.path), answer.json()

    async def hand(self, name: str = "Dr Berg", **wish: Any) -> Hand:
        return (await self.invite(name, **wish))[0]

    def owner(self) -> Hand:
        return Hand(self.learner, self.path, "Sister Owner")

    async def card(self) -> dict[str, Any]:
        answer = await self.learner.get(f"{self.path}/scorecard")
        assert answer.status_code == 200, answer.text
        card: dict[str, Any] = answer.json()
        return card

    async def leave(self) -> None:
        """Whoever came in goes."""
        for each in self.open:
            await each.aclose()

    async def appeals(self, dimension: str = "support", **parts: Any) -> httpx2.Response:
        ask = {"dimension": dimension, "turn": "turn_sit", "reason": "I did offer it.", **parts}
        return await self.learner.post(f"{self.path}/marking/appeals", json=ask)


@cache
def marked_cases() -> dict[str, Case]:
    """One a way of releasing marks; built once, for that takes longer than most tests."""
    ways = {"ada-brook": "faculty_signoff", "at-once": "immediate", "dated": "date"}
    plan = sample()["assessment"]
    return {name: as_case(sample(case_id=name, assessment={**plan, "release": way})) for name, way in ways.items()}


def marking_shelf() -> Shelf:
    """Released as most shipped cases are, at once, and on a date."""
    return Shelf(marked_cases(), {"small": SMALL})


_LOGS: dict[str, list[Entry]] = {}
"""By case, what is in the log after its beginning: played once, for it takes longer than most tests."""


async def over(given: Services, api: FastAPI, script: httpx2.AsyncClient, case_id: str = "ada-brook") -> House:
    """An encounter that is over and reflected on, with its draft."""
    encounter_id = await made(script, case_id=case_id)
    if case_id not in _LOGS:
        await played(given, encounter_id)
        assert (await script.post(f"/api/encounters/{encounter_id}/reflection", json={})).status_code == 200
        _LOGS[case_id] = (await given.store.read(encounter_id))[1][1:]
    else:
        await given.store.append(encounter_id, _LOGS[case_id])
        await given.drafts(await given.rooms.snapshot(encounter_id))
    return House(encounter_id, given, api, script)


def levels(card: dict[str, Any]) -> dict[str, tuple[str, int | None]]:
    return {each["id"]: (each["status"], each["level"]) for each in card["dimensions"]}
