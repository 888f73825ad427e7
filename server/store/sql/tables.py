"""The tables of encounters. Names and constraints are what migrations speak of: both change together (`migrations/`).

The log is append-only: nothing updates or deletes a row of `events` but the erasure of its whole encounter.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, Integer, String, Table, Text

from server.store.sql.table_base import Moment, metadata

cases = Table(
    "cases",
    metadata,
    Column("digest", String(64), primary_key=True, comment="SHA-256 of body"),
    Column("case_id", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("body", Text, nullable=False, comment="the case as canonical JSON"),
    Column("created_at", Moment, nullable=False),
)

encounters = Table(
    "encounters",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("case_digest", ForeignKey("cases.digest"), nullable=False),
    Column("portrayal", String(16), nullable=False),
    Column("owner", Text, nullable=False, comment="who may open it"),
    Column("created_at", Moment, nullable=False),
    Column("ended", String(16), nullable=False, comment="derived from the log: why it ended; empty while it has not"),
    Index("ix_encounters_owner", "owner", "created_at"),
)

events = Table(
    "events",
    metadata,
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False, comment="EVENT_VERSION that wrote it"),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False, comment="the event's fields as JSON"),
    Column("at_ms", BigInteger, nullable=False, comment="encounter time"),
    Column("stored_at", Moment, nullable=False),
    CheckConstraint("seq >= 1", name="seq"),
)

scorecards = Table(
    "scorecards",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("rubric_digest", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("body", Text, nullable=False, comment="the scorecard as JSON"),
    Column("created_at", Moment, nullable=False),
)

carried = Table(
    "carried",
    metadata,
    Column("from_encounter", ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True),
    Column("learner", Text, nullable=False),
    Column("to_case", Text, nullable=False, comment="case id of the next act"),
    Column("items", Text, nullable=False, comment="JSON list of id, label, name, value; empty once put back"),
    Column("made_at", Moment, nullable=False),
    Index("ix_carried_learner", "learner", "to_case"),
)

observers = Table(
    "observers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("invited_at", Moment, nullable=False),
    Column("joined_at", Moment, comment="first seen; null: the invitation waits"),
    Column("sheet", Text, nullable=False, comment="the filled rubric as JSON; empty while there is none"),
    Column("filled_at", Moment),
    Column("seen_at", Moment, comment="saw the scorecard, and changes nothing from then on"),
)

sign_ins = Table(
    "sign_ins",
    metadata,
    Column("hash", String(64), primary_key=True, comment="SHA-256 of the ticket or cookie; the secret is not kept"),
    Column("kind", String(8), nullable=False),
    Column("owner", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

writings = Table(
    "writings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False, comment="what the learner wrote, as JSON"),
    Column("written_at", Moment, nullable=False),
)

retries = Table(
    "retries",
    metadata,
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True, comment="the retry"),
    Column(
        "first_id",
        ForeignKey("encounters.id", ondelete="CASCADE"),
        nullable=False,
        index=True,
        comment="the encounter it goes back to",
    ),
    Column("turn", Text, nullable=False, comment="id of the turn before which it goes on"),
    Column("made_at", Moment, nullable=False),
)

markers = Table(
    "markers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("name", Text, nullable=False, comment="as it stands beside their marks"),
    Column("invited_at", Moment, nullable=False),
    Column("joined_at", Moment, comment="first seen; null: the invitation waits"),
)

marks = Table(
    "marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False, comment="one step of the marking, as JSON"),
    Column("made_at", Moment, nullable=False),
)

boards = Table(
    "boards",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", Text, nullable=False),
    Column("body", Text, nullable=False, comment="title, prompt and themes, as JSON"),
    Column("made_at", Moment, nullable=False),
)

posts = Table(
    "posts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("board_id", ForeignKey("boards.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False, comment="words and follow-up questions, as JSON"),
    Column("posted_at", Moment, nullable=False),
)

rating_jobs = Table(
    "rating_jobs",
    metadata,
    Column("encounter_id", ForeignKey("encounters.id", ondelete="CASCADE"), primary_key=True),
    Column("rubric_digest", String(64), primary_key=True),
    Column("state", String(16), nullable=False, comment="waiting, rated, or needs_person"),
    Column("why", String(64), nullable=False, comment="code of what kept it from being rated; else empty"),
    Column("wanted", Integer, nullable=False, comment="how often; a job is done for the last time only"),
    Column("tries", Integer, nullable=False),
    Column("due_at", Moment, nullable=False, comment="not to be tried before"),
    Column("held_until", Moment, comment="a process is at it; null: none"),
    Column("question", String(64), nullable=False, comment="digest of what the answers answer"),
    Column("answers", Text, nullable=False, comment="as JSON"),
    Index("ix_rating_jobs_state", "state", "due_at"),
)
