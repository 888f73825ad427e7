"""Is a folder a Whisper model, are two files a Piper voice? Read from the files' own first bytes, nothing is loaded.

What is asked here are the mistakes that a person or a download makes: a file that is not there or empty, a web page or
a Git LFS pointer in its place, a model of another kind. That a model runs is shown by the engine that loads it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from server.core.errors import EngineMissing
from server.core.sound.audio import HIGHEST_HZ, LOWEST_HZ

HEARING_FILES = ("model.bin", "config.json", "tokenizer.json")
"""Without the third, faster-whisper would ask the network for one."""
VOCABULARIES = ("vocabulary.json", "vocabulary.txt")
BANDS_FILE = "preprocessor_config.json"
"""Says how many frequency bands a model takes. The published tiny to large-v2 have 80, faster-whisper's default, and
come without it; models of 128 bands (large-v3, turbo) decode noise without it."""
_TOKEN_OF_128_BANDS = b'"<|yue|>"'
"""Cantonese, which came with large-v3 and its 128 bands."""
_CT2_WHISPER = b"WhisperSpec"
"""Stands in the first bytes of a Whisper model in CTranslate2 format, after two numbers."""
_LFS, _PAGE = b"version https://git-lfs", b"<"


def check_hearing_model(directory: Path) -> None:
    """Raises `EngineMissing` saying what keeps `directory` from being a Whisper model in CTranslate2 format."""
    if not directory.is_dir():
        raise EngineMissing(f"There is no model folder {directory}.")
    missing = [name for name in HEARING_FILES if not (directory / name).is_file()]
    if not any((directory / name).is_file() for name in VOCABULARIES):
        missing.append("vocabulary.json (or .txt)")
    if missing:
        raise EngineMissing(
            f"The model folder {directory} lacks {', '.join(missing)}: it is no Whisper model in CTranslate2 format."
        )
    if _CT2_WHISPER not in _first_bytes(directory / "model.bin"):
        raise EngineMissing(f"{directory / 'model.bin'} is no Whisper model in CTranslate2 format.")
    for name in ("config.json", "tokenizer.json"):
        _json(directory / name)
    if _needs_bands(directory / "tokenizer.json") and not (directory / BANDS_FILE).is_file():
        raise EngineMissing(f"The model folder {directory} lacks {BANDS_FILE}: this model hears noise without it.")


def check_voice(path: Path) -> None:
    """Raises `EngineMissing` saying what keeps `NAME.onnx` and its `NAME.onnx.json` from being a Piper voice."""
    config = Path(f"{path}.json")
    for file in (path, config):
        if not file.is_file():
            raise EngineMissing(f"{file} is missing: a Piper voice is two files, NAME.onnx and NAME.onnx.json.")
    _first_bytes(path)
    settings = _json(config)
    if not isinstance(settings.get("phoneme_id_map"), dict) or not isinstance(settings.get("audio"), dict):
        raise EngineMissing(f"{config} is not the configuration of a Piper voice.")
    rate = settings["audio"].get("sample_rate")
    if not isinstance(rate, int) or not LOWEST_HZ <= rate <= HIGHEST_HZ:
        raise EngineMissing(
            f"{config}: a voice at {rate!r} Hz cannot be played; it must be {LOWEST_HZ} to {HIGHEST_HZ} Hz."
        )


def _first_bytes(path: Path) -> bytes:
    """The start of a file of weights. Raises `EngineMissing` where something else stands in its place."""
    try:
        with path.open("rb") as file:
            start = file.read(64)
    except OSError as error:
        raise EngineMissing(f"{path} cannot be read: {error.strerror}.") from None
    if not start:
        raise EngineMissing(f"{path} is empty.")
    if start.startswith(_LFS):
        raise EngineMissing(f"{path} is a Git LFS pointer, not the file itself: run `git lfs pull` in its folder.")
    if start.lstrip().startswith(_PAGE):
        raise EngineMissing(f"{path} is a web page, not a model.")
    return start


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise EngineMissing(f"{path} cannot be read: {error.strerror}.") from None
    except ValueError:
        raise EngineMissing(f"{path} is not JSON.") from None
    if not isinstance(found, dict):
        raise EngineMissing(f"{path} does not hold a JSON object.")
    return found


def _needs_bands(tokenizer: Path) -> bool:
    return _TOKEN_OF_128_BANDS in tokenizer.read_bytes()
