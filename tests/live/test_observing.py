"""Watching: an observer hears what the learner hears, no sooner, and nothing they do or are changes the encounter."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from server.core.events import Ended
from server.live import observing, socket
from server.live.observing import MOST_OBSERVERS
from tests.live.learner import Learner, meet, watch
from tests.live.meetings import SLOW_MS, a_service, until_true, while_speaking
from tests.live.room import Service
from tests.live.test_line import NeverReads
from tests.live.theatre import PATIENT_SAYS, SHEET_SAYS, SURGEON_SAYS, a_theatre


@asynccontextmanager
async def watched(**settings: Any) -> AsyncIterator[tuple[Service, Learner, Learner]]:
    """A learner at the door, and somebody who watches."""
    async with (
        a_service(**settings) as (running, encounter_id),
        meet(running, encounter_id) as learner,
        watch(running, encounter_id) as observer,
    ):
        await observer.until("bedside.timer")
        yield running, learner, observer


def words_of(one: Learner) -> list[str]:
    """Of every reply that is over: what was heard."""
    parts = [event.response.output[0].content[0] for event in one.all("response.done")]
    return [part.transcript or part.text for part in parts]


async def ask_for_sound(observer: Learner) -> None:
    await observer.send("session.update", session={"type": "realtime", "output_modalities": ["audio"]})
    await observer.until("session.updated")


async def test_whoever_watches_is_told_what_the_learner_is_told() -> None:
    async with watched() as (_, learner, observer):
        await learner.enter()
        await learner.type("How is your daughter?", "item_mine")
        await learner.until("response.done", 2)
        await learner.send("bedside.action", action="sit")
        await observer.until("bedside.shown", text="sits down")
        assert words_of(observer) == words_of(learner)
        assert observer.all("conversation.item.added")[1].item.id == "item_mine"
        assert [event.phase for event in observer.all("bedside.phase")] == ["prebrief", "encounter"]
        assert (await observer.until("bedside.encounter")).observing
        assert not (await learner.until("bedside.encounter")).observing


async def test_the_learner_is_told_how_many_watch_and_is_told_again_on_coming_back() -> None:
    async with a_service() as (running, encounter_id):
        async with meet(running, encounter_id) as learner:
            await learner.until("bedside.watched", count=0)
            async with watch(running, encounter_id) as first, watch(running, encounter_id):
                await first.until("bedside.timer")
                await learner.until("bedside.watched", count=2)
            await learner.until("bedside.watched", 2, count=0)
        async with watch(running, encounter_id) as first, meet(running, encounter_id) as learner:
            await first.until("bedside.timer")
            await learner.until("bedside.watched", count=1)


async def test_who_comes_late_is_told_everything_so_far() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.type("We must count the swabs.")
        await learner.until("response.done", 4)
        async with watch(running, encounter_id) as observer:
            await observer.until("bedside.timer")
            items = [event.item for event in observer.all("conversation.item.done")]
            said = [part.text for item in items for part in item.content]
            assert said[1:] == ["We must count the swabs.", PATIENT_SAYS, SURGEON_SAYS, SHEET_SAYS]


async def test_who_comes_in_the_middle_of_a_reply_hears_its_end() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        await while_speaking(learner, 3)
        async with watch(running, encounter_id) as observer:
            await observer.until("response.done")
            await learner.until("response.done")
            assert words_of(observer) == words_of(learner)


async def test_sound_only_for_who_asked_for_it() -> None:
    async with watched() as (running, learner, silent), watch(running, "enc_1") as listening:
        await ask_for_sound(listening)
        await learner.enter()
        reply = (await listening.until("response.done")).response.output[0].id
        await silent.until("response.done")
        assert listening.audio_of(reply) == learner.audio_of(reply) != b""
        assert not silent.all("response.output_audio.delta")
        assert silent.all("response.output_text.delta")


async def test_a_learner_who_reads_leaves_no_sound_for_who_asked_for_it() -> None:
    async with watched() as (_, learner, observer):
        await learner.send("session.update", session={"type": "realtime", "output_modalities": ["text"]})
        await ask_for_sound(observer)
        await learner.until("session.updated")
        await learner.enter()
        done = await observer.until("response.done")
        assert done.response.output_modalities == ["text"]
        assert words_of(observer) == words_of(learner)


async def test_captions_come_no_sooner_than_the_learner_has_heard_them() -> None:
    """The whole sentence is in the log before its first sound; nobody reads ahead by watching."""
    async with watched(ms_per_character=SLOW_MS) as (running, learner, observer):
        await learner.send("bedside.enter")
        await while_speaking(learner, 6)
        turn = (await running.rooms.snapshot("enc_1")).turns[-1]
        whole = " ".join(sentence.text for sentence in turn.sentences)
        await observer.when(lambda: observer.all("response.output_text.delta"))
        seen = "".join(event.delta for event in observer.all("response.output_text.delta"))
        assert whole.startswith(seen)
        assert len(seen) < len(whole)
        assert not [event for event in observer.events if whole in event.model_dump_json()]
        await learner.connection.response.cancel()
        cut = (await learner.until("response.done")).response.output[0].content[0].transcript
        await observer.until("response.done")
        assert words_of(observer) == [cut]
        assert len(cut) < len(whole)


FORBIDDEN: list[tuple[str, dict[str, object]]] = [
    ("bedside.enter", {}),
    ("bedside.end", {"reason": "learner"}),
    ("bedside.action", {"action": "sit"}),
    ("response.create", {}),
    ("session.update", {"session": {"type": "realtime", "audio": {"input": {"turn_detection": None}}}}),
]


async def test_who_watches_does_not_take_part() -> None:
    for kind, fields in FORBIDDEN:
        async with watched() as (running, learner, observer):
            await observer.send(kind, **fields)
            await observer.until("error")
            assert observer.all("error")[0].error.code == "only_watching", kind
            assert (await running.rooms.snapshot("enc_1")).phase == "prebrief"
            assert len(running.log.entries["enc_1"]) == 1
            assert not learner.all("error")


async def test_five_bad_messages_cost_the_observer_their_place_and_the_learner_nothing() -> None:
    async with watched() as (_, learner, observer):
        for _ in range(5):
            await observer.send("bedside.enter")
        assert (await observer.until_closed())[0] == 4400
        await learner.until("bedside.watched", 2, count=0)
        await learner.enter()


async def test_an_observer_who_does_not_read_is_dropped_and_delays_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "UNSENT_BYTES", 60_000)
    monkeypatch.setattr(socket, "LAST_WORDS_S", 0.05)
    async with watched(ms_per_character=SLOW_MS) as (running, learner, observer):
        await ask_for_sound(observer)
        (stuck,) = running.door.observers()
        stuck._line._socket = NeverReads()
        await learner.enter()
        assert (await observer.until_closed())[0] == 1013
        await learner.until("bedside.watched", 2, count=0)
        reply = learner.all("response.done")[0].response.output[0].id
        turn = (await running.rooms.snapshot("enc_1")).turn(reply)
        assert len(learner.audio_of(reply)) == turn.audio_ms * 48
        assert not turn.cut


async def test_an_observer_who_cannot_be_told_is_shown_out(monkeypatch: pytest.MonkeyPatch) -> None:
    async with watched() as (_, learner, observer):

        def broken(*_: object, **__: object) -> None:
            raise KeyError

        monkeypatch.setattr(observing.Observer, "committed", broken)
        await learner.enter()
        assert (await observer.until_closed())[0] == 1012
        assert words_of(learner)


async def test_the_gallery_is_full_at_some_time() -> None:
    async with a_service() as (running, encounter_id), asyncio.TaskGroup() as group:
        leaving = asyncio.Event()

        async def stay() -> None:
            async with watch(running, encounter_id) as one:
                await one.until("bedside.timer")
                here.append(one)
                await leaving.wait()

        here: list[Learner] = []
        for _ in range(MOST_OBSERVERS):
            group.create_task(stay())
        await until_true(lambda: len(here) == MOST_OBSERVERS)
        async with watch(running, encounter_id) as one_more:
            assert (await one_more.until_closed())[0] == 1013
        leaving.set()


async def test_watching_opens_nothing_keeps_nothing_open_and_writes_nothing() -> None:
    async with a_service() as (running, encounter_id), watch(running, encounter_id) as observer:
        await observer.until("bedside.timer")
        assert len(running.rooms) == 0
        async with meet(running, encounter_id) as learner:
            await learner.enter()
            await observer.until("response.done")
        before = list(running.log.entries[encounter_id])
        await until_true(lambda: not [*running.door.connections()])
        async with watch(running, encounter_id) as another:
            await another.until("bedside.timer")
        assert running.log.entries[encounter_id] == before


async def test_the_end_is_told_and_what_comes_after_it_is_the_learners() -> None:
    async with watched() as (_, learner, observer):
        await learner.enter()
        await learner.send("bedside.end")
        await learner.until("bedside.scorecard")
        assert await observer.until_closed() == (1000, "the encounter is over")
        assert observer.all("bedside.ended")[0].reason == "learner"
        assert not observer.all("bedside.scorecard")


async def test_an_encounter_that_is_over_or_is_none_is_not_watched() -> None:
    async with a_service() as (running, encounter_id):
        async with meet(running, encounter_id) as learner:
            await learner.enter()
            await learner.send("bedside.end")
            await learner.until("bedside.scorecard")
        async with watch(running, encounter_id) as observer:
            assert (await observer.until_closed())[0] == 4410
        async with watch(running, "enc_none") as observer:
            assert (await observer.until_closed())[0] == 4404


async def test_erased_means_erased_for_those_who_watch() -> None:
    async with watched() as (running, _, observer):
        await running.rooms.drop("enc_1")
        assert (await observer.until_closed())[0] == 4404


async def test_what_happens_while_the_learner_is_away_is_told() -> None:
    async with a_service() as (running, encounter_id), watch(running, encounter_id) as observer:
        await observer.until("bedside.timer")
        async with meet(running, encounter_id) as learner:
            await learner.enter()
        await running.rooms.offer(encounter_id, Ended("abandoned"))
        assert (await observer.until("bedside.ended")).reason == "abandoned"


async def test_an_observer_who_knows_less_than_the_log_is_asked_to_come_again() -> None:
    """Another process has written meanwhile; here nobody was told."""
    async with a_service() as (running, encounter_id), watch(running, encounter_id) as observer:
        await observer.until("bedside.timer")
        (one,) = running.door.observers()
        one.seq += 1
        async with meet(running, encounter_id) as learner:
            await learner.until("bedside.timer")
            assert (await observer.until_closed())[0] == 1012


async def test_an_observer_who_has_missed_an_event_is_asked_to_come_again() -> None:
    async with watched() as (running, learner, observer):
        (one,) = running.door.observers()
        one.seq -= 1
        await learner.enter()
        assert (await observer.until_closed())[0] == 1012
        assert not observer.all("response.created")


async def test_a_restart_is_told_to_those_who_watch() -> None:
    async with watched() as (running, _, observer):
        await running.door.restart()
        assert (await observer.until_closed())[0] == 1012
