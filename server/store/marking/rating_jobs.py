"""What a rating model has still to read: one row for an encounter and a rubric, taken by one process at a time.

A row is held for a while and held anew with every answer. Whoever held it and died lets it go by letting time pass.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, insert, or_, select, update

from server.store.sql.tables import rating_jobs
from server.store.sql.texts import from_json, to_json

Outcome = Literal["rated", "needs_person"]
HELD_FOR = timedelta(minutes=12)
"""Longer than the longest question with its second attempt may take."""


@dataclass(frozen=True)
class RatingJob:
    """One encounter to be read on one rubric."""

    encounter_id: str
    rubric_digest: str
    state: Literal["waiting", "rated", "needs_person"]
    why: str
    wanted: int
    tries: int
    """Of those that failed, how many."""
    due_at: datetime
    question: str
    """What `answers` are answers to."""
    answers: dict[str, Any]


def want_rating(connection: Connection, encounter_id: str, rubric_digest: str, now: datetime) -> None:
    """From now on it waits to be rated, however often it was; what was answered before is kept."""
    mine = _is(encounter_id, rubric_digest)
    again = {"state": "waiting", "why": "", "wanted": rating_jobs.c.wanted + 1, "tries": 0, "due_at": now}
    if not connection.execute(update(rating_jobs).where(mine).values(again)).rowcount:
        row = {"encounter_id": encounter_id, "rubric_digest": rubric_digest, "state": "waiting", "why": "",
               "wanted": 1, "tries": 0, "due_at": now, "question": "", "answers": "{}"}  # fmt: skip
        connection.execute(insert(rating_jobs), row)


def take_rating(connection: Connection, now: datetime) -> RatingJob | None:
    """Hold the one that has waited longest; None where none is due, or others hold what is."""
    free = or_(rating_jobs.c.held_until.is_(None), rating_jobs.c.held_until <= now)
    due = (rating_jobs.c.state == "waiting") & (rating_jobs.c.due_at <= now) & free
    query = select(rating_jobs).where(due).order_by(rating_jobs.c.due_at, rating_jobs.c.encounter_id).limit(1)
    row = connection.execute(query).first()
    if row is None:
        return None
    mine = _is(row.encounter_id, row.rubric_digest)
    held = update(rating_jobs).where(mine & due).values(held_until=now + HELD_FOR)
    return _job(row) if connection.execute(held).rowcount else None


def keep_answers(connection: Connection, job: RatingJob, question: str, answers: dict[str, Any], now: datetime) -> bool:
    """Keep what was answered so far, and go on holding it. False where it was erased in the meantime."""
    values = {"question": question, "answers": to_json(answers), "held_until": now + HELD_FOR}
    mine = _is(job.encounter_id, job.rubric_digest)
    return bool(connection.execute(update(rating_jobs).where(mine).values(values)).rowcount)


def end_rating(connection: Connection, job: RatingJob, outcome: Outcome, why: str) -> None:
    """Done, and let go; wanted again meanwhile, it goes on waiting."""
    mine = _is(job.encounter_id, job.rubric_digest)
    connection.execute(update(rating_jobs).where(mine).values(held_until=None))
    still = mine & (rating_jobs.c.wanted == job.wanted)
    connection.execute(update(rating_jobs).where(still).values(state=outcome, why=why))


def put_off_rating(connection: Connection, job: RatingJob, why: str, due_at: datetime) -> None:
    """One more try has failed: let go, and not before `due_at` again."""
    values = {"why": why, "tries": job.tries + 1, "due_at": due_at, "held_until": None}
    still = _is(job.encounter_id, job.rubric_digest) & (rating_jobs.c.wanted == job.wanted)
    if not connection.execute(update(rating_jobs).where(still).values(values)).rowcount:
        release_rating(connection, job)


def release_rating(connection: Connection, job: RatingJob) -> None:
    """Let go of it as it is."""
    mine = _is(job.encounter_id, job.rubric_digest)
    connection.execute(update(rating_jobs).where(mine).values(held_until=None))


def release_ratings(connection: Connection) -> None:
    """Let go of all: for a database of which this is the only process."""
    connection.execute(update(rating_jobs).values(held_until=None))


def ratings_of(connection: Connection, encounter_id: str) -> list[RatingJob]:
    """What became of each that was ever wanted."""
    return [
        _job(row) for row in connection.execute(select(rating_jobs).where(rating_jobs.c.encounter_id == encounter_id))
    ]


def next_due(connection: Connection) -> datetime | None:
    """When the next is to be looked at: due, or no longer held by whoever may have died."""
    waiting = select(rating_jobs.c.due_at, rating_jobs.c.held_until).where(rating_jobs.c.state == "waiting")
    times = [max(row.due_at, row.held_until or row.due_at) for row in connection.execute(waiting)]
    return min(times, default=None)


def _is(encounter_id: str, rubric_digest: str) -> ColumnElement[bool]:
    return (rating_jobs.c.encounter_id == encounter_id) & (rating_jobs.c.rubric_digest == rubric_digest)


def _job(row: Any) -> RatingJob:
    return RatingJob(
        row.encounter_id, row.rubric_digest, row.state, row.why, row.wanted, row.tries, row.due_at, row.question,
        from_json(row.answers),
    )  # fmt: skip
