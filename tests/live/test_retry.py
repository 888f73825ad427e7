"""A moment that is tried again goes on live as any other encounter: what was said before is there, and is answered."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from server.core.debriefing.course import course
from server.core.debriefing.forking import fork
from server.core.encounter import Encounter
from server.core.events import Ended
from server.core.log import Entry
from server.core.transcript import LEARNER
from tests.live.learner import Learner, meet
from tests.live.meetings import a_service, heard_cue
from tests.live.room import MemoryLog, Service

LOST, MET = "Have you eaten?", "You sound sad about that."


async def first_time(running: Service, encounter_id: str) -> Encounter:
    """The cue is given, and passed by; ended by the learner."""
    async with meet(running, encounter_id) as learner:
        await heard_cue(learner, running, encounter_id)
        await learner.type(LOST, "item_lost")
        await learner.until("response.done", 3)
    return await running.rooms.offer(encounter_id, Ended("learner"))


def forked(log: MemoryLog, first: Encounter) -> str:
    """A retry from the turn that passed it by, in the same log book."""
    events = [(entry.event, entry.at_ms) for entry in log.entries[first.id]]
    begins = fork(course(first.case, events), "item_lost", "enc_2")
    log.cases["enc_2"] = first.case
    log.entries["enc_2"] = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(begins, start=1)]
    return "enc_2"


def items(learner: Learner) -> set[str]:
    return {event.item.id for event in learner.all("conversation.item.added")}


async def by_typing(learner: Learner) -> None:
    await learner.type(MET)


async def by_voice(learner: Learner) -> None:
    await learner.speak(900)
    await learner.quiet(2_500)


@pytest.mark.parametrize("answer", [by_typing, by_voice])
async def test_it_goes_on_where_it_stood(answer: Callable[[Learner], Awaitable[None]]) -> None:
    async with a_service(MET) as (running, encounter_id):
        first = await first_time(running, encounter_id)
        again = forked(running.log, first)
        begun = await running.rooms.snapshot(again)
        async with meet(running, again) as learner:
            greeting = await learner.until("bedside.encounter")
            assert greeting.phase == "encounter"
            for turn in begun.turns:
                if turn.kind == "said":
                    await learner.when(lambda: turn.id in items(learner))  # noqa: B023
            await answer(learner)
            await learner.until("response.done")
        after = await running.rooms.snapshot(again)
        own = [turn.text for turn in after.own_turns if turn.speaker == LEARNER]
        assert own == [MET] and after.turns[: len(begun.turns)] == begun.turns
        (open_beat,) = begun.board.open_beats()
        assert after.board.tracks[open_beat].state == "addressed"
        assert first.board.tracks[open_beat].state != "addressed", "the first encounter is as it was"
        assert (await running.rooms.snapshot(first.id)).turns == first.turns


async def test_its_clock_goes_on_from_there_and_it_ends_as_any_other() -> None:
    async with a_service(MET) as (running, encounter_id):
        again = forked(running.log, await first_time(running, encounter_id))
        begun = await running.rooms.snapshot(again)
        async with meet(running, again) as learner:
            timer = await learner.until("bedside.timer")
            assert timer.at_ms >= begun.now_ms
            await learner.type(MET)
            await learner.until("response.done")
            await learner.send("bedside.end", reason="learner")
            await learner.until("bedside.scorecard")
        assert [each.id for each in running.ended] == [encounter_id, again]
        assert running.ended[-1].retry is not None and running.ended[-1].ended == "learner"
