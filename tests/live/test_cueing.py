"""A cue over the wire: whoever watches and may gives it, is told what became of it, and the learner is told nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from server.core.advance import replay
from server.core.case import Case
from server.core.case_parts.play import TimedPrompt, Trigger
from server.core.events import Cued, CueTakenBack
from tests.live.learner import Learner, meet, watch
from tests.live.meetings import a_service, refused
from tests.live.room import MemoryLog, Service, TestEngines, service, small_case


def far_away(trigger: str = "trust >= 9") -> Case:
    """The cue of the small case comes by this alone; and there is a line against stalling."""
    case = small_case()
    beats = tuple(replace(beat, trigger=Trigger(any=(trigger,)), fallback_at_min=9) for beat in case.beats[:1])
    return replace(case, beats=beats, prompts=(TimedPrompt(8, "Are you still there?"),))


BEAT = "B1_waiting"


@asynccontextmanager
async def steered(case: Case | None = None) -> AsyncIterator[tuple[Service, Learner, Learner]]:
    """A learner inside, who reads, and somebody who watches and may cue."""
    log = MemoryLog()
    async with service(log, TestEngines(voice=None)) as running:
        encounter_id = log.create(case or far_away(), "enc_1")
        async with meet(running, encounter_id) as learner, watch(running, encounter_id, may_cue=True) as other:
            await other.until("bedside.cues")
            await learner.until("bedside.watched", count=1)
            await learner.enter()
            yield running, learner, other


async def told(cue: bool, trigger: str, *, doubt: bool = False) -> list[tuple[str, str]]:
    """What the learner was sent until they had heard the moment: type and id of every message. `doubt`: a cue, and
    another one, are taken back first.
    """
    async with steered(far_away(trigger)) as (running, learner, other):
        for each in ({"beat": BEAT}, {"prompt": 0}) if doubt else ():
            await other.send("bedside.cue", **each)
            await other.until("bedside.cued", state="waiting", **each)
            await other.send("bedside.take_back", **each)
            await other.until("bedside.cued", state="taken_back", **each)
        if cue:
            await other.send("bedside.cue", beat=BEAT)
            await other.until("bedside.cued", 2 if doubt else 1, state="waiting", beat=BEAT)
        await learner.type("How is your daughter?", "item_1")
        await other.until("response.done", 2)
        await learner.until("response.done", 2)
        assert "late" in learner.all("response.done")[1].response.output[0].content[0].text
        assert any(isinstance(entry.event, Cued) for entry in running.log.entries["enc_1"]) is (cue or doubt)
        return [(event.type, event.event_id) for event in learner.events]


def choice(observer: Learner, beat: str) -> dict[str, str]:
    found: dict[str, str] = next(each for each in observer.all("bedside.cues")[-1].cues if each["beat"] == beat)
    return found


async def test_the_learner_cannot_tell_a_cued_moment_from_one_that_came_by_itself() -> None:
    """Not by a message, and not by a number that is missing between two."""
    assert await told(True, "trust >= 9") == await told(False, "learner_mentions:daughter")


async def test_the_learner_cannot_tell_that_one_was_taken_back() -> None:
    by_itself = await told(False, "learner_mentions:daughter")
    assert await told(False, "learner_mentions:daughter", doubt=True) == by_itself
    assert await told(True, "trust >= 9", doubt=True) == by_itself


async def test_a_learner_who_comes_back_is_told_what_they_missed_and_no_more() -> None:
    async with steered() as (running, learner, other):
        await other.send("bedside.cue", beat=BEAT)
        await other.until("bedside.cued", state="waiting")
        await other.send("bedside.take_back", beat=BEAT)
        await other.until("bedside.cued", state="taken_back")
        await other.send("bedside.cue", beat=BEAT)
        await other.until("bedside.cued", 2, state="waiting")
        seq = learner.last_seq()
        await learner.leave()
        async with meet(running, "enc_1", after=seq) as again:
            greeting = await again.until("bedside.encounter")
            assert greeting.seq == seq
            await again.type("Hello.")
            assert (await again.until("response.done")).response.output[0].content[0].text.startswith("She was always")
        async with meet(running, "enc_1", after=seq + 50) as ahead:
            assert (await ahead.until_closed())[0] == 4422


async def test_who_cues_is_told_what_may_be_cued_and_what_became_of_it() -> None:
    async with steered() as (running, learner, other):
        found = running.rooms.here("enc_1")
        assert found is not None and found[0].phase == "encounter" and found[1] >= found[0].now_ms
        assert (choice(other, BEAT)["why"], choice(other, BEAT)["state"]) == ("", "")
        assert choice(other, "")["words"] == "Are you still there?"
        await other.send("bedside.cue", beat=BEAT)
        await other.until("bedside.cued", state="waiting", beat=BEAT)
        await other.when(lambda: choice(other, BEAT)["why"])
        assert choice(other, BEAT)["why"] == "It waits for the next free moment."
        await other.send("bedside.cue", beat=BEAT)
        assert "waits" in (await refused(other, "cannot_cue")).message
        await learner.type("Hello.")
        news = await other.until("bedside.cued", state="given")
        log = running.log.entries["enc_1"]
        end = replay(running.log.cases["enc_1"], [(entry.event, entry.at_ms) for entry in log])
        assert end.turn(news.item_id).text.startswith("She was always late.")
        assert [(entry.event.by, entry.event.beat) for entry in log if isinstance(entry.event, Cued)] == [
            ("facilitator", BEAT)
        ]
        await other.send("bedside.cue", prompt=0)
        await other.until("bedside.cued", state="waiting", prompt=0)
        await learner.send("bedside.end")
        await other.until("bedside.cued", state="dropped", prompt=0)


async def test_what_came_to_be_is_not_taken_back_and_the_list_says_so() -> None:
    async with steered() as (running, learner, other):
        await other.send("bedside.take_back", beat=BEAT)
        assert "nobody has brought it" in (await refused(other, "cannot_cue")).message
        await other.send("bedside.cue", beat=BEAT)
        await other.until("bedside.cued", state="waiting")
        await other.when(lambda: choice(other, BEAT)["may_take_back"])
        await learner.type("Hello.")
        await other.until("bedside.cued", state="given")
        await other.when(lambda: not choice(other, BEAT)["may_take_back"])
        await other.send("bedside.take_back", beat=BEAT)
        assert (await refused(other, "cannot_cue", 2)).message == "It was heard already."
        assert not any(isinstance(entry.event, CueTakenBack) for entry in running.log.entries["enc_1"])


async def test_a_cue_that_names_nothing_or_both_is_refused() -> None:
    async with steered() as (_, __, other):
        for fields in ({}, {"beat": BEAT, "prompt": 0}):
            await other.send("bedside.cue", **fields)
        assert (await refused(other, "bad_message", 2)).param == "beat"
        await other.send("bedside.cue", beat="B_none")
        assert (await refused(other, "cannot_cue")).message == "This case has no such moment."


async def test_nobody_else_may_cue_or_is_told_what_may_be() -> None:
    async with steered() as (running, learner, other), watch(running, "enc_1") as onlooker:
        await onlooker.until("bedside.timer")
        for one in (learner, onlooker):
            await one.send("bedside.cue", beat=BEAT)
            await one.send("bedside.take_back", beat=BEAT)
            await refused(one, "may_not_cue", 2)
        await other.send("bedside.cue", beat=BEAT)
        await other.until("bedside.cued")
        await learner.type("Hello.")
        await onlooker.until("response.done")
        for one in (learner, onlooker):
            assert not [kind for kind in one.kinds() if kind in ("bedside.cues", "bedside.cued")]


async def test_without_a_learner_there_is_nobody_to_cue() -> None:
    async with a_service() as (running, encounter_id), watch(running, encounter_id, may_cue=True) as other:
        await other.send("bedside.cue", beat=BEAT)
        assert "not connected" in (await refused(other, "cannot_cue")).message
        assert len(running.log.entries[encounter_id]) == 1
        assert running.rooms.here(encounter_id) is None
