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
from server.core.scoring.scorecard import Rating, Scorecard
from server.core.scoring.scoring import SCORER
from server.store.house.rules import Freeze
from tests.api.grading_house import Faculty, faculty, graded, hand
from tests.api.house import Clock, Shelf
from tests.api.lab import signed_in_as
from tests.api.marking_house import marking_shelf
from tests.assess.calibrating import ADA, BEN, Made, made

PATH = "/api/grading/calibration"


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
