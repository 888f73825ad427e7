"""What a database driver says, said for people. Runtime messages hold no path, no SQL and no text of an encounter."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError

from server.core.errors import BedsideError, StoreError

_FULL = "The disk that holds the database is full; nothing of this step was stored. Free some space and try again."
_READ_ONLY = "The database may only be read; nothing was stored. Give this user the right to write to it."
_LOCKED = "Another program held the database for more than 5 seconds; nothing was stored. Close it and try again."
_CORRUPT = "The database file is damaged; nothing was stored. Stop the server and restore a backup."
_DISK = "The disk did not take the data; nothing was stored. Check the disk and its free space."
_AWAY = "The database server cannot be reached; nothing was stored. Check that it runs, then try again."
_SAYINGS = (
    ("disk is full", "store_full", _FULL),
    ("no space left", "store_full", _FULL),
    ("readonly", "store_read_only", _READ_ONLY),
    ("read-only", "store_read_only", _READ_ONLY),
    ("locked", "store_locked", _LOCKED),
    ("lock timeout", "store_locked", _LOCKED),
    ("malformed", "store_corrupt", _CORRUPT),
    ("not a database", "store_corrupt", _CORRUPT),
    ("disk i/o error", "store_io", _DISK),
    ("connect", "store_unreachable", _AWAY),
)
"""What a driver's message holds, our code, our sentence; the first that fits."""


def explained(error: BaseException) -> BedsideError:
    """`error` as one of ours; the driver's own words stay in `__cause__` for the log."""
    if isinstance(error, BedsideError):
        return error
    if isinstance(error, IntegrityError):
        return StoreError("The database refused the step because it contradicts what is stored.", code="store_conflict")
    if not isinstance(error, SQLAlchemyError | sqlite3.Error):
        return StoreError("The database could not be used; nothing was stored.")
    said = str(error.orig if isinstance(error, DBAPIError) else error).lower()
    code, message = next(
        ((code, message) for sign, code, message in _SAYINGS if sign in said),
        ("store_error", "The database failed; nothing of this step was stored. The server's log says why."),
    )
    return StoreError(message, code=code)
