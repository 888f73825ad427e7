"""Scorecards: every one that was ever made stays. The last signed one counts; while none is signed, the last."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from server.store.sql.clock import utc_now
from server.store.sql.tables import cases, encounters, retries, scorecards
from server.store.sql.texts import from_json, to_json


def add_scorecard(connection: Connection, encounter_id: str, rubric_digest: str, card: dict[str, Any]) -> None:
    """Keep `card` as the newest, unless the newest of the same rater says the same: a draft by rules that is made once
    more takes nothing from a model's that came after it.
    """
    body = to_json(card)
    kept = (each for each in reversed(all_scorecards(connection, encounter_id)) if _by(each) == _by(card))
    if (last := next(kept, None)) is None or to_json(last) != body:
        row = {"encounter_id": encounter_id, "rubric_digest": rubric_digest, "status": card["status"], "body": body}
        connection.execute(insert(scorecards), {**row, "created_at": utc_now()})


def _by(card: dict[str, Any]) -> tuple[str, str]:
    """Its status, and who rated: rules or a model, of whatever version."""
    rater, _, _ = str(card.get("provenance", {}).get("rater", "")).partition("-")
    return card["status"], rater


def newest_scorecard(connection: Connection, encounter_id: str) -> dict[str, Any] | None:
    """The one that counts; None when there is none. A draft made after a person has signed takes nothing from them."""
    signed_first = (scorecards.c.status == "signed").desc()
    row = connection.execute(_first(encounter_id, signed_first, scorecards.c.id.desc())).first()
    return None if row is None else from_json(row.body)


def scorecards_of_case(connection: Connection, case_id: str) -> list[dict[str, Any]]:
    """The one that counts of each encounter that ended, of any version of the case; retries of a moment left out, and
    try-outs by authors.
    """
    query = select(encounters.c.id).join(cases, cases.c.digest == encounters.c.case_digest)
    ended = query.where(cases.c.case_id == case_id, encounters.c.ended != "", encounters.c.portrayal != "tryout")
    found = connection.execute(ended.where(encounters.c.id.not_in(select(retries.c.encounter_id)))).scalars()
    cards = [newest_scorecard(connection, encounter_id) for encounter_id in found]
    return [card for card in cards if card is not None]


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
