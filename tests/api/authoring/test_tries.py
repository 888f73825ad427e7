"""A try-out: of a case of the library or of a draft, by who writes or teaches; in no list, and never scored."""

from __future__ import annotations

from pathlib import Path

import httpx2
from fastapi import FastAPI

from server.api.services import Services
from server.core.events import Opened
from server.store.encounters.scorecards import scorecards_of_case
from tests.api.encounters.test_encounters import made, played
from tests.api.lab import a_course, signed_in_as

CASE = Path(__file__).parents[2] / "content" / "small-case.yaml"


async def test_a_tryout_is_opened_as_one_and_is_in_no_list(given: Services, script: httpx2.AsyncClient) -> None:
    real = await made(script)
    answer = await script.post("/api/tries", json={"case_id": "ada-brook"})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["briefing"]["case_id"] == "ada-brook" and told["realtime_url"].endswith(told["id"])
    _, entries = await given.store.read(told["id"])
    assert isinstance(entries[0].event, Opened) and entries[0].event.tryout
    assert [each["id"] for each in (await script.get("/api/encounters")).json()] == [real]
    assert (await script.get(f"/api/encounters/{told['id']}")).status_code == 200


async def test_it_is_never_scored_and_counts_in_no_cohort(given: Services, script: httpx2.AsyncClient) -> None:
    tried = (await script.post("/api/tries", json={"case_id": "ada-brook"})).json()["id"]
    await played(given, tried)
    assert (await script.post(f"/api/encounters/{tried}/reflection", json={})).status_code == 200
    card = (await script.get(f"/api/encounters/{tried}/scorecard")).json()
    assert (card["status"], card["not_scored"], card["dimensions"]) == ("not_scored", "tryout", [])
    assert await given.store.database.read(lambda connection: scorecards_of_case(connection, "ada-brook")) == []


async def test_what_is_asked_for_must_be_one_case(script: httpx2.AsyncClient) -> None:
    for wish in ({}, {"case_id": "ada-brook", "file_id": "cf_1"}):
        answer = await script.post("/api/tries", json=wish)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_field")
    assert (await script.post("/api/tries", json={"case_id": "nobody"})).status_code == 404
    assert (await script.post("/api/tries", json={"file_id": "cf_nothing"})).status_code == 404


async def test_a_draft_is_tried_as_it_stands_by_who_may_read_it(api: FastAPI, given: Services) -> None:
    async with (
        signed_in_as(api, given, ("educator",), "Eve") as (eve, _),
        signed_in_as(api, given, ("educator",), "Ed") as (other, _),
    ):
        text = CASE.read_text(encoding="utf-8").replace("nursing-empathy", "small")
        new = await eve.post("/api/case-files", json={"text": text})
        assert new.status_code == 201, new.text
        file = new.json()
        answer = await eve.post("/api/tries", json={"file_id": file["id"]})
        assert answer.status_code == 201, answer.text
        assert answer.json()["briefing"]["case_id"] == file["case_id"]
        assert (await other.post("/api/tries", json={"file_id": file["id"]})).status_code == 404


async def test_a_student_tries_nothing_out(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("student",)) as (student, _):
        answer = await student.post("/api/tries", json={"case_id": "ada-brook"})
    assert (answer.status_code, answer.json()["code"]) == (403, "not_your_role")


async def test_it_is_shown_to_no_course(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("educator",), "Eve") as (eve, account):
        course = await a_course(given, account)
        tried = (await eve.post("/api/tries", json={"case_id": "ada-brook"})).json()["id"]
        answer = await eve.put(f"/api/encounters/{tried}/shares/{course.id}")
        assert (answer.status_code, answer.json()["code"]) == (409, "not_practice")
