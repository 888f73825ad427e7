"""Retries: encounters that take a moment of another up again. Their logs begin with that encounter's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from server.core.case import Case
from server.core.errors import StoreError
from server.core.events import Event, Opened
from server.core.log import Entry
from server.store.encounters.encounters import create_encounter, delete_encounter
from server.store.encounters.event_log import store_entries
from server.store.encounters.opted_out import keep_opted_out
from server.store.sql.clock import utc_now
from server.store.sql.tables import encounters, retries


@dataclass(frozen=True)
class RetryInfo:
    """One retry of an encounter."""

    id: str
    turn: str
    """The turn in place of which it goes on."""
    made_at: datetime
    ended: str
    """Why it ended; empty while it has not."""


def create_retry(connection: Connection, case: Case, log: Sequence[tuple[Event, int]], owner: str) -> None:
    """A new encounter whose log begins with `log`, the first event of which says what it takes up again."""
    opened = log[0][0] if log else None
    if not isinstance(opened, Opened) or not opened.retry_of:
        raise StoreError("The log of a retry begins by saying what it takes up again.", code="log_conflict")
    create_encounter(connection, case, opened, owner)
    rest = [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(log[1:], start=2)]
    store_entries(connection, opened.encounter_id, rest, 1)
    row = {"encounter_id": opened.encounter_id, "first_id": opened.retry_of, "turn": opened.retry_turn}
    connection.execute(insert(retries), {**row, "made_at": utc_now()})


def retries_of(connection: Connection, encounter_id: str) -> list[RetryInfo]:
    """Oldest first."""
    both = select(retries, encounters.c.ended).join(encounters, encounters.c.id == retries.c.encounter_id)
    query = both.where(retries.c.first_id == encounter_id).order_by(retries.c.made_at, retries.c.encounter_id)
    return [RetryInfo(row.encounter_id, row.turn, row.made_at, row.ended) for row in connection.execute(query)]


def firsts_of(connection: Connection, encounter_ids: Sequence[str]) -> dict[str, str]:
    """Of these encounters, those that are retries, with what each goes back to."""
    query = select(retries.c.encounter_id, retries.c.first_id).where(retries.c.encounter_id.in_(encounter_ids))
    return {row.encounter_id: row.first_id for row in connection.execute(query)}


def erase_with_retries(connection: Connection, encounter_id: str) -> list[str]:
    """Delete an encounter and whatever takes a moment of it up again, because its words stand there as well.

    Returns the ids that are gone. Raises `NotFound`.
    """
    gone = [encounter_id]
    for each in gone:
        gone += [retry.id for retry in retries_of(connection, each)]
    keep_opted_out(connection, encounter_id)
    for each in reversed(gone):
        delete_encounter(connection, each)
    return gone
