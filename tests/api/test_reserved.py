"""A case that an assignment keeps cannot be practised beforehand by those who will be assessed with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI

from server.api.services import Services
from server.core.assigning.reserving import kept_until
from server.core.assigning.terms import Study, Terms
from server.core.events import Ended, Entered, Typed
from tests.api.encounters.test_encounters import played
from tests.api.house import Clock
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as, with_account

CLOSES = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("changes", "at", "begun", "kept"),
    [
        ({}, CLOSES - timedelta(seconds=1), False, True),
        ({}, CLOSES - timedelta(seconds=1), True, True),
        ({}, CLOSES, False, False),
        ({"closes": ""}, CLOSES, False, True),
        ({"closes": ""}, CLOSES, True, False),
        ({"kind": "formative"}, CLOSES - timedelta(days=1), False, False),
        ({"published": False}, CLOSES - timedelta(days=1), False, False),
    ],
)
def test_until_when_a_case_is_kept(changes: dict[str, object], at: datetime, begun: bool, kept: bool) -> None:
    terms = Terms(
        **{  # type: ignore[arg-type]
            "title": "Station 4", "case_id": "ada-brook", "kind": "summative", "published": True,
            "closes": "2026-03-02T18:00", "zone": "Europe/Berlin", **changes,
        }
    )  # fmt: skip
    why = kept_until(terms, at, begun=begun)
    assert bool(why) is kept
    assert not kept or "Station 4" in why
    assert "closes" in changes or not kept or why.endswith("until 2 March 2026, 18:00 (Europe/Berlin).")


def test_while_marks_are_withheld_a_case_is_kept_whatever_it_counts_for() -> None:
    open_ended = Terms("Station 4", "ada-brook", published=True)
    for terms in (open_ended, replace(open_ended, kind="summative")):
        why = kept_until(terms, CLOSES, begun=True, withheld="Marks are released on Monday.")
        assert "Station 4" in why and why.endswith(" Marks are released on Monday.")


async def test_its_learners_are_told_and_kept_out(api: FastAPI, given: Services, clock: Clock) -> None:
    staff = await with_account(given, ("faculty",), "Dr Hale")
    course = await a_course(given, staff)
    async with signed_in_as(api, given, name="Ann") as (ann, account), signed_in_as(api, given, name="Bo") as (bo, _):
        await enrolled(given, course.id, account)
        assignment = await an_assignment(given, course.id, kind="summative", closes="2026-01-01T06:00")
        practice = {"case_id": "ada-brook"}
        refused = await ann.post("/api/encounters", json=practice)
        assert (refused.status_code, refused.json()["code"]) == (409, "case_reserved")
        cards = {each["case_id"]: each["reserved"] for each in (await ann.get("/api/cases")).json()}
        assert "Meet Ada" in cards["ada-brook"]
        assert (await ann.get("/api/cases/ada-brook")).json()["reserved"] == cards["ada-brook"]
        assert (await bo.post("/api/encounters", json=practice)).status_code == 201
        assert await an_attempt(given, assignment, account)
        clock.pass_time(hours=6)
        assert (await ann.post("/api/encounters", json=practice)).status_code == 201
        assert (await ann.get("/api/cases/ada-brook")).json()["reserved"] == ""


WITHHOLDING: dict[str, dict[str, Any]] = {
    "an arm": {"study": Study(("delayed",), "REC 2026-14", "2026-01-02T09:00")},
    "a release": {"kind": "summative", "release": "date", "release_at": "2026-01-02T09:00"},
}


@pytest.mark.parametrize("by", WITHHOLDING)
async def test_what_is_withheld_is_not_learned_from_practice(
    api: FastAPI, given: Services, clock: Clock, by: str
) -> None:
    """Of an attempt that they went into, until its marks are theirs to see; another assignment of the case or not."""
    course = await a_course(given, await with_account(given, ("faculty",), "Dr Hale"))
    async with signed_in_as(api, given, name="Ann") as (ann, account):
        practice = {"case_id": "ada-brook"}
        older = (await ann.post("/api/encounters", json=practice)).json()["id"]
        for event in (Entered(), Typed("turn_1", "Hello."), Ended("learner")):
            await given.rooms.offer(older, event)
        await ann.post(f"/api/encounters/{older}/reflection", json={})
        await enrolled(given, course.id, account)
        await an_assignment(given, course.id)
        made = await an_assignment(given, course.id, **WITHHOLDING[by])
        await an_assignment(given, course.id)
        attempt = await an_attempt(given, made, account)
        assert (await ann.post("/api/encounters", json=practice)).status_code == 201, "they have not gone in"
        await played(given, attempt)
        refused = await ann.post("/api/encounters", json=practice)
        assert (refused.status_code, refused.json()["code"]) == (409, "case_reserved")
        again = await ann.post(f"/api/encounters/{older}/retry", json={"turn": "turn_1"})
        assert (again.status_code, again.json()["code"]) == (409, "case_reserved")
        assert "2 January 2026" in (await ann.get("/api/cases/ada-brook")).json()["reserved"]
