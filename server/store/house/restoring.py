"""A backup read back: everything is checked and brought to this version's tables first, and then put in place."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, delete

from server.core.errors import SetupError
from server.store.audit import broken_at, note
from server.store.house.backup import (
    BLOCK,
    COUNTS,
    DATABASE,
    FORMAT,
    HEADER,
    HEADER_BYTES,
    MAGIC,
    MANIFEST,
    Manifest,
    Part,
    digest_of,
    private,
    sync_folder,
)
from server.store.sql import sqlite
from server.store.sql.clock import utc_now
from server.store.sql.database import open_engines
from server.store.sql.schema import REVISIONS
from server.store.sql.tables import sign_ins


@dataclass(frozen=True)
class Examined:
    """A backup in which nothing was found wrong."""

    manifest: Manifest
    audit_broken_at: int | None
    """`seq` of the first row of its audit log that was changed; None: the chain holds."""

    @property
    def older(self) -> bool:
        """Its tables are of an earlier version, and are brought up to date."""
        return self.manifest.tables != REVISIONS[-1]


@dataclass(frozen=True)
class Restored:
    """What was put in place."""

    examined: Examined
    aside: Path | None
    """Folder of what was there before; None: nothing was."""
    erased_since: tuple[str, ...]
    """Ids of what was erased after the backup was made, and is back now; known only where the old database was."""


def examine(file: Path, beside: Path | None = None) -> Examined:
    """A rehearsal: unpack it in a folder that goes away again, check it, and open it. Raises `SetupError`."""
    with tempfile.TemporaryDirectory(prefix=".rehearsal.", dir=beside) as folder:
        return _unpacked(file, Path(folder))


def restore(file: Path, database: Path, others: Sequence[Path], *, named: bool) -> Restored:
    """Put `file` in place of `database` and of `others`; what was there is kept beside it. Whole or not at all.

    `named`: whoever asks has said that this very place is meant; otherwise only an empty one is taken. Raises
    `SetupError`; then nothing was changed.
    """
    sqlite.prepare_folder(database)
    held = sqlite.lock(database)
    try:
        if not named and any(path.exists() for path in (database, *others)):
            message = f"{database.parent} holds data already. Name it with --data {database.parent} to put it aside."
            raise SetupError(message, code="restore_over")
        with tempfile.TemporaryDirectory(prefix=".restoring.", dir=database.parent) as folder:
            examined = _unpacked(file, Path(folder))
            since = _erased_since(database, examined.manifest.made_at)
            return Restored(examined, _swapped(Path(folder), database, others), since)
    except OSError as error:
        raise SetupError(f"The backup cannot be restored: {error.strerror}.", code="restore_failed") from None
    finally:
        sqlite.unlock(held)


def _unpacked(file: Path, folder: Path) -> Examined:
    """Everything that it holds, checked, in `folder`; the database of this version's tables, and nobody signed in."""
    with _opened(file) as packed:
        manifest = _manifest(file, packed)
        _refuse_newer(file, manifest)
        for name, part in manifest.parts.items():
            _take(file, packed, name, part, folder / name)
    copy = folder / DATABASE
    _check_database(file, copy, manifest)
    return Examined(manifest, _brought_up_to_date(copy, manifest))


@contextmanager
def _opened(file: Path) -> Iterator[zipfile.ZipFile]:
    """Raises `SetupError` for what is no backup, or is not whole."""
    try:
        with file.open("rb") as raw:
            _check_header(file, raw.readline(HEADER_BYTES), digest_of(raw))
            with zipfile.ZipFile(raw) as packed:
                yield packed
    except OSError as error:
        raise SetupError(f"The backup {file} cannot be read: {error.strerror}.", code="backup_unreadable") from None
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError):
        raise _damaged(file, "its contents cannot be read") from None


def _check_header(file: Path, line: bytes, checksum: str) -> None:
    kind = line.removeprefix(MAGIC).partition(b" ")[0]
    if not line.startswith(MAGIC) or not kind.isdigit():
        raise SetupError(f"{file} is no backup of Bedside, or its first line is damaged.", code="backup_unreadable")
    if int(kind) > FORMAT:
        raise SetupError(f"{file} was made by a newer Bedside. Update Bedside, then restore.", code="backup_newer")
    if line != HEADER % (MAGIC, FORMAT, checksum.encode()):
        raise _damaged(file, "its checksum is wrong: a byte was changed, or its end is missing")


def _manifest(file: Path, packed: zipfile.ZipFile) -> Manifest:
    with packed.open(MANIFEST) as source:
        told = json.loads(source.read(BLOCK))
    parts = {name: Part(**part) for name, part in told.pop("parts").items()}
    if DATABASE not in parts or any(name != Path(name).name for name in parts):
        raise _damaged(file, "its list of contents is not right")
    return Manifest(parts=parts, **told)


def _refuse_newer(file: Path, manifest: Manifest) -> None:
    if manifest.tables not in REVISIONS:
        made = f"{file} was made by Bedside {manifest.version or 'unknown'}, whose tables ({manifest.tables}) are newer"
        message = f"{made} than this one's ({REVISIONS[-1]}). Update Bedside, then restore."
        raise SetupError(message, code="backup_newer")


def _take(file: Path, packed: zipfile.ZipFile, name: str, part: Part, out: Path) -> None:
    """At most as many bytes as it says."""
    private(out)
    with packed.open(name) as source, out.open("r+b") as target:
        left = part.size + 1
        while left and (block := source.read(min(BLOCK, left))):
            target.write(block)
            left -= len(block)
        target.flush()
        os.fsync(target.fileno())
        target.seek(0)
        if left != 1 or digest_of(target) != part.sha256:
            raise _damaged(file, f"{name} in it is not what was saved")


def _check_database(file: Path, copy: Path, manifest: Manifest) -> None:
    sqlite.check(copy)
    try:
        with closing(sqlite3.connect(copy)) as connection:
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            loose = connection.execute("PRAGMA foreign_key_check").fetchone()
            counts = [connection.execute(query).fetchone()[0] for query in COUNTS]
    except sqlite3.Error as error:
        raise _damaged(file, f"its database cannot be read ({type(error).__name__})") from None
    if sound != "ok" or loose is not None:
        raise _damaged(file, "its database does not hold together")
    if counts != [manifest.encounters, manifest.entries]:
        raise _damaged(file, "its database holds other encounters than it says")


def _brought_up_to_date(copy: Path, manifest: Manifest) -> int | None:
    """Migrated; everybody has to sign in again, because what was signed out since would be signed in."""
    engines = open_engines(f"sqlite:///{copy}")
    try:
        assert engines.writing is not None  # noqa: S101 - not opened for reading
        with engines.writing.begin() as connection:
            broken = broken_at(connection)
            _note_restored(connection, manifest)
        engines.scrub(engines.writing)
        return broken
    finally:
        engines.close()


def _note_restored(connection: Connection, manifest: Manifest) -> None:
    connection.execute(delete(sign_ins).where(sign_ins.c.kind == "cookie"))
    note(connection, "", "backup_restored", manifest.parts[DATABASE].sha256, made_at=manifest.made_at)


def _erased_since(database: Path, made_at: str) -> tuple[str, ...]:
    """From the audit of the database that is about to be put aside, where it can be read."""
    if not database.exists():
        return ()
    query = "SELECT subject FROM audit WHERE action LIKE '%erased%' AND at > ? ORDER BY seq"
    try:
        with closing(sqlite3.connect(database)) as connection:
            moment = made_at.replace("T", " ").partition("+")[0]
            return tuple(subject for (subject,) in connection.execute(query, (moment,)) if subject)
    except sqlite3.Error:
        return ()


def _swapped(folder: Path, database: Path, others: Sequence[Path]) -> Path | None:
    """The database last and in one step: until then the old one stands under its name, and from then on the new one."""
    aside = _put_aside(database, others)
    for path in others:
        if (folder / path.name).exists():
            (folder / path.name).replace(path)
    (folder / DATABASE).replace(database)
    sync_folder(database.parent)
    return aside


def _put_aside(database: Path, others: Sequence[Path]) -> Path | None:
    """Everything that was there, in a folder of its own; the database stays under its name as well."""
    _emptied_log(database)
    logs = [path for path in (Path(f"{database}-wal"), Path(f"{database}-shm")) if path.exists()]
    there = [path for path in others if path.exists()] + logs
    if not there and not database.exists():
        return None
    aside = database.parent / f"before-restore-{utc_now():%Y-%m-%d-%H%M%S-%f}"
    aside.mkdir(mode=0o700)
    if database.exists():
        _kept_twice(database, aside / database.name)
    for path in there:
        path.replace(aside / path.name)
    sync_folder(aside)
    return aside


def _kept_twice(path: Path, other: Path) -> None:
    try:
        os.link(path, other)
    except OSError:  # a file system without links
        private(other)
        shutil.copyfile(path, other)


def _emptied_log(database: Path) -> None:
    """So that the old database is one file; one that is damaged keeps its log beside it."""
    if not database.exists():
        return
    try:
        with closing(sqlite3.connect(database)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error:
        return


def _damaged(file: Path, why: str) -> SetupError:
    message = f"The backup {file} is damaged: {why}. Nothing was restored. Use another backup."
    return SetupError(message, code="backup_damaged")
