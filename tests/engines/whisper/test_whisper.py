"""faster-whisper itself: how many processes, which model is refused and why, what is asked of the decoder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from threading import Event
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import HEARING_HZ
from server.engines.children.frames import Frame
from server.engines.children.worker import Worker
from server.engines.protocols import Transcription
from server.engines.whisper import model as whisper_model
from server.engines.whisper import whisper
from server.engines.whisper import worker as whisper_worker
from server.engines.whisper.whisper import Crew, WhisperSettings, WhisperTranscriber, crew
from server.engines.whisper.worker import WhisperWork
from tests.models.tiny_whisper import make_random, make_scripted
from tests.speech import clip

SAID = "How are you feeling about going home tomorrow?"


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("models")
    return {"scripted": make_scripted(folder / "scripted", SAID), "random": make_random(folder / "random")}


@pytest.fixture(scope="module")
def work(models: dict[str, Path]) -> WhisperWork:
    return WhisperWork(str(models["scripted"]), "cpu", 1)


@given(st.integers(1, 256), st.integers(0, 32))
def test_cores_are_never_oversubscribed(cores: int, workers: int) -> None:
    team = crew(cores, workers=workers)
    assert team.workers >= 1 and team.threads >= 1
    assert team.workers * team.threads <= max(cores, workers)
    assert workers in {0, team.workers}


def test_up_to_four_cores_are_one_process_and_a_gpu_is_one() -> None:
    assert [crew(cores) for cores in (1, 2, 4, 8, 64)] == [
        Crew(1, 1), Crew(1, 2), Crew(1, 4), Crew(2, 4), Crew(4, 4),
    ]  # fmt: skip
    assert crew(2, workers=2) == Crew(2, 1)
    assert crew(64, device="cuda") == Crew(1, 1)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named_with_what_mends_it(models: dict[str, Path], tmp_path: Path, name: str) -> None:
    folder = shutil.copytree(models["scripted"], tmp_path / "model")
    (folder / name).unlink()
    with pytest.raises(EngineMissing, match=rf"lacks {name}.*bedside pull hearing"):
        WhisperTranscriber(WhisperSettings(folder))


def test_what_is_no_folder_or_no_whisper_is_named(models: dict[str, Path], tmp_path: Path) -> None:
    with pytest.raises(EngineMissing, match="BEDSIDE_HEARING_MODEL"):
        WhisperTranscriber(WhisperSettings(tmp_path / "small"))
    folder = shutil.copytree(models["scripted"], tmp_path / "model")
    (folder / "model.bin").write_bytes(b"\x00" * 5_000)
    with pytest.raises(EngineMissing, match="no Whisper model"):
        WhisperTranscriber(WhisperSettings(folder))
    (folder / "model.bin").write_bytes((models["scripted"] / "model.bin").read_bytes())
    (folder / "config.json").write_text("{")
    with pytest.raises(EngineMissing, match=r"config\.json is not JSON"):
        WhisperTranscriber(WhisperSettings(folder))


@pytest.mark.parametrize("left", [0.5, 0.999])
def test_a_cut_download_is_named(models: dict[str, Path], tmp_path: Path, left: float) -> None:
    folder = shutil.copytree(models["scripted"], tmp_path / "model")
    whole = (folder / "model.bin").read_bytes()
    (folder / "model.bin").write_bytes(whole[: int(len(whole) * left)])
    with pytest.raises(EngineError, match=r"model\.bin is cut short.*fetch it again") as failed:
        WhisperTranscriber(WhisperSettings(folder, device="cpu"))
    assert failed.value.code == "model_corrupt"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tokenizer.json", "{}"),
        ("vocabulary.json", "{"),
        ("preprocessor_config.json", json.dumps({"feature_size": 128})),
    ],
)
def test_files_that_do_not_fit_are_found_before_anybody_speaks(
    models: dict[str, Path], tmp_path: Path, name: str, text: str
) -> None:
    folder = shutil.copytree(models["scripted"], tmp_path / "model")
    (folder / name).write_text(text)
    with pytest.raises(EngineError) as failed:
        WhisperWork(str(folder), "cpu", 1)
    assert failed.value.code == "model_corrupt"
    assert str(folder) in str(failed.value)


def test_a_loader_that_dies_is_a_damaged_or_too_large_model(
    models: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def worker(*_: Any, **more: Any) -> Any:
        return Worker("tests.models.fake_child", ["dead"], **more)

    monkeypatch.setattr(whisper, "Worker", worker)
    with pytest.raises(EngineError, match="too large") as failed:
        WhisperTranscriber(WhisperSettings(models["scripted"]))
    assert failed.value.code == "model_corrupt"


def test_without_the_library_the_command_is_named(models: dict[str, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(whisper, "find_spec", lambda _: None)
    with pytest.raises(EngineMissing, match="pip install faster-whisper"):
        WhisperTranscriber(WhisperSettings(models["scripted"]))


@pytest.mark.parametrize(
    ("device", "able", "taken"),
    [
        ("cpu", {"int8", "int8_float32", "float32"}, "int8"),
        ("cpu", {"float32"}, "float32"),
        ("cuda", {"int8", "float16", "int8_float16", "float32"}, "float16"),
        ("cuda", {"int8_float16", "float32"}, "int8_float16"),
        ("cuda", {"float32", "int8_float32"}, "float32"),
    ],
)
def test_the_numbers_are_those_that_the_processor_can_do(
    monkeypatch: pytest.MonkeyPatch, device: str, able: set[str], taken: str
) -> None:
    monkeypatch.setattr("ctranslate2.get_supported_compute_types", lambda _: able)
    assert whisper_model._compute_type(device) == taken


def test_a_gpu_that_fails_is_said_and_done_without_where_it_was_not_asked_for(
    models: dict[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctranslate2.get_cuda_device_count", lambda: 1)
    monkeypatch.setattr("ctranslate2.get_supported_compute_types", lambda _: {"float32"})
    about = WhisperWork(str(models["scripted"]), "auto", 1).about
    assert (about["device"], about["compute_type"]) == ("cpu", "float32")
    assert about["notice"].startswith("The GPU is not used: ")
    with pytest.raises(EngineError) as failed:
        WhisperWork(str(models["scripted"]), "cuda", 1)
    assert failed.value.code == "model_corrupt"


def request(language: str = "en", hints: tuple[str, ...] = ()) -> Frame:
    return Frame({"language": language, "hints": hints}, clip("going-home").data)


def test_it_has_decoded_before_it_is_ready(models: dict[str, Path]) -> None:
    assert WhisperWork(str(models["scripted"]), "cpu", 1)._model.heard is not None


def test_a_clip_is_encoded_once_though_its_words_are_timed(work: WhisperWork, monkeypatch: pytest.MonkeyPatch) -> None:
    encoded, encode = [], work._model.encode

    def counted(features: Any) -> Any:
        encoded.append(features)
        return encode(features)

    monkeypatch.setattr(work._model, "encode", counted)
    (frame,) = work(request(), Event())
    assert frame.header["text"] == SAID
    assert [word[0] for word in frame.header["words"]] == SAID.split()
    assert len(encoded) == 1


def test_who_leaves_is_not_decoded_for(work: WhisperWork) -> None:
    gone = Event()
    gone.set()
    work._model.heard = None
    assert list(work(request(), gone)) == []
    assert work._model.heard is None
    assert [frame.header["text"] for frame in work(request(), Event())] == [SAID]


@given(st.integers(0, 120), st.text(max_size=250), st.sampled_from(["en", "pl"]))
def test_prompt_and_answer_fit_the_model(work: WhisperWork, seconds: int, hints: str, language: str) -> None:
    tokenizer = whisper_worker._tokenizer(work._model, "en")
    bound = whisper_worker._bound(tokenizer, hints, seconds * HEARING_HZ, language)
    prompt = work._model.get_prompt(tokenizer, [], without_timestamps=True, hotwords=hints or None)
    assert bound >= 16 and len(prompt) + bound <= 448


def test_marks_and_endings_belong_to_their_word() -> None:
    pieces = [
        {"word": word, "tokens": tokens, "start": start, "end": end, "probability": sure}
        for word, tokens, start, end, sure in (
            (" Well", [1], 0.0, 0.3, 0.9),
            (",", [2], 0.3, 0.9, 0.1),
            (" re", [3], 1.0, 1.2, 0.8),
            ("-admission", [4, 5, 6], 1.2, 1.9, 0.4),
            ("...", [7], 1.9, 2.5, 0.1),
            (" ", [8], 2.5, 2.6, 0.1),
        )
    ]
    found = [whisper_worker._word(group, 30_000) for group in whisper_worker._groups(pieces)]
    assert [word[:3] for word in found] == [("Well,", 30_000, 30_300), ("re-admission...", 31_000, 31_900)]
    assert [word[3] for word in found] == pytest.approx([0.9, 0.5])


async def test_whisper_takes_hints_and_drops_what_it_invents(models: dict[str, Path]) -> None:
    transcriber = WhisperTranscriber(WhisperSettings(models["random"]))
    found = await transcriber.transcribe(clip("hear-me"), language="en", hints=("Eileen Novak", "hearing aid"))
    transcriber.close()
    assert found.text == ""


def test_a_segment_of_the_worker_is_judged() -> None:
    def frame(text: str, silent: float, logprob: float) -> Frame:
        return Frame({"text": text, "no_speech": silent, "mean_logprob": logprob, "words": []})

    kept = whisper.transcription([frame("Thank you.", 0.1, -0.1), frame("You", 0.9, -1.4)], 2_000)
    assert kept.text == "Thank you."
    assert whisper.transcription([frame("Thank you.", 0.9, -0.1)], 2_000) == Transcription("", 0.0, no_speech=0.9)


async def test_a_process_is_renewed_while_it_is_asked(models: dict[str, Path]) -> None:
    transcriber = WhisperTranscriber(WhisperSettings(models["scripted"], workers=1, renew_after=3))
    worker = transcriber._decoders.workers[0]
    first, found = worker.pid, []
    while worker.pid == first:
        found.append((await transcriber.transcribe(clip("going-home"), language="en", hints=())).text)
    found.append((await transcriber.transcribe(clip("going-home"), language="en", hints=())).text)
    transcriber.close()
    assert len(found) > 3 and set(found) == {SAID}


def test_what_is_run_is_said(models: dict[str, Path]) -> None:
    transcriber = WhisperTranscriber(WhisperSettings(models["scripted"], device="cpu", workers=2))
    transcriber.close()
    assert transcriber.info.notice == "Model scripted on cpu (int8), 2 processes."


def test_an_impossible_sound_does_not_end_the_process(work: WhisperWork) -> None:
    noise = np.random.default_rng(1).integers(-32_768, 32_767, 8_000).astype("<i2").tobytes()
    assert all(frame.header["text"] for frame in work(Frame(request().header, noise), Event()))
