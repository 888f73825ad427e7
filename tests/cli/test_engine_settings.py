"""What the settings say about engines: all of it reaches the catalog, and what cannot be used is named."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from server.app import engine_choice
from server.core.errors import SetupError
from server.settings import Settings, load_settings

URL = "https://speech.example.org/v1"
PARTS = ("hearing", "speaking", "acting", "chat", "rating")
GIVEN: dict[str, Any] = {
    "hearing": "remote", "hearing_model": "whisper-1", "hearing_device": "cuda", "hearing_workers": 3,
    "hearing_url": URL, "hearing_key": "hush-hearing", "speaking": "remote", "speaking_voice": "en_GB-alba-medium",
    "speaking_url": URL, "speaking_model": "tts-1", "speaking_key": "hush-speaking", "acting": "chat",
    "chat_url": URL, "chat_model": "m", "chat_key": "hush-chat", "chat_price_in": 0.5, "chat_price_out": 1.5,
    "rating_url": URL, "rating_model": "r", "rating_key": "hush-rating",
}  # fmt: skip


@pytest.fixture(autouse=True)
def no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"BEDSIDE_{name.upper()}", raising=False)
    monkeypatch.setenv("BEDSIDE_DATA_DIR", str(tmp_path))


def test_every_setting_reaches_the_catalog(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name, value in GIVEN.items():
        monkeypatch.setenv(f"BEDSIDE_{name.upper()}", str(value))
    settings = load_settings()
    settings.check()
    choice = engine_choice(settings)
    assert asdict(choice) == {**GIVEN, "models_dir": tmp_path / "models"}
    assert "hush" not in f"{choice!r} {settings!r}"
    engines = {name for name in Settings.model_fields if name.startswith(PARTS)}
    assert engines == GIVEN.keys()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HEARING_URL", "speech.example.org/v1"), ("SPEAKING_URL", "ftp://speech.example.org"), ("CHAT_URL", "http://"),
        ("RATING_URL", "models.example.org/v1"), ("CHAT_URL", "http://host:port/v1"), ("HEARING_URL", "https://me:secret@speech.example.org/v1"),
        ("HEARING_DEVICE", "tpu"), ("HEARING_WORKERS", "-1"), ("CHAT_PRICE_IN", "-0.1"), ("CHAT_PRICE_OUT", "nan"),
        ("SPEAKING", "parrot"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"BEDSIDE_{name}", value)
    with pytest.raises(SetupError, match=rf"BEDSIDE_{name}") as refused:
        load_settings()
    assert "secret" not in refused.value.message


def test_half_a_rating_model_is_named() -> None:
    for half in ({"rating_url": URL}, {"rating_model": "m"}):
        with pytest.raises(SetupError, match="BEDSIDE_RATING_URL and BEDSIDE_RATING_MODEL"):
            load_settings(**half).check()


@pytest.mark.parametrize("part", ["hearing", "speaking"])
def test_half_a_remote_engine_is_named(part: str) -> None:
    url, model = f"{part}_url", f"{part}_model"
    for half in ({part: "remote"}, {part: "remote", model: "m"}, {url: URL}, {part: "remote", url: URL}):
        with pytest.raises(SetupError, match=rf"BEDSIDE_{part.upper()}_URL and BEDSIDE_{part.upper()}_MODEL"):
            load_settings(**half).check()
    load_settings(**{url: URL, model: "m"}).check()
    load_settings(**{part: "off", url: URL}).check()


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("HEARING", "siri", "write auto, pocketsphinx, faster-whisper, remote or off."),
        ("PORT", "x", "write a whole number from 0 to 65535."),
        ("HEARING_WORKERS", "-1", "write a whole number from 0 to 64."),
        ("BEHIND_PROXY", "ja", "write true or false."),
        ("CHAT_PRICE_IN", "nan", "write a number that is 0 or more."),
        ("ORIGINS", "x", "write it as a browser sends it"),
    ],
)
def test_what_to_write_instead_is_said(monkeypatch: pytest.MonkeyPatch, name: str, value: str, mend: str) -> None:
    monkeypatch.setenv(f"BEDSIDE_{name}", value)
    with pytest.raises(SetupError) as refused:
        load_settings()
    assert refused.value.message.startswith(f"BEDSIDE_{name}: {mend}")
