"""The Piper voices of a folder, and which of them speaks for whom.

A file says nothing of who speaks in it. For voices that are commonly used it is known here; of any other the
description can give the name. Licences differ from voice to voice: each has a MODEL_CARD where it is published.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from server.core.errors import EngineError, EngineMissing
from server.core.sound.audio import HIGHEST_HZ, LOWEST_HZ
from server.engines.description import Description, Sex

_BY_SEX: dict[Sex, tuple[str, ...]] = {
    "female": (
        *("alba", "cori", "jenny_dioco", "southern_english_female", "amy", "hfc_female", "kathleen", "kristin"),
        *("lessac", "ljspeech", "prudence", "poppy"),
    ),
    "male": (
        *("alan", "northern_english_male", "bryce", "danny", "hfc_male", "joe", "john", "kusal", "norman", "ryan"),
        *("sam", "obadiah", "spike"),
    ),
}
KNOWN = {name: sex for sex, names in _BY_SEX.items() for name in names}
"""Sex of the voices, and of speakers inside one, of en_GB and en_US by name."""


@dataclass(frozen=True)
class Speaker:
    """One person who can be heard: a voice file, or one speaker of a file with several."""

    path: Path
    number: int | None = None
    """Of several speakers in the file."""
    name: str = ""
    """Of the speaker in the file."""

    @property
    def names(self) -> frozenset[str]:
        """By which a description may ask for this person, lower case."""
        own = {self.name, str(self.number)} if self.number is not None else {self.path.stem, _person(self.path)}
        return frozenset(name.lower() for name in own if name)

    @property
    def sex(self) -> Sex | Literal[""]:
        """'' where it is not known."""
        return KNOWN.get(self.name.lower()) or KNOWN.get(_person(self.path)) or ""


def speakers_in(place: Path) -> list[Speaker]:
    """Everybody in one `.onnx`, or in those of a folder, by name.

    Raises `EngineMissing` where there is none or one lacks its `.json`; `EngineError` `voice_corrupt` for a
    configuration that is none.
    """
    paths = sorted(place.glob("*.onnx")) if place.is_dir() else [place]
    if not paths:
        raise EngineMissing(f"There is no voice in {place}: a Piper voice is two files, NAME.onnx and NAME.onnx.json.")
    return [speaker for path in paths for speaker in _speakers(path)]


def choose(speakers: Sequence[Speaker], wanted: Description) -> Speaker:
    """Who speaks: one named in the description, else one of that sex.

    Of several the adults are counted from the first on and the old from the last back, those that are described alike
    one after the other, so that no two sound the same while there are enough.
    """
    named = [one for one in speakers if one.names & wanted.names]
    if named:
        files = [one for one in speakers if {one.path.stem.lower(), _person(one.path)} & wanted.names]
        return next((one for one in named if one in files and one.number is not None), named[0])
    fit = [one for one in speakers if one.sex == wanted.sex] or [one for one in speakers if not one.sex]
    fit = fit or list(speakers)
    order = {"adult": wanted.order, "old": -1 - wanted.order}.get(wanted.age, len(fit) // 2 + wanted.order)
    if "system" in wanted.names:
        order = len(fit) // 2 + wanted.order
    return fit[order % len(fit)]


def _speakers(path: Path) -> list[Speaker]:
    config = read_config(path)
    if config["num_speakers"] < 2:
        return [Speaker(path)]
    names = {number: str(name) for name, number in config.get("speaker_id_map", {}).items()}
    return [Speaker(path, number, names.get(number, "")) for number in range(config["num_speakers"])]


def read_config(path: Path) -> dict[str, Any]:
    """The voice's `.json`. Raises `EngineMissing`, `EngineError` `voice_corrupt`, both naming the file."""
    file = Path(f"{path}.json")
    for each in (path, file):
        if not each.is_file():
            raise EngineMissing(f"{each} is missing: a Piper voice is two files, NAME.onnx and NAME.onnx.json.")
    try:
        config: dict[str, Any] = json.loads(file.read_text("utf-8"))
        rate, count, sounds = config["audio"]["sample_rate"], config["num_speakers"], config["phoneme_id_map"]
        sound = isinstance(count, int) and isinstance(sounds, dict) and isinstance(config["espeak"]["voice"], str)
        names = config.get("speaker_id_map", {})
        sound = sound and isinstance(names, dict) and all(isinstance(number, int) for number in names.values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        sound, rate = False, 0
    if not sound:
        raise EngineError(f"{file} is not the configuration of a Piper voice: fetch it again.", code="voice_corrupt")
    if not (isinstance(rate, int) and LOWEST_HZ <= rate <= HIGHEST_HZ):
        raise EngineError(
            f"{file}: a voice at {rate!r} Hz cannot be played; it must be {LOWEST_HZ} to {HIGHEST_HZ} Hz.",
            code="voice_corrupt",
        )
    return config


def _person(path: Path) -> str:
    """`alba` of `en_GB-alba-medium.onnx`; the whole name where it is built otherwise."""
    parts = path.stem.lower().split("-")
    return parts[1] if len(parts) == 3 else path.stem.lower()
