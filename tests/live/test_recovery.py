"""What is acknowledged is stored, what is stored is answered: when the log fails, the process dies, the line drops."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator

import pytest

from server.core.advance import replay
from server.core.encounter import Encounter, Listening, Recognising, Speaking, Thinking
from server.core.encounter import Hearing as SomebodySpeaks
from server.core.errors import BedsideError
from server.core.events import (
    Cut,
    Ended,
    Entered,
    Event,
    Reflected,
    ReplyFailed,
    SentenceReady,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
    TurnClosed,
    Typed,
)
from server.core.transcript import LEARNER
from server.live import conductor, playout
from server.live.hearing import Hearing
from server.live.rooms import Room, Rooms, heard_for_sure_ms
from tests.live.inside import MS, Listener, engines, in_room, quiet, when
from tests.live.learner import meet
from tests.live.room import MemoryLog, ScriptedHearing, TestEngines, ToneVoice, service, small_case


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look at the ear's position more often, and try the log again at once."""
    monkeypatch.setattr(playout, "LOOK_S", 0.002)
    monkeypatch.setattr(conductor, "RETRIES_S", (0.0, 0.0, 0.0))


LINES = ["Hello, Mr Khan.", "How is your daughter?", "You sound sad about that."]


async def hold(room: Room) -> list[tuple[Event, BedsideError | None]]:
    """A short typed encounter; what each step was answered with."""
    steps: list[Event] = [Entered()]
    for number, line in enumerate(LINES):
        steps += [Typed(f"item_{number}", line), TurnClosed()]
    answers: list[tuple[Event, BedsideError | None]] = []
    for step in [*steps, Ended("learner")]:
        try:
            await room.conductor.take(step)
            answers.append((step, None))
        except BedsideError as error:
            answers.append((step, error))
            if isinstance(step, TurnClosed):
                await room.conductor.take(step)
        await quiet(room)
    return answers


def is_answered(encounter: Encounter, turn_id: str) -> bool:
    """A reply to the turn has words, or says why it has none."""
    replies = [turn for turn in encounter.turns if turn.plan and turn.plan.to_turn == turn_id]
    return bool(replies) and all(reply.closed and (reply.text or reply.failed) for reply in replies)


def check(log: MemoryLog, acknowledged: set[str] | None = None) -> Encounter:
    """The invariants of a finished log."""
    case, entries = log.cases["enc_1"], log.entries["enc_1"]
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    encounter = replay(case, ((entry.event, entry.at_ms) for entry in entries))
    ids = [turn.id for turn in encounter.turns]
    assert len(ids) == len(set(ids))
    assert all(turn.closed for turn in encounter.turns)
    said = [turn for turn in encounter.turns if turn.speaker == LEARNER and turn.kind == "said"]
    assert all(is_answered(encounter, turn.id) for turn in said if not turn.out_of_role), said
    spoken = [entry.event for entry in entries if isinstance(entry.event, SentenceReady)]
    assert len({(event.reply, event.index) for event in spoken}) == len(spoken)
    if acknowledged is not None:
        words = " ".join(turn.text for turn in said)
        stored = {e.event.item: e.event.text for e in entries if isinstance(e.event, Typed)}
        assert acknowledged <= set(stored)
        assert all(text in words for text in stored.values())
    return encounter


# the log fails


async def recorded() -> MemoryLog:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, engines()) as (_, room, _):
        assert not [error for _, error in await hold(room) if error]
    return log


@pytest.mark.parametrize("stores", [False, True], ids=["refused", "stored, answer lost"])
async def test_any_single_append_may_fail(stores: bool) -> None:
    for number in range(1, len((await recorded()).entries["enc_1"])):
        log = MemoryLog()
        log.create(small_case(), "enc_1")
        log.fails_at, log.stores_and_fails = number, stores
        async with in_room(log, engines()) as (_, room, listener):
            answers = await hold(room)
            refused = [event for event, error in answers if error]
            for event in refused:
                if isinstance(event, TurnClosed) or (isinstance(event, Typed) and not stores):
                    continue
                await again(room, event)
            await room.conductor.take(Ended("learner")) if not room.conductor.encounter.over else None
            assert [step.seq for step in listener.told] == list(range(2, room.conductor.seq + 1))
            assert len(log.entries["enc_1"]) == room.conductor.seq, f"append {number}"
        acknowledged = {event.item for event, error in answers if isinstance(event, Typed) and not error}
        check(log, acknowledged)


async def again(room: Room, event: Event) -> None:
    """What a learner would do after an error; an encounter that never began is begun."""
    if isinstance(event, Entered) and room.conductor.encounter.phase == "prebrief":
        await hold(room)


async def test_while_the_disk_is_full_nothing_is_adopted_and_afterwards_all_goes_on() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with service(log, engines()) as running, meet(running, "enc_1") as learner:
        await learner.enter()
        before = await running.rooms.snapshot("enc_1")
        log.failing = True
        await learner.type_item("Hello.", "item_lost")
        await learner.when(lambda: [e for e in learner.all("error") if e.error.code == "store_error"])
        assert (await running.rooms.snapshot("enc_1")) == before
        assert not [e for e in learner.all("conversation.item.added") if e.item.id == "item_lost"]
        log.failing = False
        await learner.type("Hello.", "item_lost")
        await learner.until("response.done", 2)
        await learner.send("bedside.end", reason="learner")
        await learner.until("bedside.scorecard")
    check(log, {"item_lost"})


async def test_speech_is_not_lost_to_a_log_that_fails_for_a_moment() -> None:
    for offset in range(1, 6):
        log = MemoryLog()
        log.create(small_case(), "enc_1")
        async with service(log, engines()) as running, meet(running, "enc_1") as learner:
            await learner.enter()
            log.fails_at = log.appends + offset
            await learner.speak(500)
            await learner.quiet(1100)
            await learner.until("conversation.item.input_audio_transcription.completed")
            await learner.until("response.done", 2)
            await learner.send("bedside.end")
            await learner.until("bedside.scorecard")
        check(log)


# the process dies


def prefixes(log: MemoryLog) -> Iterator[MemoryLog]:
    """The log as a crash may leave it, at every point."""
    for length in range(1, len(log.entries["enc_1"]) + 1):
        left = MemoryLog()
        left.cases, left.entries = dict(log.cases), {"enc_1": log.entries["enc_1"][:length]}
        yield left


class Understands(Hearing):
    """Recognises every clip."""

    def __init__(self, room: Room) -> None:
        super().__init__(room.conductor, None, room.performer)

    async def recognise(self, clip: str) -> None:
        await self._conductor.insist(SpeechHeard(clip, "How is your daughter?", 90))


async def spoken_and_typed() -> MemoryLog:
    """A recorded encounter with speech, a cut, an item that waits, and a beat."""
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=ToneVoice(MS))) as (_, room, _):
        take = room.conductor.take
        await take(Entered())
        await quiet(room)
        await take(SpeechBegan("clip_1"))
        room.performer.hearing = Understands(room)
        await take(SpeechEnded("clip_1", 900))
        await when(lambda: isinstance(room.conductor.encounter.floor, Speaking))
        await take(Typed("item_1", "You sound sad."))
        await take(TurnClosed())
        await quiet(room)
        await take(Typed("item_2", "Hello?"))
        await take(TurnClosed())
        await take(Ended("learner"))
        await take(Reflected())
    return log


async def test_a_crash_at_any_point_loses_nothing_and_leaves_nobody_unanswered() -> None:
    kinds = set()
    for log in prefixes(await spoken_and_typed()):
        before = replay(log.cases["enc_1"], ((entry.event, entry.at_ms) for entry in log.entries["enc_1"]))
        kinds.add(type(before.floor))
        async with in_room(log, engines()) as (_, room, _):
            encounter = room.conductor.encounter
            known = {turn.id: turn.text for turn in before.turns if turn.speaker == LEARNER}
            assert known.items() <= {turn.id: turn.text for turn in encounter.turns}.items()
            check_picked_up(before, encounter)
            if encounter.phase == "prebrief":
                await room.conductor.take(Entered())
            await quiet(room)
            if encounter.running:
                await room.conductor.take(Typed("item_last", "Goodbye."))
                await room.conductor.take(TurnClosed())
                await quiet(room)
            if not room.conductor.encounter.over:
                await room.conductor.take(Ended("learner"))
            if room.conductor.encounter.phase == "reflection":
                await room.conductor.take(Reflected())
            assert room.conductor.encounter.phase == "done"
        check(log, {item.id for item in before.pending})
    assert kinds == {Listening, Thinking, Speaking, SomebodySpeaks, Recognising}


def check_picked_up(before: Encounter, after: Encounter) -> None:
    match before.floor:
        case Thinking(reply=reply):
            assert isinstance(after.floor, Thinking | Speaking)
            assert after.floor.reply == reply
        case Speaking(reply=reply):
            closed = after.turn(reply)
            assert closed.closed
            assert closed.heard_ms == heard_for_sure_ms(before, reply)
        case floor if getattr(floor, "clip", ""):
            assert after.notices[-1].code == "hearing_failed"


async def test_a_crash_before_the_first_sentence_drives_the_same_reply_again_once() -> None:
    whole = await recorded()
    spoken = next(n for n, entry in enumerate(whole.entries["enc_1"]) if isinstance(entry.event, SentenceReady))
    log = list(prefixes(whole))[spoken - 1]
    async with in_room(log, engines()) as (_, room, listener):
        reply = getattr(room.conductor.encounter.floor, "reply", "")
        await quiet(room)
        assert set(listener.sounded) == {reply}
    assert not [entry for entry in log.entries["enc_1"] if isinstance(entry.event, ReplyFailed | Cut)]


async def test_a_room_that_cannot_be_picked_up_is_not_left_half_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conductor, "RETRIES_S", ())
    for log in prefixes(await spoken_and_typed()):
        log.failing = True
        rooms = Rooms(log, engines(), nothing)
        try:
            async with rooms.visit("enc_1"):
                pass
        except BedsideError:
            assert len(rooms) == 0
        log.failing = False
        async with rooms.visit("enc_1") as room:
            assert not isinstance(room.conductor.encounter.floor, Speaking)
        await rooms.close()


async def nothing(encounter: Encounter) -> None: ...


# rooms open and close


async def test_requests_at_the_same_time_share_a_room_that_none_closes_on_another() -> None:
    log = await recorded()
    rooms = Rooms(log, engines(), nothing)

    async def reflect() -> str:
        try:
            return (await rooms.offer("enc_1", Reflected("Fine."))).phase
        except BedsideError as error:
            return error.code

    async with asyncio.timeout(5):
        outcomes = await asyncio.gather(*(reflect() for _ in range(8)))
    assert sorted(outcomes) == ["done", *["wrong_phase"] * 7]
    await rooms.close()
    assert len(rooms) == 0
    assert not rooms._doors


async def test_a_request_does_not_make_a_learner_who_dropped_be_waited_for_for_ever() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    ended: list[str] = []

    async def when_ended(encounter: Encounter) -> None:
        ended.append(encounter.ended)

    rooms, listener = Rooms(log, engines(), when_ended, empty_room_s=0.05), Listener()
    async with rooms.visit("enc_1") as room:
        room.enter(listener, Hearing(room.conductor, None, room.performer), listener.told.append)
        await room.conductor.take(Entered())
        await quiet(room)
        room.leave()
    with pytest.raises(BedsideError):
        await rooms.offer("enc_1", Reflected())
    await when(lambda: not len(rooms))
    assert ended == ["abandoned"]
    assert (await rooms.snapshot("enc_1")).phase == "reflection"
    await rooms.close()


async def test_an_encounter_that_is_erased_shows_its_learner_out() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with service(log, engines()) as running, meet(running, "enc_1") as learner:
        await learner.enter()
        await running.rooms.drop("enc_1")
        assert (await learner.until_closed())[0] == 4404
        assert len(running.rooms) == 0


# the line drops


@pytest.mark.parametrize("seed", range(3))
async def test_a_line_cut_at_random_moments_loses_nothing(seed: int) -> None:
    """Ten cuts a seed, thirty in all: each within the life of a turn."""
    chance = random.Random(seed)
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    acknowledged: set[str] = set()
    after: int | None = None
    async with service(log, TestEngines(voice=ToneVoice(3), transcriber=ScriptedHearing(["Hello."]))) as running:
        for number in range(10):
            async with meet(running, "enc_1", after) as learner:
                await learner.until("bedside.timer")
                await learner.type(f"This is number {number}.", f"item_{number}")
                await asyncio.sleep(chance.random() * 0.15)
                after = learner.last_seq()
                mine = {e.item.id for e in learner.all("conversation.item.added") if e.item.role == "user"}
                acknowledged |= mine
        async with meet(running, "enc_1", after) as learner:
            await learner.until("bedside.timer")
            await learner.type("The end.", "item_end")
            await learner.when(lambda: learner.all("response.done"))
            room = running.rooms._rooms["enc_1"]
            await when(lambda: not room.conductor.encounter.pending)
            await quiet(room)
            await learner.send("bedside.end")
            await learner.until("bedside.scorecard")
    check(log, acknowledged)


async def test_an_item_that_became_part_of_a_turn_is_not_taken_twice() -> None:
    """The client resends after a drop what it did not see acknowledged."""
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with service(log, engines()) as running:
        async with meet(running, "enc_1") as learner:
            await learner.enter()
            await learner.type_item("Hello.", "item_a")
            await learner.type("I am a student.", "item_b")
            await learner.until("response.done", 2)
        await running.rooms.close()
        async with meet(running, "enc_1", 1) as learner:
            await learner.type_item("I am a student.", "item_b")
            await learner.until("error")
    assert [e.event.item for e in log.entries["enc_1"] if isinstance(e.event, Typed)] == ["item_a", "item_b"]
