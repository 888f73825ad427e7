"""A group's debriefing over the API: from bookmarks to nameless moments, only of who agreed, and nothing lost."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from server.core.events import Ended, Entered, Reflected, Typed
from server.store.people.accounts import Account
from tests.api.grading_house import Faculty, faculty
from tests.api.house import Clock, Shelf
from tests.api.lab import an_attempt, at_the_door, enrolled, signed_in_as, with_account
from tests.api.marking_house import marking_shelf

SAID = "Hello, I'm Zuzana Novotna. May I sit down?"


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def house(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Faculty]:
    async with AsyncExitStack() as stack:
        yield await faculty(given, api, clock, stack)


async def an_encounter(house: Faculty) -> tuple[Account, str, str]:
    """Of a learner who says her name; with the id of the turn in which she does."""
    account = await with_account(house.given, name="Zuzana Novotna")
    await enrolled(house.given, house.course.id, account)
    encounter_id = await an_attempt(house.given, await house.assigned(), account)
    for event in (Entered(), Typed("turn_hello", SAID), Ended("learner"), Reflected()):
        await house.given.rooms.offer(encounter_id, event)
    return account, encounter_id, "turn_hello"


async def may_show(house: Faculty, account: Account, yes: bool) -> None:
    async with at_the_door(house.api, house.given, account.id) as learner:
        await learner.put(f"/api/me/may-show/{house.course.id}", json={"may_show": yes})


async def a_playlist(house: Faculty) -> dict[str, Any]:
    made = await house.berg.post("/api/playlists", json={"title": "Friday", "course_id": house.course.id})
    assert made.status_code == 201, made.text
    found: dict[str, Any] = (await house.berg.get(f"/api/playlists/{made.json()['id']}")).json()
    return found


async def save(visitor: httpx2.AsyncClient, playlist: dict[str, Any], **changes: Any) -> httpx2.Response:
    body = {"edition": playlist["edition"], "title": playlist["title"], "moments": [], **changes}
    return await visitor.put(f"/api/playlists/{playlist['id']}", json=body)


async def test_a_bookmark_becomes_a_moment_without_a_name_once_its_learner_agreed(house: Faculty) -> None:
    account, encounter_id, turn = await an_encounter(house)
    remark = {"kind": "bookmark", "turn": turn, "text": "Zuzana asks first"}
    for grader in (house.berg, house.cruz):
        assert (await grader.post(f"/api/encounters/{encounter_id}/remarks", json=remark)).status_code == 201
    playlist = await a_playlist(house)
    path, wanted = f"/api/playlists/{playlist['id']}", {"encounter_id": encounter_id, "turn": turn}
    before = (await house.berg.get(f"{path}/bookmarks")).json()[0]
    assert (before["line"], "has not agreed" in before["withheld"]) == (None, True)
    assert (await save(house.berg, playlist, moments=[wanted])).json()["code"] == "cannot_show"
    await may_show(house, account, True)
    (bookmark,) = (await house.berg.get(f"{path}/bookmarks")).json()
    assert (bookmark["withheld"], bookmark["says"]) == ("", "[the learner] asks first")
    saved = await save(house.berg, playlist, moments=[wanted | {"notes": "She asks."}], themes=["asking first"])
    moment = saved.json()["moments"][0]
    assert moment["at"]["text"] == "Hello, I'm [the learner]. May I sit down?" and moment["at"]["who"] == "Learner"
    assert "uzana" not in saved.text and account.id not in saved.text
    assert moment["asks"] and saved.json()["phases"]
    await may_show(house, account, False)
    taken_back = (await house.cruz.get(path)).json()
    assert (taken_back["moments"][0]["at"], taken_back["moments"][0]["notes"]) == (None, "She asks.")
    assert SAID not in (await house.berg.get(path)).text


async def test_two_who_save_at_once_lose_nothing(house: Faculty) -> None:
    playlist = await a_playlist(house)
    assert (await save(house.cruz, playlist, notes="by Cruz")).status_code == 200
    late = await save(house.berg, playlist, notes="by Berg")
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    now = (await house.berg.get(f"/api/playlists/{playlist['id']}")).json()
    assert (now["notes"], now["edition"]) == ("by Cruz", 2)
    assert (await save(house.berg, now, title=" ")).json()["field"] == "title"


async def test_a_playlist_is_its_courses_staffs_and_a_persons_own_is_theirs(house: Faculty) -> None:
    account, encounter_id, turn = await an_encounter(house)
    await may_show(house, account, True)
    shared = await a_playlist(house)
    own = (await house.berg.post("/api/playlists", json={"title": "Mine"})).json()
    listed = (await house.cruz.get("/api/playlists")).json()
    assert [each["id"] for each in listed] == [shared["id"]]
    refused = await save(house.berg, {**own, "edition": 1}, moments=[{"encounter_id": encounter_id, "turn": turn}])
    assert refused.json()["code"] == "cannot_show", "an encounter of a course is shown to that course"
    async with signed_in_as(house.api, house.given, ("faculty",), "Dr Dorn") as (dorn, _):
        path = f"/api/playlists/{shared['id']}"
        answers = [await dorn.get(path), await save(dorn, shared), await dorn.delete(path)]
        answers += [await dorn.get(f"{path}/bookmarks"), await house.cruz.get(f"/api/playlists/{own['id']}")]
        assert [each.status_code for each in answers] == [404] * 5
        made = await dorn.post("/api/playlists", json={"title": "X", "course_id": house.course.id})
        assert made.status_code == 404
    assert (await house.cruz.delete(f"/api/playlists/{shared['id']}")).status_code == 204
    assert (await house.berg.get("/api/playlists")).json()[0]["id"] == own["id"]
