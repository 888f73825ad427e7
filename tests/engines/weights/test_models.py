"""Finding a model or a voice on this machine, and the sentence that is said when it is not there."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from faster_whisper.utils import _MODELS
from huggingface_hub import constants

from server.core.errors import EngineMissing
from server.engines.machine import Machine, free_bytes, suggested_hearing, this_machine
from server.engines.weights.files import BANDS_FILE, check_hearing_model
from server.engines.weights.models import (
    hearing_folder,
    hearing_model,
    pulled_hearing,
    pulled_voices,
    shown_name,
    voice_files,
)
from server.engines.weights.names import HEARING_MODELS, name_of, repo_of
from tests.models.tiny_piper import make_voice
from tests.models.tiny_whisper import make_scripted

REPO = "Systran/faster-whisper-tiny"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_scripted(tmp_path_factory.mktemp("model") / "w", "Hello.")


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A Hugging Face cache of this test's own."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


def pulled(made: Path, models: Path, repo: str = REPO) -> Path:
    return Path(shutil.copytree(made, hearing_folder(repo, models)))


def cached(made: Path, cache: Path, leave_out: str = "") -> Path:
    """A snapshot as huggingface_hub lays it out."""
    repo = cache / "models--Systran--faster-whisper-tiny"
    (repo / "refs").mkdir(parents=True)
    (repo / "refs" / "main").write_text("f" * 40)
    snapshot = Path(shutil.copytree(made, repo / "snapshots" / ("f" * 40)))
    if leave_out:
        (snapshot / leave_out).unlink()
    return snapshot


def test_our_names_are_those_of_faster_whisper() -> None:
    assert {name: known.repo for name, known in HEARING_MODELS.items()} == _MODELS
    assert all(repo_of(name_of(known.repo)) == known.repo for known in HEARING_MODELS.values())


def test_a_model_is_a_folder_or_a_name(made: Path, tmp_path: Path, cache: Path) -> None:
    assert hearing_model(str(made), tmp_path) == made
    snapshot = cached(made, cache)
    assert hearing_model("tiny", tmp_path) == snapshot
    folder = pulled(made, tmp_path)
    assert hearing_model("tiny", tmp_path) == folder, "what was pulled comes before the cache"
    assert hearing_model("Tiny", tmp_path) == hearing_model(REPO, tmp_path) == folder


def test_a_model_is_shown_by_its_name(made: Path, tmp_path: Path, cache: Path) -> None:
    snapshot = cached(made, cache)
    folders = (snapshot, pulled(made, tmp_path), pulled(made, tmp_path, "org/own"), tmp_path / "whisper-small")
    assert [shown_name(folder) for folder in folders] == ["tiny", "tiny", "org/own", "whisper-small"]


def test_a_known_name_is_never_a_folder_that_happens_to_be_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "small").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineMissing, match="bedside pull hearing small"):
        hearing_model("small", tmp_path / "models")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("small", "`bedside pull hearing small` fetches it"),
        ("some/model", "`bedside pull hearing some/model` fetches it"),
        ("smal", "Did you mean small"),
        ("xyzzy", "Names: tiny.en"),
        ("/no/such/folder", "no model folder /no/such/folder"),
    ],
)
def test_a_model_that_is_not_here_names_what_mends_it(tmp_path: Path, given: str, said: str) -> None:
    with pytest.raises(EngineMissing, match=said):
        hearing_model(given, tmp_path)


def test_a_broken_model_names_the_command_that_fetches_it_again(made: Path, tmp_path: Path, cache: Path) -> None:
    cached(made, cache, leave_out="tokenizer.json")
    with pytest.raises(EngineMissing, match=r"lacks tokenizer\.json.*`bedside pull hearing tiny` fetches it again"):
        hearing_model("tiny", tmp_path)


def test_the_published_models_of_80_bands_have_no_file_for_them(made: Path, tmp_path: Path) -> None:
    folder = pulled(made, tmp_path)
    (folder / BANDS_FILE).unlink()
    assert hearing_model("tiny", tmp_path) == folder


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("model.bin", b"", "is empty"),
        ("model.bin", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "git lfs pull"),
        ("model.bin", b"<!doctype html>", "web page"),
        ("model.bin", b"PK\3\4 pytorch_model", "no Whisper model"),
        ("config.json", b"{", "is not JSON"),
        ("tokenizer.json", b"[]", "JSON object"),
        ("tokenizer.json", b"\xff\xfe", "is not JSON"),
    ],
)
def test_a_folder_that_is_no_model(made: Path, tmp_path: Path, name: str, body: bytes, said: str) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "w"))
    (folder / name).write_bytes(body)
    with pytest.raises(EngineMissing, match=said):
        check_hearing_model(folder)


def test_what_a_folder_lacks_is_listed(tmp_path: Path) -> None:
    (tmp_path / "model.bin").write_bytes(b"WhisperSpec")
    with pytest.raises(EngineMissing, match=r"lacks config\.json, tokenizer\.json, vocabulary\.json"):
        check_hearing_model(tmp_path)
    with pytest.raises(EngineMissing, match="is a file"):
        hearing_model(str(tmp_path / "model.bin"), tmp_path)


def test_what_was_pulled_is_listed_newest_first(made: Path, tmp_path: Path) -> None:
    older, newer = pulled(made, tmp_path), pulled(made, tmp_path, "org/b")
    os.utime(older, (1_000, 1_000))
    (tmp_path / "hearing" / ".org--c.part").mkdir()
    assert pulled_hearing(tmp_path) == (newer, older)
    os.utime(newer, (500, 500))
    assert pulled_hearing(tmp_path) == (older, newer)
    assert pulled_hearing(tmp_path / "nowhere") == ()


def test_a_voice_is_a_file_a_folder_or_a_name(tmp_path: Path) -> None:
    voice = make_voice(tmp_path / "voices", "en_GB-alba-medium")
    assert voice_files(str(voice), tmp_path) == voice
    assert voice_files("en_GB-alba-medium", tmp_path) == voice
    assert voice_files(str(voice.parent), tmp_path) == voice.parent
    assert pulled_voices(tmp_path) == (voice,)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("en_GB-cori-medium", "`bedside pull voice en_GB-cori-medium` fetches it"),
        ("en_GB-alba", "Did you mean .*en_GB-alba-medium"),
        ("alba.onnx", r"alba\.onnx is missing"),
        ("qqq", "a name such as en_GB-alba-medium"),
    ],
)
def test_a_voice_that_is_not_here_names_what_mends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: str, said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(EngineMissing, match=said):
        voice_files(given, tmp_path)


def test_one_broken_voice_in_a_folder_is_named(tmp_path: Path) -> None:
    make_voice(tmp_path, "good")
    bad = make_voice(tmp_path, "bad")
    Path(f"{bad}.json").unlink()
    with pytest.raises(EngineMissing, match=r"bad\.onnx\.json is missing"):
        voice_files(str(tmp_path), tmp_path)
    Path(f"{bad}.json").write_text(json.dumps({"audio": {"sample_rate": 100}, "phoneme_id_map": {}}))
    with pytest.raises(EngineMissing, match="100 Hz"):
        voice_files(str(tmp_path), tmp_path)


def test_more_machine_gets_a_larger_model() -> None:
    sizes = [
        HEARING_MODELS[suggested_hearing(machine)].megabytes
        for machine in (Machine(1, 10**9, 0), Machine(2, 4 * 10**9, 0), Machine(8, 16 * 10**9, 0), Machine(8, 0, 1))
    ]
    assert sizes == sorted(set(sizes))
    assert this_machine().cores >= 1
    assert free_bytes(Path("/no/such/folder/yet")) > 0
