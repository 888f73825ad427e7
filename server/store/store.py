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
from server.store.audit import Audit
from server.store.authoring.authoring import Authoring
from server.store.beside import Beside
from server.store.courses.assignments import Assignments
from server.store.courses.attempts import Attempts
from server.store.courses.courses import Courses
from server.store.courses.shares import Shares
from server.store.courses.staff_steps import StaffSteps
from server.store.debriefing.playlists import Playlists
from server.store.encounters.carried import Carried, CarriedItem, find_carried, keep_carried, put_back
from server.store.encounters.cases import read_case
from server.store.encounters.encounters import (
    EncounterInfo,
    create_encounter,
    find_encounter,
    left_alone,
    mark_ended,
    not_ended,
    owned_by,
)
from server.store.encounters.event_log import StoredEntry, append_entries, digest_of, read_entries, stored_entries
from server.store.encounters.observers import (
    Observer,
    add_observer,
    close_sheet,
    drop_observer,
    find_observer,
    note_joined,
    observers_of,
    put_sheet,
)
from server.store.encounters.retries import erase_with_retries
from server.store.encounters.scorecards import (
    add_scorecard,
    all_scorecards,
    newest_scorecard,
    scorecards_of_case,
    without_scorecard,
)
from server.store.house.retention import Erasure
from server.store.house.rules import HouseRules
from server.store.house.tasks import Tasks
from server.store.house.usage import Usage
from server.store.marking.calibration_sets import CalibrationSets
from server.store.marking.comment_bank import CommentBank
from server.store.marking.grading import Grading
from server.store.marking.remarks import Remarks
from server.store.people.accounts import People
from server.store.people.admissions import Admissions
from server.store.people.own_data import OwnData
from server.store.people.sign_ins import SignInKind, add_sign_in, find_sign_in, take_sign_in
from server.store.sql.database import Database, open_engines


class Store(Beside):
    """One open database. Every method raises `StoreError` when the database fails; a write then stored nothing."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)
        self.grading = Grading(database)
        self.remarks = Remarks(database)
        self.comment_bank = CommentBank(database)
        self.calibration_sets = CalibrationSets(database)
        self.people = People(database)
        self.admissions = Admissions(database)
        self.own_data = OwnData(database)
        self.courses = Courses(database)
        self.assignments = Assignments(database)
        self.attempts = Attempts(database)
        self.staff_steps = StaffSteps(database)
        self.shares = Shares(database)
        self.authoring = Authoring(database)
        self.tasks = Tasks(database)
        self.playlists = Playlists(database)
        self.house = HouseRules(database)
        self.erasure = Erasure(database)
        self.usage = Usage(database)

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

    async def stored(self, encounter_id: str) -> list[StoredEntry]:
        """The log as it lies there, readable also where `read` is not; empty when there is none."""
        return await self.database.read(lambda connection: stored_entries(connection, encounter_id))

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

    async def erase(self, encounter_id: str) -> list[str]:
        """Delete it with all that hangs on it, its retries too, and leave no byte of it in any file.

        Returns the ids of the encounters that are gone, its own first. Raises `NotFound`.
        """
        gone = await self.database.write(lambda connection: erase_with_retries(connection, encounter_id))
        await self.database.scrub()
        return gone

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

    async def cards_of_case(self, case_id: str) -> list[dict[str, Any]]:
        """The scorecard that counts of every encounter of a case that ended, retries left out."""
        return await self.database.read(lambda connection: scorecards_of_case(connection, case_id))

    async def unscored(self) -> list[str]:
        """Ids of encounters that ended and have no scorecard."""
        return await self.database.read(without_scorecard)

    # what one act hands on to the next

    async def put_carried(self, encounter_id: str, to_case: str, items: Sequence[CarriedItem]) -> None:
        """Keep what an encounter hands on; the first time counts. Raises `NotFound`."""
        await self.database.write(lambda connection: keep_carried(connection, encounter_id, to_case, items))

    async def get_carried(self, learner: str, to_case: str) -> Carried | None:
        """What this learner's newest encounter handed on to this case."""
        return await self.database.read(lambda connection: find_carried(connection, learner, to_case))

    async def put_back(self, learner: str, to_case: str, item: str = "") -> None:
        """Forget all of it, or one item. Raises `NotFound` for an item that is not there."""
        await self.database.write(lambda connection: put_back(connection, learner, to_case, item))

    # observers

    async def add_observer(self, observer_id: str, encounter_id: str) -> None:
        """Raises `Conflict` when there are as many as may be."""
        await self.database.write(lambda connection: add_observer(connection, observer_id, encounter_id))

    async def observer(self, observer_id: str) -> Observer | None:
        """None when there never was one, or it was taken back."""
        return await self.database.read(lambda connection: find_observer(connection, observer_id))

    async def observers(self, encounter_id: str) -> list[Observer]:
        """Everybody who is invited to watch, in order."""
        return await self.database.read(lambda connection: observers_of(connection, encounter_id))

    async def note_joined(self, observer_id: str) -> None:
        """The first time that an observer comes."""
        await self.database.write(lambda connection: note_joined(connection, observer_id))

    async def put_sheet(self, observer_id: str, sheet: dict[str, Any]) -> Observer:
        """Replace what an observer filled in. Raises `NotFound`, and `Conflict` once they saw the scorecard."""
        return await self.database.write(lambda connection: put_sheet(connection, observer_id, sheet))

    async def close_sheet(self, observer_id: str) -> Observer:
        """They see the scorecard now. Raises `NotFound`, and `Conflict` while theirs is empty."""
        return await self.database.write(lambda connection: close_sheet(connection, observer_id))

    async def drop_observer(self, encounter_id: str, observer_id: str) -> None:
        """Take an invitation back with all that came of it. Raises `NotFound`."""
        await self.database.write(lambda connection: drop_observer(connection, encounter_id, observer_id))

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
