"""Who is heard next: any order of coming, leaving, giving up and beginning to count, against the plain rule."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.errors import EngineError
from server.engines.children.lanes import Lanes
from server.engines.protocols import Errand

COME = st.tuples(st.just("come"), st.sampled_from("abc"), st.booleans())
OTHER = st.tuples(st.sampled_from(["leave", "give up", "count"]), st.integers(0, 7), st.booleans())


@dataclass
class Clock:
    """Time that passes only when told."""

    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Room:
    """Lanes with people in front of them, and the rule as a model."""

    lanes: Lanes
    tasks: list[asyncio.Task[int]] = field(default_factory=list)
    errands: list[Errand] = field(default_factory=list)
    inside: list[int] = field(default_factory=list)
    """Who works, by number of arrival, in order of entering."""
    waiting: list[int] = field(default_factory=list)
    last_turn: dict[str, int] = field(default_factory=dict)
    turns: int = 0

    async def come(self, stream: str, final: bool) -> None:
        self.errands.append(Errand(stream, final))
        self.tasks.append(asyncio.ensure_future(self.lanes.enter(self.errands[-1])))
        self.waiting.append(len(self.tasks) - 1)
        await settled()
        self.expect()

    async def leave(self, which: int) -> None:
        if self.inside:
            self.lanes.leave(self.tasks[self.inside.pop(which % len(self.inside))].result())
            await settled()
            self.expect()

    async def give_up(self, which: int) -> None:
        if self.waiting:
            gone = self.tasks[self.waiting.pop(which % len(self.waiting))]
            gone.cancel()
            await settled()
            assert gone.cancelled()
            self.expect()

    def count(self, which: int) -> None:
        if self.waiting:
            self.errands[self.waiting[which % len(self.waiting)]].final = True

    def expect(self) -> None:
        """Let in, by the rule, whoever should be in now; the real ones must be the same."""
        while self.waiting and len(self.inside) < self.lanes.count:
            following = min(self.waiting, key=self.rank)
            self.waiting.remove(following)
            self.inside.append(following)
            self.turns += 1
            self.last_turn[self.errands[following].stream] = self.turns
        assert [number for number, task in enumerate(self.tasks) if not task.done()] == self.waiting
        assert self.lanes.waiting == len(self.waiting)
        held = [self.tasks[number].result() for number in self.inside]
        assert len(set(held)) == len(held) and set(held) <= set(range(self.lanes.count))

    def rank(self, number: int) -> tuple[bool, int, int]:
        errand = self.errands[number]
        return not errand.final, self.last_turn.get(errand.stream, 0), number


async def settled() -> None:
    for _ in range(4):
        await asyncio.sleep(0)


@given(st.integers(1, 3), st.lists(st.one_of(COME, COME, OTHER), max_size=30))
async def test_every_order_is_by_the_rule(count: int, steps: list[tuple[str, str | int, bool]]) -> None:
    room = Room(Lanes(count, now=Clock()))
    for what, which, final in steps:
        if what == "come":
            await room.come(str(which), final)
        elif what == "leave":
            await room.leave(int(which))
        elif what == "give up":
            await room.give_up(int(which))
        else:
            room.count(int(which))
    while room.inside:
        await room.leave(0)
    assert not room.waiting and room.lanes.backlog_s == 0.0


async def test_finals_go_before_trials_and_streams_take_turns() -> None:
    lanes, heard = Lanes(1), []

    async def visit(name: str, errand: Errand) -> None:
        async with lanes.turn(errand):
            heard.append(name)

    first = await lanes.enter(Errand("a"))
    visits = [
        asyncio.ensure_future(visit(name, Errand(name[0], final="trial" not in name)))
        for name in ("a1", "a2", "b trial", "b1", "c1")
    ]
    await settled()
    lanes.leave(first)
    await asyncio.gather(*visits)
    assert heard == ["b1", "c1", "a1", "a2", "b trial"]


async def test_who_gives_up_while_being_let_in_takes_no_place() -> None:
    lanes = Lanes(1)
    held = await lanes.enter(Errand("a"))
    leaving, staying = (asyncio.ensure_future(lanes.enter(Errand(name))) for name in "bc")
    await settled()
    lanes.leave(held)
    leaving.cancel()
    with suppress(asyncio.CancelledError):
        await leaving
    assert await staying == held
    lanes.leave(held)
    assert await lanes.enter(Errand("d")) == held


async def test_a_full_queue_refuses_and_a_final_takes_a_trials_place() -> None:
    lanes = Lanes(1, most_waiting=2)
    held = await lanes.enter(Errand("a"))
    trials = [asyncio.ensure_future(lanes.enter(Errand(name, final=False))) for name in "bc"]
    await settled()
    with pytest.raises(EngineError) as refused:
        await lanes.enter(Errand("d", final=False))
    assert refused.value.code == "hearing_busy"
    final = asyncio.ensure_future(lanes.enter(Errand("d")))
    with pytest.raises(EngineError) as evicted:
        await trials[1]
    assert evicted.value.code == "hearing_busy"
    lanes.leave(held)
    lanes.leave(await final)
    lanes.leave(await trials[0])
    assert lanes.waiting == 0


async def test_a_full_queue_of_finals_refuses_another() -> None:
    lanes = Lanes(1, most_waiting=1)
    held = await lanes.enter(Errand("a"))
    waiting = asyncio.ensure_future(lanes.enter(Errand("b")))
    await settled()
    with pytest.raises(EngineError):
        await lanes.enter(Errand("c"))
    lanes.leave(held)
    lanes.leave(await waiting)


async def test_measures_tell_how_long_a_newcomer_would_wait() -> None:
    clock = Clock()
    lanes = Lanes(2, now=clock)
    assert (lanes.backlog_s, lanes.recent_wait_ms) == (0.0, 0)
    held = [await lanes.enter(Errand(name)) for name in "ab"]
    waiting = asyncio.ensure_future(lanes.enter(Errand("c")))
    await settled()
    assert lanes.backlog_s == 1.0
    clock.now = 3.0
    for lane in held:
        lanes.leave(lane)
    assert lanes.backlog_s == 0.0
    lanes.leave(await waiting)
    held = [await lanes.enter(Errand(name)) for name in "ab"]
    assert lanes.backlog_s == pytest.approx((3.0 + 3.0 + 0.0) / 3 / 2)
    assert lanes.recent_wait_ms == 0
    for lane in held:
        lanes.leave(lane)


async def test_the_recent_wait_is_nearly_the_longest() -> None:
    clock = Clock()
    lanes = Lanes(1, now=clock)
    for _ in range(40):
        held = await lanes.enter(Errand("a"))
        waiting = asyncio.ensure_future(lanes.enter(Errand("b")))
        await settled()
        clock.now += 0.5
        lanes.leave(held)
        lanes.leave(await waiting)
    assert lanes.recent_wait_ms == 500


async def test_a_place_given_back_by_a_thread_is_passed_on() -> None:
    lanes = Lanes(1)
    held = await lanes.enter(Errand("a"))
    waiting = asyncio.ensure_future(lanes.enter(Errand("b")))
    await settled()
    thread = threading.Thread(target=lanes.leave, args=(held,))
    thread.start()
    assert await waiting == held
    thread.join()


def test_who_waited_on_a_loop_that_is_gone_takes_no_place() -> None:
    lanes = Lanes(1)
    gone = asyncio.new_event_loop()
    held = gone.run_until_complete(lanes.enter(Errand("a")))
    abandoned = gone.create_task(lanes.enter(Errand("b")))
    gone.run_until_complete(settled())
    gone.close()
    lanes.leave(held)
    assert asyncio.run(lanes.enter(Errand("c"))) == held
    setattr(abandoned, "_log_destroy_pending", False)  # noqa: B010 - it is meant to be left; no type knows the name
    abandoned.get_coro().close()
