"""Every bad reply of a real chat endpoint through the whole path, to what is said, whose words it is, and why.

The rows are those of the table of bad replies that the design keeps; each is at least one mode of the endpoint.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from server.core.effects import Act
from server.core.events import Entered, Event, ReplyWritten, SentenceReady
from server.core.guarding import Tells, guard_of
from server.core.prompt import Line
from server.core.virtual import VirtualRoom, virtual_room
from server.engines.chat.chat import ChatActor, ChatSettings
from server.live.phrasing import Phrasing
from server.live.playout import Playout
from tests.core.cases import case, fact
from tests.engines.chat.test_chat import BROKEN, CLOCKED, FAILED, PATIENT, WHOLE
from tests.live.test_playout import Clock, Speaker
from tests.models.chat_server import MODES, ChatServer, chat_server

AUTHORED = "Good afternoon."
SECRET = "I lay on the kitchen floor till the milkman came."
GOOD = "It hurts a little."

ROWS = {
    "L2 refused request, key, address": ["status-400", "status-401", "status-404"],
    "L3 too long a prompt": ["context-length"],
    "L4 busy or broken": ["status-429", "status-500", "status-503", "error-first", "error-inside"],
    "L5 a page": ["html-page"],
    "L6 a body that is no stream": ["json-body", "packed", "nothing"],
    "L7 a redirect": ["redirect"],
    "L8 no first text": ["slow-first", "no-answer"],
    "L9 a stall": ["stall"],
    "L10 drips": ["drip", "comments"],
    "L11 a cut connection": ["reset", "cut-chunk", "late-reset"],
    "L12 no end": ["no-done", "ollama"],
    "L13 bad bytes": ["bad-json", "bad-utf8"],
    "L14 no choices": ["choices-empty"],
    "L15 nothing to say": ["empty", "spaces", "punctuation", "emoji", "direction-only", "direction"],
    "L16 cut at its length": ["length", "length-at-once"],
    "L17 its own filter": ["content-filter"],
    "L18 no stop": ["endless-word", "endless-sentences"],
    "L19 odd characters": ["controls", "surrogate"],
    "L20 a tool call": ["tool-call"],
    "L21 thoughts": ["think", "think-open", "think-orphan", "reasoning", "reasoning-only"],
    "L22 out of role": ["assistant", "script-both", "markdown", "bullets", "json", "other-script"],
    "L24 markup": ["html", "link"],
    "other dialects": ["good", "crlf", "byte-order-mark", "no-space", "no-empty-line", "several-lines"],
}
"""L1, L23 and L25 are tests of their own below. L26, advice for real life, has no check of its own."""


def end_of(mode: str) -> tuple[str, str, str]:
    """What is said, whose words it is, and why."""
    if mode in WHOLE:
        return WHOLE[mode], "model", ""
    said, why = BROKEN.get(mode) or ("", FAILED[mode])
    return (said, "model", why) if said else (AUTHORED, "fallback", why)


def scene(*own: str) -> tuple[VirtualRoom, Act]:
    """A reply that is due, after `own` replies of the patient."""
    hidden = fact("F_fall", SECRET, "did you fall", min_trust=5)
    room = virtual_room(case(facts=(hidden,)))
    room.offer(Entered())
    act = next(effect for effect in room.effects if isinstance(effect, Act))
    said = tuple(Line(who, text) for text in own for who, text in ((act.prompt.speaker, text), ("learner", "And?")))
    return room, replace(act, prompt=replace(act.prompt, lines=(AUTHORED,), conversation=said))


@asynccontextmanager
async def acting(settings: ChatSettings) -> AsyncIterator[ChatActor]:
    actor = ChatActor(settings)
    try:
        yield actor
    finally:
        await actor.close()


async def phrase(settings: ChatSettings, own: Sequence[str] = ()) -> list[Event]:
    """Everything that one reply commits, in text."""
    taken: list[Event] = []
    room, act = scene(*own)

    async def take(event: Event) -> object:
        taken.append(event)
        return event

    async def playout() -> Playout:
        clock = Clock()
        return Playout(act.reply, Speaker(clock), clock, clock.sleep)

    def guard() -> Tells:
        return guard_of(room.encounter.case).watch(room.encounter, act.reply, act.prompt)

    async with acting(settings) as actor:
        await Phrasing(act, actor, None, "female", "model", guard).perform(take, playout)
    return taken


def end(events: list[Event]) -> tuple[str, str, str]:
    said = " ".join(event.text for event in events if isinstance(event, SentenceReady))
    written = next(event for event in events if isinstance(event, ReplyWritten))
    return said, written.source, written.why


async def scripted(*script: str, own: Sequence[str] = ()) -> tuple[ChatServer, list[Event]]:
    async with chat_server(script) as server:
        server.counts = (120, 7)
        return server, await phrase(replace(PATIENT, url=server.base_url, model="script"), own)


def test_every_mode_has_its_row() -> None:
    modes = [mode for row in ROWS.values() for mode in row]
    assert sorted(modes) == sorted(MODES)


@pytest.mark.parametrize("mode", MODES)
async def test_a_bad_reply_ends_as_its_row_says(mode: str) -> None:
    async with chat_server() as server:
        settings = replace(CLOCKED.get(mode, PATIENT), url=server.base_url, model=mode)
        assert end(await phrase(settings)) == end_of(mode)


async def test_l1_a_closed_port() -> None:
    events = await phrase(replace(PATIENT, url="http://127.0.0.1:9/v1", model="m"))
    assert end(events) == (AUTHORED, "fallback", "model_unreachable")


LEAKS = (SECRET, "The milkman found me, love.", f"Oh, well. {SECRET}")


@pytest.mark.parametrize("leak", LEAKS[:2])
async def test_l23_a_secret_is_never_said(leak: str) -> None:
    server, events = await scripted(leak)
    assert end(events) == (AUTHORED, "fallback", "leak_blocked")
    assert len(server.requests) == 2
    assert "milkman" not in str(server.requests) and "milkman" not in str(events)


async def test_l23_what_came_before_a_secret_stands_and_the_rest_is_let_go() -> None:
    server, events = await scripted(LEAKS[2])
    assert end(events) == ("Oh, well.", "model", "leak_blocked")
    assert len(server.requests) == 1


REPEATED = "It is what it is, love."


async def test_l25_the_same_reply_for_the_third_time_is_asked_for_otherwise() -> None:
    server, events = await scripted(REPEATED, GOOD, own=(REPEATED, REPEATED))
    assert end(events) == (GOOD, "model", "asked_again")
    assert "word for word" in server.requests[1]["messages"][0]["content"]


async def test_l25_and_then_the_author_speaks() -> None:
    _, events = await scripted(f"{REPEATED} There.", own=(REPEATED, f"{REPEATED} So."))
    assert end(events) == (AUTHORED, "fallback", "reply_repeated")


@pytest.mark.parametrize("own", [(REPEATED,), (REPEATED, GOOD), ("Yes.", "Yes.")])
async def test_l25_twice_or_not_in_a_row_or_a_word_is_no_matter(own: tuple[str, ...]) -> None:
    _, events = await scripted(own[0], own=own)
    assert end(events) == (own[0], "model", "")


@pytest.mark.parametrize(
    ("bad", "correction"),
    [
        ("...", "held nothing"),
        ("I'm an AI.", "stepped out"),
        ("- It hurts.", "a list"),
        ("Мне очень больно.", "another language"),
        ("<think>She hides it.", "thinking"),
        (SECRET, "not given to you"),
        ("word " * 400, "without ending a sentence"),
    ],
)
async def test_a_bad_answer_is_asked_for_once_more_and_both_are_paid_for(bad: str, correction: str) -> None:
    server, events = await scripted(bad, GOOD)
    assert end(events) == (GOOD, "model", "asked_again")
    assert len(server.requests) == 2
    assert correction in server.requests[1]["messages"][0]["content"]
    written = next(event for event in events if isinstance(event, ReplyWritten))
    assert written.tokens_in in {120, 240} and written.tokens_out in {7, 14}


async def test_counts_of_both_answers_are_in_the_log() -> None:
    _, events = await scripted("...", GOOD)
    assert ReplyWritten("reply_1", "model", "asked_again", 240, 14) in events


async def test_a_model_that_failed_or_filtered_is_not_asked_again() -> None:
    for mode in ("content-filter", "slow-first", "status-401"):
        async with chat_server() as server:
            await phrase(replace(CLOCKED.get(mode, PATIENT), url=server.base_url, model=mode))
            assert len(server.requests) == 1, mode


async def test_the_first_sentence_is_committed_while_the_second_is_being_written() -> None:
    room, act = scene()
    first = asyncio.Event()

    async def take(event: Event) -> object:
        first.set()
        return event

    async def playout() -> Playout:
        clock = Clock()
        return Playout(act.reply, Speaker(clock), clock, clock.sleep)

    async with chat_server() as server, acting(replace(PATIENT, url=server.base_url, model="stall")) as actor:
        performing = asyncio.create_task(Phrasing(act, actor, None, "x", "model").perform(take, playout))
        await asyncio.wait_for(first.wait(), 25)
        assert not performing.done()
        performing.cancel()
        await asyncio.gather(performing, return_exceptions=True)
        await asyncio.wait_for(server.closed.wait(), 25)
    assert room.encounter.running
