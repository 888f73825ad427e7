"""Who may mark: invited by name, able to mark one encounter and nothing else, taken back until their marks are in."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.house import OWN, Clock, Shelf
from tests.api.marking_house import MARKS, Hand, House, marking_shelf, over
from tests.api.test_access import BODIES, OWN_DOOR, asked, is_open, routes

FOR_MARKERS = {
    ("GET", "/api/encounters/{encounter_id}/marking"),
    ("POST", "/api/encounters/{encounter_id}/marking/steps"),
    ("GET", "/api/encounters/{encounter_id}/marking/history"),
    ("GET", "/api/encounters/{encounter_id}/record.json"),
}


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def house(given: Services, api: FastAPI, script: httpx2.AsyncClient) -> AsyncIterator[House]:
    here = await over(given, api, script)
    yield here
    await here.leave()


async def test_a_marker_may_mark_and_nothing_else(api: FastAPI, house: House) -> None:
    marker = await house.hand()
    for method, path in sorted(routes(api)):
        if is_open(method, path) or path in OWN_DOOR:
            continue
        answer = await asked(marker.visitor, method, path.replace("{encounter_id}", house.id))
        outside = answer.status_code in (403, 404)
        assert outside is ((method, path) not in FOR_MARKERS), (method, path, answer.text)
    assert (await marker.visitor.post("/api/sign-out")).status_code == 204


async def test_a_marker_marks_one_encounter_only(house: House, given: Services) -> None:
    marker = await house.hand()
    other = await over(given, house.api, house.learner)
    for method, path in sorted(FOR_MARKERS):
        rest = path.removeprefix("/api/encounters/{encounter_id}")
        body = BODIES[rest] if method == "POST" else None
        answer = await marker.visitor.request(method, f"{other.path}{rest}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (404, "encounter_not_found")


async def test_an_invitation_is_taken_back_until_the_marks_are_in(house: House) -> None:
    (marker, told), (second, other) = await house.invite("Dr Berg"), await house.invite("Dr Cruz")
    await marker.marks()
    refused = await house.learner.delete(f"{house.path}/markers/{told['id']}")
    assert (refused.status_code, refused.json()["code"]) == (409, "has_marked")
    await second.does("mark_given", dimension="support", **MARKS["support"])
    gone = [(await house.learner.delete(f"{house.path}/markers/{other['id']}")).status_code for _ in range(2)]
    assert gone == [204, 404]
    assert (await second.visitor.get(f"{house.path}/marking")).status_code == 401
    await marker.page()
    await marker.signs()
    history = (await marker.visitor.get(f"{house.path}/marking/history")).json()
    assert [each["by"] for each in history].count("Dr Cruz") == 1, "what they had marked is in the history"
    assert "Dr Cruz" not in (await house.learner.get(f"{house.path}/marking/history")).text


async def test_a_link_is_good_once_and_can_be_made_again(house: House, clock: Clock) -> None:
    marker, told = await house.invite()
    assert told["link"].startswith(f"{OWN}/#ticket={told['ticket']}&mark={house.id}")
    assert (await marker.visitor.post("/api/tickets", json={"ticket": told["ticket"]})).status_code == 401
    again = (await house.learner.post(f"{house.path}/markers/{told['id']}/link")).json()
    clock.pass_time(days=6)
    async with client(house.api, Origin=OWN) as elsewhere:
        assert (await elsewhere.post("/api/tickets", json={"ticket": again["ticket"]})).status_code == 204
        assert (await Hand(elsewhere, house.path).page())["state"]["name"] == "Dr Berg"


async def test_who_can_be_invited(house: House) -> None:
    for name in ("Dr Berg", "B", "C", "D", "E"):
        await house.invite(name)
    for name, code in (("dr berg", "markers_full"), ("  ", "name_needed")):
        answer = await house.learner.post(f"{house.path}/markers", json={"name": name})
        assert answer.json()["code"] == code
    first = (await house.learner.get(f"{house.path}/markers")).json()[1]["id"]
    assert (await house.learner.delete(f"{house.path}/markers/{first}")).status_code == 204
    twice = await house.learner.post(f"{house.path}/markers", json={"name": "DR BERG"})
    assert twice.json()["code"] == "marker_named"


async def test_an_invitation_that_is_refused_shows_nobody_the_draft(house: House) -> None:
    marker = await house.hand("Dr Berg")
    again = await house.learner.post(f"{house.path}/markers", json={"name": "DR BERG", "draft": "shown"})
    assert (again.status_code, again.json()["code"]) == (409, "marker_named")
    assert (await marker.page())["state"]["draft"] is None


@pytest.mark.parametrize(("reason", "code"), [(None, "not_ended"), ("stop", "not_scored")])
async def test_there_must_be_something_to_mark(
    given: Services, script: httpx2.AsyncClient, reason: Any, code: str
) -> None:
    encounter_id = await made(script)
    if reason:
        await played(given, encounter_id, reason)
    answer = await script.post(f"/api/encounters/{encounter_id}/markers", json={"name": "Dr Berg"})
    assert (answer.status_code, answer.json()["code"]) == (409, code)
