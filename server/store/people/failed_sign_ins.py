"""Tries to sign in that failed, for a quarter of an hour: how many there were of a name, and from where.

They are rows and not a dictionary in the process, so that neither a restart nor a second process gives anybody new
tries. A try counts before its password is looked at and is forgotten when it was right: a hundred at once are a
hundred. Names and places are kept as hashes only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from server.store.sql import postgres
from server.store.sql.tables_of_a_lab import failed_sign_ins as failed

WINDOW = timedelta(minutes=15)
MOST_OF_BOTH, MOST_OF_NAME, MOST_FROM = 5, 20, 200
"""Failures in a window: of a name from one place; of a name from everywhere; from one place, which may be the one
address of a whole campus."""


@dataclass(frozen=True)
class Try:
    """Somebody wants to be let in."""

    who: str
    """SHA-256 of the name that they gave."""
    whence: str
    """SHA-256 of their address, or of the secret of a browser in which that name has signed in before."""
    known: bool = False
    """It is such a browser: what others do with the name elsewhere does not lock its owner out."""

    @classmethod
    def of(cls, name: str, place: str, known: bool = False) -> Try:
        """From the folded name and a place."""
        return cls(_digest(name), _digest(place), known)

    @property
    def limits(self) -> tuple[tuple[ColumnElement[bool], int], ...]:
        """What is counted, and how often it may be there."""
        name, place = failed.c.who == self.who, failed.c.whence == self.whence
        both = (and_(name, place), MOST_OF_BOTH)
        return (both,) if self.known else (both, (name, MOST_OF_NAME), (place, MOST_FROM))


def count_try(connection: Connection, tried: Try, now: datetime) -> int:
    """Count it as failed, and return 0; or the seconds until one more is taken, and count nothing."""
    if connection.dialect.name == "postgresql":
        postgres.one_at_a_time(connection)
    connection.execute(delete(failed).where(failed.c.at <= now - WINDOW))
    wait_s = max(_wait_s(connection, what, most, now) for what, most in tried.limits)
    if not wait_s:
        connection.execute(insert(failed), {"who": tried.who, "whence": tried.whence, "at": now})
    return wait_s


def forgive(connection: Connection, tried: Try) -> None:
    """It was right after all: this name has no failures from there any more."""
    connection.execute(delete(failed).where(failed.c.who == tried.who, failed.c.whence == tried.whence))


def _wait_s(connection: Connection, what: ColumnElement[bool], most: int, now: datetime) -> int:
    """Until the oldest of the last `most` has gone out of the window; 0: there is room now."""
    newest = select(failed.c.at).where(what).order_by(failed.c.at.desc()).offset(most - 1).limit(1)
    oldest = connection.execute(newest).scalar_one_or_none()
    return 0 if oldest is None else max(1, round((oldest + WINDOW - now).total_seconds()))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
