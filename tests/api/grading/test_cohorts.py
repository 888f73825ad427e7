"""A cohort over the API: who may look, what is kept back, and that nobody is named."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from server.store.courses.assignments import Assignment
from server.store.people.accounts import Account
from tests.api.conftest import client
from tests.api.grading_house import Faculty, faculty, graded, hand
from tests.api.house import Clock, Shelf
from tests.api.lab import at_the_door, enrolled, with_account
from tests.api.marking_house import DIMENSIONS, marking_shelf

NAMES = ("Ann", "Bob", "Cleo", "Dag", "Eve", "Fay")


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def house(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Faculty]:
    async with AsyncExitStack() as stack:
        yield await faculty(given, api, clock, stack)


async def learners(house: Faculty, assignment: Assignment, groups: str = "AAAAAA") -> list[tuple[Account, str]]:
    """Each with one attempt that is over; they rate themselves one higher each."""
    found = []
    for number, (name, group) in enumerate(zip(NAMES, groups, strict=False)):
        account = await with_account(house.given, name=name)
        await enrolled(house.given, house.course.id, account, group=group)
        own = dict.fromkeys(DIMENSIONS, number % 5)
        encounter_id = await house.attempt(assignment, account, own)
        await rated(house, encounter_id, number % 4)
        found.append((account, encounter_id))
    return found


async def rated(house: Faculty, encounter_id: str, level: int) -> None:
    """A draft that gives this level throughout."""
    card = await house.given.store.get_scorecard(encounter_id)
    assert card is not None
    lines = [line | {"level": level, "status": "rated"} for line in card["dimensions"]]
    await house.given.store.put_scorecard(encounter_id, card["rubric"]["digest"], card | {"dimensions": lines})


async def test_a_cohort_is_counted_with_n_and_intervals_and_without_names(house: Faculty) -> None:
    assignment = await house.assigned()
    made = await learners(house, assignment)
    await enrolled(house.given, house.course.id, await with_account(house.given, name="Gus"))
    await graded(hand(house.berg, made[0][1]))
    row = (await house.berg.get("/api/cohorts")).json()[0]
    assert (row["id"], row["learners"], row["scored"], row["enough"]) == (assignment.id, 7, 6, True)
    answer = await house.berg.get(f"/api/assignments/{assignment.id}/cohort")
    seen = answer.json()
    figures = seen["figures"]
    assert (seen["scored"], figures["n"], figures["signed"], seen["groups"]) == (6, 6, 0, ["A"])
    moment = figures["moments"][0]
    assert moment["offered"]["n"] == 6 and sum(moment["counts"].values()) == moment["offered"]["count"]
    for item in figures["items"]:
        assert sum(item["levels"].values()) + item["not_applicable"] + item["unrated"] == 6
        assert item["drafts"] == item["n"], "nobody has signed yet"
        if item["n"]:
            assert 0 <= item["reached"]["low"] <= item["reached"]["value"] <= item["reached"]["high"] <= 1
    assert figures["gaps"] and all(gap["n"] == 6 == sum(gap["counts"].values()) for gap in figures["gaps"])
    assert all(each["exact"] is None for each in figures["draft"])
    assert not [name for name in (*NAMES, *(account.id for account, _ in made)) if name in answer.text]


async def test_too_few_are_not_shown_nor_downloaded_and_a_second_attempt_is_no_second_learner(house: Faculty) -> None:
    assignment = await house.assigned()
    first = await learners(house, assignment, "AAAA")
    await house.attempt(assignment, first[0][0])
    seen = (await house.berg.get(f"/api/assignments/{assignment.id}/cohort")).json()
    assert (seen["scored"], seen["fewest"], seen["figures"]) == (4, 5, None)
    for kind in ("csv", "pdf"):
        refused = await house.berg.get(f"/api/assignments/{assignment.id}/cohort.{kind}")
        assert (refused.status_code, refused.json()["code"]) == (409, "too_few")


async def test_a_group_is_shown_only_where_nobody_can_be_told_from_what_is_left(house: Faculty) -> None:
    assignment = await house.assigned()
    await learners(house, assignment, "AAAAAB")
    path = f"/api/assignments/{assignment.id}/cohort"
    assert (await house.berg.get(path)).json()["groups"] == []
    for group in ("A", "B", "C"):
        assert (await house.berg.get(path, params={"group": group})).json()["code"] == "group_not_shown"


async def test_the_download_has_a_row_a_figure_and_is_written_down(house: Faculty) -> None:
    assignment = await house.assigned()
    await learners(house, assignment)
    answer = await house.berg.get(f"/api/assignments/{assignment.id}/cohort.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.lstrip("\ufeff"))))
    assert {"cohort", "moment", "item", "self_rating"} <= {row["part"] for row in rows}
    assert [row["value"] for row in rows if row["measure"] == "learners"] == ["6"]
    assert [row["value"] for row in rows if row["measure"] == "attempts_at_equivalent_left_out"] == ["0"]
    assert not [name for name in NAMES if name in answer.text]
    noted = (await house.given.store.audit.rows())[0]
    assert (noted.action, noted.subject, noted.body["learners"]) == ("cohort_exported", assignment.id, 6)


async def test_signed_marks_are_looked_at_without_drafts_where_nobody_can_be_told(house: Faculty) -> None:
    assignment = await house.assigned()
    made = await learners(house, assignment, "AAAAA")
    path, signed = f"/api/assignments/{assignment.id}/cohort", {"marks": "signed"}
    refused = (await house.berg.get(path, params=signed)).json()
    assert (refused["status"], refused["code"]) == (404, "signed_not_shown")
    assert not (await house.berg.get(path)).json()["signed_shown"]
    for _, encounter_id in made:
        card = await house.given.store.get_scorecard(encounter_id)
        assert card is not None
        await house.given.store.put_scorecard(encounter_id, card["rubric"]["digest"], card | {"status": "signed"})
    shown = (await house.berg.get(path, params=signed)).json()
    assert (shown["signed_shown"], shown["marks"], shown["scored"]) == (True, "signed", 5)
    assert (shown["figures"]["signed"], shown["figures"]["drafts"]) == (5, 0)
    assert {item["drafts"] for item in shown["figures"]["items"]} == {0}


async def test_words_are_quoted_only_of_who_agreed_and_without_their_name(house: Faculty) -> None:
    assignment = await house.assigned()
    made = await learners(house, assignment)
    path = f"/api/assignments/{assignment.id}/cohort"
    for _, encounter_id in made[:2]:
        one = hand(house.berg, encounter_id)
        await graded(one)
        await one.does("signed")
    assert (await house.berg.get(path)).json()["figures"]["exemplars"] == []
    async with at_the_door(house.api, house.given, made[0][0].id) as ann:
        asked = (await ann.get("/api/me/may-show")).json()
        assert [(each["course_id"], each["may_show"]) for each in asked] == [(house.course.id, False)]
        await ann.put(f"/api/me/may-show/{house.course.id}", json={"may_show": True})
        shown = (await house.berg.get(path)).json()["figures"]["exemplars"]
        assert [(each["dimension"], each["level"]) for each in shown] == [("responsiveness", 3)]
        looks = [each for each in (await ann.get("/api/me/seen-by")).json() if each["what"] == "quoted_to_staff"]
        assert [(each["who"], each["encounter_id"]) for each in looks] == [("Dr Berg", made[0][1])]
        await ann.put(f"/api/me/may-show/{house.course.id}", json={"may_show": False})
    assert (await house.berg.get(path)).json()["figures"]["exemplars"] == []


async def test_learners_and_others_staff_do_not_look(house: Faculty) -> None:
    assignment = await house.assigned()
    made = await learners(house, assignment)
    path = f"/api/assignments/{assignment.id}/cohort"
    stranger = await with_account(house.given, ("faculty",), "Dr Dorn")
    async with (
        at_the_door(house.api, house.given, stranger.id) as dorn,
        at_the_door(house.api, house.given, made[0][0].id) as ann,
        client(house.api) as nobody,
    ):
        codes = [(await each.get(path)).status_code for each in (dorn, ann, nobody)]
        assert codes == [404, 403, 401]
        assert (await dorn.get("/api/cohorts")).json() == []
        assert (await dorn.put(f"/api/me/may-show/{house.course.id}", json={"may_show": True})).status_code == 404
