"""What one act of an unfolding case hands on to the next, kept for the learner who played it, who may put it back.

One row an encounter; the newest of a learner counts. A row whose items were put back stays, empty, so that an encounter
that is looked at again does not hand them on a second time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from server.core.errors import NotFound
from server.store.sql.clock import utc_now
from server.store.sql.tables import carried, encounters
from server.store.sql.texts import from_json, to_json


@dataclass(frozen=True)
class CarriedItem:
    """One thing that the next act knows."""

    id: str
    label: str
    """For the learner, e.g. `How far he trusts you`."""
    name: str
    """Of a number or choice in the next act's state."""
    value: int | str


@dataclass(frozen=True)
class Carried:
    """What one encounter handed on."""

    from_encounter: str
    items: tuple[CarriedItem, ...]
    made_at: datetime


def keep_carried(connection: Connection, encounter_id: str, to_case: str, items: Sequence[CarriedItem]) -> None:
    """Keep what an encounter hands on, once. Raises `NotFound`."""
    learner = connection.execute(select(encounters.c.owner).where(encounters.c.id == encounter_id)).scalar_one_or_none()
    if learner is None:
        raise NotFound("There is no such encounter.")
    known = select(carried.c.from_encounter).where(carried.c.from_encounter == encounter_id)
    if connection.execute(known).first() is None:
        row = {"from_encounter": encounter_id, "learner": learner, "to_case": to_case, "items": _text(items)}
        connection.execute(insert(carried), {**row, "made_at": utc_now()})


def find_carried(connection: Connection, learner: str, to_case: str) -> Carried | None:
    """What the newest encounter of this learner handed on to this case; None where there is none."""
    query = select(carried).where(carried.c.learner == learner, carried.c.to_case == to_case)
    row = connection.execute(query.order_by(carried.c.made_at.desc(), carried.c.from_encounter).limit(1)).first()
    return None if row is None else Carried(row.from_encounter, _items(row.items), row.made_at)


def put_back(connection: Connection, learner: str, to_case: str, item: str = "") -> None:
    """Forget all that was handed on to this case, or one item of it. Raises `NotFound` for an item nobody has."""
    query = select(carried).where(carried.c.learner == learner, carried.c.to_case == to_case)
    found = {row.from_encounter: _items(row.items) for row in connection.execute(query)}
    if item and item not in {each.id for items in found.values() for each in items}:
        raise NotFound("There is no such item.")
    for encounter_id, items in found.items():
        kept = [each for each in items if item and each.id != item]
        change = update(carried).where(carried.c.from_encounter == encounter_id)
        connection.execute(change.values(items=_text(kept)))


def _text(items: Sequence[CarriedItem]) -> str:
    return to_json([asdict(item) for item in items])


def _items(text: str) -> tuple[CarriedItem, ...]:
    return tuple(CarriedItem(**item) for item in from_json(text))
