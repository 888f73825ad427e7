"""Listening along: at a pause the words are there, whole, and a decoder always comes back."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

import numpy as np
import pytest

from server.core.errors import EngineError
from server.core.sound.audio import HEARING_HZ, Pcm, silence
from server.engines.children.following import Following, FollowingLimits
from server.engines.children.frames import Frame
from server.engines.children.lanes import Lanes
from server.engines.embedded.sphinx import SphinxTranscriber
from server.engines.protocols import Errand, Transcription, Utterance
from tests.speech import TEXTS, clip, words

FRAME_BYTES = 1024


@pytest.fixture(scope="module")
def shared() -> Iterator[SphinxTranscriber]:
    transcriber = SphinxTranscriber(decoders=2)
    yield transcriber
    transcriber.close()


@pytest.fixture
async def hearing(shared: SphinxTranscriber) -> SphinxTranscriber:
    """Both decoders are free."""
    await until(lambda: free(shared) == 2)
    return shared


def free(transcriber: SphinxTranscriber) -> int:
    return len(transcriber._decoders.lanes._free)


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - it comes true in a thread, which sets no event
        await asyncio.sleep(0.005)


def begun(transcriber: SphinxTranscriber, stream: str = "") -> Utterance:
    utterance = transcriber.begin(language="en-GB", hints=(), errand=Errand(stream))
    assert utterance is not None
    return utterance


def feed(utterance: Utterance, pcm: Pcm) -> None:
    for start in range(0, len(pcm.data), FRAME_BYTES):
        utterance.feed(Pcm(pcm.data[start : start + FRAME_BYTES]))


async def heard(transcriber: SphinxTranscriber, pcm: Pcm, stream: str = "") -> Transcription:
    utterance = begun(transcriber, stream)
    feed(utterance, pcm)
    found = await utterance.pause()
    utterance.close()
    await until(lambda: free(transcriber) == 2)
    return found


async def code_of(waiting: Any) -> str:
    with pytest.raises(EngineError) as failed:
        await waiting
    return failed.value.code


def wrong_words(first: list[str], second: list[str]) -> int:
    """Insertions, deletions and substitutions between them."""
    costs = list(range(len(second) + 1))
    for row, word in enumerate(first, 1):
        diagonal, costs[0] = costs[0], row
        for column, other in enumerate(second, 1):
            best = min(costs[column] + 1, costs[column - 1] + 1, diagonal + (word != other))
            diagonal, costs[column] = costs[column], best
    return costs[-1]


@pytest.mark.parametrize("name", TEXTS)
async def test_what_is_heard_along_is_what_is_heard_at_once(hearing: SphinxTranscriber, name: str) -> None:
    along = await heard(hearing, clip(name))
    whole = await hearing.transcribe(clip(name), language="en", hints=())
    assert wrong_words(along.text.split(), whole.text.split()) <= 0.2 * len(whole.words)
    assert 0 < along.confidence <= 1
    assert [word.text for word in along.words] == along.text.split()
    for mine, theirs in zip(along.words, whole.words, strict=False):
        assert mine.start_ms < mine.end_ms <= clip(name).duration_ms
        assert abs(mine.end_ms - theirs.end_ms) <= 150


async def test_what_follows_a_pause_is_joined_to_what_went_before(hearing: SphinxTranscriber) -> None:
    first, second = clip("on-your-own"), clip("hear-me")
    utterance = begun(hearing)
    feed(utterance, first)
    before = await utterance.pause()
    feed(utterance, silence(400) + second)
    both = await utterance.pause()
    utterance.close()
    assert (before.text, both.text) == (words("on-your-own"), f"{words('on-your-own')} {words('hear-me')}")
    assert both.words[: len(before.words)] == before.words
    assert first.duration_ms + 400 <= both.words[len(before.words)].start_ms
    assert both.words[-1].end_ms <= first.duration_ms + 400 + second.duration_ms


async def test_a_pause_without_more_answers_the_same(hearing: SphinxTranscriber) -> None:
    utterance = begun(hearing)
    feed(utterance, clip("hear-me"))
    first = await utterance.pause()
    assert first.text == words("hear-me")
    again = await asyncio.gather(utterance.pause(), utterance.pause())
    assert list(again) == [first, first]
    utterance.feed(clip("hear-me").between(0, 100))
    hum = np.sin(np.arange(HEARING_HZ) / 40) * 400
    utterance.feed(Pcm(hum.astype("<i2").tobytes()))
    assert (await utterance.pause()).words == first.words
    utterance.close()


@pytest.mark.parametrize("pcm", [silence(0), silence(2_000), clip("hear-me").between(0, 100)])
async def test_where_nothing_was_said_no_words_are_heard(hearing: SphinxTranscriber, pcm: Pcm) -> None:
    assert await heard(hearing, pcm, "quiet") == Transcription("", 0.0)
    assert "quiet" not in hearing._means


async def test_what_somebody_else_said_changes_no_word(hearing: SphinxTranscriber) -> None:
    first = await heard(hearing, clip("hear-me"))
    await heard(hearing, clip("on-your-own").between(0, 800), "somebody else")
    again = await heard(hearing, clip("hear-me"))
    assert [(word.text, word.start_ms, word.end_ms) for word in again.words] == [
        (word.text, word.start_ms, word.end_ms) for word in first.words
    ]
    assert again.confidence == pytest.approx(first.confidence, abs=0.01), "a fresh decoder scores a little otherwise"


async def test_a_microphone_is_remembered_and_many_are_not(hearing: SphinxTranscriber) -> None:
    part = clip("hear-me").between(300, 900)
    await heard(hearing, part, "a student")
    learnt = hearing._means["a student"]
    await heard(hearing, Pcm((np.frombuffer(part.data, "<i2") // 4).astype("<i2").tobytes()), "another")
    assert learnt.count(",") == hearing._means["another"].count(",") == 12 and learnt != hearing._means["another"]
    for number in range(300):
        hearing._remember(f"stream {number}", learnt)
    assert len(hearing._means) == 256 and "a student" not in hearing._means


async def test_an_utterance_that_is_closed_lets_its_decoder_go(hearing: SphinxTranscriber) -> None:
    utterance = begun(hearing)
    feed(utterance, clip("going-home"))
    waiting = asyncio.ensure_future(utterance.pause())
    await asyncio.sleep(0)
    utterance.close()
    utterance.close()
    assert await code_of(waiting) == "engine_closed"
    feed(utterance, clip("hear-me"))
    assert await code_of(utterance.pause()) == "engine_closed"
    await until(lambda: free(hearing) == 2)
    assert (await heard(hearing, clip("hear-me"))).text == words("hear-me")


async def test_a_pause_that_nobody_waits_for_any_more_does_no_harm(hearing: SphinxTranscriber) -> None:
    utterance = begun(hearing)
    feed(utterance, clip("hear-me"))
    waiting = asyncio.ensure_future(utterance.pause())
    await asyncio.sleep(0)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert (await utterance.pause()).text == words("hear-me")
    utterance.close()


@pytest.mark.parametrize("while_it_decodes", [True, False])
async def test_a_decoder_that_dies_is_an_error_and_comes_back(
    hearing: SphinxTranscriber, while_it_decodes: bool
) -> None:
    utterance = begun(hearing)
    feed(utterance, clip("hear-me").between(0, 600))
    if not while_it_decodes:
        await utterance.pause()
    pid = hearing._decoders.workers[-1].pid
    os.kill(pid, signal.SIGKILL)
    feed(utterance, clip("hear-me"))
    assert await code_of(utterance.pause()) == "engine_crashed"
    await until(lambda: free(hearing) == 2)
    assert (await heard(hearing, silence(2_000))) == Transcription("", 0.0)
    assert hearing._decoders.workers[-1].pid not in {pid, 0}


async def test_a_decoder_that_hangs_does_not_keep_its_place(hearing: SphinxTranscriber) -> None:
    utterance = begun(hearing)
    feed(utterance, clip("hear-me"))
    await utterance.pause()
    assert isinstance(utterance, Following)
    taken = utterance._parts
    os.kill(hearing._decoders.workers[-1].pid, signal.SIGSTOP)
    for _ in range(10):
        feed(utterance, clip("going-home"))
    await until(lambda: utterance._parts > taken)  # closed before that, nothing would have been asked of it
    utterance.close()
    await until(lambda: free(hearing) == 2)
    assert hearing._decoders.workers[-1].pid == 0


async def test_one_decoder_stays_for_clips_that_count(hearing: SphinxTranscriber) -> None:
    utterance = begun(hearing, "one")
    feed(utterance, clip("hear-me"))
    assert hearing.begin(language="en", hints=(), errand=Errand("two")) is None
    assert (await hearing.transcribe(clip("hear-me"), language="en", hints=())).text == words("hear-me")
    assert (await utterance.pause()).text == words("hear-me")
    utterance.close()


async def test_what_it_cannot_hear_is_refused(hearing: SphinxTranscriber) -> None:
    with pytest.raises(EngineError) as failed:
        hearing.begin(language="pl", hints=(), errand=Errand())
    assert failed.value.code == "language_unsupported"
    for wrong in (Pcm(bytes(48_000), 24_000), Pcm(bytes(1_001))):
        utterance = begun(hearing)
        utterance.feed(wrong)
        feed(utterance, clip("hear-me"))
        assert await code_of(utterance.pause()) == "wrong_clip"
        await until(lambda: free(hearing) == 2)


async def test_closing_the_engine_ends_what_is_being_said() -> None:
    transcriber = SphinxTranscriber(decoders=2)
    utterance = begun(transcriber)
    await utterance.pause()
    pid = transcriber._decoders.workers[-1].pid
    feed(utterance, clip("going-home"))
    waiting = asyncio.ensure_future(utterance.pause())
    await asyncio.sleep(0)
    transcriber.close()
    assert await code_of(waiting) == "engine_closed"
    await until(lambda: free(transcriber) == 2)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with pytest.raises(EngineError, match="closed"):
        begun(transcriber)


# --- places -----------------------------------------------------------------------------------------------------------


async def test_a_place_is_lent_only_where_nobody_misses_it() -> None:
    assert Lanes(1).borrow() is None
    lanes = Lanes(3)
    first, second = lanes.borrow(), lanes.borrow()
    assert None not in {first, second} and first != second and lanes.borrow() is None
    at_work = await lanes.enter(Errand())
    assert lanes.backlog_s > 0
    waiting = asyncio.ensure_future(lanes.enter(Errand()))
    await asyncio.sleep(0)
    assert lanes.waiting == 1
    assert first is not None and second is not None
    lanes.leave(first)
    assert await waiting == first
    lanes.leave(second)
    assert lanes.borrow() is None, "the last free one"
    lanes.leave(at_work)
    assert lanes.borrow() is not None


async def test_an_utterance_that_takes_its_time_makes_no_wait_look_longer() -> None:
    now = [0.0]
    lanes = Lanes(2, now=lambda: now[0])
    lent = lanes.borrow()
    assert lent is not None
    lane = await lanes.enter(Errand())
    now[0] = 2.0
    lanes.leave(lane)
    await lanes.enter(Errand())
    assert lanes.backlog_s == 2.0, "one place, one piece of work of 2 s"
    now[0] = 60.0
    lanes.leave(lent)
    assert list(lanes._works_s) == [2.0]


# --- passing on -------------------------------------------------------------------------------------------------------


class Decoder:
    """Answers each part; `hold` is set as long as it does."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, Any], int]] = []
        self.hold = threading.Event()
        self.hold.set()
        self.error: Exception | None = None

    def ask(self, header: dict[str, Any], piece: bytes, stop: threading.Event) -> list[Frame]:
        self.asked.append((header, len(piece)))
        while not self.hold.wait(0.005) and not stop.is_set():
            pass
        if self.error:
            raise self.error
        return [Frame({"words": sum(size for _, size in self.asked)})] if "pause" in header else []


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(1) as made:
        yield made


def following(decoder: Decoder, **limits: Any) -> Following:
    def read(answer: Frame, fed_ms: int) -> Transcription:
        return Transcription(f"{answer.header['words']} in {fed_ms}", 1.0)

    return Following(decoder.ask, {"hints": ["x"]}, read, FollowingLimits(**limits))


async def test_what_came_while_the_decoder_worked_goes_in_one_piece(pool: ThreadPoolExecutor) -> None:
    decoder = Decoder()
    decoder.hold.clear()
    along = following(decoder)
    along.feed(silence(32))
    job = pool.submit(along.run)
    await until(lambda: len(decoder.asked) == 1)
    for _ in range(40):
        along.feed(silence(32))
    waiting = asyncio.ensure_future(along.pause())
    await asyncio.sleep(0)
    decoder.hold.set()
    assert (await waiting).text == f"{41 * FRAME_BYTES} in {41 * 32}"
    along.close()
    job.result()
    assert decoder.asked == [
        ({"part": 0, "hints": ["x"]}, FRAME_BYTES),
        ({"part": 1}, 32_000),
        ({"part": 2, "pause": True}, 40 * FRAME_BYTES - 32_000),
    ]


async def test_an_utterance_that_is_forgotten_ends(pool: ThreadPoolExecutor) -> None:
    along = following(Decoder(), idle_s=0.02)
    pool.submit(along.run).result()
    assert await code_of(along.pause()) == "hearing_timeout"


async def test_one_that_goes_on_for_ever_ends(pool: ThreadPoolExecutor) -> None:
    decoder = Decoder()
    along = following(decoder, life_s=0.0)
    along.feed(silence(32))
    pool.submit(along.run).result()
    assert await code_of(along.pause()) == "hearing_timeout"
    assert decoder.asked == [], "there was always more, and it was too late for it"


async def test_sound_beyond_the_bound_is_refused(pool: ThreadPoolExecutor) -> None:
    along = following(Decoder(), unread_ms=100)
    waiting = asyncio.ensure_future(along.pause())
    await asyncio.sleep(0)
    for _ in range(4):
        along.feed(silence(32))
    assert await code_of(waiting) == await code_of(along.pause()) == "hearing_behind"
    pool.submit(along.run).result()


async def test_a_failure_of_any_kind_reaches_whoever_waits(pool: ThreadPoolExecutor) -> None:
    for error, code in (
        (EngineError("no", code="of_its_own"), "of_its_own"),
        (ValueError("a secret"), "engine_failed"),
    ):
        decoder = Decoder()
        decoder.error = error
        along = following(decoder)
        waiting = asyncio.ensure_future(along.pause())
        await asyncio.sleep(0)
        pool.submit(along.run).result()
        with pytest.raises(EngineError) as failed:
            await waiting
        assert failed.value.code == code and "secret" not in str(failed.value)
