"""Fetching a model or a voice, whole or not at all: `bedside pull` and nothing else comes here.

Everything is gathered in a hidden folder beside its place, checked for being what it says, and then moved there in one
step. An interruption leaves that folder, and the next attempt goes on from it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from server.core.errors import SetupError
from server.engines.weights import hub as pulling_hub
from server.engines.weights.files import BANDS_FILE, HEARING_FILES, VOCABULARIES, check_hearing_model, check_voice
from server.engines.weights.hub import NotOnHub, RemoteFile
from server.engines.weights.landing import (
    RECORD,
    Progress,
    Pulled,
    fetch_all,
    gathering,
    here_already,
    must_pass,
    recorded,
    write_record,
)
from server.engines.weights.licence import licence_of_model, licence_of_voice, listed_voices
from server.engines.weights.models import hearing_folder, voices_folder
from server.engines.weights.names import HEARING_MODELS, VOICE_REPO, VOICES, near, repo_of, voice_folder


def pull_hearing(name: str, models_dir: Path, progress: Progress) -> Pulled:
    """Fetch a Whisper model by size name or `ORG/REPO`. Raises `SetupError`, `EngineMissing`."""
    repo = repo_of(name)
    if not repo:
        hint = near(name, tuple(HEARING_MODELS)) or " Names: " + ", ".join(HEARING_MODELS) + "; or ORG/REPO."
        raise SetupError(f"No hearing model is called {name}.{hint}", code="no_such_model")
    folder = hearing_folder(repo, models_dir)
    if (here := here_already(folder, folder / RECORD)) is not None:
        return here
    with gathering(folder.with_name(f".{folder.name}.part")) as hidden:
        files = _hearing_files(repo, name)
        fetch_all(files, hidden, progress)
        must_pass(lambda: check_hearing_model(hidden), hidden, files)
        write_record(hidden / RECORD, files, licence_of_model(repo, files[0].commit), hidden)
        shutil.rmtree(folder, ignore_errors=True)
        hidden.rename(folder)
    return recorded(folder, folder / RECORD, fetched=True)


def pull_voice(name: str, models_dir: Path, progress: Progress) -> Pulled:
    """Fetch a Piper voice such as `en_GB-alba-medium`. Raises `SetupError`, `EngineMissing`."""
    name = name.strip()
    place, folder = voice_folder(name), voices_folder(models_dir)
    if not place:
        raise SetupError(
            f"{name} is no name of a voice: they are like en_GB-alba-medium (language, name, quality)."
            f"{near(name, VOICES)}",
            code="no_such_model",
        )
    voice, record = folder / f"{name}.onnx", folder / f"{name}.{RECORD}"
    if (here := here_already(voice, record)) is not None:
        return here
    with gathering(folder / f".{name}.part") as hidden:
        files = _voice_files(name, place)
        fetch_all(files, hidden, progress)
        must_pass(lambda: check_voice(hidden / voice.name), hidden, files)
        write_record(hidden / record.name, files, licence_of_voice(place, files[0].commit), hidden)
        for last in (f"{name}.onnx.json", record.name, voice.name):  # nobody sees a voice before its configuration
            (hidden / last).replace(folder / last)
        shutil.rmtree(hidden, ignore_errors=True)
    return recorded(voice, record, fetched=True)


def _hearing_files(repo: str, name: str) -> list[RemoteFile]:
    """What there is of the files that a Whisper model may have. Raises `NotOnHub`, `SetupError`."""
    try:
        first = pulling_hub.look(repo, "model.bin")
    except NotOnHub as error:
        if error.code == "no_such_model":
            raise NotOnHub(f"{error.message}{near(name, tuple(HEARING_MODELS))}", code=error.code) from None
        raise NotOnHub(
            f"{error.message} So it is not in CTranslate2 format, which faster-whisper needs: choose a model that is, "
            "such as small or Systran/faster-whisper-small."
        ) from None
    wanted = [pulling_hub.look(repo, each, first.commit) for each in HEARING_FILES if each != "model.bin"]
    maybe = [_look_or_none(repo, each, first.commit) for each in (*VOCABULARIES, BANDS_FILE)]
    return [first, *wanted, *(each for each in maybe if each is not None)]


def _voice_files(name: str, place: str) -> list[RemoteFile]:
    try:
        first = pulling_hub.look(VOICE_REPO, f"{place}/{name}.onnx")
    except NotOnHub:
        known = listed_voices() or VOICES
        raise NotOnHub(
            f"There is no voice {name} in {VOICE_REPO}.{near(name, known)} The list is voices.json there."
        ) from None
    return [first, pulling_hub.look(VOICE_REPO, f"{place}/{name}.onnx.json", first.commit)]


def _look_or_none(repo: str, name: str, revision: str) -> RemoteFile | None:
    try:
        return pulling_hub.look(repo, name, revision)
    except NotOnHub:
        return None
