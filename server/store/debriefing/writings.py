"""What a learner wrote after an encounter: for themselves, kept beside it, and erased with it.

One row for each kind and what it is about; writing it again replaces it, and an empty text takes it away.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from server.core.errors import NotFound
from server.store.sql.clock import utc_now
from server.store.sql.tables import encounters, writings
from server.store.sql.texts import from_json, to_json


@dataclass(frozen=True)
class Writing:
    """One text of a learner's."""

    encounter_id: str
    kind: str
    about: str
    """What it answers or belongs to; empty where its kind says that already."""
    text: str
    written_at: datetime


def put_writing(connection: Connection, encounter_id: str, kind: str, about: str, text: str) -> None:
    """Keep `text` in place of what stood there. Raises `NotFound` for an encounter that is not there."""
    known = connection.execute(select(encounters.c.id).where(encounters.c.id == encounter_id)).first()
    if known is None:
        raise NotFound("There is no such encounter.")
    row = _row(connection, encounter_id, kind, about)
    if row is not None and not text:
        connection.execute(delete(writings).where(writings.c.id == row.id))
    elif row is not None and _writing(row).text != text:
        change = {"body": _body(about, text), "written_at": utc_now()}
        connection.execute(update(writings).where(writings.c.id == row.id).values(change))
    elif row is None and text:
        fresh = {"encounter_id": encounter_id, "kind": kind, "body": _body(about, text), "written_at": utc_now()}
        connection.execute(insert(writings), fresh)


def writings_of(connection: Connection, encounter_id: str) -> list[Writing]:
    """All of one encounter, in the order in which they were begun."""
    query = select(writings).where(writings.c.encounter_id == encounter_id).order_by(writings.c.id)
    return [_writing(row) for row in connection.execute(query)]


def newest_writing(connection: Connection, owner: str, kind: str) -> Writing | None:
    """The last of its kind that somebody wrote, whatever the encounter; None where there is none."""
    mine = select(writings).join(encounters, encounters.c.id == writings.c.encounter_id)
    query = mine.where(encounters.c.owner == owner, writings.c.kind == kind)
    row = connection.execute(query.order_by(writings.c.written_at.desc(), writings.c.id.desc()).limit(1)).first()
    return None if row is None else _writing(row)


def _row(connection: Connection, encounter_id: str, kind: str, about: str) -> Any:
    query = select(writings).where(writings.c.encounter_id == encounter_id, writings.c.kind == kind)
    return next((row for row in connection.execute(query) if from_json(row.body)["about"] == about), None)


def _body(about: str, text: str) -> str:
    return to_json({"about": about, "text": text})


def _writing(row: Any) -> Writing:
    body = from_json(row.body)
    return Writing(row.encounter_id, row.kind, body["about"], body["text"], row.written_at)
