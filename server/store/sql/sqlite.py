"""SQLite: what a file must be before it is opened, how it is opened, and how its deleted pages are really emptied."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from server.core.errors import SetupError, StoreError

APPLICATION_ID = 0x42445344
"""`BDSD`, in the file's header: tells our files from any other program's."""
BUSY_S = 5
"""How long a write waits for another program that holds the file."""
_MAGIC = b"SQLite format 3\0"
_ERASE_TRIES = 50
_NEW = ".new"
"""Ending of a file that is still being made; it gets its name when it is whole."""


def prepare_folder(path: Path) -> None:
    """The folder of the file, this user's alone where it is made. Raises `SetupError`."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise _unusable(
            path, f"has no folder, and none can be made ({error.strerror})", "Choose another with --data"
        ) from None


def lock(path: Path) -> int:
    """Hold the file for this process alone; returns what `unlock` takes. Raises `SetupError` when another has it."""
    try:
        handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise _unusable(path, f"cannot be locked ({error.strerror})", "Let this user write into its folder") from None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(handle)
        message = f"Another Bedside is using {path}. Stop it, or give this one a folder of its own with --data."
        raise SetupError(message, code="store_in_use") from None
    return handle


def unlock(handle: int) -> None:
    """Let go of the file; the operating system does it for a process that dies."""
    os.close(handle)


def check(path: Path) -> None:
    """Raises `SetupError` unless `path` is absent or a database of ours. Nothing is changed."""
    if not path.exists():
        if Path(f"{path}-wal").exists():
            raise _unusable(path, "is missing, but its write-ahead log is there", "Restore both from the same backup")
        return
    try:
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        raise _unusable(path, f"cannot be read ({error.strerror})", "Let this user read and write it") from None
    if not header:
        raise _unusable(path, "is empty (0 bytes) and no database", "Restore a backup, or move the file away")
    if not header.startswith(_MAGIC):
        raise _unusable(
            path, "is not a SQLite database", "Move the file away, or name another with BEDSIDE_DATABASE_URL"
        )
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise _unusable(path, "belongs to another program", "Name another file with BEDSIDE_DATABASE_URL")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise _unusable(path, "may only be read", "Make the file and its folder writable for this user")


def _unusable(path: Path, what: str, mend: str) -> SetupError:
    return SetupError(f"The database {path} {what}. {mend}.", code="store_unusable")


def inspect(path: Path) -> None:
    """Raises `SetupError` when SQLite itself finds the file damaged."""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_S)) as connection:
            found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        reason = found.splitlines()[-1]
        raise _unusable(path, f"is damaged ({reason})", "Move it away and restore a backup")


def unfinished_file(path: Path) -> Path:
    """Where a new database is made, empty and readable by this user only; what a crash left there is removed."""
    new = Path(f"{path}{_NEW}")
    for left in (new, Path(f"{new}-journal"), Path(f"{new}-wal"), Path(f"{new}-shm")):
        left.unlink(missing_ok=True)
    os.close(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    return new


def engine(path: Path, *, writing: bool, size: int = 1) -> Engine:
    """Connections to `path`; those for reading cannot write."""
    made = create_engine(
        URL.create("sqlite", database=str(path)),
        pool_size=size,
        max_overflow=0,
        connect_args={"timeout": BUSY_S, "check_same_thread": False, "isolation_level": None},
    )

    @event.listens_for(made, "connect")
    def _prepare(connection: sqlite3.Connection, _: Any) -> None:
        for pragma in _pragmas(writing):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        """A deferred transaction that reads and then writes fails at once when another wrote between."""
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return made


def _pragmas(writing: bool) -> tuple[str, ...]:
    both = (f"busy_timeout={int(BUSY_S * 1000)}", "foreign_keys=ON")
    if not writing:
        return (*both, "query_only=ON")
    return (*both, "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", f"application_id={APPLICATION_ID}")


def scrub(engine: Engine) -> None:
    """Leave no byte of deleted rows in any file: rewrite the database, then empty the write-ahead log."""
    connection = engine.raw_connection()
    try:
        connection.cursor().execute("VACUUM")
        _checkpoint(connection.cursor())
    finally:
        connection.close()


def _checkpoint(cursor: Any) -> None:
    """Readers end within moments; until then the log cannot be emptied."""
    for _ in range(_ERASE_TRIES):
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if cursor.fetchone()[0] == 0:
            return
    raise StoreError("Deleted, but traces are left in the database's log. Delete once more.", code="store_not_scrubbed")
