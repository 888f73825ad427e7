"""The append-only log: rows to entries and back, without a gap, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from server.core.errors import NotFound, StoreError
from server.core.events import EVENT_VERSION, from_record, to_record
from server.core.log import Entry
from server.store.sql.clock import utc_now
from server.store.sql.tables import encounters, events
from server.store.sql.texts import from_json, to_json


def append_entries(connection: Connection, encounter_id: str, entries: Sequence[Entry]) -> None:
    """Add `entries` at the end. Raises `NotFound`, and `StoreError` when they do not continue the log."""
    last = last_seq(connection, encounter_id)
    if not last:
        raise NotFound("There is no such encounter.")
    store_entries(connection, encounter_id, entries, last)


def store_entries(connection: Connection, encounter_id: str, entries: Sequence[Entry], last: int) -> None:
    """Insert `entries`, which must follow `last` one by one."""
    wanted = list(range(last + 1, last + 1 + len(entries)))
    if [entry.seq for entry in entries] != wanted:
        given = [entry.seq for entry in entries]
        raise StoreError(
            f"The log stands at {last}; entries {given[0]} to {given[-1]} do not continue it.", code="log_conflict"
        )
    if entries:
        now = utc_now()
        connection.execute(insert(events), [_row(encounter_id, entry, now) for entry in entries])


def last_seq(connection: Connection, encounter_id: str) -> int:
    """The last number in the log; 0 when there is no log."""
    found = connection.execute(select(func.max(events.c.seq)).where(events.c.encounter_id == encounter_id))
    return found.scalar_one() or 0


def read_entries(connection: Connection, encounter_id: str) -> list[Entry]:
    """The whole log in order. Raises `StoreError` for a gap or an event of another version."""
    query = select(events).where(events.c.encounter_id == encounter_id).order_by(events.c.seq)
    entries = [_entry(row) for row in connection.execute(query)]
    if [entry.seq for entry in entries] != list(range(1, len(entries) + 1)):
        raise StoreError("The stored log has a gap; restore a backup.", code="log_gap")
    return entries


@dataclass(frozen=True)
class StoredEntry:
    """One line of a log as it lies there, whichever version wrote it."""

    seq: int
    kind: str
    """Name of the event."""
    fields: dict[str, Any]
    """Of the event; empty where they cannot be read."""
    at_ms: int


def stored_entries(connection: Connection, encounter_id: str) -> list[StoredEntry]:
    """The log in order, not understood and not checked: for what no longer can be replayed."""
    query = select(events).where(events.c.encounter_id == encounter_id).order_by(events.c.seq)
    return [StoredEntry(row.seq, row.kind, _fields(row.body), row.at_ms) for row in connection.execute(query)]


def _fields(body: str) -> dict[str, Any]:
    try:
        found = from_json(body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def digest_of(connection: Connection, encounter_id: str) -> str:
    """Which case it was played with. Raises `NotFound`."""
    query = select(encounters.c.case_digest).where(encounters.c.id == encounter_id)
    digest: str | None = connection.execute(query).scalar_one_or_none()
    if digest is None:
        raise NotFound("There is no such encounter.")
    return digest


def _row(encounter_id: str, entry: Entry, now: datetime) -> dict[str, Any]:
    record = to_record(entry.event)
    return {
        "encounter_id": encounter_id,
        "seq": entry.seq,
        "version": EVENT_VERSION,
        "kind": record.pop("event"),
        "body": to_json(record),
        "at_ms": entry.at_ms,
        "stored_at": now,
    }


def _entry(row: Row[Any]) -> Entry:
    if row.version != EVENT_VERSION:
        raise StoreError(
            f"Entry {row.seq} is of event version {row.version}; this Bedside reads {EVENT_VERSION}.",
            code="log_version",
        )
    try:
        return Entry(row.seq, from_record({"event": row.kind, **from_json(row.body)}), row.at_ms)
    except (ValueError, TypeError):
        raise StoreError(f"Entry {row.seq} of the log cannot be read.", code="log_unreadable") from None
