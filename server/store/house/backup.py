"""A backup: one file with the whole database as it was at one moment, made while the service goes on.

It begins with a line that holds the SHA-256 of all that follows, which is a zip that any program can open: a manifest,
the database, and the few other files that belong to an installation. The bearer token and the models are not in it.
`server.store.house.restoring` reads it back.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import make_url

from server.core.errors import SetupError
from server.store.sql import sqlite
from server.store.sql.clock import utc_now
from server.store.sql.failures import explained
from server.store.sql.texts import to_json

MAGIC, FORMAT = b"bedside-backup ", 1
HEADER = b"%s%d sha256:%s\n"
HEADER_BYTES = len(HEADER % (MAGIC, FORMAT, b"0" * 64))
MANIFEST, DATABASE = "manifest.json", "bedside.db"
ENDING = ".bedside-backup"
BLOCK = 1 << 20
"""Bytes that are read at once; after each, progress is told."""
Tell = Callable[[int, int], None]
"""Is told how many of how many bytes are done; what it raises stops the work, and nothing is left of it."""


@dataclass(frozen=True)
class Part:
    """One file inside."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    made_at: str
    """ISO 8601, UTC."""
    version: str
    """Of the Bedside that made it."""
    tables: str
    """Newest migration of its database."""
    encounters: int
    entries: int
    """Events in all logs together."""
    parts: dict[str, Part]


@dataclass(frozen=True)
class Backup:
    """A backup that was made."""

    file: Path
    size: int
    """Bytes."""
    checksum: str
    """SHA-256 of all after the first line, as the first line has it."""
    manifest: Manifest


def untold(_done: int, _of: int) -> None:
    """For whom progress does not matter."""


def make_backup(
    database: Path, out: Path, others: Sequence[Path] = (), *, version: str = "", tell: Tell = untold
) -> Backup:
    """Copy `database` and those of `others` that exist to `out`, whole or not at all, for this user's eyes only.

    Raises `SetupError` for a file that is there already, a database that is not, and a disk that does not take it.
    """
    if out.exists():
        raise _there_already(out)
    sqlite.check(database)
    if not database.exists():
        message = f"The database {database} is not there yet. Start Bedside once with `bedside up`."
        raise SetupError(message, code="store_missing")
    try:
        out.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{out.name}.", dir=out.parent) as folder:
            return _made(database, out, Path(folder), others, version, tell)
    except OSError as error:
        raise SetupError(f"The backup {out} cannot be written: {error.strerror}.", code="backup_failed") from None


def _made(database: Path, out: Path, folder: Path, others: Sequence[Path], version: str, tell: Tell) -> Backup:
    copy = _copied(database, folder / DATABASE)
    files = {DATABASE: copy} | {path.name: path for path in others if path.is_file()}
    of = 2 * sum(path.stat().st_size for path in files.values())
    steps = _Steps(tell, of)
    unfinished = folder / "unfinished"
    manifest = _packed(copy, files, unfinished, version, steps)
    checksum = sealed(unfinished, steps)
    tell(of, of)
    _placed(unfinished, out)
    return Backup(out, out.stat().st_size, checksum, manifest)


class _Steps:
    """Adds up."""

    def __init__(self, tell: Tell, of: int) -> None:
        self._tell, self._of, self._done = tell, of, 0

    def add(self, size: int) -> None:
        self._done += size
        self._tell(min(self._done, self._of), self._of)


def _copied(database: Path, copy: Path) -> Path:
    """One consistent view of a database that others write to meanwhile; without the pages of what was deleted."""
    private(copy)
    try:
        with closing(sqlite3.connect(database, timeout=sqlite.BUSY_S)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
    except sqlite3.Error as error:
        raise SetupError(f"The database could not be copied: {explained(error)}", code="backup_failed") from error
    sqlite.inspect(copy)
    return copy


def _packed(copy: Path, files: dict[str, Path], out: Path, version: str, steps: _Steps) -> Manifest:
    private(out)
    with out.open("r+b") as raw:
        raw.write(b"\0" * HEADER_BYTES)
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as packed:
            parts = {name: _put(packed, name, path, steps) for name, path in files.items()}
            manifest = _manifest(copy, parts, version)
            packed.writestr(MANIFEST, to_json(asdict(manifest)))
    return manifest


def _put(packed: zipfile.ZipFile, name: str, path: Path, steps: _Steps) -> Part:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source, packed.open(name, "w", force_zip64=True) as target:
        while block := source.read(BLOCK):
            target.write(block)
            digest.update(block)
            size += len(block)
            steps.add(len(block))
    return Part(size, digest.hexdigest())


def _manifest(copy: Path, parts: dict[str, Part], version: str) -> Manifest:
    with closing(sqlite3.connect(copy)) as connection:
        tables, encounters, entries = (
            connection.execute(query).fetchone()[0] for query in ("SELECT version_num FROM alembic_version", *COUNTS)
        )
    return Manifest(utc_now().isoformat(), version, tables, encounters, entries, parts)


COUNTS = ("SELECT count(*) FROM encounters", "SELECT count(*) FROM events")


def sealed(file: Path, steps: _Steps | None = None) -> str:
    """Write the first line: the checksum of the rest, which is returned. On disk when it returns."""
    with file.open("r+b") as raw:
        raw.seek(HEADER_BYTES)
        checksum = digest_of(raw, steps)
        raw.seek(0)
        raw.write(HEADER % (MAGIC, FORMAT, checksum.encode()))
        raw.flush()
        os.fsync(raw.fileno())
    return checksum


def digest_of(raw: BinaryIO, steps: _Steps | None = None) -> str:
    """SHA-256 of what is left to read."""
    digest = hashlib.sha256()
    while block := raw.read(BLOCK):
        digest.update(block)
        if steps is not None:
            steps.add(len(block))
    return digest.hexdigest()


def private(path: Path) -> None:
    """An empty file that only this user may read."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _placed(unfinished: Path, out: Path) -> None:
    """Under its name, which is nobody's yet."""
    try:
        os.link(unfinished, out)
    except FileExistsError:
        raise _there_already(out) from None
    except OSError:  # a file system without links
        _copied_beside(unfinished, out)
    sync_folder(out.parent)


def _copied_beside(unfinished: Path, out: Path) -> None:
    try:
        private(out)
    except FileExistsError:
        raise _there_already(out) from None
    shutil.copyfile(unfinished, out)


def sync_folder(folder: Path) -> None:
    """A name is on disk only when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _there_already(out: Path) -> SetupError:
    message = f"{out} is there already, and a backup never overwrites a file. Name another."
    return SetupError(message, code="backup_exists")


def usual_name(now: datetime) -> str:
    """E.g. `2026-11-22-183000.bedside-backup`, by UTC."""
    return f"{now:%Y-%m-%d-%H%M%S}{ENDING}"


def not_sqlite(url: str) -> str:
    """What backs up a database that is not a file of ours, as a command without its password; empty: it is one."""
    parsed = make_url(url.replace("postgres://", "postgresql://", 1))
    if parsed.get_backend_name() != "postgresql":
        return ""
    shown = parsed._replace(drivername="postgresql", password=None).render_as_string()
    return f"pg_dump --format=custom --file=bedside.dump '{shown}'"
