"""What people call the things that the audit knows by id: accounts, courses, assignments, and whose an encounter is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, select

from server.store.people.accounts import ACCOUNT
from server.store.sql.database import Database
from server.store.sql.tables import encounters
from server.store.sql.tables_of_a_lab import accounts, assignments, courses
from server.store.sql.texts import from_json

REMOVED = "removed user"
"""Who was erased."""
AT_ONCE = 1_000
"""Ids that one question holds: databases limit them."""


async def called(database: Database, ids: Iterable[str]) -> dict[str, str]:
    """By id, those of `ids` that are still there: a person's name, a course's or an assignment's title, the name of
    whose encounter it is. Raises `StoreError`.
    """
    wanted = sorted(set(ids))
    return await database.read(lambda connection: names(connection, wanted))


def names(connection: Connection, wanted: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ids in _in_parts(wanted):
        owners = {row.id: row.owner for row in connection.execute(select(encounters).where(encounters.c.id.in_(ids)))}
        people = _people(connection, {*ids, *owners.values()})
        found |= people | _titles(connection, ids)
        found |= {key: people.get(owner, owner) for key, owner in owners.items()}
    return found


def _people(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = sorted(each for each in ids if each.startswith(ACCOUNT))
    query = select(accounts.c.id, accounts.c.name).where(accounts.c.id.in_(wanted))
    return {row.id: row.name or REMOVED for row in connection.execute(query)}


def _titles(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    wanted = list(ids)
    of_courses = connection.execute(select(courses.c.id, courses.c.body).where(courses.c.id.in_(wanted)))
    titles = {row.id: str(from_json(row.body)["title"]) for row in of_courses}
    asked = connection.execute(select(assignments.c.id, assignments.c.body).where(assignments.c.id.in_(wanted)))
    return titles | {row.id: str(from_json(row.body)["terms"]["title"]) for row in asked}


def _in_parts(wanted: Iterable[str]) -> Iterator[list[str]]:
    every = list(wanted)
    for start in range(0, len(every), AT_ONCE):
        yield every[start : start + AT_ONCE]
