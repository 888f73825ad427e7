"""A calibration is put in force from the page: what it changes is told first, and nothing moves during a freeze."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.grading import calibration
from server.api.premises import Premises
from server.api.services import Services
from server.assess.calibrating.applying import InForce
from server.assess.calibrating.marks import DRAFT, Mark
from server.assess.calibrating.record import Calibration, Ruling, keep_calibration, read_calibrations
from server.core.events import Reflected
from server.core.scoring.scorecard import Rating, Scorecard
from server.core.scoring.scoring import SCORER
from server.store.house.rules import Freeze
from tests.api.conftest import client
from tests.api.encounters.test_encounters import played
from tests.api.grading_house import Faculty, faculty, graded, hand
from tests.api.house import OWN, Clock, Shelf
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as
from tests.api.marking_house import Hand, marking_shelf
from tests.assess.calibrating import ADA, BEN, Made, made

PATH = "/api/grading/calibration"
OLD = Calibration("small", "d", "r", "2026-01-01", 40, 3, "s", {"support": Ruling("stopped", "because", 40)}, "Root")


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def lab(given: Services, api: FastAPI, clock: Clock, tmp_path: Path) -> AsyncIterator[Faculty]:
    async with AsyncExitStack() as stack:
        kept = replace(given, premises=Premises(tmp_path))
        api.state.services = kept
        yield await faculty(kept, api, clock, stack)


@pytest.fixture
def thirty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Thirty transcripts that two people marked, and drafts of them that are no better than chance."""
    marks = [replace(mark, dimension="support") for mark in made(ADA, BEN, Made(DRAFT, noise=6.0), n=30)]
    rated = {mark.transcript: mark.level for mark in marks if mark.rater == DRAFT}
    cards = {
        name: Scorecard("draft", {}, (Rating("support", level, "rated", (), ""),), (), {"rater": SCORER})
        for name, level in rated.items()
    }

    async def found(*_: Any) -> tuple[list[Mark], dict[str, Scorecard], int]:
        return [mark for mark in marks if mark.rater != DRAFT], cards, 0

    monkeypatch.setattr(calibration, "marked_twice", found)


async def test_what_it_changes_is_told_before_it_is_put_in_force(lab: Faculty, thirty: None, tmp_path: Path) -> None:
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, account):
        page = (await root.get(PATH)).json()
        told = {each["dimension"]: (each["before"], each["after"]) for each in page["proposal"]["changes"]}
        assert told["support"] == ("drafted as the rater makes it", "left to a person")
        assert told["blockers"] == ("drafted as the rater makes it",) * 2
        assert (page["in_force"], page["proposal"]["why_not"], page["named"]) == (None, "", False)
        stale = await root.put(f"{PATH}/small", json={"digest": "0" * 64})
        assert (stale.status_code, stale.json()["code"]) == (409, "stale_figures")
        following = InForce(tmp_path)
        assert dict(following) == {}
        done = await root.put(f"{PATH}/small", json={"digest": page["proposal"]["digest"]})
        assert (done.status_code, done.json()["by"], done.json()["transcripts"]) == (200, "Root", 30)
        assert following["small"].dimensions["support"].outcome == "stopped", "a running service follows at once"
        again = (await root.get(PATH)).json()
        assert all(each["before"] == each["after"] for each in again["proposal"]["changes"])
        assert (await root.delete(f"{PATH}/small")).status_code == 204
        assert (await root.delete(f"{PATH}/small")).json()["code"] == "none_in_force"
        assert dict(following) == {}
    rows = [(row.actor, row.action, row.subject) for row in await lab.given.store.audit.rows()]
    assert [row for row in rows if row[1].startswith("calibration")] == [
        (account.id, "calibration_withdrawn", "small"),
        (account.id, "calibration_applied", "small"),
    ]


async def test_nothing_is_put_in_force_during_a_freeze(lab: Faculty, thirty: None, tmp_path: Path) -> None:
    now = lab.given.clock()
    freeze = Freeze(now, now + timedelta(days=1), ("rubrics",), "OSCE week")
    await lab.given.store.house.put_freeze(freeze, "local")
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
        page = (await root.get(PATH)).json()
        assert "OSCE week" in page["proposal"]["why_not"]
        refused = [
            await root.put(f"{PATH}/small", json={"digest": page["proposal"]["digest"]}),
            await root.delete(f"{PATH}/small"),
        ]
    assert {(each.status_code, each.json()["code"]) for each in refused} == {(409, "frozen")}
    assert dict(InForce(tmp_path)) == {}


async def test_faculty_may_where_they_lead_and_enough_was_marked(lab: Faculty) -> None:
    _, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(second_marking=True), ann)
    for grader in (lab.berg, lab.cruz):
        await graded(hand(grader, attempt))
    leader, other = [(await each.get(PATH)).json()["proposal"] for each in (lab.berg, lab.cruz)]
    assert "no dimension has enough transcripts" in leader["why_not"]
    assert "of others' courses" in other["why_not"]
    answers = [await each.put(f"{PATH}/small", json={"digest": leader["digest"]}) for each in (lab.berg, lab.cruz)]
    assert [(each.status_code, each.json()["code"]) for each in answers] == [
        (409, "nothing_decided"), (403, "not_the_leader"),
    ]  # fmt: skip
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
        whole = (await root.get(PATH)).json()
    assert whole["findings"]["transcripts"] == 1, "an administrator's is of the whole house"
    assert sorted(whole["findings"]["raters"]) == ["rater A", "rater B"]
    assert "of the staff" in whole["findings"]["source"], "what the house is measured on is said"


async def test_a_file_that_is_spoilt_meanwhile_changes_no_draft(
    lab: Faculty, thirty: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    following = InForce(tmp_path)
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
        digest = (await root.get(PATH)).json()["proposal"]["digest"]
        await root.put(f"{PATH}/small", json={"digest": digest})
    assert list(following) == ["small"]
    (tmp_path / "calibration.json").write_text("{", encoding="utf-8")
    assert list(following) == ["small"]
    assert "cannot be used as a calibration" in caplog.text


async def test_only_administrators_withdraw_what_the_whole_house_follows(lab: Faculty, tmp_path: Path) -> None:
    keep_calibration(tmp_path, OLD)
    async with signed_in_as(lab.api, lab.given, ("faculty",), "Dr Own") as (own, account):
        course = await a_course(lab.given, account)
        _, ann = await lab.learner()
        await enrolled(lab.given, course.id, ann)
        await an_attempt(lab.given, await an_assignment(lab.given, course.id), ann)
        assert (await own.delete(f"{PATH}/small")).status_code == 403
        assert (await own.get(PATH)).json()["in_force"]["may_withdraw"] is False
    assert list(read_calibrations(tmp_path)) == ["small"]
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
        assert (await root.get(PATH)).json()["in_force"]["may_withdraw"] is True
        assert (await root.delete(f"{PATH}/small")).status_code == 204


async def test_a_spoilt_file_is_said_and_nothing_is_done_with_it(lab: Faculty, thirty: None, tmp_path: Path) -> None:
    (tmp_path / "calibration.json").write_text("{", encoding="utf-8")
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
        page = (await root.get(PATH)).json()
        assert "cannot be used as a calibration" in page["in_force"]["ignored"]
        assert "cannot be used as a calibration" in page["proposal"]["why_not"]
        refused = [
            await root.put(f"{PATH}/small", json={"digest": page["proposal"]["digest"]}),
            await root.delete(f"{PATH}/small"),
        ]
    assert {(each.status_code, each.json()["code"]) for each in refused} == {(409, "bad_calibration")}
    assert all("cannot be used as a calibration" in each.text for each in refused)


async def test_who_put_it_in_force_is_kept_by_id_and_named_when_shown(
    lab: Faculty, thirty: None, tmp_path: Path
) -> None:
    async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, account):
        digest = (await root.get(PATH)).json()["proposal"]["digest"]
        assert (await root.put(f"{PATH}/small", json={"digest": digest})).json()["by"] == "Root"
        assert read_calibrations(tmp_path)["small"].by == account.id
        assert "Root" not in (tmp_path / "calibration.json").read_text()
        keep_calibration(tmp_path, replace(OLD, by="Dr Ada Example"))
        assert (await root.get(PATH)).json()["in_force"]["by"] == "Dr Ada Example", "as older files have it"


async def test_private_practice_of_a_learner_calibrates_nobody(lab: Faculty) -> None:
    async with signed_in_as(lab.api, lab.given, ("student",), "Stu") as (stu, _):
        begun = await stu.post("/api/encounters", json={"case_id": "ada-brook", "acknowledged": True})
        encounter_id = begun.json()["id"]
        await played(lab.given, encounter_id)
        await lab.given.rooms.offer(encounter_id, Reflected(self_rating={}))
        invited = await stu.post(f"/api/encounters/{encounter_id}/markers", json={"name": "A friend"})
        async with client(lab.api, Origin=OWN) as friend:
            await friend.post("/api/tickets", json={"ticket": invited.json()["ticket"]})
            await Hand(friend, f"/api/encounters/{encounter_id}").marks()
        own = Hand(stu, f"/api/encounters/{encounter_id}")
        await own.page()
        await own.marks()
        assert await lab.given.store.grading.marked_by_two() == {}
        async with signed_in_as(lab.api, lab.given, ("administrator",), "Root") as (root, _):
            assert (await root.get(PATH)).json()["findings"] is None
        _, ann = await lab.learner()
        attempt = await lab.attempt(await lab.assigned(second_marking=True), ann)
        for grader in (lab.berg, lab.cruz):
            await graded(hand(grader, attempt))
        assert list(await lab.given.store.grading.marked_by_two()) == [attempt]
