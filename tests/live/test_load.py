"""Who is let in when there is too much to do: measured, in a sentence, and never against those who have begun."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace

import pytest

from server.core.encounter import Encounter
from server.live import load as measuring
from server.live.door import LiveDoor
from server.live.load import TICK_MS, WINDOW_MS, Load, LoadLimits
from server.live.rooms import Rooms
from tests.live.learner import meet
from tests.live.meetings import a_service, until_true
from tests.live.room import MemoryLog, Service

LIMITS = LoadLimits()


@dataclass
class Machine:
    """A process whose clock, processor and backlog are what a test says."""

    now_ms: float = 0.0
    used_ms: float = 0.0
    backlog_s: float = 0.0
    load: Load = field(init=False)

    def __post_init__(self) -> None:
        self.load = Load(
            lambda: self.backlog_s, clock=lambda: self.now_ms, used_ms=lambda: self.used_ms, cores=2, sleep=_for_ever
        )

    def live(self, duration_ms: float, *, late_ms: float = 0.0, cpu: float = 0.0) -> None:
        until = self.now_ms + duration_ms
        while self.now_ms < until:
            self.now_ms += TICK_MS + late_ms
            self.used_ms += (TICK_MS + late_ms) * cpu * 2
            self.load.tick(late_ms)


async def _for_ever(_: float) -> None:
    await asyncio.Event().wait()


@asynccontextmanager
async def a_machine() -> AsyncIterator[Machine]:
    machine = Machine()
    with machine.load.inside():
        yield machine


@pytest.mark.parametrize(
    ("load", "backlog_s"),
    [({"late_ms": LIMITS.lag_ms + 1}, 0.0), ({"cpu": LIMITS.cpu + 0.01}, 0.0), ({}, LIMITS.backlog_s)],
    ids=["late loop", "processor", "waiting for a recogniser"],
)
async def test_each_measure_refuses_by_itself_and_just_below_it_does_not(
    load: dict[str, float], backlog_s: float
) -> None:
    async with a_machine() as machine:
        machine.backlog_s = backlog_s * 0.99
        machine.live(60_000, **{name: value * 0.95 for name, value in load.items()})
        assert machine.load.refusal() == ""
        machine.backlog_s = backlog_s
        machine.live(60_000, **load)
        assert "try again in a minute" in machine.load.refusal()
        assert machine.load.readings.refusing


async def test_a_moment_is_no_load() -> None:
    async with a_machine() as machine:
        machine.live(WINDOW_MS)
        machine.backlog_s = 9.0
        machine.live(LIMITS.busy_ms * 0.8)
        machine.backlog_s = 0.0
        machine.live(200, late_ms=2_000)
        machine.live(30_000)
        assert not machine.load.readings.refusing


async def test_between_the_limits_it_stays_as_it_was_and_does_not_flap() -> None:
    async with a_machine() as machine:
        turns: list[bool] = []
        for number in range(400):
            machine.backlog_s = LIMITS.backlog_s * (1.05 if number % 2 else 0.9)
            machine.live(LIMITS.busy_ms * 0.7)
            turns.append(machine.load.readings.refusing)
        assert not any(turns), "less than busy_ms at a stretch is no load"
        machine.backlog_s = LIMITS.backlog_s * 1.05
        machine.live(LIMITS.busy_ms + TICK_MS)
        assert machine.load.readings.refusing
        for number in range(400):
            machine.backlog_s = LIMITS.backlog_s * (0.9 if number % 2 else 0.5)
            machine.live(LIMITS.calm_ms * 0.9)
            assert machine.load.readings.refusing, "calm, but never for long"
        machine.backlog_s = LIMITS.backlog_s * 0.7
        machine.live(LIMITS.calm_ms + TICK_MS)
        assert machine.load.refusal() == ""


async def test_the_measures_forget_what_is_older_than_their_window() -> None:
    async with a_machine() as machine:
        machine.live(30_000, late_ms=500, cpu=1.0)
        assert machine.load.readings.lag_p95_ms == 500
        assert machine.load.readings.cpu == pytest.approx(1.0)
        machine.live(WINDOW_MS + 1_000)
        assert machine.load.readings.lag_p95_ms == 0
        assert machine.load.readings.cpu == pytest.approx(0.0, abs=0.01)


async def test_where_nobody_is_served_nobody_is_turned_away() -> None:
    machine = Machine()
    with machine.load.inside():
        machine.live(60_000, late_ms=900)
        assert machine.load.refusal()
    assert machine.load.refusal() == ""
    with machine.load.inside():
        assert machine.load.refusal() == ""
        assert machine.load.readings == replace(machine.load.readings, rooms=1, lag_p95_ms=0.0, refusing=False)


async def test_one_ticker_for_all_and_none_for_nobody() -> None:
    before = asyncio.all_tasks()
    load = Load()
    with load.inside(), load.inside():
        assert len(asyncio.all_tasks() - before) == 1
        assert load.readings.rooms == 2
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_a_real_loop_that_is_blocked_again_and_again_is_found_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real time: the loop is held for 120 ms at a time, as by decoding on it, until the measure has seen it."""
    monkeypatch.setattr(measuring, "SHORTEST_MS", 300)
    load = Load(limits=LoadLimits(busy_ms=300.0))
    with load.inside():
        async with asyncio.timeout(60):
            while not load.refusal():
                time.sleep(0.12)  # noqa: ASYNC251 - the very fault that must be noticed
                await asyncio.sleep(0)
        assert load.readings.lag_p95_ms > LIMITS.lag_ms


# at the door


@contextmanager
def overloaded(running: Service) -> Iterator[None]:
    """As after a minute of late loops."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(running.door.load, "refusal", lambda: measuring.TRY_LATER)
        yield


async def test_a_new_encounter_waits_and_one_that_has_begun_goes_on() -> None:
    async with a_service() as (running, first):
        second, begun = running.log.create(running.log.cases[first], "enc_2"), "enc_3"
        running.log.create(running.log.cases[first], begun)
        async with meet(running, begun) as learner:
            await learner.enter()
        async with meet(running, first) as inside:
            await inside.until("bedside.timer")
            with overloaded(running):
                async with meet(running, second) as turned_away:
                    code, reason = await turned_away.until_closed()
                assert (code, reason) == (1013, measuring.TRY_LATER)
                assert len(running.log.entries[second]) == 1, "nothing was begun"
                async with meet(running, begun) as back:
                    await back.until("bedside.timer", running=True)
                await inside.enter()
            async with meet(running, second) as let_in:
                await let_in.until("bedside.timer")


async def test_who_has_been_in_the_room_may_reload_the_page_before_going_in() -> None:
    async with a_service() as (running, first):
        waiting = running.log.create(running.log.cases[first], "enc_2")
        async with meet(running, waiting) as learner:
            await learner.until("bedside.timer")
        async with meet(running, first) as other:
            await other.until("bedside.timer")
            with overloaded(running):
                async with meet(running, waiting) as again:
                    await again.until("bedside.timer")


async def test_a_refused_visit_leaves_no_room_open() -> None:
    async with a_service() as (running, first):
        new = running.log.create(running.log.cases[first], "enc_2")
        async with meet(running, first) as other:
            await other.until("bedside.timer")
            with overloaded(running):
                async with meet(running, new) as turned_away:
                    await turned_away.until_closed()
                await until_true(lambda: len(running.rooms) == 1)


async def test_the_reason_fits_into_a_close_frame() -> None:
    """The protocol gives a reason 123 bytes; a longer one would end the line with another code."""
    assert len(measuring.TRY_LATER.encode()) <= 123


@dataclass
class House:
    actor: None = None
    voice: None = None
    transcriber: object | None = None


class Recogniser:
    backlog_s = 3.0


async def test_the_recogniser_of_the_house_is_asked_for_its_backlog() -> None:
    async def when_ended(_: Encounter) -> None: ...

    log, house = MemoryLog(), House()
    door = LiveDoor(Rooms(log, house, when_ended), log, None, capacity=1)  # type: ignore[arg-type]
    assert door.load.readings.backlog_s == 0.0
    house.transcriber = Recogniser()
    assert door.load.readings.backlog_s == Recogniser.backlog_s
