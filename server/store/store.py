"""`Store`: everything the rest of the house may ask of the database. Fills the port `EventLog` of `server.live`."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from server.core.case import Case
from server.core.events import Event, Opened
from server.core.log import Entry
from server.store.audit import Audit
from server.store.boards import (
    Board,
    add_board,
    boards_of,
    drop_board,
    find_board,
    find_board_by_code,
    set_code,
    set_open,
)
from server.store.carried import Carried, CarriedItem, find_carried, keep_carried, put_back
from server.store.cases import read_case
from server.store.courses import Courses
from server.store.database import Database, open_engines
from server.store.encounters import (
    EncounterInfo,
    create_encounter,
    find_encounter,
    left_alone,
    mark_ended,
    not_ended,
    owned_by,
)
from server.store.event_log import StoredEntry, append_entries, digest_of, read_entries, stored_entries
from server.store.markers import Marker, add_marker, find_marker, markers_of, note_marker_joined
from server.store.marks import Decide, KeptStep, steps_of, take_step
from server.store.observers import (
    Observer,
    add_observer,
    close_sheet,
    drop_observer,
    find_observer,
    note_joined,
    observers_of,
    put_sheet,
)
from server.store.people import People
from server.store.posts import Post, add_post, drop_post, find_post, post_counts, posts_of
from server.store.rating_jobs import (
    Outcome,
    RatingJob,
    end_rating,
    keep_answers,
    next_due,
    put_off_rating,
    ratings_of,
    release_rating,
    release_ratings,
    take_rating,
    want_rating,
)
from server.store.retries import RetryInfo, create_retry, erase_with_retries, firsts_of, retries_of
from server.store.scorecards import (
    add_scorecard,
    all_scorecards,
    newest_scorecard,
    scorecards_of_case,
    without_scorecard,
)
from server.store.sign_ins import SignInKind, add_sign_in, find_sign_in, take_sign_in
from server.store.writings import Writing, newest_writing, put_writing, writings_of


class Store:
    """One open database. Every method raises `StoreError` when the database fails; a write then stored nothing."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)
        self.people = People(database)
        self.courses = Courses(database)

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

    # marking

    async def add_marker(self, marker_id: str, encounter_id: str, name: str) -> Marker:
        """Raises `Conflict` when there are as many as may be, or one of that name."""
        return await self.database.write(lambda connection: add_marker(connection, marker_id, encounter_id, name))

    async def marker(self, marker_id: str) -> Marker | None:
        """None when there never was one, or it was taken back."""
        return await self.database.read(lambda connection: find_marker(connection, marker_id))

    async def markers(self, encounter_id: str) -> list[Marker]:
        """Everybody who is invited to mark, in order."""
        return await self.database.read(lambda connection: markers_of(connection, encounter_id))

    async def note_marker_joined(self, marker_id: str) -> None:
        """The first time that a marker comes."""
        await self.database.write(lambda connection: note_marker_joined(connection, marker_id))

    async def marking_steps(self, encounter_id: str) -> list[KeptStep]:
        """The history of the marking, oldest first. Raises `StoreError` for what another version wrote."""
        return await self.database.read(lambda connection: steps_of(connection, encounter_id))

    async def take_marking_step(self, encounter_id: str, decide: Decide) -> list[KeptStep]:
        """`decide` and write as one. Returns the whole history. Raises `NotFound` and whatever `decide` raises."""
        return await self.database.write(lambda connection: take_step(connection, encounter_id, decide))

    # rating by a model

    async def want_rating(self, encounter_id: str, rubric_digest: str, now: datetime) -> None:
        """From now on it waits to be rated by a model; what was answered before is kept."""
        await self.database.write(lambda connection: want_rating(connection, encounter_id, rubric_digest, now))

    async def take_rating(self, now: datetime) -> RatingJob | None:
        """Hold the one that has waited longest; None where none is due, or others hold what is."""
        return await self.database.write(lambda connection: take_rating(connection, now))

    async def keep_answers(self, job: RatingJob, question: str, answers: dict[str, Any], now: datetime) -> bool:
        """Keep what was answered so far, and go on holding it. False where it was erased in the meantime."""
        return await self.database.write(lambda connection: keep_answers(connection, job, question, answers, now))

    async def end_rating(self, job: RatingJob, outcome: Outcome, why: str = "") -> None:
        """Done; wanted again meanwhile, it goes on waiting."""
        await self.database.write(lambda connection: end_rating(connection, job, outcome, why))

    async def put_off_rating(self, job: RatingJob, why: str, due_at: datetime) -> None:
        """One more try has failed; not before `due_at` again."""
        await self.database.write(lambda connection: put_off_rating(connection, job, why, due_at))

    async def release_rating(self, job: RatingJob) -> None:
        """Let go of it as it is."""
        await self.database.write(lambda connection: release_rating(connection, job))

    async def release_ratings(self) -> None:
        """Let go of all: for a database of which this is the only process."""
        await self.database.write(release_ratings)

    async def ratings_of(self, encounter_id: str) -> list[RatingJob]:
        """What became of each rating by a model that was ever wanted."""
        return await self.database.read(lambda connection: ratings_of(connection, encounter_id))

    async def next_rating_due(self) -> datetime | None:
        """When the next is to be looked at; None where none waits."""
        return await self.database.read(next_due)

    # what a learner writes afterwards

    async def put_writing(self, encounter_id: str, kind: str, about: str, text: str) -> None:
        """Keep `text` in place of what stood there; an empty one takes it away. Raises `NotFound`."""
        await self.database.write(lambda connection: put_writing(connection, encounter_id, kind, about, text))

    async def writings(self, encounter_id: str) -> list[Writing]:
        """All of one encounter, in the order in which they were begun."""
        return await self.database.read(lambda connection: writings_of(connection, encounter_id))

    async def newest_writing(self, owner: str, kind: str) -> Writing | None:
        """The last of its kind that somebody wrote, whatever the encounter."""
        return await self.database.read(lambda connection: newest_writing(connection, owner, kind))

    # a moment taken up again

    async def create_retry(self, case: Case, log: Sequence[tuple[Event, int]], owner: str) -> None:
        """A new encounter whose log begins with `log`, which says first what it takes up again."""
        await self.database.write(lambda connection: create_retry(connection, case, log, owner))

    async def retries(self, encounter_id: str) -> list[RetryInfo]:
        """Of one encounter, oldest first."""
        return await self.database.read(lambda connection: retries_of(connection, encounter_id))

    async def firsts_of(self, encounter_ids: Sequence[str]) -> dict[str, str]:
        """Of these encounters, those that are retries, with what each goes back to."""
        return await self.database.read(lambda connection: firsts_of(connection, encounter_ids))

    # reflection boards

    async def add_board(self, board: Board) -> None:
        """Raises `Conflict` when its owner has as many as may be."""
        await self.database.write(lambda connection: add_board(connection, board))

    async def board(self, board_id: str) -> Board | None:
        """None when there never was one, or it was deleted."""
        return await self.database.read(lambda connection: find_board(connection, board_id))

    async def board_by_code(self, digest: str) -> Board | None:
        """The board whose code has this hash, open or closed."""
        return await self.database.read(lambda connection: find_board_by_code(connection, digest))

    async def boards(self, owner: str) -> list[Board]:
        """Newest first."""
        return await self.database.read(lambda connection: boards_of(connection, owner))

    async def open_board(self, board_id: str, to: bool) -> Board:
        """Open it, or close it. Raises `NotFound`."""
        return await self.database.write(lambda connection: set_open(connection, board_id, to))

    async def put_board_code(self, board_id: str, digest: str) -> Board:
        """In place of the one before. Raises `NotFound`."""
        return await self.database.write(lambda connection: set_code(connection, board_id, digest))

    async def drop_board(self, board_id: str) -> None:
        """With every post, so that no byte is left; its members are signed out. Raises `NotFound`."""
        await self.database.write(lambda connection: drop_board(connection, board_id))
        await self.database.scrub()

    async def add_post(self, post: Post) -> None:
        """Raises `NotFound` for what it stands on, `Conflict` where the board is closed or full."""
        await self.database.write(lambda connection: add_post(connection, post))

    async def post(self, board_id: str, post_id: str) -> Post | None:
        """None when it is not on this board, or was taken back."""
        return await self.database.read(lambda connection: find_post(connection, board_id, post_id))

    async def posts(self, board_id: str) -> list[Post]:
        """Oldest first."""
        return await self.database.read(lambda connection: posts_of(connection, board_id))

    async def post_counts(self, owner: str) -> dict[str, int]:
        """By board of this owner; a board without a post is not among them."""
        return await self.database.read(lambda connection: post_counts(connection, owner))

    async def drop_post(self, board_id: str, post_id: str, author: str | None) -> None:
        """Take it back with the answers to it, so that no byte is left; None: whoever wrote it. Raises `NotFound`."""
        await self.database.write(lambda connection: drop_post(connection, board_id, post_id, author))
        await self.database.scrub()
