"""What is kept of somebody: theirs to see, to take away, and to delete as far as nobody else's record hangs on it."""

import csv
import io

import httpx2
import pytest
from fastapi import FastAPI
from sqlalchemy import insert

from server.api.services import Services
from server.core.events import Ended, Entered, SentenceReady, Typed
from server.store.sql.clock import utc_now
from server.store.sql.tables_of_a_lab import assignments, attempts, course_people, courses
from server.store.store import Store
from tests.api.lab import a_course, at_the_door, enrolled, signed_in_as, with_account

CANARY = "=HYPERLINK(kestrel) I was frightened"


async def met(given: Services, visitor: httpx2.AsyncClient, felt: str = CANARY) -> str:
    """An encounter that somebody had and reflected on."""
    made: str = (await visitor.post("/api/encounters", json={"case_id": "ada-brook"})).json()["id"]
    for event in (Entered(), Typed("turn_1", "I am here now."), Ended("learner")):
        await given.rooms.offer(made, event)
    assert (await visitor.post(f"/api/encounters/{made}/reflection", json={"felt": felt})).status_code in (200, 201)
    return made


async def made_for_a_course(
    store: Store, encounter_id: str, learner: str, staff: str = "", *, held: bool = False
) -> None:
    """As if it had been opened from an assignment."""
    now = utc_now()
    rows = [
        insert(courses).values(id="crs_1", owner=staff, body="{}", open=True, made_at=now),
        insert(assignments).values(id="asg_1", course_id="crs_1", body="{}", made_at=now),
        insert(attempts).values(
            encounter_id=encounter_id,
            assignment_id="asg_1",
            learner=learner,
            number=1,
            body="{}",
            held=held,
            made_at=now,
        ),
    ]
    if staff:
        place = {"course_id": "crs_1", "person": staff, "part": "staff", "body": "{}", "added_at": now}
        rows.append(insert(course_people).values(**place))
    await store.database.write(lambda connection: [connection.execute(row) for row in rows])


async def test_all_that_is_kept_is_shown_and_taken_away(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, name="Ann") as (ann, account), signed_in_as(api, given, name="Bo") as (bo, _):
        mine, theirs = await met(given, ann), await met(given, bo, "kept to myself")
        shown = (await ann.get("/api/me/data")).json()
        assert (shown["name"], shown["sign_in"], shown["roles"]) == ("Ann", account.sign_in, ["student"])
        assert [(each["id"], each["kind"], each["stays"]) for each in shown["encounters"]] == [(mine, "practice", "")]
        file = await ann.get("/api/me/data.json")
        (kept,) = file.json()["encounters"]
        assert (kept["reflection"]["felt"], kept["lines"][0]["text"]) == (CANARY, "I am here now.")
        assert kept["scorecard"]["dimensions"]
        assert theirs not in file.text
        assert "kept to myself" not in file.text
        assert file.headers["content-disposition"].endswith('"bedside-my-data.json"')


async def test_what_is_about_to_be_said_is_not_taken_away_before_it_is_heard(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given) as (ann, _):
        made: str = (await ann.post("/api/encounters", json={"case_id": "ada-brook"})).json()["id"]
        for event in (Entered(), Typed("turn_1", "I am here now.")):
            await given.rooms.offer(made, event)
        reply = next(turn for turn in (await given.rooms.snapshot(made)).turns if turn.speaker != "learner")
        await given.rooms.offer(made, SentenceReady(reply.id, 0, "Only the wind knows.", 1_000))
        (kept,) = (await ann.get("/api/me/data.json")).json()["encounters"]
        assert kept["lines"] == []
        assert kept["turns"] == (await ann.get(f"/api/encounters/{made}")).json()["turns"]
        assert "Only the wind knows." not in (await ann.get("/api/me/data.json")).text


async def test_the_list_for_a_spreadsheet_holds_no_formula(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given) as (ann, _):
        made = await met(given, ann)
        answer = await ann.get("/api/me/data.csv")
        head, row = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff")))
        assert dict(zip(head, row, strict=True))["id"] == made
        assert answer.headers["content-type"].startswith("text/csv")


@pytest.mark.parametrize(("held", "why"), [(False, "made for an assignment"), (True, "kept by your course")])
async def test_practice_goes_and_a_courses_record_stays(api: FastAPI, given: Services, held: bool, why: str) -> None:
    async with signed_in_as(api, given) as (ann, account):
        for_the_course, practice = await met(given, ann), await met(given, ann)
        await made_for_a_course(given.store, for_the_course, account.id, held=held)
        gone = (await ann.delete("/api/me/encounters")).json()
        assert gone["erased"] == [practice]
        assert [(each["id"], why in each["stays"]) for each in gone["kept"]] == [(for_the_course, True)]
        assert (await ann.get(f"/api/encounters/{practice}")).status_code == 404
        assert (await ann.get(f"/api/encounters/{for_the_course}")).status_code == 200
        refused = await ann.delete(f"/api/encounters/{for_the_course}")
        assert (refused.status_code, refused.json()["code"]) == (403, "staff_only")


async def test_who_looked_is_told_once_an_hour_and_by_name(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given) as (ann, account):
        made = await met(given, ann)
        hale = await with_account(given, ("faculty",), "Dr Hale")
        await made_for_a_course(given.store, made, account.id, hale.id)
        assert (await ann.get("/api/me/seen-by")).json() == []
        async with at_the_door(api, given, hale.id) as staff:
            for _ in range(3):
                assert (await staff.get(f"/api/encounters/{made}")).status_code == 200
        (look,) = (await ann.get("/api/me/seen-by")).json()
        assert (look["who"], look["what"], look["encounter_id"]) == ("Dr Hale", "encounter_read", made)


async def test_what_one_posted_and_what_courses_keep_is_in_the_file(api: FastAPI, given: Services) -> None:
    """Not into which arm of a study one was drawn: whoever knows that is no good to the study."""
    async with signed_in_as(api, given, name="Ann") as (ann, account), signed_in_as(api, given, name="Bo") as (bo, _):
        course = await a_course(given, "local", "Nursing 1")
        await enrolled(given, course.id, account, group="B", time_percent=150, arms={"asg_1": "delayed"})
        mine = await met(given, ann)
        assert (await ann.put(f"/api/encounters/{mine}/shares/{course.id}")).status_code == 200
        async with signed_in_as(api, given, ("educator",), "Eve") as (eve, _):
            board = (await eve.post("/api/boards", json={"title": "Friday", "prompt": "What stayed with you?"})).json()
            code = (await eve.post(f"/api/boards/{board['id']}/code")).json()["code"]
        for visitor, words in ((ann, "The long silence."), (bo, "Not for Ann's file.")):
            await visitor.post("/api/boards/join", json={"code": code})
            posted = await visitor.post(f"/api/boards/{board['id']}/posts", json={"name": "A.", "text": words})
            assert posted.status_code == 201, posted.text
        file = await ann.get("/api/me/data.json")
        kept = file.json()
        assert [(each["board_id"], each["text"]) for each in kept["posts"]] == [(board["id"], "The long silence.")]
        assert [each["encounter_id"] for each in kept["shares"]] == [mine]
        (place,) = kept["courses"]
        assert (place["title"], place["part"], place["group"], place["time_percent"]) == (
            "Nursing 1",
            "learner",
            "B",
            150,
        )
        assert "delayed" not in file.text and "Not for Ann" not in file.text
        assert (await ann.get("/api/me/data")).json()["others"] == {
            "boards": 0, "posts": 1, "courses": 1, "case_files": 0, "shares": 1,
        }  # fmt: skip


async def test_erasure_is_asked_for_and_taken_back(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given) as (ann, account):
        asked = (await ann.put("/api/me/erasure", json={"wanted": True})).json()
        assert asked["erasure_asked_at"] is not None
        kept = await given.store.people.account(account.id)
        assert kept is not None
        assert kept.about["erasure_asked_at"]
        assert (await ann.put("/api/me/erasure", json={"wanted": False})).json()["erasure_asked_at"] is None


async def test_without_an_account_there_is_none_to_erase(browser: httpx2.AsyncClient) -> None:
    refused = await browser.put("/api/me/erasure", json={"wanted": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_account")
