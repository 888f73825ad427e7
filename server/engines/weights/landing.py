"""Gathering a model's files beside its place, one process at a time, and keeping a record of what was put there."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from server.core.errors import EngineMissing, SetupError
from server.engines.weights.hub import RemoteFile
from server.engines.weights.part import digest, fetch, part_of

SPARE_BYTES = 100_000_000
"""Room that is left on the disk beside the model: the database must be able to go on."""
RECORD = "pulled.json"
"""What was fetched, from where, at which version and under which licence."""
Progress = Callable[[str, int, int], None]
"""Is told a file's name, how many of its bytes are here, and how many it has."""


@dataclass(frozen=True)
class Pulled:
    """What `pull_…` left on this machine."""

    path: Path
    """The model's folder, or the voice's `.onnx`."""
    fetched: bool
    """False when it was here already and nothing was asked of the network."""
    licence: str
    """As the hub states it; '' where it does not."""
    bytes: int


def fetch_all(files: Sequence[RemoteFile], hidden: Path, progress: Progress) -> None:
    """Bring every file into `hidden`, the small ones first, and leave nothing else there. Raises `SetupError`."""
    _check_room(files, hidden)
    for file in sorted(files, key=lambda file: file.size):
        target = hidden / Path(file.name).name
        if target.is_file() and digest(target, file.etag) in (None, file.etag):
            progress(file.name, file.size, file.size)
            continue
        fetch(file, target, lambda done, file=file: progress(file.name, done, file.size))  # type: ignore[misc]
    wanted = {Path(file.name).name for file in files}
    for path in hidden.iterdir():
        if path.name not in wanted:
            path.unlink()  # of an earlier attempt, when the hub had another version


def _check_room(files: Sequence[RemoteFile], hidden: Path) -> None:
    """Raises `SetupError` before anything is fetched that would not fit."""
    here = [hidden / Path(file.name).name for file in files]
    parts = [part_of(target, file) for target, file in zip(here, files, strict=True)]
    missing = sum(file.size for file in files) - sum(path.stat().st_size for path in (*here, *parts) if path.is_file())
    free = shutil.disk_usage(hidden).free
    if missing + SPARE_BYTES > free:
        raise SetupError(
            f"{hidden.parent} has {free / 1e6:,.0f} MB free, and {(missing + SPARE_BYTES) / 1e6:,.0f} MB are needed "
            f"({missing / 1e6:,.0f} MB to fetch and some to spare). Make room, or move BEDSIDE_DATA_DIR.",
            code="no_room",
        )


@contextmanager
def gathering(hidden: Path) -> Iterator[Path]:
    """The hidden folder, held by one process at a time. Raises `SetupError` where it cannot be written, or is held."""
    try:
        hidden.mkdir(parents=True, exist_ok=True)
        lock = hidden.with_suffix(".lock").open("w")
    except OSError as error:
        raise SetupError(
            f"Models cannot be kept in {hidden.parent}: {error.strerror}. Make it writable, or set BEDSIDE_DATA_DIR.",
            code="not_writable",
        ) from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SetupError(f"Another `bedside pull` is fetching into {hidden} now.", code="pull_running") from None
        try:
            yield hidden
        except OSError as error:
            raise SetupError(f"{hidden.parent} cannot be written: {error.strerror}.", code="not_writable") from None
        finally:
            with suppress(OSError):
                hidden.rmdir()  # where nothing came, nothing is left


def must_pass(check: Callable[[], None], hidden: Path, files: Sequence[RemoteFile]) -> None:
    """Raises `EngineMissing` and forgets what came, which is complete and still not what was asked for."""
    try:
        check()
    except EngineMissing as error:
        shutil.rmtree(hidden, ignore_errors=True)
        raise EngineMissing(
            f"{files[0].repo} came whole and cannot be used, so it was removed: {error.message} Choose another.",
            code="not_a_model",
        ) from None


def write_record(path: Path, files: Sequence[RemoteFile], licence: str, hidden: Path) -> None:
    """Write what is there; the sizes are what a later pull compares."""
    kept = {Path(file.name).name: {"bytes": file.size, "hash": file.etag} for file in files}
    record = {"repo": files[0].repo, "commit": files[0].commit, "licence": licence, "files": kept}
    draft = hidden / f"{path.name}.new"
    draft.write_text(json.dumps(record, indent=1), encoding="utf-8")
    draft.replace(path)


def here_already(path: Path, record: Path) -> Pulled | None:
    """What was pulled before and is still whole, if it is."""
    try:
        found = json.loads(record.read_text("utf-8"))
        whole = all((record.parent / name).stat().st_size == each["bytes"] for name, each in found["files"].items())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return recorded(path, record, fetched=False) if whole and path.exists() else None


def recorded(path: Path, record: Path, *, fetched: bool) -> Pulled:
    """What the record says of a model that is in its place."""
    held = json.loads(record.read_text("utf-8"))
    return Pulled(path, fetched, str(held.get("licence", "")), sum(each["bytes"] for each in held["files"].values()))
