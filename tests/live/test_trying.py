"""A try-out over the wire: how everything stands and why, the clock moved on, a beat forced; nowhere else."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from server.core.beats import at_minute
from tests.live.learner import Learner, meet, watch
from tests.live.meetings import a_service, refused
from tests.live.room import MemoryLog, Service, TestEngines, service, small_case

CUE, LETTER = "B1_waiting", "B2_letter"


@asynccontextmanager
async def tried() -> AsyncIterator[tuple[Service, Learner]]:
    """An author who reads, inside."""
    log = MemoryLog()
    async with service(log, TestEngines(voice=None)) as running:
        log.create(small_case(), "enc_1", tryout=True)
        async with meet(running, "enc_1") as author:
            await author.enter()
            yield running, author


def frame(author: Learner) -> Any:
    return author.all("bedside.debug")[-1]


def of(found: list[dict[str, Any]], name: str) -> dict[str, Any]:
    return next(each for each in found if each["id"] == name)


async def test_the_author_sees_how_everything_stands_and_why() -> None:
    async with tried() as (_, author):
        assert frame(author).people[0]["state"] == {"trust": 3, "calm": "yes"}
        letter = of(frame(author).beats, LETTER)
        assert letter["why"] == ["Waits for fact_revealed:F_quarrel.", "Waits for trust >= 4 (it is 3)."]
        assert [clause["parts"][0]["holds"] for clause in letter["trigger"]] == [False, False]
        quarrel = of(frame(author).facts, "F_quarrel")
        assert (quarrel["open"], quarrel["why"]) == (
            False,
            ["Nobody has asked for it with enough trust.", "Needs trust 5; it is 3."],
        )
        await author.type("How is your daughter?")
        await author.when(lambda: of(frame(author).beats, CUE)["status"] == "open")
        cue = of(frame(author).beats, CUE)
        assert (cue["because"], cue["trigger"][0]["parts"][0]["holds"]) == ("triggered", True)
        assert "open_question" in frame(author).last_turn["moves"]


async def test_the_clock_moves_on_and_what_is_due_by_then_comes() -> None:
    async with tried() as (running, author):
        at_ms = at_minute(2.5)
        await author.send("bedside.jump", to_ms=at_ms)
        await author.until("bedside.timer", at_ms=at_ms)
        reply = (await author.until("response.done", 2)).response
        assert reply.output[0].content[0].text.startswith("She was always late.")
        await author.when(lambda: of(frame(author).beats, CUE)["because"] == "overdue")
        assert frame(author).at_ms >= at_ms
        await author.send("bedside.jump", to_ms=at_ms - 1)
        assert "forward" in (await refused(author, "cannot_steer")).message
        await author.send("bedside.jump", to_ms=10**9)
        assert "after the end" in (await refused(author, "cannot_steer", 2)).message
        assert (await running.rooms.snapshot("enc_1")).now_ms < 10**9


async def test_a_beat_is_said_at_once_whatever_it_waits_for() -> None:
    async with tried() as (_, author):
        await author.send("bedside.force", beat=LETTER)
        reply = (await author.until("response.done", 2)).response
        assert reply.output[0].content[0].text == "Would a letter be foolish?"
        await author.when(lambda: of(frame(author).beats, LETTER)["because"] == "forced")
        await author.when(lambda: of(frame(author).beats, LETTER)["status"] == "open")
        await author.send("bedside.force", beat=LETTER)
        assert (await refused(author, "cannot_steer")).message == "It lies open: the learner has yet to answer it."


@pytest.mark.parametrize(("kind", "fields"), [("bedside.jump", {"to_ms": 90_000}), ("bedside.force", {"beat": CUE})])
async def test_none_of_it_is_taken_or_told_in_any_other_encounter(kind: str, fields: dict[str, object]) -> None:
    async with a_service(voice=False) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.send(kind, **fields)
        await refused(learner, "only_in_tryouts")
        assert not learner.all("bedside.debug")
        assert (await running.rooms.snapshot(encounter_id)).board.tracks[CUE].state == "hidden"


async def test_who_watches_a_tryout_is_not_shown_its_inside_and_it_is_not_scored() -> None:
    async with tried() as (running, author), watch(running, "enc_1") as observer:
        await observer.until("bedside.timer")
        await author.send("bedside.end")
        card = await author.until("bedside.scorecard")
        assert (card.status, card.reason) == ("not_scored", "tryout")
        await observer.until("bedside.ended")
        assert not observer.all("bedside.debug")
