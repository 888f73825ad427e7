"""Phrasing: one reply from an actor's words to committed sentences, with engines that fail."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from server.core.case import Case
from server.core.effects import Act
from server.core.errors import EngineError, ReplyRefused
from server.core.events import (
    Entered,
    Event,
    Played,
    ReplyFailed,
    ReplyWritten,
    SentenceReady,
)
from server.core.prompt import Prompt
from server.core.sound.audio import Pcm
from server.core.virtual import virtual_room
from server.engines.protocols import Bill, Speech
from server.live.phrasing import Phrasing
from server.live.playout import Playout
from tests.live.room import MemoryLog, ToneVoice, info, small_case
from tests.live.test_playout import Clock, Speaker


@dataclass
class Actor:
    """Says its words, then fails if it must."""

    words: list[str]
    error: Exception | None = None
    closed: bool = False
    info = info("acting", "test")

    async def act(self, prompt: Prompt, bill: Bill | None = None) -> AsyncIterator[str]:
        try:
            for word in self.words:
                yield word
            if self.error:
                raise self.error
        finally:
            self.closed = True


class BrokenVoice(ToneVoice):
    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        raise EngineError("no voice today")
        yield Speech(Pcm(b""))


def the_act(case: Case, *lines: str) -> Act:
    log = MemoryLog()
    log.create(case, "enc_1")
    room = virtual_room(case)
    room.offer(Entered())
    act = next(effect for effect in room.effects if isinstance(effect, Act))
    return replace(act, prompt=replace(act.prompt, lines=lines))


async def phrase(actor: Actor, voice: ToneVoice | None = None, *lines: str) -> list[Event]:
    """Everything that one reply commits."""
    clock, taken = Clock(), []

    async def take(event: Event) -> object:
        taken.append(event)
        return event

    async def playout() -> Playout:
        return Playout("reply_1", Speaker(clock), clock, clock.sleep)

    act = the_act(small_case(), *lines)
    await Phrasing(act, actor, voice, "male 70").perform(take, playout)
    return taken


def texts(events: list[Event]) -> list[str]:
    return [event.text for event in events if isinstance(event, SentenceReady)]


async def test_sentences_are_committed_one_by_one_then_the_end() -> None:
    actor = Actor(["Good after", "noon. How ", "are you?"])
    events = await phrase(actor, ToneVoice(10), "Hello.")
    assert texts(events) == ["Good afternoon.", "How are you?"]
    total = sum(event.audio_ms for event in events if isinstance(event, SentenceReady))
    assert [type(event) for event in events[-2:]] == [ReplyWritten, Played]
    assert events[-1] == Played("reply_1", total)
    assert actor.closed


async def test_an_actor_that_fails_before_a_word_is_replaced_by_the_author() -> None:
    events = await phrase(Actor([], ReplyRefused("nothing usable")), None, "Good afternoon. Sit down.")
    assert texts(events) == ["Good afternoon.", "Sit down."]
    assert ReplyWritten("reply_1", "fallback", "reply_refused") in events


async def test_half_a_sentence_of_a_failing_actor_is_not_said() -> None:
    events = await phrase(Actor(["I was goi"], EngineError("cut")), None, "Good afternoon.")
    assert texts(events) == ["Good afternoon."]


async def test_an_actor_that_fails_after_a_sentence_keeps_what_was_said() -> None:
    events = await phrase(Actor(["I see. And th"], EngineError("cut")), None, "Good afternoon.")
    assert texts(events)[0] == "I see."
    assert "Good afternoon." not in texts(events)
    assert isinstance(events[-1], Played)


async def test_a_voice_that_fails_still_delivers_the_words() -> None:
    events = await phrase(Actor(["Good afternoon."]), BrokenVoice())
    assert events == [
        SentenceReady("reply_1", 0, "Good afternoon.", 0),
        ReplyWritten("reply_1", "authored"),
        Played("reply_1", 0),
    ]


async def test_nothing_to_say_is_said_to_be_nothing() -> None:
    assert await phrase(Actor([])) == [ReplyFailed("reply_1", "silent")]


async def test_a_reply_that_is_stopped_closes_its_actor() -> None:
    actor = Actor(["One. "] * 50)
    voice = ToneVoice(10)

    async def take(event: Event) -> object:
        await asyncio.Event().wait()
        return event

    async def playout() -> Playout:
        clock = Clock()
        return Playout("reply_1", Speaker(clock), clock, clock.sleep)

    task = asyncio.create_task(Phrasing(the_act(small_case()), actor, voice, "x").perform(take, playout))
    await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert actor.closed


async def test_a_reply_that_came_too_late_says_nothing() -> None:
    sent: list[Event] = []

    async def take(event: Event) -> object:
        sent.append(event)
        return None

    async def playout() -> Playout:
        clock = Clock()
        return Playout("reply_1", Speaker(clock), clock, clock.sleep)

    await Phrasing(the_act(small_case()), Actor(["One. Two."]), None, "x").perform(take, playout)
    assert len(sent) == 1
