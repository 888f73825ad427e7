"""A second learner who watches: invited once, able to watch and to fill in, and to do nothing else."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from server.assess.observing import CAUTION
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.house import OWN, Clock
from tests.api.test_access import OWN_DOOR, asked, is_open, routes

NOTES = "SECRET-NOTE: she looked at the window."
FILLED = {"levels": {"responsiveness": 2, "support": None, "blockers": 4}, "quotes": {"support": ["turn_sit"]}}
FOR_OBSERVERS = {
    ("GET", "/api/encounters/{encounter_id}/observing"),
    ("GET", "/api/encounters/{encounter_id}/observations"),
    ("PUT", "/api/encounters/{encounter_id}/observations"),
}


@dataclass
class Watched:
    """One encounter, its learner and its observer."""

    id: str
    observer_id: str
    learner: httpx2.AsyncClient
    observer: httpx2.AsyncClient

    @property
    def path(self) -> str:
        return f"/api/encounters/{self.id}"

    async def fill(self, **changes: Any) -> httpx2.Response:
        return await self.observer.put(f"{self.path}/observations", json={**FILLED, "notes": NOTES, **changes})

    async def compared(self, who: httpx2.AsyncClient) -> httpx2.Response:
        return await who.get(f"{self.path}/observations")

    async def reflect(self) -> None:
        assert (await self.learner.post(f"{self.path}/reflection", json={})).status_code == 200


async def invited(learner: httpx2.AsyncClient, encounter_id: str) -> dict[str, Any]:
    answer = await learner.post(f"/api/encounters/{encounter_id}/observers")
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


@pytest_asyncio.fixture
async def watched(api: FastAPI, script: httpx2.AsyncClient) -> AsyncIterator[Watched]:
    encounter_id = await made(script)
    invitation = await invited(script, encounter_id)
    async with client(api, Origin=OWN) as observer:
        assert (await observer.post("/api/tickets", json={"ticket": invitation["ticket"]})).status_code == 204
        yield Watched(encounter_id, invitation["id"], script, observer)


async def test_an_invitation_is_for_one_person_and_for_a_while(
    api: FastAPI, script: httpx2.AsyncClient, clock: Clock
) -> None:
    encounter_id = await made(script)
    first, second = [await invited(script, encounter_id) for _ in range(2)]
    assert first["link"].startswith(f"{OWN}/#ticket={first['ticket']}&observe={encounter_id}")
    assert first["watch_url"].endswith(f"/v1/realtime?encounter={encounter_id}&observe=1")
    async with client(api, Origin=OWN) as one, client(api, Origin=OWN) as other:
        assert (await one.post("/api/tickets", json={"ticket": first["ticket"]})).status_code == 204
        assert (await other.post("/api/tickets", json={"ticket": first["ticket"]})).status_code == 401
        clock.pass_time(minutes=30)
        assert (await other.post("/api/tickets", json={"ticket": second["ticket"]})).status_code == 401


async def test_an_invitation_signs_nobody_out(api: FastAPI, browser: httpx2.AsyncClient) -> None:
    encounter_id = await made(browser)
    ticket = (await invited(browser, encounter_id))["ticket"]
    refused = await browser.post("/api/tickets", json={"ticket": ticket})
    assert (refused.status_code, refused.json()["code"]) == (409, "signed_in_here")
    assert (await browser.get("/api/encounters")).status_code == 200
    async with client(api, Origin=OWN) as other:
        assert (await other.post("/api/tickets", json={"ticket": ticket})).status_code == 204, "and it is still good"


async def test_an_observer_may_watch_and_fill_in_and_nothing_else(api: FastAPI, watched: Watched) -> None:
    for method, path in sorted(routes(api)):
        if is_open(method, path) or path in OWN_DOOR:
            continue
        mine = path.replace("{encounter_id}", watched.id)
        answer = await asked(watched.observer, method, mine)
        only_watch = (answer.status_code, answer.json().get("code") if answer.content else "") == (
            403,
            "observers_only_watch",
        )
        assert only_watch is ((method, path) not in FOR_OBSERVERS), (method, path, answer.text)


async def test_an_observer_sees_one_encounter_only(watched: Watched) -> None:
    other = await made(watched.learner)
    for method, rest in (("GET", "observing"), ("GET", "observations"), ("PUT", "observations")):
        body: dict[str, str] | None = {} if method == "PUT" else None
        answer = await watched.observer.request(method, f"/api/encounters/{other}/{rest}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "encounter_not_found")


async def test_what_is_watched(given: Services, watched: Watched) -> None:
    await played(given, watched.id)
    told = (await watched.observer.get(f"{watched.path}/observing")).json()
    assert [turn["text"] for turn in told["turns"]] == ["PRIVATE: Morning.", "sits down"]
    assert told["speakers"]["ada"] == "Ada Brook"
    assert told["rubric"]["dimensions"][0]["id"] == "responsiveness"
    assert (told["mine"], told["closed"]) == (None, False)
    assert "reflection" not in told


async def test_the_learner_sees_who_watches(watched: Watched) -> None:
    async def seen() -> dict[str, Any]:
        told: list[dict[str, Any]] = (await watched.learner.get(f"{watched.path}/observers")).json()
        assert len(told) == 1
        return told[0]

    assert ((await seen())["id"], (await seen())["joined_at"]) == (watched.observer_id, None)
    await watched.observer.get(f"{watched.path}/observing")
    assert (await seen())["joined_at"] is not None
    assert ((await seen())["filled_at"], (await seen())["closed"]) == (None, False)


async def test_who_is_sent_away_sees_nothing_more(given: Services, watched: Watched) -> None:
    await played(given, watched.id)
    await watched.fill()
    path = f"{watched.path}/observers/{watched.observer_id}"
    assert [(await watched.learner.delete(path)).status_code for _ in range(2)] == [204, 404]
    assert (await watched.observer.get(f"{watched.path}/observing")).status_code == 401
    await watched.reflect()
    assert (await watched.compared(watched.learner)).json() == []


async def test_both_sides_and_what_little_they_say(given: Services, watched: Watched) -> None:
    await played(given, watched.id)
    kept = (await watched.fill()).json()
    assert kept["levels"] == {"responsiveness": 2, "understanding": None, "support": None, "blockers": 4}
    for who in (watched.learner, watched.observer):
        early = await watched.compared(who)
        assert (early.status_code, early.json()["code"]) == (409, "reflection_first")
    await watched.reflect()
    card = (await watched.learner.get(f"{watched.path}/scorecard")).json()
    drafted = {dimension["id"]: dimension["level"] for dimension in card["dimensions"]}
    for who in (watched.learner, watched.observer):
        (told,) = (await watched.compared(who)).json()
        assert (told["caution"], told["notes"]) == (CAUTION, NOTES)
        assert {side["id"]: side["draft"] for side in told["sides"]} == drafted
        assert {side["id"]: side["theirs"] for side in told["sides"]} == kept["levels"]
        assert told["beats"] == card["opportunities"]
    assert "SECRET-NOTE" not in str(card)
    assert "SECRET-NOTE" not in (await watched.learner.get(watched.path)).text


async def test_seeing_the_comparison_closes_it(given: Services, watched: Watched) -> None:
    await played(given, watched.id)
    await watched.reflect()
    empty = await watched.compared(watched.observer)
    assert (empty.status_code, empty.json()["code"]) == (409, "observation_first")
    assert (await watched.fill()).status_code == 200
    assert len((await watched.compared(watched.learner)).json()) == 1
    assert (await watched.fill(levels={"support": 1})).status_code == 200, "the learner's look closes nothing"
    assert (await watched.compared(watched.observer)).status_code == 200
    late = await watched.fill(levels={"support": 4})
    assert (late.status_code, late.json()["code"]) == (409, "observation_closed")
    told = (await watched.observer.get(f"{watched.path}/observing")).json()
    assert (told["mine"]["levels"]["support"], told["closed"]) == (1, True)


async def test_no_observer_reads_another(api: FastAPI, given: Services, watched: Watched) -> None:
    ticket = (await invited(watched.learner, watched.id))["ticket"]
    await played(given, watched.id)
    await watched.fill()
    async with client(api, Origin=OWN) as second:
        await second.post("/api/tickets", json={"ticket": ticket})
        assert "SECRET-NOTE" not in (await second.get(f"{watched.path}/observing")).text
        await second.put(f"{watched.path}/observations", json={"levels": {"support": 0}})
        await watched.reflect()
        told = await watched.compared(second)
        assert len(told.json()) == 1
        assert "SECRET-NOTE" not in told.text
    assert len((await watched.compared(watched.learner)).json()) == 2


async def test_the_learner_fills_in_nothing(watched: Watched) -> None:
    answer = await watched.learner.put(f"{watched.path}/observations", json=FILLED)
    assert (answer.status_code, answer.json()["code"]) == (403, "not_an_observer")


async def test_nobody_is_invited_to_what_is_over(given: Services, watched: Watched) -> None:
    await played(given, watched.id)
    answer = await watched.learner.post(f"{watched.path}/observers")
    assert (answer.status_code, answer.json()["code"]) == (409, "is_over")


async def test_five_may_watch(watched: Watched) -> None:
    for _ in range(4):
        await invited(watched.learner, watched.id)
    answer = await watched.learner.post(f"{watched.path}/observers")
    assert (answer.status_code, answer.json()["code"]) == (409, "observers_full")


async def test_a_stopped_encounter_has_no_draft_to_compare_with(given: Services, watched: Watched) -> None:
    await played(given, watched.id, "stop")
    await watched.fill()
    (told,) = (await watched.compared(watched.observer)).json()
    assert {(side["draft"], side["draft_status"], side["difference"]) for side in told["sides"]} == {
        (None, "not_scored", None)
    }
    assert told["agreement"] == {"dimensions": 0, "exact": 0, "constant": None, "constant_exact": 0}


@pytest.mark.parametrize(
    ("sheet", "field"),
    [
        ({"levels": {"charm": 3}}, "levels"), ({"levels": {"support": 5}}, "levels.support"),
        ({"levels": {"support": -1}}, "levels.support"), ({"levels": {"support": True}}, "levels.support"),
        ({"levels": {"support": 2.0}}, "levels.support"), ({"quotes": {"charm": []}}, "quotes"),
        ({"quotes": {"support": ["turn_of_nobody"]}}, "quotes.support"),
        ({"quotes": {"support": "turn_sit"}}, "quotes.support"),
        ({"quotes": {"support": ["turn_sit"] * 21}}, "quotes.support"), ({"notes": "x" * 8_001}, "notes"),
        ({"notes": None}, "notes"), ({"mark": 3}, "mark"),
    ],
)  # fmt: skip
async def test_what_cannot_be_filled_in(given: Services, watched: Watched, sheet: dict[str, Any], field: str) -> None:
    await played(given, watched.id)
    answer = await watched.observer.put(f"{watched.path}/observations", json=sheet)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await watched.observer.get(f"{watched.path}/observing")).json()["mine"] is None
