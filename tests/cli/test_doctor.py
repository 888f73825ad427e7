"""`bedside doctor`: what the settings come to on this machine, part by part, and what else could be used."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from typer.testing import CliRunner, Result

from server.cli import app
from server.cli import doctor as examining
from server.cli.doctor import server_lines
from server.cli.environment import idle_settings, unknown_settings
from server.engines import asking
from server.engines.remote import local_servers as nearby
from server.engines.remote.local_servers import LocalServer
from server.engines.weights.models import voices_folder
from server.settings import Settings
from tests.models.tiny_whisper import make_random

CLOSED = 9


class _Ollama(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        listed = b'{"object": "list", "data": [{"id": "llama3.2", "owned_by": "library"}]}'
        body = listed if self.path == "/v1/models" else b"Ollama is running"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def ollama() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Ollama)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Run `doctor` with settings, no neighbours and an empty library."""
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(nearby, "USUAL_PORTS", (CLOSED,))
    monkeypatch.setattr(asking, "WITHIN_S", 20.0)
    monkeypatch.setattr(examining, "problems_in", lambda *_: [])

    def invoke(**settings: str) -> Result:
        for name, value in settings.items():
            monkeypatch.setenv(f"BEDSIDE_{name}", value)
        return CliRunner().invoke(app, ["doctor"])

    return invoke


def test_every_part_is_told_and_an_empty_machine_is_in_order(run: Any) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    for said in ("pocketsphinx", "flite", "silero-vad", "scripted", "observing", "rating", "hearing: none", "free on"):
        assert said in result.output
    assert f"none answers on ports {CLOSED}" in result.output


def test_one_engine_that_cannot_be_had_does_not_hide_the_others(run: Any) -> None:
    result = run(HEARING="faster-whisper", HEARING_MODEL="small", HEARING_DEVICE="cpu")
    assert result.exit_code == 1
    assert "cannot be had" in result.output
    assert "`bedside pull hearing small` fetches it" in result.output
    assert "flite" in result.output


def test_a_model_that_looks_right_and_does_not_load_is_found(run: Any, tmp_path: Path) -> None:
    folder = make_random(tmp_path / "w")
    model = folder / "model.bin"
    model.write_bytes(model.read_bytes()[:200_000])
    result = run(HEARING="faster-whisper", HEARING_MODEL=str(folder), HEARING_DEVICE="cpu")
    assert result.exit_code == 1, result.output
    assert "cannot be had" in result.output


def test_half_a_setting_is_named(run: Any) -> None:
    result = run(SPEAKING="remote", SPEAKING_URL="http://127.0.0.1:9/v1")
    assert result.exit_code == 1
    assert "settings: Remote speaking needs BEDSIDE_SPEAKING_URL and BEDSIDE_SPEAKING_MODEL" in result.output


def test_a_neighbour_is_shown_with_its_setting_and_not_used(
    run: Any, monkeypatch: pytest.MonkeyPatch, ollama: int
) -> None:
    monkeypatch.setattr(nearby, "USUAL_PORTS", (ollama,))
    monkeypatch.setattr(nearby, "WITHIN_S", 20.0)
    result = run()
    assert f"port {ollama}: Ollama, with llama3.2" in result.output
    assert f"BEDSIDE_CHAT_URL=http://127.0.0.1:{ollama}/v1 BEDSIDE_CHAT_MODEL=llama3.2" in result.output
    assert "acting     scripted" in result.output


def test_the_settings_follow_what_a_model_is_for() -> None:
    speech = LocalServer(8000, "speaches", ("a/whisper", "b/kokoro"), ("a/whisper",), ("b/kokoro",))
    assert [line.strip() for line in server_lines(speech)[1:]] == [
        "BEDSIDE_HEARING=remote BEDSIDE_HEARING_URL=http://127.0.0.1:8000/v1 BEDSIDE_HEARING_MODEL=a/whisper",
        "BEDSIDE_SPEAKING=remote BEDSIDE_SPEAKING_URL=http://127.0.0.1:8000/v1 BEDSIDE_SPEAKING_MODEL=b/kokoro",
    ]
    assert server_lines(LocalServer(8080, "")) == ["port 8080: something that is no model server"]
    assert server_lines(LocalServer(1, "Ollama")) == ["port 1: Ollama, which lists no model"]
    assert server_lines(LocalServer(1, "Ollama", ("nomic-embed-text", "a; rm -rf")))[1].endswith("MODEL='a; rm -rf'")


def test_the_servers_are_asked_for_their_models(run: Any, ollama: int) -> None:
    url, parts = f"http://127.0.0.1:{ollama}/v1", ("CHAT", "HEARING", "SPEAKING")
    named = {f"{part}_MODEL": "llama3.2" for part in parts}
    there = run(**named, **{f"{part}_URL": url for part in parts})
    assert there.exit_code == 0, there.output
    other = run(CHAT_MODEL="llama3.3")
    assert other.exit_code == 1
    assert "no model llama3.3: set BEDSIDE_CHAT_MODEL to one of llama3.2" in other.output
    assert other.output.count("not ready") == 1
    gone = run(**named, **{f"{part}_URL": f"http://127.0.0.1:{CLOSED}/v1" for part in parts})
    assert gone.exit_code == 1
    for part in parts:
        assert f"cannot be reached: check BEDSIDE_{part}_URL" in gone.output


def test_a_model_that_rates_is_told_where_one_is_set(run: Any, ollama: int) -> None:
    there = run(RATING_URL=f"http://127.0.0.1:{ollama}/v1", RATING_MODEL="llama3.2")
    assert there.exit_code == 0, there.output
    assert "rating     chat llama3.2" in there.output and there.output.count("rating  ") == 2
    other = run(RATING_MODEL="llama3.3")
    assert other.exit_code == 1
    assert "no model llama3.3: set BEDSIDE_RATING_MODEL to one of llama3.2" in other.output


def test_a_data_folder_that_cannot_be_written_is_a_fault(run: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = run(HEARING="off", DATA_DIR=str(tmp_path / "file" / "data"))
    assert result.exit_code == 1
    assert "cannot be written" in result.output and "BEDSIDE_DATA_DIR" in result.output
    assert "free on the disk" not in result.output


def test_looking_at_a_data_folder_leaves_nothing_there(run: Any, tmp_path: Path) -> None:
    assert run(HEARING="off", DATA_DIR=str(tmp_path / "new" / "data")).exit_code == 0
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("setting", "value", "instead"), [("HEARING_MODEL", "/junk", "sphinx"), ("SPEAKING_VOICE", "junk.onnx", "flite")]
)
def test_a_chosen_model_that_auto_goes_without_is_a_fault(run: Any, setting: str, value: str, instead: str) -> None:
    result = run(**{setting: value})
    assert result.exit_code == 1
    assert f"BEDSIDE_{setting} cannot be used" in result.output
    assert result.output.count(value) == 1, "the fault is told once"
    assert f"Using {'pocket' if instead == 'sphinx' else ''}{instead}" in result.output


def test_what_was_pulled_and_is_broken_is_a_fault(run: Any, tmp_path: Path) -> None:
    folder = voices_folder(tmp_path / "data" / "models")
    folder.mkdir(parents=True)
    (folder / "en_GB-alba-medium.onnx").write_bytes(b"")
    result = run(HEARING="off")
    assert result.exit_code == 1
    assert "what was pulled cannot be used" in result.output


def test_variables_that_do_nothing_are_told_and_are_no_fault(run: Any) -> None:
    result = run(HEARING="off", HAERING="off", CHAT_MODEL="m")
    assert result.exit_code == 0, result.output
    assert "BEDSIDE_HAERING is no setting and does nothing. Did you mean BEDSIDE_HEARING?" in result.output
    assert "BEDSIDE_CHAT_MODEL is set and BEDSIDE_CHAT_URL is not" in result.output


def test_only_names_that_nothing_reads_are_unknown() -> None:
    assert unknown_settings(["bedside_port", "BEDSIDE_PYTHON", "PATH", "BEDSIDE_CHAT_URL"]) == []
    assert [told.split()[0] for told in unknown_settings(["BEDSIDE_ZZZZ", "BEDSIDE_COLOUR"])] == [
        "BEDSIDE_COLOUR",
        "BEDSIDE_ZZZZ",
    ]


def test_a_setting_waits_for_its_address_only_where_that_decides() -> None:
    assert idle_settings(Settings(hearing_model="small", chat_model="m", acting="scripted")) == []
    told = idle_settings(Settings(speaking_model="m", chat_key=SecretStr("hush"), hearing_key=SecretStr("hush")))
    assert [line.split()[0] for line in told] == [
        "BEDSIDE_CHAT_KEY",
        "BEDSIDE_HEARING_KEY",
        "BEDSIDE_SPEAKING_MODEL",
    ]
    assert "hush" not in " ".join(told)
