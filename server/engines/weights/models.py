"""Finding a model or a voice on this machine, by folder or by name. Nothing here ever asks the network.

Pulled models are in `<data folder>/models`: `hearing/ORG--REPO/` is one Whisper, `voices/` holds the Piper voices, each
as `NAME.onnx` and `NAME.onnx.json`. A model that another program left in the Hugging Face cache is found there too.
"""

from __future__ import annotations

from pathlib import Path

from server.core.errors import EngineMissing
from server.engines.weights.files import check_hearing_model, check_voice
from server.engines.weights.names import HEARING_MODELS, VOICES, name_of, near, repo_of, voice_folder


def hearing_folder(repo: str, models_dir: Path) -> Path:
    """Where the model `org/repo` is kept once it is pulled."""
    return models_dir / "hearing" / repo.replace("/", "--")


def voices_folder(models_dir: Path) -> Path:
    """Where pulled voices are kept; the folder itself serves as a setting for several voices."""
    return models_dir / "voices"


def hearing_model(name_or_path: str, models_dir: Path) -> Path:
    """The folder of a Whisper model: given as a folder, or by the name under which it was pulled.

    Raises `EngineMissing` naming the command that fetches it, or what is wrong with the folder.
    """
    folder, repo = Path(name_or_path).expanduser(), repo_of(name_or_path)
    if name_or_path.strip().lower() not in HEARING_MODELS and (folder.is_dir() or not repo):
        return _given_folder(name_or_path, folder)
    for found in (hearing_folder(repo, models_dir), _in_hub_cache(repo)):
        if found is not None and found.is_dir():
            _check_named(found, f"bedside pull hearing {name_or_path}")
            return found
    raise EngineMissing(
        f"The hearing model {name_or_path} is not on this machine: `bedside pull hearing {name_or_path}` fetches it."
    )


def voice_files(name_or_path: str, models_dir: Path) -> Path:
    """A Piper voice's `.onnx`, or a folder of them: given as such, or by the name under which a voice was pulled.

    Raises `EngineMissing` naming the command that fetches it, or what is wrong with the files.
    """
    path = Path(name_or_path).expanduser()
    if path.is_dir():
        return _folder_of_voices(path)
    if path.suffix == ".onnx":
        check_voice(path)
        return path
    if not voice_folder(name_or_path):
        known = tuple(dict.fromkeys([*(voice.stem for voice in pulled_voices(models_dir)), *VOICES]))
        raise EngineMissing(
            f"There is no voice {name_or_path}: give a file NAME.onnx, a folder of them, or a name such as "
            f"en_GB-alba-medium.{near(name_or_path, known)}"
        )
    pulled = voices_folder(models_dir) / f"{name_or_path.strip()}.onnx"
    if not pulled.is_file():
        raise EngineMissing(
            f"The voice {name_or_path} is not on this machine: `bedside pull voice {name_or_path}` fetches it."
        )
    _check_named(pulled, f"bedside pull voice {name_or_path}")
    return pulled


def pulled_hearing(models_dir: Path) -> tuple[Path, ...]:
    """The folders of the models that were pulled, the newest first."""
    found = [path for path in _inside(models_dir / "hearing", "*--*") if path.is_dir() and path.name[0] != "."]
    return tuple(sorted(found, key=lambda path: path.stat().st_mtime, reverse=True))


def pulled_voices(models_dir: Path) -> tuple[Path, ...]:
    """The `.onnx` files of the voices that were pulled, by name."""
    return _inside(voices_folder(models_dir), "*.onnx")


def repo_in(folder: Path) -> str:
    """The `org/repo` of a folder that `pulled_hearing` found."""
    return folder.name.replace("--", "/", 1)


def shown_name(folder: Path) -> str:
    """What to call the model in a folder: the name it was pulled or cached under, else the folder's own."""
    if folder.parent.name == "snapshots" and folder.parents[1].name.startswith("models--"):
        return name_of(folder.parents[1].name.removeprefix("models--").replace("--", "/", 1))
    return name_of(repo_in(folder)) if "--" in folder.name else folder.name


def _check_named(found: Path, command: str) -> None:
    """Raises `EngineMissing` with the command that mends what was fetched by name."""
    try:
        (check_voice if found.suffix == ".onnx" else check_hearing_model)(found)
    except EngineMissing as error:
        raise EngineMissing(f"{error.message} `{command}` fetches it again.") from None


def _inside(folder: Path, pattern: str) -> tuple[Path, ...]:
    return tuple(sorted(folder.glob(pattern))) if folder.is_dir() else ()


def _given_folder(given: str, folder: Path) -> Path:
    if folder.is_dir():
        check_hearing_model(folder)
        return folder
    if folder.is_file():
        raise EngineMissing(f"{folder} is a file: give the folder of a Whisper model in CTranslate2 format.")
    hint = near(given, tuple(HEARING_MODELS)) or " Names: " + ", ".join(HEARING_MODELS) + ", or ORG/REPO on the hub."
    raise EngineMissing(f"There is no model folder {given}, and no model is called that.{hint}")


def _folder_of_voices(folder: Path) -> Path:
    voices = _inside(folder, "*.onnx")
    if not voices:
        raise EngineMissing(f"The folder {folder} holds no Piper voice: no file there ends in .onnx.")
    for voice in voices:
        check_voice(voice)
    return folder


def _in_hub_cache(repo: str) -> Path | None:
    """The newest complete snapshot of `repo` in this user's Hugging Face cache, if any; asks no network."""
    try:
        from huggingface_hub import try_to_load_from_cache
    except ImportError:
        return None
    found = try_to_load_from_cache(repo, "model.bin")
    return Path(found).parent if isinstance(found, str) else None
