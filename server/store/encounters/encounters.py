"""The encounters themselves: who owns which, of which case, whether it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update

from server.core.case import Case
from server.core.errors import NotFound, StoreError
from server.core.events import Opened
from server.core.log import Entry
from server.store.encounters.cases import keep_case
from server.store.encounters.event_log import store_entries
from server.store.encounters.markers import sign_out_markers
from server.store.encounters.observers import sign_out_observers
from server.store.sql.clock import utc_now
from server.store.sql.tables import cases, encounters, events

TRYOUT = "tryout"
"""In the place of the portrayal, of an author's try-out: it is nobody's encounter, and in no list of such."""

_WITH_CASE = select(
    encounters.c.id, encounters.c.owner, encounters.c.portrayal, encounters.c.created_at, encounters.c.ended,
    cases.c.case_id, cases.c.version,
).join(cases, cases.c.digest == encounters.c.case_digest)  # fmt: skip


@dataclass(frozen=True)
class EncounterInfo:
    """One encounter as a list shows it."""

    id: str
    owner: str
    case_id: str
    case_version: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not, or until that was noticed."""


def create_encounter(connection: Connection, case: Case, opened: Opened, owner: str) -> None:
    """The encounter, its case and the first entry of its log."""
    if opened.case_digest != case.digest:
        raise StoreError("The encounter names another version of the case.", code="log_conflict")
    keep_case(connection, case)
    played = TRYOUT if opened.tryout else opened.portrayal
    row = {"id": opened.encounter_id, "case_digest": case.digest, "portrayal": played, "owner": owner}
    connection.execute(insert(encounters), {**row, "created_at": utc_now(), "ended": ""})
    store_entries(connection, opened.encounter_id, [Entry(1, opened, 0)], 0)


def find_encounter(connection: Connection, encounter_id: str) -> EncounterInfo:
    """Raises `NotFound`."""
    row = connection.execute(_WITH_CASE.where(encounters.c.id == encounter_id)).first()
    if row is None:
        raise NotFound("There is no such encounter.")
    return _info(row)


def owned_by(connection: Connection, owner: str, limit: int, offset: int) -> list[EncounterInfo]:
    """Newest first; try-outs of a case are left out."""
    mine = _WITH_CASE.where(encounters.c.owner == owner, encounters.c.portrayal != TRYOUT)
    query = mine.order_by(encounters.c.created_at.desc(), encounters.c.id)
    return [_info(row) for row in connection.execute(query.limit(limit).offset(offset))]


def mark_ended(connection: Connection, encounter_id: str, reason: str) -> None:
    """Note why it ended; the log says the same, and this only saves reading it."""
    connection.execute(update(encounters).where(encounters.c.id == encounter_id).values(ended=reason))


def not_ended(connection: Connection) -> list[str]:
    """Ids of encounters that nobody has seen end, oldest first."""
    return list(
        connection.execute(
            select(encounters.c.id).where(encounters.c.ended == "").order_by(encounters.c.created_at)
        ).scalars()
    )


def left_alone(connection: Connection, since: datetime) -> list[str]:
    """Ids of encounters that nobody has seen end and whose log has not grown after `since`, oldest first."""
    last = select(func.max(events.c.stored_at)).where(events.c.encounter_id == encounters.c.id).scalar_subquery()
    query = select(encounters.c.id).where(encounters.c.ended == "", last < since).order_by(encounters.c.created_at)
    return list(connection.execute(query).scalars())


def delete_encounter(connection: Connection, encounter_id: str) -> None:
    """Log, scorecards, what it handed on, its marking and its observers go with it. Raises `NotFound`."""
    sign_out_observers(connection, encounter_id)
    sign_out_markers(connection, encounter_id)
    if not connection.execute(delete(encounters).where(encounters.c.id == encounter_id)).rowcount:
        raise NotFound("There is no such encounter.")


def _info(row: Any) -> EncounterInfo:
    return EncounterInfo(row.id, row.owner, row.case_id, row.version, row.portrayal, row.created_at, row.ended)
