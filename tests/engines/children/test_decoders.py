"""Child processes behind a queue: one dies, is replaced, is closed, and no clip is lost or answered twice."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from server.core.errors import EngineError
from server.engines.children.decoders import Decoders
from server.engines.children.worker import Worker, WorkerLimits
from server.engines.protocols import Errand

MakeDecoders = Callable[..., Decoders]


@pytest.fixture
def make() -> Iterator[MakeDecoders]:
    made: list[Decoders] = []

    def decoders(count: int = 1, **more: Any) -> Decoders:
        limits = WorkerLimits(stop_s=30.0)
        made.append(Decoders(lambda: Worker("tests.models.fake_child", name="The fake", limits=limits), count, **more))
        return made[-1]

    yield decoders
    for each in made:
        each.close()


async def pid_of(decoders: Decoders, errand: Errand | None = None) -> int:
    (frame,) = await decoders.ask({"do": "echo"}, b"", errand)
    return int(frame.header["pid"])


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - it comes true in a thread, which sets no event
        await asyncio.sleep(0.005)


async def test_the_child_that_runs_is_asked_first(make: MakeDecoders) -> None:
    first = Worker("tests.models.fake_child", name="The fake")
    first.start()
    decoders = make(3, first=first)
    assert await pid_of(decoders) == await pid_of(decoders) == first.pid
    assert [worker.pid for worker in decoders.workers] == [0, 0, first.pid]


async def test_a_clip_under_which_a_child_died_is_tried_once_more(make: MakeDecoders, tmp_path: Path) -> None:
    decoders = make()
    before = await pid_of(decoders)
    (frame,) = await decoders.ask({"do": "crash once", "flag": str(tmp_path / "flag")}, b"", None)
    assert frame.header["pid"] not in {before, 0}
    with pytest.raises(EngineError) as failed:
        await decoders.ask({"do": "crash"}, b"", None)
    assert failed.value.code == "engine_crashed"
    assert decoders.workers[0].starts == 3


async def test_an_error_is_not_tried_again(make: MakeDecoders) -> None:
    decoders = make()
    with pytest.raises(EngineError) as failed:
        await decoders.ask({"do": "fail"}, b"", None)
    assert (failed.value.code, decoders.workers[0].starts) == ("undone", 1)
    assert decoders.lanes.backlog_s == 0.0


async def test_after_many_clips_a_child_is_replaced_and_none_is_lost(make: MakeDecoders) -> None:
    decoders = make(renew_after=5)
    worker, pids = decoders.workers[0], [await pid_of(decoders) for _ in range(5)]
    while worker.starts < 2 or worker.pid == pids[0]:
        pids.append(await pid_of(decoders))
    pids.append(await pid_of(decoders))
    assert 0 not in pids and pids[0] != pids[-1]


async def test_closing_fails_what_is_under_way_and_what_comes_after(make: MakeDecoders) -> None:
    decoders = make()
    pid = await pid_of(decoders)
    os.kill(pid, signal.SIGSTOP)
    waiting = asyncio.ensure_future(pid_of(decoders))
    await until(lambda: decoders.workers[0]._last_id == 2)
    decoders.close()
    for broken in (waiting, asyncio.ensure_future(pid_of(decoders))):
        with pytest.raises(EngineError) as failed:
            await broken
        assert failed.value.code == "engine_closed"
    assert decoders.workers[0].pid == 0
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


async def test_a_place_is_free_again_only_when_the_work_has_ended(make: MakeDecoders) -> None:
    decoders = make()
    pid = await pid_of(decoders)
    os.kill(pid, signal.SIGSTOP)
    leaving = asyncio.ensure_future(pid_of(decoders))
    await until(lambda: decoders.workers[0]._last_id == 2)
    leaving.cancel()
    with suppress(asyncio.CancelledError):
        await leaving
    waiting = asyncio.ensure_future(pid_of(decoders))
    await until(lambda: decoders.lanes.waiting == 1)
    os.kill(pid, signal.SIGCONT)
    assert await waiting == pid
