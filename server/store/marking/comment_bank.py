"""Comments that graders use again: their own, and those of a course."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select

from server.core.errors import Conflict, NotFound
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import kept_lists
from server.store.sql.texts import from_json, to_json

KIND = "comments"
MOST = 300
"""Of one owner."""


@dataclass(frozen=True)
class BankComment:
    id: str
    owner: str
    """A person, or a course."""
    text: str
    dimension: str = ""
    """Of a rubric, where it is for one; empty: for any."""


class CommentBank:
    """The comments of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, owners: Iterable[str]) -> list[BankComment]:
        """Oldest first."""
        wanted = sorted(set(owners))
        return await self._database.read(lambda connection: comments_of(connection, wanted))

    async def add(self, owner: str, text: str, dimension: str = "") -> BankComment:
        """The same once more changes nothing. Raises `Conflict` when there are as many as may be."""
        made = BankComment(f"com_{secrets.token_urlsafe(16)}", owner, text, dimension)
        return await self._database.write(lambda connection: add_comment(connection, made))

    async def drop(self, owners: Iterable[str], comment_id: str) -> None:
        """Raises `NotFound`, also for one that is none of these owners'."""
        wanted = sorted(set(owners))
        await self._database.write(lambda connection: drop_comment(connection, wanted, comment_id))


def comments_of(connection: Connection, owners: Iterable[str]) -> list[BankComment]:
    query = select(kept_lists).where(kept_lists.c.kind == KIND, kept_lists.c.owner.in_(owners))
    return [_comment(row) for row in connection.execute(query.order_by(kept_lists.c.made_at, kept_lists.c.id))]


def add_comment(connection: Connection, made: BankComment) -> BankComment:
    here = comments_of(connection, [made.owner])
    for each in here:
        if (each.text, each.dimension) == (made.text, made.dimension):
            return each
    if len(here) >= MOST:
        raise Conflict(f"There are {MOST} comments already.", code="comments_full", mend="Delete some of them.")
    body = to_json({"text": made.text, "dimension": made.dimension})
    row = {"id": made.id, "owner": made.owner, "kind": KIND, "body": body, "made_at": utc_now()}
    connection.execute(insert(kept_lists), row)
    return made


def drop_comment(connection: Connection, owners: Iterable[str], comment_id: str) -> None:
    theirs = (kept_lists.c.id == comment_id, kept_lists.c.kind == KIND, kept_lists.c.owner.in_(owners))
    if not connection.execute(delete(kept_lists).where(*theirs)).rowcount:
        raise NotFound("There is no such comment of yours.", code="comment_not_found")


def _comment(row: Row[Any]) -> BankComment:
    return BankComment(row.id, row.owner, **from_json(row.body))
