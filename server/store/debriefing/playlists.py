"""Playlists for a group's debriefing: moments of encounters, in order, with what the group noted to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from server.core.errors import Conflict, NotFound
from server.store.courses.courses import CHANGED
from server.store.sql.clock import utc_now
from server.store.sql.database import Database
from server.store.sql.tables_of_a_lab import kept_lists
from server.store.sql.texts import from_json, to_json

KIND = "playlist"
MOST = 200
"""Of one owner."""


@dataclass(frozen=True)
class Chosen:
    """One moment."""

    id: str
    encounter_id: str
    turn: str
    """Where it stops, until somebody asks what came next."""
    question: str = ""
    """Put to the group; empty: the case's own."""
    notes: str = ""
    """What the group said."""


@dataclass(frozen=True)
class Playlist:
    """One playlist. Of a course, its whole staff has it; else its owner alone."""

    id: str
    owner: str
    """A course, or a person."""
    title: str
    moments: tuple[Chosen, ...] = ()
    notes: str = ""
    """Of the whole debriefing."""
    themes: tuple[str, ...] = ()
    board: str = ""
    """Id of the reflection board that goes with it."""
    edition: int = 1
    """How often it was saved; whoever changes it names the last they saw."""
    made_at: datetime = field(default_factory=utc_now)


class Playlists:
    """The playlists of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, owners: Iterable[str]) -> list[Playlist]:
        """Newest first."""
        wanted = sorted(set(owners))
        return await self._database.read(lambda connection: playlists_of(connection, wanted))

    async def find(self, playlist_id: str) -> Playlist | None:
        """None when there is none."""
        return await self._database.read(lambda connection: find_playlist(connection, playlist_id))

    async def add(self, owner: str, title: str) -> Playlist:
        """Raises `Conflict` when there are as many as may be."""
        made = Playlist(f"pll_{secrets.token_urlsafe(16)}", owner, title)
        await self._database.write(lambda connection: add_playlist(connection, made))
        return made

    async def change(self, playlist_id: str, edition: int, **values: Any) -> Playlist:
        """Raises `NotFound`, and `Conflict` for an edition that is not the last."""
        return await self._database.write(lambda connection: change_playlist(connection, playlist_id, edition, values))

    async def drop(self, playlist_id: str) -> None:
        """With what was noted. Raises `NotFound`."""
        await self._database.write(lambda connection: drop_playlist(connection, playlist_id))


def playlists_of(connection: Connection, owners: Sequence[str]) -> list[Playlist]:
    query = select(kept_lists).where(kept_lists.c.kind == KIND, kept_lists.c.owner.in_(owners))
    return [_playlist(row) for row in connection.execute(query.order_by(kept_lists.c.made_at.desc(), kept_lists.c.id))]


def find_playlist(connection: Connection, playlist_id: str, *, lock: bool = False) -> Playlist | None:
    query = select(kept_lists).where(kept_lists.c.id == playlist_id, kept_lists.c.kind == KIND)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else _playlist(row)


def add_playlist(connection: Connection, made: Playlist) -> None:
    if len(playlists_of(connection, [made.owner])) >= MOST:
        raise Conflict(f"There are {MOST} playlists already.", code="playlists_full", mend="Delete some of them.")
    connection.execute(insert(kept_lists), _row(made))


def change_playlist(connection: Connection, playlist_id: str, edition: int, values: dict[str, Any]) -> Playlist:
    found = find_playlist(connection, playlist_id, lock=True)
    if found is None:
        raise no_playlist()
    if found.edition != edition:
        raise Conflict(CHANGED, code="changed_meanwhile", mend="Open it again; what you typed is still on your page.")
    changed = replace(found, **values, edition=edition + 1)
    connection.execute(update(kept_lists).where(kept_lists.c.id == playlist_id).values(**_row(changed)))
    return changed


def drop_playlist(connection: Connection, playlist_id: str) -> None:
    query = delete(kept_lists).where(kept_lists.c.id == playlist_id, kept_lists.c.kind == KIND)
    if not connection.execute(query).rowcount:
        raise no_playlist()


def no_playlist() -> NotFound:
    """For what is somebody else's too."""
    return NotFound("There is no such playlist.", code="playlist_not_found", mend="GET /api/playlists lists yours.")


def _row(each: Playlist) -> dict[str, Any]:
    head = {"id": each.id, "owner": each.owner, "made_at": each.made_at}
    body = {name: value for name, value in asdict(each).items() if name not in head}
    return head | {"kind": KIND, "body": to_json(body)}


def _playlist(row: Row[Any]) -> Playlist:
    body = from_json(row.body)
    moments = tuple(Chosen(**each) for each in body.pop("moments"))
    return Playlist(row.id, row.owner, moments=moments, themes=tuple(body.pop("themes")), **body, made_at=row.made_at)
