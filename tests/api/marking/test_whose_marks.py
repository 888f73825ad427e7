"""Whose marks count as the faculty's, how far an invitation reaches, and what staff are not told of their own."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from server.core.events import Reflected
from server.core.marking.steps import Made, Signed
from server.store.marking.marks import Taken
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.grading_house import Faculty, faculty, graded, hand
from tests.api.house import OWN, Clock, Shelf
from tests.api.lab import an_attempt
from tests.api.marking_house import MARKS, Hand, marking_shelf


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def lab(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Faculty]:
    async with AsyncExitStack() as stack:
        yield await faculty(given, api, clock, stack)


async def practice(lab: Faculty, visitor: httpx2.AsyncClient) -> str:
    """Over, reflected on, and shown to the course."""
    encounter_id = await made(visitor)
    await played(lab.given, encounter_id)
    await lab.given.rooms.offer(encounter_id, Reflected())
    shared = await visitor.put(f"/api/encounters/{encounter_id}/shares/{lab.course.id}")
    assert shared.status_code < 300, shared.text
    return encounter_id


async def guest(lab: Faculty, inviter: httpx2.AsyncClient, encounter_id: str, name: str = "Dr Fay") -> Hand:
    """In a browser of their own, by the link that the inviter got."""
    answer = await inviter.post(f"/api/encounters/{encounter_id}/markers", json={"name": name})
    assert answer.status_code == 201, answer.text
    visitor = await lab.stack.enter_async_context(client(lab.api, Origin=OWN))
    assert (await visitor.post("/api/tickets", json={"ticket": answer.json()["ticket"]})).status_code == 204
    return hand(visitor, encounter_id)


def signed_before(one: Hand) -> Taken:
    """As it was signed while a guest counted as a second marker."""
    return Taken(Made("acc_berg", "Dr Berg", Signed(one.state["draft"]["digest"], "0" * 64, 0)))


async def counts_for_nobody(lab: Faculty, learner: httpx2.AsyncClient, encounter_id: str, told: str) -> None:
    """The signature is neither the report's, nor the queue's, nor a calibration set's."""
    report = (await learner.get(f"/api/encounters/{encounter_id}/report.html")).text
    assert "Signed by faculty" not in report
    assert told in report
    (row,) = (await lab.queue(lab.berg))["rows"]
    assert (row["state"], row["signed_by"]) == ("to_sign", "")
    gold = await lab.berg.put(f"/api/grading/trials/{encounter_id}/set")
    assert (gold.status_code, gold.json()["code"]) == (409, "not_signed")


async def test_a_learner_signs_as_the_learner(lab: Faculty) -> None:
    visitor, _ = await lab.learner("Ann")
    encounter_id = await practice(lab, visitor)
    own = hand(visitor, encounter_id)
    own.name = "Fay Faculty"
    assert await own.refused("mark_given", dimension="support", **MARKS["support"]) == "somebody_else"
    own.name = "Ann"
    await own.marks()
    state = await own.does("signed")
    assert (state["signature"]["by"], state["signature"]["who"], state["account"]) == ("Ann", "learner", True)
    assert "Fay Faculty" not in (await visitor.get(f"/api/encounters/{encounter_id}/record.json")).text
    await counts_for_nobody(lab, visitor, encounter_id, "Signed by the learner, not by faculty")


async def test_what_another_account_typed_is_not_kept_under_this_one(lab: Faculty) -> None:
    """A page that one grader opened, in a browser in which another has signed in since."""
    visitor, _ = await lab.learner("Ann")
    encounter_id = await practice(lab, visitor)
    page = hand(lab.cruz, encounter_id)
    page.name = "Dr Berg"
    mark = {"dimension": "support", **MARKS["support"]}
    answer = await page.tries("mark_given", **mark)
    assert (answer.status_code, answer.json()["code"]) == (409, "somebody_else")
    assert (await page.page())["state"]["sheets"] == []
    state = await page.does("mark_given", **mark, name="Dr Cruz")
    assert [each["name"] for each in state["sheets"]] == ["Dr Cruz"]


async def test_whom_a_learner_invites_is_no_faculty(lab: Faculty) -> None:
    visitor, _ = await lab.learner("Ann")
    encounter_id = await practice(lab, visitor)
    one = await guest(lab, visitor, encounter_id)
    await one.marks()
    state = await one.does("signed", name="Dr Fay Faculty")
    assert state["signature"]["who"] == "guest"
    card = (await visitor.get(f"/api/encounters/{encounter_id}/scorecard")).json()
    assert card["marking"]["signature"]["who"] == "guest"
    await counts_for_nobody(lab, visitor, encounter_id, "Signed by a guest, not by faculty")
    berg = hand(lab.berg, encounter_id)
    await berg.does("reopened", reason="Nobody of us signed.")
    for name, mark in MARKS.items():
        await berg.does("mark_given", dimension=name, **mark)
    await berg.does("sheet_closed")
    await berg.does("signed")
    assert "Signed by faculty" in (await visitor.get(f"/api/encounters/{encounter_id}/report.html")).text
    assert (await lab.queue(lab.berg))["rows"][0]["signed_by"] == "Dr Berg"


async def test_a_guest_sees_no_more_than_whoever_invited_them(lab: Faculty) -> None:
    visitor, _ = await lab.learner("Ann")
    encounter_id = await practice(lab, visitor)
    theirs, hers = await guest(lab, lab.cruz, encounter_id, "Dr Guest"), await guest(lab, visitor, encounter_id)
    await theirs.page()
    looked = (await visitor.get("/api/me/seen-by")).json()
    assert ("Dr Guest, invited to mark it", "encounter_read") in {(each["who"], each["what"]) for each in looked}
    await visitor.delete(f"/api/encounters/{encounter_id}/shares/{lab.course.id}")
    for path in ("marking", "marking/history", "record.json"):
        gone = await theirs.visitor.get(f"/api/encounters/{encounter_id}/{path}")
        assert (gone.status_code, gone.json()["code"]) == (404, "encounter_not_found"), path
    await hers.page()


@pytest.mark.parametrize("lost", ["course", "role", "account"])
async def test_an_invitation_ends_with_its_makers_place(lab: Faculty, lost: str) -> None:
    visitor, ann = await lab.learner("Ann")
    attempt = await lab.attempt(await lab.assigned(), ann)
    one, cruz = await guest(lab, lab.cruz, attempt), lab.accounts["Dr Cruz"]
    await one.page()
    listed = await visitor.get(f"/api/encounters/{attempt}/markers")
    assert [each["name"] for each in listed.json()] == ["Dr Fay"], "the learner may know who was invited"
    if lost == "course":
        await lab.given.store.courses.drop_member(lab.course.id, cruz.id, by="local")
    else:
        change: dict[str, Any] = {"roles": ("student",)} if lost == "role" else {"active": False}
        await lab.given.store.people.change(cruz.id, **change)
    assert (await one.visitor.get(f"/api/encounters/{attempt}/marking")).status_code == 404


async def test_what_observers_wrote_is_not_for_staff_who_mark(lab: Faculty) -> None:
    visitor, ann = await lab.learner("Ann")
    attempt = await lab.attempt(await lab.assigned(), ann)
    refused = await lab.berg.get(f"/api/encounters/{attempt}/observations")
    assert (refused.status_code, refused.json()["code"]) == (403, "learners_only")
    assert (await visitor.get(f"/api/encounters/{attempt}/observations")).status_code == 200


async def test_staff_are_told_nothing_of_an_attempt_of_their_own_and_release_it_not(lab: Faculty) -> None:
    exam = await lab.assigned()
    _, ann = await lab.learner("Ann")
    cruz = lab.accounts["Dr Cruz"]
    await lab.given.store.courses.change_member(lab.course.id, cruz.id, "local", part="learner")
    own, other = await lab.attempt(exam, cruz), await lab.attempt(exam, ann)
    for each in (own, other):
        one = hand(lab.berg, each)
        await graded(one)
        await one.does("signed")
    await lab.given.store.courses.change_member(lab.course.id, cruz.id, "local", part="staff")
    path = f"/api/grading/assignments/{exam.id}/marks"
    assert {row["encounter"] for row in (await lab.cruz.get(f"{path}.json")).json()["rows"]} == {other}
    assert own not in (await lab.cruz.get(f"{path}.csv")).text
    assert [row["encounter_id"] for row in (await lab.queue(lab.cruz))["rows"]] == [other]
    await hand(lab.berg, other).page()
    for ids in ([own], [own, other]):
        refused = await lab.cruz.post(f"/api/assignments/{exam.id}/release", json={"encounter_ids": ids})
        assert (refused.status_code, refused.json()["code"]) == (409, "cannot_release")
        assert f"{own} is your own" in refused.text
    done = await lab.berg.post(f"/api/assignments/{exam.id}/release", json={"encounter_ids": [own, other]})
    assert done.status_code == 200, done.text


async def test_a_guest_is_no_second_marker(lab: Faculty) -> None:
    _, ann = await lab.learner("Ann")
    exam = await lab.assigned(second_marking=True)
    attempt = await lab.attempt(exam, ann)
    berg, one = hand(lab.berg, attempt), await guest(lab, lab.berg, attempt)
    await graded(berg)
    await one.marks()
    await berg.page()
    assert berg.state["sheets_needed"] == 3
    assert await berg.refused("signed") == "second_marker_needed"
    assert (await lab.queue(lab.berg))["rows"][0]["state"] == "second_marker"
    await lab.given.store.take_marking_step(attempt, lambda _, __: signed_before(berg))
    refused = await lab.berg.post(f"/api/assignments/{exam.id}/release", json={"encounter_ids": [attempt]})
    assert "has one marker of the staff" in refused.text, "also where it was signed before this was asked"
    await berg.page()
    await berg.does("reopened", reason="For a second marker.")
    await graded(hand(lab.cruz, attempt))
    await berg.page()
    await berg.does("signed")
    done = await lab.berg.post(f"/api/assignments/{exam.id}/release", json={"encounter_ids": [attempt]})
    assert done.status_code == 200, done.text


async def test_a_number_in_the_queue_has_no_name_elsewhere(lab: Faculty) -> None:
    visitor, ann = await lab.learner("Ann")
    exam, practised = await lab.assigned(kind="summative"), await lab.assigned(kind="formative")
    counted, other = [await an_attempt(lab.given, each, ann) for each in (exam, practised)]
    told = await lab.berg.get(f"/api/encounters/{counted}/assigned")
    assert told.json()["learner"] == {"id": "", "name": "Learner 1"}
    assert ann.id not in told.text
    for who, which in ((lab.berg, other), (visitor, counted)):
        found = (await who.get(f"/api/encounters/{which}/assigned")).json()
        assert found["learner"] == {"id": ann.id, "name": "Ann"}


async def test_the_learner_is_told_who_read_their_words_in_a_table(lab: Faculty) -> None:
    visitor, ann = await lab.learner("Ann")
    assignment = await lab.assigned()
    one = hand(lab.berg, attempt := await lab.attempt(assignment, ann))
    await graded(one)
    await one.does("signed")
    for kind in ("json", "csv"):
        await lab.cruz.get(f"/api/grading/assignments/{assignment.id}/marks.{kind}")
    looked = (await visitor.get("/api/me/seen-by")).json()
    assert [(each["who"], each["encounter_id"]) for each in looked if each["what"] == "marks_read"] == [
        ("Dr Cruz", attempt)
    ], "one look, however often"
    (row,) = (await lab.queue(lab.cruz))["rows"]
    assert row["opened_at"] is None, "a table is not the transcript"
