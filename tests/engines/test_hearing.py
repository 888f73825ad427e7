"""What every recogniser must do, asked of each real one: pocketsphinx, and faster-whisper with a tiny model."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace

import pytest

from server.core.audio import HEARING_HZ, Pcm, silence
from server.core.errors import EngineError, EngineMissing
from server.engines import catalog, sphinx, whisper
from server.engines.pronounce import pronounce
from server.engines.protocols import Transcriber, Transcription
from server.engines.sphinx import SphinxTranscriber
from server.engines.sphinx_worker import SphinxWork
from server.engines.whisper import NEEDED, WhisperSettings, WhisperTranscriber
from tests.models.tiny_whisper import make_random, make_scripted
from tests.speech import TEXTS, clip, words

SAID = "How are you feeling about going home tomorrow?"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("models")
    return {"scripted": make_scripted(folder / "scripted", SAID), "random": make_random(folder / "random")}


@pytest.fixture(params=["pocketsphinx", "faster-whisper"])
async def transcriber(request: pytest.FixtureRequest, models: dict[str, Path]) -> AsyncIterator[Transcriber]:
    made: Transcriber = (
        SphinxTranscriber()
        if request.param == "pocketsphinx"
        else WhisperTranscriber(WhisperSettings(models["scripted"]))
    )
    yield made
    await catalog.close(made)


async def heard(
    transcriber: Transcriber, pcm: Pcm, *, language: str = "en", hints: tuple[str, ...] = ()
) -> Transcription:
    return await transcriber.transcribe(pcm, language=language, hints=hints)


async def test_a_spoken_question_is_heard(transcriber: Transcriber) -> None:
    found = await heard(transcriber, clip("going-home"), language="en-GB")
    assert found.text.lower().strip("?") == words("going-home")
    assert 0 < found.confidence <= 1
    assert transcriber.info.ready and transcriber.info.version and transcriber.info.licence


@pytest.mark.parametrize("pcm", [silence(0), silence(50), silence(2_000), clip("hear-me").between(0, 100)])
async def test_where_nothing_was_said_no_words_are_heard(transcriber: Transcriber, pcm: Pcm) -> None:
    assert (await heard(transcriber, pcm)).text == ""


async def test_a_clip_of_another_shape_is_an_error(transcriber: Transcriber) -> None:
    for pcm in (Pcm(bytes(48_000), 24_000), Pcm(bytes(32_001), HEARING_HZ)):
        with pytest.raises(EngineError) as failed:
            await heard(transcriber, pcm)
        assert failed.value.code == "wrong_clip"


async def test_another_language_is_an_error_not_a_guess(transcriber: Transcriber) -> None:
    with pytest.raises(EngineError) as failed:
        await heard(transcriber, clip("hear-me"), language="pl")
    assert failed.value.code == "language_unsupported"


async def test_a_cancelled_hearing_frees_the_engine(transcriber: Transcriber) -> None:
    waiting = asyncio.ensure_future(heard(transcriber, clip("going-home")))
    await asyncio.sleep(0.05)
    waiting.cancel()
    with suppress(asyncio.CancelledError):
        await waiting
    assert (await asyncio.wait_for(heard(transcriber, clip("going-home")), 60)).text


async def test_the_loop_runs_while_it_listens(transcriber: Transcriber) -> None:
    waiting, turns = asyncio.ensure_future(heard(transcriber, clip("going-home"))), 0
    while not waiting.done():
        await asyncio.sleep(0)
        turns += 1
    assert (await waiting).text
    assert turns > 20


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
        word.start_ms < word.end_ms <= clip(name).duration_ms + 20 and 0 <= word.confidence <= 1 for word in found.words
    )


async def test_hints_put_nothing_into_other_speech(decoder: SphinxTranscriber) -> None:
    hints = ("Novak", "metoprolol", "warfarin", "lisinopril", "zopiclone", "Mrs Novak's bay", "2nd", "x")
    for name in ("hear-me", "on-your-own"):
        assert (await heard(decoder, clip(name), hints=hints)).text == words(name)


async def test_what_was_heard_before_changes_nothing(decoder: SphinxTranscriber) -> None:
    first = await heard(decoder, clip("hear-me"))
    await heard(decoder, clip("on-your-own"), hints=("metoprolol",))
    assert await heard(decoder, clip("hear-me")) == first


def test_a_decoder_forgets_the_words_of_another_case() -> None:
    work = SphinxWork()
    work._learn({"metoprolol", "hear"})
    assert work._decoder.lookup_word("metoprolol")
    work._learn({"metoprolol", "warfarin"})
    assert work._decoder.lookup_word("metoprolol") and work._decoder.lookup_word("warfarin")
    work._learn({"hear"})
    assert work._decoder.lookup_word("metoprolol") is None


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


async def test_whisper_takes_hints_and_drops_what_it_invents(models: dict[str, Path]) -> None:
    transcriber = WhisperTranscriber(WhisperSettings(models["random"]))
    found = await heard(transcriber, clip("hear-me"), hints=("Novak", "hearing aid"))
    transcriber.close()
    assert found == Transcription("", 0.0)


@pytest.mark.parametrize("name", NEEDED)
def test_an_incomplete_whisper_directory_is_named(tmp_path: Path, name: str) -> None:
    for each in NEEDED:
        (tmp_path / each).touch()
    (tmp_path / name).unlink()
    with pytest.raises(EngineMissing, match=name):
        WhisperTranscriber(WhisperSettings(tmp_path))


def test_a_wrong_or_corrupt_whisper_directory_is_named(tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="BEDSIDE_HEARING_MODEL"):
        WhisperTranscriber(WhisperSettings(tmp_path / "small"))
    for each in NEEDED:
        (tmp_path / each).write_text("{}")
    with pytest.raises(EngineError) as failed:
        WhisperTranscriber(WhisperSettings(tmp_path))
    assert failed.value.code == "model_corrupt"


def segment(text: str, *, silent: float = 0.0, logprob: float = -0.1, ratio: float = 1.0) -> SimpleNamespace:
    return SimpleNamespace(text=text, no_speech_prob=silent, avg_logprob=logprob, compression_ratio=ratio)


def test_what_whisper_writes_into_silence_is_dropped() -> None:
    kept = whisper.transcription(
        [segment(" Thank you.", silent=0.9), segment(" You", silent=0.9, logprob=-1.4), segment("a", ratio=3.0)]
    )
    assert kept.text == "Thank you."
    assert kept.confidence == pytest.approx(0.905, abs=0.01)
