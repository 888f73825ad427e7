"""`Store`: everything the rest of the house may ask of the database. Fills the port `EventLog` of `server.live`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.core.case import Case
from server.core.events import Opened
from server.core.log import Entry
from server.store.cases import read_case
from server.store.database import Database, open_engines
from server.store.encounters import (
    EncounterInfo,
    create_encounter,
    delete_encounter,
    find_encounter,
    left_alone,
    mark_ended,
    not_ended,
    owned_by,
)
from server.store.event_log import append_entries, digest_of, read_entries
from server.store.scorecards import add_scorecard, all_scorecards, newest_scorecard, without_scorecard
from server.store.sign_ins import SignInKind, add_sign_in, find_sign_in, take_sign_in


class Store:
    """One open database. Every method raises `StoreError` when the database fails; a write then stored nothing."""

    def __init__(self, database: Database) -> None:
        self.database = database

    @classmethod
    async def open(cls, url: str, *, reading: bool = False) -> Store:
        """Open `sqlite:////folder/file` or `postgresql://…`, made or migrated first. Raises `SetupError`.

        With `reading` nothing is made, changed or locked, so it may be done beside a running server.
        """
        return cls(Database(await asyncio.to_thread(open_engines, url, reading=reading)))

    async def close(self) -> None:
        """Finish what was begun and let go of the database. May be called twice."""
        await asyncio.to_thread(self.database.close)

    async def ready(self) -> None:
        """Raises `StoreError` when the database does not answer."""
        await self.database.ready()

    # the log

    async def create(self, case: Case, opened: Opened, owner: str) -> None:
        """A new encounter: pins `case` and writes `opened` as entry 1 at time 0."""
        await self.database.write(lambda connection: create_encounter(connection, case, opened, owner))

    async def append(self, encounter_id: str, entries: Sequence[Entry]) -> None:
        """Commit all of `entries` or none. Raises `NotFound`, and `StoreError` unless they continue the log."""
        await self.database.write(lambda connection: append_entries(connection, encounter_id, entries))

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]:
        """The pinned case and the whole log, in order. Raises `NotFound`."""

        def unit(connection: Connection) -> tuple[Case, list[Entry]]:
            case = read_case(connection, digest_of(connection, encounter_id))
            return case, read_entries(connection, encounter_id)

        return await self.database.read(unit)

    # encounters

    async def info(self, encounter_id: str) -> EncounterInfo:
        """Whose it is and of what case. Raises `NotFound`."""
        return await self.database.read(lambda connection: find_encounter(connection, encounter_id))

    async def list_encounters(self, owner: str, limit: int = 50, offset: int = 0) -> list[EncounterInfo]:
        """Newest first."""
        return await self.database.read(lambda connection: owned_by(connection, owner, limit, offset))

    async def mark_ended(self, encounter_id: str, reason: str) -> None:
        """Note why an encounter ended, so that `unfinished` leaves it out."""
        await self.database.write(lambda connection: mark_ended(connection, encounter_id, reason))

    async def unfinished(self) -> list[str]:
        """Ids of encounters to be driven again at start, oldest first. One that ended unnoticed may be among them."""
        return await self.database.read(not_ended)

    async def left_alone(self, since: datetime) -> list[str]:
        """Ids of unfinished encounters in which nothing has happened after `since`, oldest first."""
        return await self.database.read(lambda connection: left_alone(connection, since))

    async def erase(self, encounter_id: str) -> None:
        """Delete it with its log and scorecards, and leave no byte of it in any file. Raises `NotFound`."""
        await self.database.write(lambda connection: delete_encounter(connection, encounter_id))
        await self.database.scrub()

    # scorecards

    async def put_scorecard(self, encounter_id: str, rubric_digest: str, card: dict[str, Any]) -> None:
        """Keep `card` (JSON-ready, with a `status`) as the newest; older ones stay."""
        await self.database.write(lambda connection: add_scorecard(connection, encounter_id, rubric_digest, card))

    async def get_scorecard(self, encounter_id: str) -> dict[str, Any] | None:
        """The newest; None when there is none."""
        return await self.database.read(lambda connection: newest_scorecard(connection, encounter_id))

    async def scorecards(self, encounter_id: str) -> list[dict[str, Any]]:
        """All that were ever kept, oldest first."""
        return await self.database.read(lambda connection: all_scorecards(connection, encounter_id))

    async def unscored(self) -> list[str]:
        """Ids of encounters that ended and have no scorecard."""
        return await self.database.read(without_scorecard)

    # sign-ins

    async def add_sign_in(self, kind: SignInKind, digest: str, owner: str, now: datetime, expires: datetime) -> None:
        """Keep the hash of a ticket or cookie until `expires`."""
        await self.database.write(lambda connection: add_sign_in(connection, kind, digest, owner, now, expires))

    async def find_sign_in(self, kind: SignInKind, digest: str, now: datetime) -> str | None:
        """Whose it is; None when it is unknown or has expired."""
        return await self.database.read(lambda connection: find_sign_in(connection, kind, digest, now))

    async def take_sign_in(self, kind: SignInKind, digest: str, now: datetime) -> str | None:
        """Whose it is, once: it is gone afterwards."""
        return await self.database.write(lambda connection: take_sign_in(connection, kind, digest, now))
