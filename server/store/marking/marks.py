"""The steps of marking, append-only: nothing updates or deletes one but the erasure of its whole encounter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from server.core.errors import NotFound, StoreError
from server.core.marking.steps import Made, body_of, kind_of, step_from
from server.store.encounters.markers import Marker, drop_marker, markers_of
from server.store.encounters.scorecards import add_scorecard
from server.store.sql.clock import utc_now
from server.store.sql.tables import encounters, marks
from server.store.sql.texts import from_json, to_json


@dataclass(frozen=True)
class KeptStep:
    """One step as it lies there."""

    number: int
    """Its place in the history, from 1."""
    made: Made
    at: datetime


@dataclass(frozen=True)
class Taken:
    """What is to be written: a step, and where it is a signature the signed scorecard with it."""

    made: Made | None
    """None: nothing new; it stands there already."""
    rubric_digest: str = ""
    card: Callable[[datetime], dict[str, Any]] | None = None
    """Makes the signed scorecard, with the time of the signature."""
    first: Made | None = None
    """A step that goes before it, in the same unit."""
    drop_marker: str = ""
    """Id of a marker whose invitation ends with this step."""


Decide = Callable[[Sequence[KeptStep], Sequence[Marker]], Taken]
"""Looks at all steps and invitations, and decides; raises a `BedsideError` to refuse."""


def steps_of(connection: Connection, encounter_id: str) -> list[KeptStep]:
    """All steps, oldest first."""
    query = select(marks).where(marks.c.encounter_id == encounter_id).order_by(marks.c.id)
    return kept_steps(connection.execute(query))


def kept_steps(rows: Iterable[Row[Any]]) -> list[KeptStep]:
    """Of one encounter, in order. Raises `StoreError` for what another version wrote."""
    return [_kept(number, row) for number, row in enumerate(rows, 1)]


def take_step(connection: Connection, encounter_id: str, decide: Decide) -> list[KeptStep]:
    """Decide and write as one: nobody else marks this encounter in between. Returns all steps. Raises `NotFound`."""
    one = select(encounters.c.id).where(encounters.c.id == encounter_id).with_for_update(key_share=True)
    if connection.execute(one).first() is None:
        raise NotFound("There is no such encounter.")
    before = steps_of(connection, encounter_id)
    taken = decide(before, markers_of(connection, encounter_id))
    now = utc_now()
    if taken.drop_marker:
        drop_marker(connection, encounter_id, taken.drop_marker)
    written = [made for made in (taken.first, taken.made) if made is not None]
    for made in written:
        _write(connection, encounter_id, made, now)
    if taken.card is not None:
        add_scorecard(connection, encounter_id, taken.rubric_digest, taken.card(now))
    return [*before, *(KeptStep(number, made, now) for number, made in enumerate(written, len(before) + 1))]


def _write(connection: Connection, encounter_id: str, made: Made, now: datetime) -> None:
    body = to_json({"name": made.name, "step": body_of(made.step)})
    row = {"encounter_id": encounter_id, "author": made.author, "kind": kind_of(made.step), "body": body}
    connection.execute(insert(marks), {**row, "made_at": now})


def _kept(number: int, row: Row[Any]) -> KeptStep:
    try:
        body = from_json(row.body)
        return KeptStep(number, Made(row.author, body["name"], step_from(row.kind, body["step"])), row.made_at)
    except (ValueError, KeyError, TypeError):
        message = f"Step {number} of the marking cannot be read; another version of Bedside wrote it."
        raise StoreError(message, code="marks_unreadable") from None
