"""Long tasks over the API: begun, watched, stopped, found again; and a proof as one of them."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.access import Person
from server.api.at_work import AtWork
from server.api.services import Services
from server.api.tasks import running
from server.api.tasks.apart import WorkFailed
from server.api.tasks.kinds import KINDS, Kind
from server.api.tasks.progress import Progress
from server.core.errors import Conflict, NotFound
from server.store.house.tasks import Task
from server.store.sql.clock import utc_now
from tests.api import task_work
from tests.api.lab import signed_in_as


class Bell:
    """A kind of task that works until it is rung."""

    def __init__(self) -> None:
        self.rung = asyncio.Event()
        self.begun: list[str] = []

    async def run(self, given: Services, task: Task, progress: Progress) -> dict[str, Any]:
        self.begun.append(task.about)
        progress(1, 2, "listening")
        await self.rung.wait()
        if task.about == "broken":
            raise Conflict("The bell is broken.", mend="Mend it.")
        return {"heard": task.about}

    async def allow(self, given: Services, person: Person, about: str, asked: Mapping[str, Any]) -> str:
        if about == "none":
            raise NotFound("There is no such bell.")
        return f"Hear {about}"


@pytest_asyncio.fixture
async def bell(monkeypatch: pytest.MonkeyPatch, given: Services) -> AsyncIterator[Bell]:
    made = Bell()
    monkeypatch.setitem(KINDS, "bell", Kind(made.run, made.allow, frozenset({"educator"}), page="#/bell/{id}"))
    monkeypatch.setattr(running, "BEAT_S", 0.01)
    monkeypatch.setattr(running, "SIGN_OF_LIFE", timedelta(seconds=0.05))
    yield made
    await running.close(given)


async def until(visitor: httpx2.AsyncClient, task_id: str, *states: str) -> dict[str, Any]:
    """Ask until the task is there."""
    async with asyncio.timeout(60):
        while True:
            found: dict[str, Any] = (await visitor.get(f"/api/tasks/{task_id}")).json()
            if found["state"] in states:
                return found
            await asyncio.sleep(0.01)


async def begin(visitor: httpx2.AsyncClient, about: str, kind: str = "bell", **asked: object) -> dict[str, Any]:
    answer = await visitor.post("/api/tasks", json={"kind": kind, "about": about, "asked": asked})
    assert answer.status_code == 202, answer.text
    made: dict[str, Any] = answer.json()
    return made


async def test_one_heavy_task_at_a_time_each_found_again_with_its_result(
    api: FastAPI, given: Services, bell: Bell
) -> None:
    async with signed_in_as(api, given, ("educator",)) as (ann, _):
        first, second = await begin(ann, "one"), await begin(ann, "two")
        assert (await begin(ann, "one"))["id"] == first["id"]
        seen = await until(ann, first["id"], "running")
        waiting = await until(ann, second["id"], "waiting")
        assert (waiting["done"], waiting["page"], seen["title"], bell.begun) == (0, "", "Hear one", ["one"])
        async with signed_in_as(api, given, ("educator",), "Ben") as (ben, _):
            third = await begin(ben, "three")
            assert (await until(ben, third["id"], "waiting"))["ahead"] == 2
            assert (await begin(ben, "one"))["yours"] is False, "Ann's goes on"
            assert (await ben.delete(f"/api/tasks/{third['id']}")).json()["state"] == "stopped"
        assert (seen["ahead"], waiting["ahead"]) == (0, 1)
        bell.rung.set()
        done = await until(ann, second["id"], "done")
        assert (done["result"], done["page"], done["done"]) == ({"heard": "two"}, f"#/bell/{second['id']}", 1)
        assert [task["state"] for task in (await ann.get("/api/tasks")).json()] == ["done", "done"]


async def test_what_fails_says_why_and_how_to_mend_it(api: FastAPI, given: Services, bell: Bell) -> None:
    bell.rung.set()
    async with signed_in_as(api, given, ("educator",)) as (ann, _):
        failed = await until(ann, (await begin(ann, "broken"))["id"], "failed")
        assert (failed["why"], failed["result"], failed["page"]) == ("The bell is broken. Mend it.", None, "")


async def test_a_task_is_stopped_from_here_and_from_another_process(api: FastAPI, given: Services, bell: Bell) -> None:
    async with signed_in_as(api, given, ("educator",)) as (ann, _):
        task = await begin(ann, "one")
        await until(ann, task["id"], "running")
        stopped = await ann.delete(f"/api/tasks/{task['id']}")
        assert (stopped.json()["state"], task["id"] in given.tasks.running) == ("stopped", False)
        assert (await ann.delete(f"/api/tasks/{task['id']}")).json()["why"] == stopped.json()["why"]
        other = await begin(ann, "two")
        await until(ann, other["id"], "running")
        await running.stop(replace(given, tasks=AtWork()), other["id"])
        async with asyncio.timeout(10):
            while other["id"] in given.tasks.running:
                await asyncio.sleep(0.01)
                bell_told = await given.store.tasks.find(other["id"])
                assert bell_told is not None and bell_told.state == "stopped"


async def test_what_was_open_when_the_server_stopped_says_to_begin_again(
    api: FastAPI, given: Services, bell: Bell
) -> None:
    async with signed_in_as(api, given, ("educator",)) as (ann, account):
        task = await begin(ann, "one")
        silent = utc_now() - timedelta(seconds=50)
        lost = await given.store.tasks.begin(
            Task("tsk_lost", account.id, "bell", "lost", "Hear lost", "running", moved_at=silent)
        )
        seen = (await ann.get("/api/tasks/tsk_lost")).json()
        assert seen["state"] == "running" and 50 <= seen["silent_s"] < 110, "another process may be at it"
        await running.sweep(given, alone=True)
        assert (await until(ann, lost.id, "stopped"))["why"].endswith("begin it again.")
        assert (await until(ann, task["id"], "running", "waiting"))["id"] == task["id"]
        await running.close(given)
        assert (await until(ann, task["id"], "stopped"))["why"].endswith("begin it again.")
        bell.rung.set()
        again = await begin(ann, "one")
        assert again["id"] != task["id"] and (await until(ann, again["id"], "done"))["result"] == {"heard": "one"}


async def test_who_may_not_begin_it_neither_begins_nor_sees_nor_stops_it(
    api: FastAPI, given: Services, bell: Bell
) -> None:
    async with (
        signed_in_as(api, given, ("educator",)) as (ann, account),
        signed_in_as(api, given, ("educator",), "Eve") as (eve, _),
        signed_in_as(api, given, ("student",), "Bob") as (bob, _),
    ):
        task = await begin(ann, "one")
        assert (await eve.get(f"/api/tasks/{task['id']}")).json()["yours"] is False
        assert [each["id"] for each in (await eve.get("/api/tasks?kind=bell&about=one")).json()] == [task["id"]]
        refused = [
            await bob.get(f"/api/tasks/{task['id']}"),
            await bob.delete(f"/api/tasks/{task['id']}"),
            await bob.get("/api/tasks?kind=bell&about=one"),
            await bob.post("/api/tasks", json={"kind": "bell", "about": "one"}),
            await ann.post("/api/tasks", json={"kind": "bell", "about": "none"}),
            await ann.post("/api/tasks", json={"kind": "gong"}),
            await ann.post("/api/tasks", json={"kind": "bell", "asked": {"x": {"y": 1}}}),
        ]
        assert [each.status_code for each in refused] == [404, 404, 403, 403, 404, 422, 422]
        assert (await bob.get("/api/tasks")).json() == []
        await given.store.people.change(account.id, roles=("student",))
        lost = await ann.get(f"/api/tasks/{task['id']}")
        assert (lost.status_code, (await ann.get("/api/tasks")).json()) == (404, [])
        assert refused[5].json()["field"] == "kind" and "prove" in refused[5].json()["message"]


async def test_work_in_a_process_of_its_own_tells_how_far_it_is_and_fails_as_it_would_here() -> None:
    progress = Progress()
    assert (await progress.apart(task_work.counting, 5), progress.now) == (10, (4, 5, "counting"))
    with pytest.raises(WorkFailed, match="Not now") as failed:
        await progress.apart(task_work.failing)
    assert failed.value.code == "not_now"
    with pytest.raises(WorkFailed, match=r"without a result \(exit status 3\)\. Begin it again"):
        await progress.apart(task_work.leaving)
