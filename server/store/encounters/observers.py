"""Who may watch an encounter beside its learner, and the rubric that they filled in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from server.core.errors import Conflict, NotFound
from server.store.encounters.guests import drop_guest, find_guest, guests_of, note_guest_joined, sign_out_guests
from server.store.sql.clock import utc_now
from server.store.sql.tables import observers
from server.store.sql.texts import from_json, to_json

OBSERVER = "observer:"
"""Before an observer's id this is the owner of their sign-in."""
WATCHES, CUES = "obs_", "obc_"
"""How the id of an observer begins who may watch, and of one who may bring moments forward as well."""
MOST_OBSERVERS = 5
"""Invitations that may stand at once for one encounter."""


@dataclass(frozen=True)
class Observer:
    """One person who watches one encounter."""

    id: str
    encounter_id: str
    invited_at: datetime
    joined_at: datetime | None
    """None while the invitation waits."""
    sheet: dict[str, Any] | None
    """What they filled in, JSON-ready."""
    filled_at: datetime | None
    seen_at: datetime | None
    """When they saw the scorecard; their sheet is closed from then on."""

    @property
    def may_cue(self) -> bool:
        """Their invitation said that they may bring moments forward."""
        return self.id.startswith(CUES)


def add_observer(connection: Connection, observer_id: str, encounter_id: str) -> None:
    """Raises `Conflict` when there are as many as may be."""
    query = select(func.count()).select_from(observers).where(observers.c.encounter_id == encounter_id)
    if connection.execute(query).scalar_one() >= MOST_OBSERVERS:
        raise Conflict(
            f"{MOST_OBSERVERS} observers are invited already.", code="observers_full", mend="Take one invitation back."
        )
    row = {"id": observer_id, "encounter_id": encounter_id, "invited_at": utc_now(), "sheet": ""}
    connection.execute(insert(observers), row)


def find_observer(connection: Connection, observer_id: str) -> Observer | None:
    """None when there never was one, or it was taken back."""
    row = find_guest(connection, observers, observer_id)
    return None if row is None else _observer(row)


def observers_of(connection: Connection, encounter_id: str) -> list[Observer]:
    """In the order of their invitations."""
    return [_observer(row) for row in guests_of(connection, observers, encounter_id)]


def note_joined(connection: Connection, observer_id: str) -> None:
    """The first time that they come."""
    note_guest_joined(connection, observers, observer_id)


def put_sheet(connection: Connection, observer_id: str, sheet: dict[str, Any]) -> Observer:
    """Replace what they filled in. Raises `NotFound`, and `Conflict` once they have seen the scorecard."""
    found = _present(connection, observer_id)
    if found.seen_at is not None:
        raise Conflict("You have seen the scorecard, so yours stays as it is.", code="observation_closed")
    change = update(observers).where(observers.c.id == observer_id)
    connection.execute(change.values(sheet=to_json(sheet), filled_at=utc_now()))
    return _present(connection, observer_id)


def close_sheet(connection: Connection, observer_id: str) -> Observer:
    """They are about to see the scorecard. Raises `NotFound`, and `Conflict` while theirs is empty."""
    found = _present(connection, observer_id)
    if found.sheet is None:
        mend = "PUT it to this encounter's /observations."
        raise Conflict("Fill in the rubric first; then you may compare.", code="observation_first", mend=mend)
    change = update(observers).where(observers.c.id == observer_id, observers.c.seen_at.is_(None))
    connection.execute(change.values(seen_at=utc_now()))
    return _present(connection, observer_id)


def drop_observer(connection: Connection, encounter_id: str, observer_id: str) -> None:
    """Take an invitation back, with its sheet and its sign-in. Raises `NotFound`."""
    drop_guest(connection, observers, encounter_id, observer_id, "observer")
    sign_out_guests(connection, [OBSERVER + observer_id])


def sign_out_observers(connection: Connection, encounter_id: str) -> None:
    """End the sign-ins of everybody who watches an encounter."""
    sign_out_guests(connection, [OBSERVER + each.id for each in observers_of(connection, encounter_id)])


def _present(connection: Connection, observer_id: str) -> Observer:
    found = find_observer(connection, observer_id)
    if found is None:
        raise NotFound("There is no such observer.")
    return found


def _observer(row: Row[Any]) -> Observer:
    sheet = from_json(row.sheet) if row.sheet else None
    return Observer(
        row.id, row.encounter_id, row.invited_at, row.joined_at, sheet, row.filled_at, row.seen_at
    )  # fmt: skip
