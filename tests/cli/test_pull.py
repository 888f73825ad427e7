"""`bedside pull` as a person types it, in a process of its own, against a hub on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from server import cli
from server.cli import app
from server.engines.weights.models import hearing_folder, voices_folder
from tests.models.fake_hub import Hub, running_hub
from tests.models.tiny_piper import make_voice
from tests.models.tiny_whisper import make_scripted

REPO = "Systran/faster-whisper-tiny"
Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = make_scripted(tmp_path_factory.mktemp("model") / "w", "Hello.")
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def hub(model: dict[str, bytes]) -> Iterator[Hub]:
    with running_hub() as running:
        running.repos = {REPO: dict(model)}
        yield running


def _heeds_ctrl_c() -> None:
    """A shell lets what it starts in the background ignore ctrl-C, and that is inherited."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start `bedside pull …` with the hub at an address; what is left is ended."""
    begun: list[subprocess.Popen[str]] = []

    def begin(endpoint: str, *arguments: str) -> subprocess.Popen[str]:
        given = {"HF_ENDPOINT": endpoint, "HF_HUB_OFFLINE": "", "HF_HOME": str(tmp_path / "hf"), "COLUMNS": "200"}
        environment = {**os.environ, **given, "BEDSIDE_DATA_DIR": str(tmp_path / "data")}
        command = [sys.executable, "-m", "server", "pull", *arguments]
        pipe = subprocess.PIPE
        begun.append(
            subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True, preexec_fn=_heeds_ctrl_c)
        )
        return begun[-1]

    yield begin
    for process in begun:
        if process.poll() is None:
            process.kill()
        process.communicate()


def test_it_says_what_came_and_from_whom(hub: Hub, start: Start, tmp_path: Path) -> None:
    out, err = (first := start(hub.url, "hearing", "tiny")).communicate(timeout=60)
    assert first.returncode == 0, err
    folder = hearing_folder(REPO, tmp_path / "data" / "models")
    assert f"tiny is here: {folder}" in out
    assert "not stated; look before you use it" in out
    assert "model.bin" in out
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    hub.requests.clear()
    out, _ = start(hub.url, "hearing", "tiny").communicate(timeout=60)
    assert "was here already; nothing was fetched" in out
    assert not hub.requests


def length_of_part(data: Path) -> int:
    return sum(path.stat().st_size for path in data.rglob("model.bin.*.part"))


def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(
    hub: Hub, start: Start, tmp_path: Path, model: dict[str, bytes]
) -> None:
    hub.silent = True
    process, half = start(hub.url, "hearing", "tiny"), len(model["model.bin"]) // 2
    while length_of_part(tmp_path) < half and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "the same command goes on from there" in out
    hub.silent = False
    hub.requests.clear()
    again = start(hub.url, "hearing", "tiny")
    assert "tiny is here" in again.communicate(timeout=60)[0]
    assert hub.ranges("model.bin") == [f"bytes={half}-"]


def test_a_hub_that_cannot_be_reached_ends_in_a_sentence(start: Start) -> None:
    process = start("http://127.0.0.1:9", "hearing", "tiny")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 2
    assert err.startswith("bedside: 127.0.0.1:9 cannot be reached")
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("hearing", "tinyy"), "Did you mean tiny"),
        (("voice", "en_GB-alba"), "Did you mean en_GB-alba-medium"),
        (("voice",), "say which one"),
        (("smell", "tiny"), "for 'kind': 'smell' is not one of"),
        (("speaking", "en_GB-alba"), "Did you mean en_GB-alba-medium"),
    ],
)
def test_a_name_that_is_none_ends_in_a_sentence(
    arguments: tuple[str, ...],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["bedside", "pull", *arguments])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.rglob("*.part"))


def test_alone_it_says_what_is_here_and_what_would_suit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, model: dict[str, bytes]
) -> None:
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    bare = CliRunner().invoke(app, ["pull"])
    assert bare.exit_code == 0, bare.output
    assert "hearing: none" in bare.output
    assert "bedside pull voice en_GB-alba-medium" in bare.output
    assert "nothing was measured here" in bare.output
    hearing_folder(REPO, tmp_path / "models").mkdir(parents=True)
    make_voice(voices_folder(tmp_path / "models"), "en_GB-cori-medium")
    output = CliRunner().invoke(app, ["pull"]).output
    assert "hearing: tiny (0 MB)\n" in output
    assert "voices:  en_GB-cori-medium (0 MB)\n" in output
