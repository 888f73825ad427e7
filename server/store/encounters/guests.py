"""What is the same for whoever was invited to one encounter, to watch or to mark it: a row in a table of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, select, update

from server.core.errors import NotFound
from server.store.sql.clock import utc_now
from server.store.sql.tables import sign_ins


def find_guest(connection: Connection, table: Table, guest_id: str) -> Row[Any] | None:
    """None when there never was one, or the invitation was taken back."""
    return connection.execute(select(table).where(table.c.id == guest_id)).first()


def guests_of(connection: Connection, table: Table, encounter_id: str) -> Iterable[Row[Any]]:
    """In the order of their invitations."""
    query = select(table).where(table.c.encounter_id == encounter_id)
    return connection.execute(query.order_by(table.c.invited_at, table.c.id))


def note_guest_joined(connection: Connection, table: Table, guest_id: str) -> None:
    """The first time that they come."""
    row = update(table).where(table.c.id == guest_id, table.c.joined_at.is_(None))
    connection.execute(row.values(joined_at=utc_now()))


def drop_guest(connection: Connection, table: Table, encounter_id: str, guest_id: str, called: str) -> None:
    """Take an invitation back. Raises `NotFound`, with what such a guest is `called`."""
    row = delete(table).where(table.c.id == guest_id, table.c.encounter_id == encounter_id)
    if not connection.execute(row).rowcount:
        raise NotFound(f"There is no such {called}.")


def sign_out_guests(connection: Connection, owners: Iterable[str]) -> None:
    """End the sign-ins of these owners."""
    connection.execute(delete(sign_ins).where(sign_ins.c.owner.in_(list(owners))))
