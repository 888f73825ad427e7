"""Scorecards: every one that was ever made stays. The last signed one counts; while none is signed, the last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from server.store.clock import utc_now
from server.store.tables import encounters, scorecards
from server.store.texts import from_json, to_json


def add_scorecard(connection: Connection, encounter_id: str, rubric_digest: str, card: dict[str, Any]) -> None:
    """Keep `card` as the newest, unless the newest says the same."""
    body = to_json(card)
    last = connection.execute(_first(encounter_id, scorecards.c.id.desc())).first()
    if last is None or last.body != body:
        row = {"encounter_id": encounter_id, "rubric_digest": rubric_digest, "status": card["status"], "body": body}
        connection.execute(insert(scorecards), {**row, "created_at": utc_now()})


def newest_scorecard(connection: Connection, encounter_id: str) -> dict[str, Any] | None:
    """The one that counts; None when there is none. A draft made after a person has signed takes nothing from them."""
    signed_first = (scorecards.c.status == "signed").desc()
    row = connection.execute(_first(encounter_id, signed_first, scorecards.c.id.desc())).first()
    return None if row is None else from_json(row.body)


def all_scorecards(connection: Connection, encounter_id: str) -> list[dict[str, Any]]:
    """The history, oldest first."""
    query = select(scorecards.c.body).where(scorecards.c.encounter_id == encounter_id).order_by(scorecards.c.id)
    return [from_json(body) for body in connection.execute(query).scalars()]


def without_scorecard(connection: Connection) -> list[str]:
    """Ids of encounters that ended and have no scorecard."""
    query = select(encounters.c.id).where(encounters.c.ended != "")
    return list(connection.execute(query.where(encounters.c.id.not_in(select(scorecards.c.encounter_id)))).scalars())


def _first(encounter_id: str, *order: ColumnElement[Any]) -> Any:
    return select(scorecards.c.body).where(scorecards.c.encounter_id == encounter_id).order_by(*order).limit(1)
