"""What every recogniser must do, asked of each real one: pocketsphinx, faster-whisper with a tiny model, a server."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import HEARING_HZ, Pcm, silence
from server.engines import catalog
from server.engines.embedded import sphinx
from server.engines.embedded.pronounce import pronounce
from server.engines.embedded.sphinx import SphinxTranscriber
from server.engines.embedded.sphinx_worker import SphinxWork
from server.engines.protocols import Errand, Transcription
from server.engines.remote.hearing import RemoteTranscriber
from server.engines.remote.remote import RemoteSettings
from server.engines.whisper.whisper import WhisperSettings, WhisperTranscriber
from tests.models.speech_server import speech_server
from tests.models.tiny_whisper import make_scripted
from tests.speech import TEXTS, clip, words

SAID = "How are you feeling about going home tomorrow?"
Local = SphinxTranscriber | WhisperTranscriber


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_scripted(tmp_path_factory.mktemp("models") / "scripted", SAID)


@dataclass
class Engine:
    """A recogniser with one place to decode, and what a test can do to it."""

    transcriber: Local | RemoteTranscriber
    pause: Callable[[], None]
    """It takes what it is given, and does not get on with it."""
    resume: Callable[[], None]

    @property
    def busy(self) -> bool:
        return self.transcriber.backlog_s > 0.0

    @property
    def waiting(self) -> int:
        lanes = getattr(self.transcriber, "lanes", None) or self.transcriber._decoders.lanes  # type: ignore[union-attr]
        return int(lanes.waiting)


@asynccontextmanager
async def served() -> AsyncIterator[Engine]:
    async with speech_server(SAID) as server:
        server.hold.set()
        settings = RemoteSettings(server.base_url, "held", slack_s=60.0, parallel=1)
        yield Engine(RemoteTranscriber(settings), server.hold.clear, server.hold.set)


def on_this_machine(transcriber: Local) -> Engine:
    transcriber.start()

    def send(what: int) -> None:
        os.kill(pid_of(transcriber), what)

    return Engine(transcriber, lambda: send(signal.SIGSTOP), lambda: send(signal.SIGCONT))


def pid_of(transcriber: Local) -> int:
    return transcriber._decoders.workers[-1].pid


@pytest.fixture(scope="module")
def shared(model: Path) -> Iterator[dict[str, Local]]:
    """Loaded once: no test that uses `engine` leaves it other than it was."""
    made: dict[str, Local] = {
        "pocketsphinx": SphinxTranscriber(decoders=1),
        "faster-whisper": WhisperTranscriber(WhisperSettings(model, workers=1)),
    }
    yield made
    for transcriber in made.values():
        transcriber.close()


@pytest.fixture(params=["pocketsphinx", "faster-whisper", "remote"])
async def engine(request: pytest.FixtureRequest, shared: dict[str, Local]) -> AsyncIterator[Engine]:
    if request.param == "remote":
        async with served() as remote:
            yield remote
            await catalog.close(remote.transcriber)
    else:
        yield on_this_machine(shared[request.param])


@pytest.fixture(params=["pocketsphinx", "faster-whisper"])
def local(request: pytest.FixtureRequest, model: Path) -> Iterator[Local]:
    """One with a process of its own."""
    made: Local = (
        SphinxTranscriber(decoders=1)
        if request.param == "pocketsphinx"
        else WhisperTranscriber(WhisperSettings(model, workers=1))
    )
    made.start()
    yield made
    made.close()


async def heard(
    engine: Engine | Local,
    pcm: Pcm,
    *,
    language: str = "en",
    hints: tuple[str, ...] = (),
    errand: Errand | None = None,
) -> Transcription:
    transcriber = engine.transcriber if isinstance(engine, Engine) else engine
    return await transcriber.transcribe(pcm, language=language, hints=hints, errand=errand)


async def until(true: Callable[[], bool]) -> None:
    while not true():  # noqa: ASYNC110 - it comes true in a thread, which sets no event
        await asyncio.sleep(0.005)


async def test_a_spoken_question_is_heard(engine: Engine) -> None:
    found = await heard(engine, clip("going-home"), language="en-GB")
    assert found.text.lower().strip("?") == words("going-home")
    assert 0 < found.confidence <= 1 and 0 <= found.no_speech <= 1
    info = engine.transcriber.info
    assert info.ready and info.version and info.licence


async def test_every_word_has_its_confidence_and_its_time(engine: Engine) -> None:
    found = await heard(engine, clip("going-home"))
    assert [word.text for word in found.words] == found.text.split()
    assert all(0 <= word.confidence <= 1 for word in found.words)
    assert all(0 <= word.start_ms <= word.end_ms <= clip("going-home").duration_ms for word in found.words)


@pytest.mark.parametrize(
    "pcm",
    [silence(0), Pcm(bytes(2)), silence(50), silence(2_000), silence(60_000), clip("hear-me").between(0, 100)],
)
async def test_where_nothing_was_said_no_words_are_heard(engine: Engine, pcm: Pcm) -> None:
    assert await heard(engine, pcm) == Transcription("", 0.0)


def clipped() -> Pcm:
    loud = np.frombuffer(clip("hear-me").between(0, 800).data, "<i2").astype(np.int32) * 40
    return Pcm(np.clip(loud, -32_768, 32_767).astype("<i2").tobytes())


ODD = {
    "clipped": clipped(),
    "nothing but an offset": Pcm(np.full(HEARING_HZ, 9_000, "<i2").tobytes()),
    "as short as a word": clip("hear-me").between(0, 150),
    "the lowest sample": Pcm(np.full(HEARING_HZ // 2, -32_768, "<i2").tobytes()),
}


@pytest.mark.parametrize("name", ODD)
async def test_an_odd_clip_is_heard_as_something_or_nothing(engine: Engine, name: str) -> None:
    found = await heard(engine, ODD[name])
    assert not found.words or [word.text for word in found.words] == found.text.split()
    assert bool(found.text) == (found.confidence > 0)
    assert all(0 <= word.start_ms <= word.end_ms <= ODD[name].duration_ms for word in found.words)


async def test_a_clip_of_another_shape_is_an_error(engine: Engine) -> None:
    for pcm in (Pcm(bytes(48_000), 24_000), Pcm(bytes(32_001), HEARING_HZ)):
        with pytest.raises(EngineError) as failed:
            await heard(engine, pcm)
        assert failed.value.code == "wrong_clip"


async def test_another_language_is_an_error_not_a_guess(engine: Engine) -> None:
    for language in ("pl", "xx", ""):
        with pytest.raises(EngineError) as failed:
            await heard(engine, clip("hear-me"), language=language)
        assert failed.value.code in {"language_unsupported", "remote_refused_request"}


async def test_a_cancelled_hearing_frees_the_engine(engine: Engine) -> None:
    engine.pause()
    waiting = asyncio.ensure_future(heard(engine, clip("going-home")))
    await until(lambda: engine.busy)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    engine.resume()
    assert (await heard(engine, clip("going-home"))).text
    await until(lambda: not engine.busy)


async def test_the_loop_runs_while_it_listens(engine: Engine) -> None:
    engine.pause()
    waiting, turns = asyncio.ensure_future(heard(engine, clip("going-home"))), 0
    for turns in range(100):  # noqa: B007 - it is what is counted
        await asyncio.sleep(0)
    assert not waiting.done()
    engine.resume()
    assert (await waiting).text
    assert turns == 99


async def test_several_at_once_are_heard_in_fair_order(engine: Engine) -> None:
    order: list[str] = []

    async def hear(name: str, errand: Errand) -> None:
        await heard(engine, clip("hear-me").between(0, 700), errand=errand)
        order.append(name)

    engine.pause()
    first = asyncio.ensure_future(hear("a", Errand("a")))
    await until(lambda: engine.busy)
    promoted = Errand("e", final=False)
    rest = [
        asyncio.ensure_future(hear(name, errand))
        for name, errand in {
            "a again": Errand("a"),
            "trial": Errand("c", final=False),
            "b": Errand("b"),
            "promoted": promoted,
        }.items()
    ]
    await until(lambda: engine.waiting == 4)
    promoted.final = True
    engine.resume()
    await asyncio.gather(first, *rest)
    assert order == ["a", "b", "promoted", "a again", "trial"]


async def test_a_process_that_is_killed_under_a_clip_costs_nothing(local: Local) -> None:
    pid = pid_of(local)
    os.kill(pid, signal.SIGSTOP)
    waiting = asyncio.ensure_future(heard(local, clip("going-home")))
    await until(lambda: local._decoders.workers[-1]._last_id == 1)
    os.kill(pid, signal.SIGKILL)
    assert words("going-home") in (await waiting).text.lower()
    assert pid_of(local) not in {pid, 0}


async def test_closing_ends_what_is_being_heard(local: Local) -> None:
    pid = pid_of(local)
    os.kill(pid, signal.SIGSTOP)
    waiting = asyncio.ensure_future(heard(local, clip("going-home")))
    await until(lambda: local._decoders.workers[-1]._last_id == 1)
    local.close()
    with pytest.raises(EngineError) as failed:
        await waiting
    assert failed.value.code == "engine_closed"
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


@pytest.fixture(scope="module")
def decoder() -> SphinxTranscriber:
    return SphinxTranscriber()


@pytest.fixture(scope="module", autouse=True)
def _close(decoder: SphinxTranscriber) -> object:
    yield
    decoder.close()


@pytest.mark.parametrize("name", TEXTS)
async def test_pocketsphinx_hears_clean_speech(decoder: SphinxTranscriber, name: str) -> None:
    found = await heard(decoder, clip(name))
    assert found.text == words(name)
    assert [word.text for word in found.words] == found.text.split()
    assert all(
        word.start_ms < word.end_ms <= clip(name).duration_ms and 0 <= word.confidence <= 1 for word in found.words
    )


async def test_hints_put_nothing_into_other_speech(decoder: SphinxTranscriber) -> None:
    hints = ("Novak", "metoprolol", "warfarin", "lisinopril", "zopiclone", "Mrs Novak's bay", "2nd", "x")
    for name in ("hear-me", "on-your-own"):
        assert (await heard(decoder, clip(name), hints=hints)).text == words(name)


async def test_what_was_heard_before_changes_no_word(decoder: SphinxTranscriber) -> None:
    first = await heard(decoder, clip("hear-me"))
    await heard(decoder, clip("on-your-own"), hints=("metoprolol",))
    again = await heard(decoder, clip("hear-me"))
    assert [(word.text, word.start_ms, word.end_ms) for word in again.words] == [
        (word.text, word.start_ms, word.end_ms) for word in first.words
    ]
    assert again.confidence == pytest.approx(first.confidence, abs=0.01), "a fresh decoder scores a little otherwise"


def test_a_decoder_forgets_the_words_of_another_case() -> None:
    work = SphinxWork()
    work._learn({"metoprolol", "hear"})
    assert work._decoder.lookup_word("metoprolol")
    work._learn({"metoprolol", "warfarin"})
    assert work._decoder.lookup_word("metoprolol") and work._decoder.lookup_word("warfarin")
    work._learn({"hear"})
    assert work._decoder.lookup_word("metoprolol") is None


async def test_a_minute_is_heard_by_windows(model: Path) -> None:
    minute = clip("hear-me") + silence(60_000 - 2 * clip("hear-me").duration_ms) + clip("hear-me")
    transcriber = WhisperTranscriber(WhisperSettings(model, workers=1))
    found = await heard(transcriber, minute)
    transcriber.close()
    assert found.text == f"{SAID} {SAID}"
    assert len(found.words) == len(found.text.split()) and found.words[8].start_ms >= 29_000


async def test_a_monologue_is_heard_by_segments(decoder: SphinxTranscriber) -> None:
    part = clip("hear-me") + silence(16_000)
    found = await heard(decoder, part + part)
    assert found.text.count("hear me") == 2
    assert found.words[-1].end_ms > 17_000


def test_a_word_without_an_entry_gets_phones() -> None:
    assert pronounce("metoprolol") == "M EH T AA P R AA L AA L"
    assert pronounce("x-ray") == pronounce("a") == ""


def test_no_wheel_of_pocketsphinx_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sphinx, "find_spec", lambda _: None)
    with pytest.raises(EngineMissing, match="pip install pocketsphinx"):
        SphinxTranscriber()
