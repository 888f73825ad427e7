"""Clock, conductor and performer, each by itself: order, refusal, and time."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from server.core.advance import replay
from server.core.effects import Act, Effect
from server.core.encounter import Listening, Speaking, Thinking
from server.core.errors import BedsideError, Busy, IllegalEvent, StoreError
from server.core.events import (
    Ended,
    Entered,
    Event,
    Paused,
    ReplyFailed,
    Resumed,
    SentenceReady,
    TimerFired,
    Typed,
)
from server.core.log import Entry
from server.live.clock import EncounterClock
from server.live.conductor import QUEUE_LIMIT, Committed, Conductor
from tests.live.inside import in_room, quiet, when
from tests.live.room import MemoryLog, TestEngines, ToneVoice, small_case

# the clock


def test_the_clock_runs_only_while_it_is_started() -> None:
    seconds = [100.0]
    clock = EncounterClock(5_000, lambda: seconds[0])
    seconds[0] += 9
    assert (clock.now_ms(), clock.running) == (5_000, False)
    clock.start()
    seconds[0] += 1.5
    clock.start()
    assert clock.now_ms() == 6_500
    clock.stop()
    clock.stop()
    seconds[0] += 60
    assert clock.now_ms() == 6_500
    clock.start()
    seconds[0] += 1
    clock.stop(at_ms=7_000)
    assert clock.now_ms() == 7_000


# the conductor


@dataclass
class Witness(MemoryLog):
    """A log, a listener and a stage that write down who was told when."""

    steps: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    async def append(self, encounter_id: str, entries: Sequence[Entry]) -> None:
        await super().append(encounter_id, entries)
        self.steps.append(f"commit {entries[0].seq}")

    def listen(self, step: Committed) -> None:
        self.steps.append(f"tell {step.seq}")

    def beforehand(self, event: Event) -> Event | None:
        return None

    def perform(self, effect: Effect) -> None:
        self.steps.append("perform")


def a_conductor() -> tuple[Conductor, Witness]:
    witness = Witness()
    witness.create(small_case(), "enc_1")
    entries = witness.entries["enc_1"]
    encounter = replay(small_case(), ((entry.event, entry.at_ms) for entry in entries))
    conductor = Conductor(encounter, 1, witness, EncounterClock())
    conductor.listener, conductor.stage = witness.listen, witness
    return conductor, witness


async def test_commit_comes_before_the_listener_and_the_listener_before_the_stage() -> None:
    conductor, witness = a_conductor()
    running = asyncio.create_task(conductor.run())
    await conductor.take(Entered())
    assert witness.steps[:3] == ["commit 2", "tell 2", "perform"]
    await conductor.stop()
    await running


async def test_what_is_refused_changes_nothing_and_is_told_to_nobody() -> None:
    conductor, witness = a_conductor()
    running = asyncio.create_task(conductor.run())
    before = conductor.encounter
    with pytest.raises(IllegalEvent):
        await conductor.take(Resumed())
    witness.failing = True
    with pytest.raises(StoreError):
        await conductor.take(Entered())
    assert (conductor.encounter, conductor.seq, witness.steps) == (before, 1, [])
    await conductor.stop()
    await running


async def test_an_append_whose_answer_was_lost_is_found_in_the_log() -> None:
    conductor, witness = a_conductor()
    running = asyncio.create_task(conductor.run())
    witness.failing = witness.stores_and_fails = True
    with pytest.raises(StoreError):
        await conductor.take(Entered())
    witness.failing = False
    encounter = await conductor.take(Entered())
    assert encounter is not None
    assert encounter.phase == "encounter"
    assert [type(entry.event).__name__ for entry in witness.entries["enc_1"]] == ["Opened", "Entered"]
    await conductor.stop()
    await running


async def test_a_full_queue_is_said_and_not_waited_for() -> None:
    conductor, _ = a_conductor()
    for _ in range(QUEUE_LIMIT):
        conductor.offer(Entered())
    with pytest.raises(Busy):
        conductor.offer(Entered())
    with pytest.raises(Busy):
        await conductor.take(Entered())


async def test_whoever_waits_when_the_room_closes_is_told() -> None:
    conductor, _ = a_conductor()
    waiting = [asyncio.create_task(conductor.take(Entered())) for _ in range(3)]
    await asyncio.sleep(0)
    stopping = asyncio.create_task(conductor.stop())
    await asyncio.sleep(0)
    await conductor.run()
    await stopping
    outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(outcome, Busy) for outcome in outcomes)
    with pytest.raises(Busy):
        conductor.offer(Entered())


async def test_a_listener_that_cannot_bear_it_stops_nothing() -> None:
    conductor, witness = a_conductor()

    def broken(_: Committed) -> None:
        raise ValueError("a bug in a listener")

    conductor.listener = broken
    running = asyncio.create_task(conductor.run())
    assert await conductor.take(Entered())
    assert "perform" in witness.steps
    assert await conductor.take(Ended("learner"))
    await conductor.stop()
    await running


def stumble(event: Event) -> Event | None:
    raise ZeroDivisionError


async def test_a_fault_of_ours_costs_one_event() -> None:
    conductor, witness = a_conductor()
    witness.beforehand = stumble  # type: ignore[method-assign]
    running = asyncio.create_task(conductor.run())
    with pytest.raises(BedsideError) as fault:
        await conductor.take(Entered())
    assert fault.value.code == "server_fault"
    del witness.beforehand
    assert await conductor.take(Entered())
    await conductor.stop()
    await running


# the performer


async def test_timers_belong_to_those_who_are_present(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.core.timers.TYPING_WAIT_MS", 20)
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=None)) as (_, room, _):
        await room.conductor.take(Entered())
        await quiet(room)
        await room.conductor.take(Typed("item_1", "Hello."))
        assert {"typing", "warning", "time_up"} <= set(room.performer._timers)
        await when(lambda: not room.conductor.encounter.pending)
        assert "typing" not in room.performer._timers
        await room.conductor.take(Paused())
        assert not room.performer._timers
        await room.conductor.take(Resumed())
        room.leave()
        assert not room.performer._timers
        assert not room.conductor.clock.running


async def test_a_timer_that_the_log_refused_is_asked_for_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.performer.RETRY_S", 0.01)
    monkeypatch.setattr("server.core.timers.TYPING_WAIT_MS", 100)
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=None)) as (_, room, _):
        await room.conductor.take(Entered())
        await quiet(room)
        await room.conductor.take(Typed("item_1", "Hello."))
        log.failing = True
        appends = log.appends
        await when(lambda: log.appends > appends + 2)
        log.failing = False
        await when(lambda: not room.conductor.encounter.pending)


async def test_whatever_hushes_a_reply_leaves_what_was_heard_of_it() -> None:
    for hush in (Paused(), Ended("learner"), Ended("stop")):
        log = MemoryLog()
        log.create(small_case(), "enc_1")
        async with in_room(log, TestEngines(voice=ToneVoice(200))) as (_, room, _):
            await room.conductor.take(Entered())
            await when(lambda: room.performer.playout and room.performer.playout.heard_ms > 100)
            await room.conductor.take(hush)
            reply = room.conductor.encounter.turns[-1]
            assert reply.closed
            assert 100 < reply.heard_ms < reply.audio_ms


async def test_a_late_timer_cuts_nobody() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=ToneVoice(100))) as (_, room, _):
        await room.conductor.take(Entered())
        await when(lambda: isinstance(room.conductor.encounter.floor, Speaking))
        assert await room.conductor.take(TimerFired("time_up")) is None
        assert await room.conductor.take(TimerFired("speaking:reply_99")) is None
        assert isinstance(room.conductor.encounter.floor, Speaking)


class SlowLog(MemoryLog):
    """A log that takes its time over sentences."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = asyncio.Event()

    async def append(self, encounter_id: str, entries: Sequence[Entry]) -> None:
        if isinstance(entries[0].event, SentenceReady):
            await self.gate.wait()
        await super().append(encounter_id, entries)


async def test_a_line_that_drops_between_thought_and_sound_tells_nobody_that_it_was_heard() -> None:
    """The first sentence is on its way to the log when the line drops."""
    log = SlowLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=ToneVoice(20))) as (_, room, _):
        await room.conductor.take(Entered())
        await when(lambda: room.performer.playout)
        assert isinstance(room.conductor.encounter.floor, Thinking)
        room.leave()
        log.gate.set()
        await when(lambda: isinstance(room.conductor.encounter.floor, Listening))
        reply = room.conductor.encounter.turns[-1]
        assert (reply.heard_ms, reply.text, reply.failed) == (0, "", "disconnected")


async def test_a_reply_is_driven_once_however_often_it_is_asked_for() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=None)) as (_, room, listener):
        await room.conductor.take(Entered())
        act = next(e for step in listener.told for e in step.effects if isinstance(e, Act))
        room.performer.perform(act)
        await quiet(room)
        assert not [entry for entry in log.entries["enc_1"] if isinstance(entry.event, ReplyFailed)]
