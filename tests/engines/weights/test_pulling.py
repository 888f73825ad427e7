"""Fetching models: from a hub on this machine that breaks in every way in which hubs and lines do."""

from __future__ import annotations

import errno
import fcntl
import json
import shutil
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from huggingface_hub import constants

from server.core.errors import EngineMissing, SetupError
from server.engines.weights import hub as pulling_hub
from server.engines.weights import part as pulling_part
from server.engines.weights.files import BANDS_FILE
from server.engines.weights.landing import RECORD
from server.engines.weights.models import hearing_model, voice_files
from server.engines.weights.pulling import pull_hearing, pull_voice
from tests.models.fake_hub import COMMIT, Hub, running_hub
from tests.models.tiny_piper import make_voice
from tests.models.tiny_whisper import make_scripted

REPO = "Systran/faster-whisper-tiny"
VOICE, PLACE = "en_GB-alba-medium", "en/en_GB/alba/medium"
CARD = b"# Model card\n\n* Speakers: 1\n\n## Dataset\n\n* URL: https://recordings.example/\n* License: CC BY 4.0\n"
Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = make_scripted(tmp_path_factory.mktemp("model") / "w", "Hello.")
    files = {path.name: path.read_bytes() for path in folder.iterdir() if path.name != BANDS_FILE}
    return {**files, "README.md": b"---\nlanguage:\n- en\nlicense: mit\n---\n# Whisper tiny\n"}


@pytest.fixture(scope="module")
def voice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    path = make_voice(tmp_path_factory.mktemp("voice"), VOICE)
    files = {f"{PLACE}/{each.name}": each.read_bytes() for each in (path, Path(f"{path}.json"))}
    names = json.dumps({VOICE: {}, "en_GB-alan-medium": {}, "de_DE-thorsten-low": {}}).encode()
    return {**files, f"{PLACE}/MODEL_CARD": CARD, "voices.json": names}


@pytest.fixture
def hub(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: dict[str, bytes], voice: dict[str, bytes]
) -> Iterator[Hub]:
    with running_hub() as running:
        running.repos = {REPO: dict(model), "rhasspy/piper-voices": dict(voice)}
        monkeypatch.setattr(pulling_hub, "endpoint", lambda: running.url)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))
        monkeypatch.delenv("HF_TOKEN", raising=False)
        monkeypatch.setattr(pulling_part, "PAUSE_S", 0.0)
        monkeypatch.setattr(pulling_part, "TRIES", 2)
        yield running


def unseen(name: str, done: int, size: int) -> None:
    """Progress that nobody watches."""


def parts(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.part/*.part"))


def refused(code: str, name: str, models: Path) -> SetupError:
    with pytest.raises(SetupError) as failed:
        pull_hearing(name, models, unseen)
    assert failed.value.code == code
    return failed.value


# --- what should happen -----------------------------------------------------------------------------------------------


def test_a_model_lands_whole_and_is_found_by_its_name(hub: Hub, tmp_path: Path, model: dict[str, bytes]) -> None:
    seen: dict[str, tuple[int, int]] = {}
    pulled = pull_hearing("tiny", tmp_path, lambda name, done, size: seen.update({name: (done, size)}))
    assert pulled.fetched
    assert pulled.licence == "mit"
    assert hearing_model("tiny", tmp_path) == pulled.path == hearing_model(REPO, tmp_path)
    wanted = {name: body for name, body in model.items() if name != "README.md"}
    assert {path.name: path.read_bytes() for path in pulled.path.iterdir() if path.name != RECORD} == wanted
    assert seen == {name: (len(body), len(body)) for name, body in wanted.items()}
    record = json.loads((pulled.path / RECORD).read_text())
    assert (record["repo"], record["commit"]) == (REPO, COMMIT)
    assert not list(tmp_path.rglob("*part"))


def test_a_second_pull_asks_nobody(hub: Hub, tmp_path: Path) -> None:
    first = pull_hearing("tiny", tmp_path, unseen)
    hub.requests.clear()
    second = pull_hearing(REPO, tmp_path, unseen)
    assert not second.fetched
    assert (second.path, second.licence, second.bytes) == (first.path, first.licence, first.bytes)
    assert not hub.requests


def test_a_damaged_model_is_fetched_again(hub: Hub, tmp_path: Path) -> None:
    first = pull_hearing("tiny", tmp_path, unseen)
    (first.path / "model.bin").write_bytes(b"short")
    assert pull_hearing("tiny", tmp_path, unseen).fetched
    assert (first.path / "model.bin").stat().st_size > 1_000_000


def test_a_voice_lands_with_its_configuration_and_its_licence(hub: Hub, tmp_path: Path) -> None:
    pulled = pull_voice(VOICE, tmp_path, unseen)
    assert voice_files(VOICE, tmp_path) == pulled.path
    assert pulled.licence == "CC BY 4.0 (recordings: https://recordings.example/)"
    assert not pull_voice(VOICE, tmp_path, unseen).fetched
    assert voice_files(str(pulled.path.parent), tmp_path) == pulled.path.parent


def test_a_token_goes_to_the_hub_and_not_to_the_store(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_secret")
    pull_hearing("tiny", tmp_path, unseen)
    store = [each for each in hub.requests if each.path.startswith("/store/")]
    assert store
    assert not [each for each in store if each.authorization]
    assert all(each.authorization == "Bearer hf_secret" for each in hub.requests if each not in store)


# --- a line that breaks -----------------------------------------------------------------------------------------------


def test_a_cut_line_is_taken_up_where_it_broke(hub: Hub, tmp_path: Path, model: dict[str, bytes]) -> None:
    hub.cut_at = [100_000, 700_001]
    assert pull_hearing("tiny", tmp_path, unseen).fetched
    assert hub.ranges("model.bin") == ["", "bytes=100000-", "bytes=700001-"]
    assert hub.sent["model.bin"] == len(model["model.bin"]), "no byte is sent twice"


def test_another_attempt_goes_on_where_the_last_was_given_up(hub: Hub, tmp_path: Path, model: dict[str, bytes]) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pulling_part, "TRIES", 1)
        hub.cut_at = [900_000]
        stop_after(hub, patched)
        error = refused("line_cut", "tiny", tmp_path)
    assert "900,000 of" in error.message
    assert "same command" in error.message
    assert [part.stat().st_size for part in parts(tmp_path)] == [900_000]
    with pytest.raises(EngineMissing, match="bedside pull hearing tiny"):
        hearing_model("tiny", tmp_path)
    hub.dead = False
    hub.requests.clear()
    pull_hearing("tiny", tmp_path, unseen)
    assert hub.ranges("model.bin") == ["bytes=900000-"]
    assert hub.sent["model.bin"] == len(model["model.bin"])
    assert not [each for each in hub.requests if each.method == "GET" and each.path.endswith("tokenizer.json")]


def stop_after(hub: Hub, patched: pytest.MonkeyPatch) -> None:
    """The line stays dead once it was cut."""
    real = pulling_part._stream

    def once(*arguments: Any) -> None:
        try:
            real(*arguments)
        except pulling_hub.LineCut:
            hub.dead = True
            raise

    patched.setattr(pulling_part, "_stream", once)


def test_a_server_that_falls_silent_counts_as_cut(
    hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, model: dict[str, bytes]
) -> None:
    monkeypatch.setattr(pulling_hub, "ANSWER_S", 0.3)
    hub.silent = True
    error = refused("line_cut", "tiny", tmp_path)
    assert "ReadTimeout" in error.message
    assert [part.stat().st_size for part in parts(tmp_path)] == [len(model["model.bin"]) // 2]


def test_a_server_that_cannot_continue_starts_over(hub: Hub, tmp_path: Path) -> None:
    hub.cut_at, hub.whole_always = [100_000], True
    pulled = pull_hearing("tiny", tmp_path, unseen)
    assert hub.ranges("model.bin") == ["", "bytes=100000-"]
    assert (pulled.path / "model.bin").stat().st_size == len(hub.repos[REPO]["model.bin"])


def test_two_versions_never_meet_in_one_file(hub: Hub, tmp_path: Path) -> None:
    hub.cut_at = [900_000]
    with pytest.MonkeyPatch.context() as patched:
        stop_after(hub, patched)
        refused("line_cut", "tiny", tmp_path)
    body = hub.repos[REPO]["model.bin"]
    hub.repos[REPO]["model.bin"] = body[:-4] + b"\1\2\3\4"
    hub.dead = False
    hub.requests.clear()
    pulled = pull_hearing("tiny", tmp_path, unseen)
    assert hub.ranges("model.bin") == [""]
    assert (pulled.path / "model.bin").read_bytes() == hub.repos[REPO]["model.bin"]
    assert not list(pulled.path.glob("*.part")), "what is left of the older version does not land"


# --- what comes is not what was promised ------------------------------------------------------------------------------


def test_another_hash_is_thrown_away(hub: Hub, tmp_path: Path) -> None:
    hub.corrupt = True
    assert "model.bin" in refused("wrong_hash", "tiny", tmp_path).message
    assert not parts(tmp_path)
    hub.corrupt = False
    assert pull_hearing("tiny", tmp_path, unseen).fetched


@pytest.mark.parametrize("length", [1_000, 9_000_000])
def test_another_length_is_refused_before_it_is_read(hub: Hub, tmp_path: Path, length: int) -> None:
    hub.length = length
    assert str(length) in refused("wrong_length", "tiny", tmp_path).message


def test_a_web_page_is_no_model(hub: Hub, tmp_path: Path) -> None:
    hub.page = True
    assert "web page" in refused("not_a_hub", "tiny", tmp_path).message
    hub.page_for_all = True
    assert "did not answer as a model hub" in refused("not_a_hub", "tiny", tmp_path).message


def test_a_model_of_another_kind_is_removed(hub: Hub, tmp_path: Path) -> None:
    hub.repos[REPO]["model.bin"] = b"\6\0\0\0\x0c\0TransformerSpec" + bytes(2_000)
    with pytest.raises(EngineMissing, match="no Whisper model in CTranslate2 format"):
        pull_hearing("tiny", tmp_path, unseen)
    assert not list(tmp_path.rglob("model.bin*"))


def test_a_model_of_128_bands_needs_to_say_so(hub: Hub, tmp_path: Path) -> None:
    tokenizer = hub.repos[REPO]["tokenizer.json"]
    hub.repos[REPO]["tokenizer.json"] = tokenizer.replace(b'"<|en|>"', b'"<|yue|>"')
    with pytest.raises(EngineMissing, match=BANDS_FILE):
        pull_hearing("tiny", tmp_path, unseen)
    hub.repos[REPO][BANDS_FILE] = b'{"feature_size": 128}'
    assert (pull_hearing("tiny", tmp_path, unseen).path / BANDS_FILE).is_file()


@pytest.mark.parametrize(
    ("config", "said"),
    [
        (b"<html>", "not JSON"),
        (b'{"audio": {"sample_rate": 22050}}', "not the configuration"),
        (b'{"audio": {"sample_rate": 96000}, "phoneme_id_map": {}}', "96000 Hz"),
        (b'{"audio": {"sample_rate": "fast"}, "phoneme_id_map": {}}', "'fast' Hz"),
        (b"[]", "JSON object"),
    ],
)
def test_a_voice_that_is_none_is_removed(hub: Hub, tmp_path: Path, config: bytes, said: str) -> None:
    hub.repos["rhasspy/piper-voices"][f"{PLACE}/{VOICE}.onnx.json"] = config
    with pytest.raises(EngineMissing, match=said):
        pull_voice(VOICE, tmp_path, unseen)
    assert not list(tmp_path.rglob("*.onnx*"))


# --- a hub that refuses, or is not there ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "said"),
    [("tinyy", "Did you mean tiny"), ("../etc", "ORG/REPO"), ("a--b/c", "ORG/REPO"), ("", "Names: tiny.en")],
)
def test_a_name_that_is_none_is_not_asked_for(hub: Hub, tmp_path: Path, name: str, said: str) -> None:
    assert said in refused("no_such_model", name, tmp_path).message
    assert not hub.requests


def test_a_repository_that_is_not_there_or_is_no_whisper(hub: Hub, tmp_path: Path) -> None:
    assert "Systran/nothing" in refused("no_such_model", "Systran/nothing", tmp_path).message
    hub.repos["openai/whisper-tiny"] = {"config.json": b"{}"}
    assert "CTranslate2 format" in refused("not_on_hub", "openai/whisper-tiny", tmp_path).message
    assert not list(tmp_path.rglob("*.part"))


@pytest.mark.parametrize(("name", "near"), [("en_GB-albo-medium", VOICE), ("de_DE-torsten-low", "de_DE-thorsten-low")])
def test_a_voice_that_is_not_there_has_neighbours(hub: Hub, tmp_path: Path, name: str, near: str) -> None:
    with pytest.raises(SetupError, match=f"Did you mean .*{near}"):
        pull_voice(name, tmp_path, unseen)


@pytest.mark.parametrize("name", ["alba", "en_GB-../../x-medium", "en_GB-alba-medium.onnx", "en-alba-medium"])
def test_what_is_no_name_of_a_voice(hub: Hub, tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError, match="like en_GB-alba-medium"):
        pull_voice(name, tmp_path, unseen)
    assert not hub.requests


@pytest.mark.parametrize(
    ("status", "header", "code", "said"),
    [
        (403, "GatedRepo", "hub_gated", "HF_TOKEN"),
        (401, "", "hub_refused", "HF_TOKEN"),
        (503, "", "hub_failed", "503"),
        (500, "", "hub_failed", "try again later"),
    ],
)
def test_a_hub_that_refuses(hub: Hub, tmp_path: Path, status: int, header: str, code: str, said: str) -> None:
    hub.refuse = (status, header)
    assert said in refused(code, "tiny", tmp_path).message


def test_no_hub_at_all(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pulling_hub, "endpoint", lambda: "http://127.0.0.1:9")
    error = refused("hub_unreachable", "tiny", tmp_path)
    assert "127.0.0.1:9 cannot be reached" in error.message
    assert "HF_ENDPOINT" in error.message
    monkeypatch.setattr(pulling_hub, "endpoint", lambda: "hub.example")
    assert "HF_ENDPOINT must begin with" in refused("hub_unreachable", "tiny", tmp_path).message
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    assert "HF_HUB_OFFLINE" in refused("hub_offline", "tiny", tmp_path).message


# --- a disk that does not take it -------------------------------------------------------------------------------------


def test_room_is_looked_at_first(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1, 1, 50_000_000))
    assert "50 MB free, and 102 MB are needed" in refused("no_room", "tiny", tmp_path).message
    assert not [each for each in hub.requests if each.method == "GET"]


class Filling:
    """A file on a disk that has room for so many bytes more."""

    def __init__(self, inner: IO[bytes], room: int) -> None:
        self._inner, self._room = inner, room

    def __enter__(self) -> Filling:
        return self

    def __exit__(self, *_: object) -> None:
        self._inner.close()

    def tell(self) -> int:
        return self._inner.tell()

    def write(self, piece: memoryview) -> int:
        if not self._room:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = self._inner.write(piece[: self._room])
        self._room -= written
        return written


def test_a_disk_that_fills_up_keeps_what_came(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pulling_part._open
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pulling_part, "_open", lambda part, start: Filling(real(part, start), 300_000))
        error = refused("no_room", "tiny", tmp_path)
    assert "The disk is full. 300,000 of" in error.message
    assert [part.stat().st_size for part in parts(tmp_path)] == [300_000]
    hub.requests.clear()
    assert pull_hearing("tiny", tmp_path, unseen).fetched
    assert hub.ranges("model.bin") == ["bytes=300000-"]


def test_a_folder_that_cannot_be_written(hub: Hub, tmp_path: Path) -> None:
    (tmp_path / "models").write_text("a file where a folder should be")
    error = refused("not_writable", "tiny", tmp_path / "models")
    assert "BEDSIDE_DATA_DIR" in error.message


def test_a_disk_that_refuses_at_the_last_step(hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Path, "write_text", full)
        assert "No space left" in refused("not_writable", "tiny", tmp_path).message
    hub.requests.clear()
    assert pull_hearing("tiny", tmp_path, unseen).fetched
    assert hub.ranges("model.bin") == [], "the model itself is not fetched again"


def test_one_pull_at_a_time(hub: Hub, tmp_path: Path) -> None:
    lock = tmp_path / "hearing" / ".Systran--faster-whisper-tiny.lock"
    lock.parent.mkdir()
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        refused("pull_running", "tiny", tmp_path)
    assert pull_hearing("tiny", tmp_path, unseen).fetched
