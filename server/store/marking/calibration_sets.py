"""Transcripts that new graders mark blind first, and what each gave on them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from server.core.errors import Conflict, NotFound
from server.core.marking.steps import Status
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import kept_lists
from server.store.sql.texts import from_json, to_json

GOLD, TRIAL = "gold", "trial"
MOST = 5
"""In the set of one course: what can be marked in an afternoon."""
Given = tuple[Status, int | None]
"""Status and level."""


@dataclass(frozen=True)
class Trial:
    """One grader's levels on one transcript of a set, given before they saw the signed ones."""

    encounter_id: str
    rubric: str
    """SHA-256."""
    lines: Mapping[str, Given]
    made_at: datetime


class CalibrationSets:
    """Of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, course_ids: Sequence[str]) -> dict[str, str]:
        """By encounter: the course in whose set it is."""
        return await self._database.read(lambda connection: gold_of(connection, course_ids))

    async def put(self, course_id: str, encounter_id: str) -> None:
        """The same once more changes nothing. Raises `Conflict` when there are as many as may be."""
        await self._database.write(lambda connection: put_gold(connection, course_id, encounter_id))

    async def drop(self, course_id: str, encounter_id: str) -> None:
        """What was given on it stays. Raises `NotFound`."""
        await self._database.write(lambda connection: drop_gold(connection, course_id, encounter_id))

    async def trials(self, person: str) -> list[Trial]:
        """Of one grader, oldest first."""
        return await self._database.read(lambda connection: trials_of(connection, person))

    async def keep(self, person: str, encounter_id: str, rubric: str, lines: Mapping[str, Given]) -> Trial:
        """Once for each transcript and version of the rubric. Raises `Conflict` the second time."""
        made = Trial(encounter_id, rubric, lines, utc_now())
        await self._database.write(lambda connection: keep_trial(connection, person, made))
        return made


def gold_of(connection: Connection, course_ids: Sequence[str]) -> dict[str, str]:
    query = select(kept_lists).where(kept_lists.c.kind == GOLD, kept_lists.c.owner.in_(course_ids))
    rows = connection.execute(query.order_by(kept_lists.c.made_at, kept_lists.c.id))
    return {from_json(row.body)["encounter_id"]: row.owner for row in rows}


def put_gold(connection: Connection, course_id: str, encounter_id: str) -> None:
    here = gold_of(connection, [course_id])
    if encounter_id in here:
        return
    if len(here) >= MOST:
        mend = "Take one out of it."
        raise Conflict(f"The calibration set has {MOST} transcripts already.", code="set_full", mend=mend)
    _add(connection, course_id, GOLD, {"encounter_id": encounter_id}, utc_now())


def drop_gold(connection: Connection, course_id: str, encounter_id: str) -> None:
    query = select(kept_lists).where(kept_lists.c.kind == GOLD, kept_lists.c.owner == course_id)
    found = [row.id for row in connection.execute(query) if from_json(row.body)["encounter_id"] == encounter_id]
    if not found:
        raise NotFound("It is not in the calibration set.", code="not_in_set")
    connection.execute(delete(kept_lists).where(kept_lists.c.id.in_(found)))


def trials_of(connection: Connection, person: str) -> list[Trial]:
    query = select(kept_lists).where(kept_lists.c.kind == TRIAL, kept_lists.c.owner == person)
    return [_trial(row) for row in connection.execute(query.order_by(kept_lists.c.made_at, kept_lists.c.id))]


def keep_trial(connection: Connection, person: str, made: Trial) -> None:
    before = {(each.encounter_id, each.rubric) for each in trials_of(connection, person)}
    if (made.encounter_id, made.rubric) in before:
        raise Conflict("You have marked this one; your first marks stay.", code="trial_done")
    body = {"encounter_id": made.encounter_id, "rubric": made.rubric, "lines": dict(made.lines)}
    _add(connection, person, TRIAL, body, made.made_at)


def _add(connection: Connection, owner: str, kind: str, body: Mapping[str, Any], at: datetime) -> None:
    row = {"id": f"cal_{secrets.token_urlsafe(16)}", "owner": owner, "kind": kind, "body": to_json(body)}
    connection.execute(insert(kept_lists), {**row, "made_at": at})


def _trial(row: Row[Any]) -> Trial:
    body = from_json(row.body)
    lines = {name: (status, level) for name, (status, level) in body["lines"].items()}
    return Trial(body["encounter_id"], body["rubric"], lines, row.made_at)
