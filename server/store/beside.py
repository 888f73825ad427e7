"""What hangs on an encounter beside its log: marks, ratings by a model, writings, retries; and reflection boards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from server.core.case import Case
from server.core.events import Event
from server.store.debriefing.boards import (
    Board,
    add_board,
    boards_of,
    drop_board,
    find_board,
    find_board_by_code,
    set_code,
    set_open,
)
from server.store.debriefing.posts import Post, add_post, drop_post, find_post, post_counts, posts_of
from server.store.debriefing.writings import Writing, newest_writing, put_writing, writings_of
from server.store.encounters.markers import Marker, add_marker, find_marker, markers_of, note_marker_joined
from server.store.encounters.retries import RetryInfo, create_retry, firsts_of, retries_of
from server.store.marking.marks import Decide, KeptStep, steps_of, take_step
from server.store.marking.rating_jobs import (
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
from server.store.sql.database import Database


class Beside:
    """A part of `Store`."""

    database: Database

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
