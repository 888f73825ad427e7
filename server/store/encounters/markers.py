"""Who may mark an encounter: invited by name, each with a link that works once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert

from server.core.errors import Conflict
from server.store.encounters.guests import drop_guest, find_guest, guests_of, note_guest_joined, sign_out_guests
from server.store.sql.clock import utc_now
from server.store.sql.tables import markers

MARKER = "marker:"
"""Before a marker's id this is the owner of their sign-in, and the author of their marks."""
INVITED_BY = "."
"""In a marker's id, between what is random and the account that invited them."""
MOST_MARKERS = 5
"""Invitations that may stand at once for one encounter."""


@dataclass(frozen=True)
class Marker:
    """One person who marks one encounter."""

    id: str
    encounter_id: str
    name: str
    """As it stands beside their marks."""
    invited_at: datetime
    joined_at: datetime | None
    """None while the invitation waits."""

    @property
    def inviter(self) -> str:
        """Whose account invited them; empty: whoever runs this installation."""
        return self.id.partition(INVITED_BY)[2]

    @property
    def author(self) -> str:
        """As they stand in the history."""
        return MARKER + self.id


def add_marker(connection: Connection, marker_id: str, encounter_id: str, name: str) -> Marker:
    """Raises `Conflict` when there are as many as may be, or one of that name."""
    require_room(markers_of(connection, encounter_id), name)
    made = Marker(marker_id, encounter_id, name, utc_now(), None)
    row = {"id": marker_id, "encounter_id": encounter_id, "name": name, "invited_at": made.invited_at}
    connection.execute(insert(markers), row)
    return made


def require_room(here: Sequence[Marker], name: str) -> None:
    """Raises `Conflict` when there are as many as may be, or one of that name."""
    if len(here) >= MOST_MARKERS:
        mend = "Take one invitation back."
        raise Conflict(f"{MOST_MARKERS} people are invited to mark already.", code="markers_full", mend=mend)
    if name.casefold() in {each.name.casefold() for each in here}:
        mend = "Give names that can be told apart."
        raise Conflict("Somebody of that name is invited already.", code="marker_named", mend=mend)


def find_marker(connection: Connection, marker_id: str) -> Marker | None:
    """None when there never was one, or it was taken back."""
    row = find_guest(connection, markers, marker_id)
    return None if row is None else _marker(row)


def markers_of(connection: Connection, encounter_id: str) -> list[Marker]:
    """In the order of their invitations."""
    return [_marker(row) for row in guests_of(connection, markers, encounter_id)]


def note_marker_joined(connection: Connection, marker_id: str) -> None:
    """The first time that they come."""
    note_guest_joined(connection, markers, marker_id)


def drop_marker(connection: Connection, encounter_id: str, marker_id: str) -> None:
    """Take an invitation back, with its sign-in; marks stay in the history. Raises `NotFound`."""
    drop_guest(connection, markers, encounter_id, marker_id, "marker")
    sign_out_guests(connection, [MARKER + marker_id])


def sign_out_markers(connection: Connection, encounter_id: str) -> None:
    """End the sign-ins of everybody who marks an encounter."""
    sign_out_guests(connection, [each.author for each in markers_of(connection, encounter_id)])


def _marker(row: Row[Any]) -> Marker:
    return Marker(row.id, row.encounter_id, row.name, row.invited_at, row.joined_at)
