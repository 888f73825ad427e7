"""What goes on now, for whoever may watch it: named as far as it may be, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest
from fastapi import FastAPI

from server.api.grading import running
from server.api.services import Services
from server.core.events import Entered
from server.store.marking import grading
from tests.api.encounters.test_encounters import played
from tests.api.house import Clock, FoldingRooms
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as, with_account


async def test_staff_find_what_runs_in_their_courses_and_nothing_else(
    api: FastAPI, given: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    learner, stranger = await with_account(given), await with_account(given)
    rooms = cast("FoldingRooms", given.rooms)
    async with signed_in_as(api, given, ("faculty",)) as (staff, account):
        mine, other = await a_course(given, account), await a_course(given, stranger)
        for course in (mine, other):
            await enrolled(given, course.id, learner)
        open_one = await an_assignment(given, mine.id, kind="formative", title="Week 3")
        hidden = await an_assignment(given, mine.id, kind="summative", title="The exam")
        ids = [await an_attempt(given, each, learner) for each in (open_one, hidden)]
        await an_attempt(given, await an_assignment(given, other.id), learner)
        encounter = await given.rooms.offer(ids[1], Entered())
        rooms.live[ids[1]] = (encounter, 95_000)

        rows: list[dict[str, Any]] = (await staff.get("/api/running")).json()
        told = [(row["encounter_id"], row["learner"], row["title"], row["phase"], row["at_ms"]) for row in rows]
        assert told == [
            (ids[1], "Learner 1", "The exam", "encounter", 95_000),
            (ids[0], learner.name, "Week 3", None, None),
        ]
        names = [(await staff.get(f"/api/encounters/{each}/observing")).json()["learner"] for each in ids]
        assert names == [learner.name, "Learner 1"]

        monkeypatch.setattr(running, "FORGOTTEN", timedelta(hours=1))
        clock.pass_time(hours=2)
        assert [row["encounter_id"] for row in (await staff.get("/api/running")).json()] == [ids[1]]
        rooms.live[ids[1]] = (replace(encounter, phase="reflection", ended="learner"), 95_000)
        assert (await staff.get("/api/running")).json() == []


async def test_what_has_ended_is_not_even_read(api: FastAPI, given: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    learner, read = await with_account(given), list[str]()
    async with signed_in_as(api, given, ("faculty",)) as (staff, account):
        course = await a_course(given, account)
        await enrolled(given, course.id, learner)
        ids = [await an_attempt(given, await an_assignment(given, course.id), learner) for _ in range(2)]
        await played(given, ids[0])
        whole = grading._waiting

        def noted(row: Any) -> grading.Waiting:
            read.append(row.encounter_id)
            return whole(row)

        monkeypatch.setattr(grading, "_waiting", noted)
        await staff.get("/api/running")
        assert read == [ids[1]]


async def test_a_learner_is_told_of_nothing_that_runs(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("student",)) as (learner, account):
        staff = await with_account(given, ("faculty",))
        course = await a_course(given, staff)
        await enrolled(given, course.id, account)
        encounter_id = await an_attempt(given, await an_assignment(given, course.id), account)
        assert (await learner.get("/api/running")).status_code == 403
        assert (await learner.get(f"/api/encounters/{encounter_id}/observing")).json()["learner"] == ""
