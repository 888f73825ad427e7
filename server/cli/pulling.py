"""`pull`: fetch a model or a voice with a bar that shows how far it is, or say what is here and what would suit."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Literal

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.text import Text

from server.core.errors import SetupError
from server.engines.machine import Machine, free_bytes, suggested_hearing, this_machine
from server.engines.weights.landing import Pulled
from server.engines.weights.models import pulled_hearing, pulled_voices, shown_name
from server.engines.weights.names import HEARING_MODELS, VOICE_MEGABYTES, VOICES, name_of
from server.engines.weights.pulling import pull_hearing, pull_voice
from server.settings import Settings, load_settings

Kind = Literal["hearing", "voice"]
_SETTING = {"hearing": "BEDSIDE_HEARING_MODEL", "voice": "BEDSIDE_SPEAKING_VOICE"}


class _Bars(AbstractContextManager["_Bars"]):
    """One bar a file, which begins where an earlier attempt stopped."""

    def __init__(self, console: Console) -> None:
        self._progress = Progress(
            TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn(),
            TimeRemainingColumn(), console=console,
        )  # fmt: skip
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> _Bars:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def show(self, name: str, done: int, size: int) -> None:
        """`done` of `size` bytes of a file are here."""
        if name not in self._tasks:
            self._tasks[name] = self._progress.add_task(name.rpartition("/")[2], total=size, completed=done)
        self._progress.update(self._tasks[name], completed=done)


def pull(kind: Kind, name: str) -> bool:
    """Fetch it; False when it was stopped by hand. Raises `SetupError`, `EngineMissing`."""
    settings, console = load_settings(), Console()
    make_private_folder(settings.data_dir)
    fetch = pull_hearing if kind == "hearing" else pull_voice
    try:
        with _Bars(console) as bars:
            pulled = fetch(name, settings.models_dir, bars.show)
    except KeyboardInterrupt:
        console.print("Stopped. What came is kept: the same command goes on from there.")
        return False
    _tell(console, kind, name, pulled)
    return True


def make_private_folder(folder: Path) -> None:
    """The data folder, readable by its owner only, as `up` makes it. Raises `SetupError`."""
    try:
        folder.expanduser().mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError(
            f"The data folder {folder} cannot be made: {error.strerror}. Set BEDSIDE_DATA_DIR to another.",
            code="not_writable",
        ) from None


def _tell(console: Console, kind: Kind, name: str, pulled: Pulled) -> None:
    state = "is here" if pulled.fetched else "was here already; nothing was fetched"
    console.print(Text(f"{name} {state}: {pulled.path} ({pulled.bytes / 1e6:,.0f} MB)."), soft_wrap=True)
    licence = pulled.licence or "not stated; look before you use it"
    console.print(Text(f"Licence, as its page says: {licence}."), soft_wrap=True)
    if kind == "hearing":
        console.print(Text(f"The newest is used where {_SETTING[kind]} names no other."))
    else:
        console.print(Text(f"Every voice that is here is used where {_SETTING[kind]} names no other."))


def overview() -> None:
    """What is here, and what would suit this machine."""
    settings, console = load_settings(), Console()
    tell_here(console, settings)
    tell_machine(console, settings)
    suggested = suggested_hearing(this_machine())
    console.print(f"\nbedside pull hearing {suggested}", markup=False)
    listed = {name_of(known.repo): known.megabytes for known in HEARING_MODELS.values()}
    sizes = ", ".join(f"{name} {megabytes} MB" for name, megabytes in listed.items())
    console.print(Text(f"  or another: {sizes}; or ORG/REPO of any Whisper in CTranslate2 format.", style="dim"))
    console.print(f"bedside pull voice {VOICES[0]}", markup=False)
    console.print(Text(f"  or another, about {VOICE_MEGABYTES} MB each: {', '.join(VOICES[1:])} …", style="dim"))
    console.print(
        Text("The suggestion is a rule of thumb from cores, memory and GPU: nothing was measured here.", style="dim")
    )


def tell_here(console: Console, settings: Settings) -> None:
    """The models that were pulled."""
    hearing = [f"{shown_name(folder)} ({_megabytes(folder)})" for folder in pulled_hearing(settings.models_dir)]
    voices = [f"{voice.stem} ({_megabytes(voice)})" for voice in pulled_voices(settings.models_dir)]
    console.print(Text(f"models in {settings.models_dir}"), soft_wrap=True)
    console.print(Text(f"  hearing: {', '.join(hearing) or 'none'}"))
    console.print(Text(f"  voices:  {', '.join(voices) or 'none'}"))


def _megabytes(path: Path) -> str:
    """What a file, or the files of a folder, take on the disk."""
    files = [path] if path.is_file() else [each for each in path.iterdir() if each.is_file()]
    return f"{sum(each.stat().st_size for each in files) / 1e6:,.0f} MB"


def tell_machine(console: Console, settings: Settings, *, disk: bool = True) -> None:
    """Cores, memory, GPU, and the room on the disk where `disk` says that it can be had."""
    free = free_bytes(settings.models_dir) if disk else None
    console.print(Text(machine_line(this_machine(), free)), soft_wrap=True)


def machine_line(machine: Machine, free: int | None) -> str:
    """What counts for a model, in one line; `free`: bytes on the disk."""
    memory = f"{machine.memory / 1e9:.0f} GB of memory" if machine.memory else "memory not known"
    gpu = f"{machine.gpus} GPU" if machine.gpus else "no GPU that CTranslate2 can use"
    cores = "1 core" if machine.cores == 1 else f"{machine.cores} cores"
    room = "" if free is None else f", {free / 1e9:,.0f} GB free on the disk"
    return f"machine: {cores}, {memory}, {gpu}{room}"
