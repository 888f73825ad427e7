"""The tables of a lab: people, courses, cases being written, and what is kept of who did what."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, String, Table, Text

from server.store.sql.table_base import Moment
from server.store.sql.table_base import metadata as metadata
from server.store.sql.tables import encounters

accounts = Table(
    "accounts",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("sign_in", Text, nullable=False, unique=True, comment="the name they sign in with, folded"),
    Column("name", Text, nullable=False, comment="as others see them; empty once erased"),
    Column("roles", Text, nullable=False, comment="with spaces between"),
    Column("password", Text, nullable=False, comment="argon2id; empty until they chose one"),
    Column("active", Boolean, nullable=False),
    Column("time_percent", Integer, nullable=False, comment="time accommodation: 100 is none"),
    Column("body", Text, nullable=False, comment="what they said of themselves, as JSON"),
    Column("made_at", Moment, nullable=False),
    Column("seen_at", Moment, comment="last signed in; null: never"),
)

failed_sign_ins = Table(
    "failed_sign_ins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("who", String(64), nullable=False, comment="SHA-256 of the name that was tried"),
    Column("whence", String(64), nullable=False, comment="SHA-256 of the address it came from"),
    Column("at", Moment, nullable=False),
    Index("ix_failed_sign_ins_who", "who", "at"),
)

courses = Table(
    "courses",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", Text, nullable=False, comment="who made it"),
    Column("body", Text, nullable=False, comment="title, retention and the rest, as JSON"),
    Column("open", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
)

course_people = Table(
    "course_people",
    metadata,
    Column("course_id", ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True),
    Column("person", String(64), primary_key=True, comment="an account's id, or the owner of the installation"),
    Column("part", String(16), nullable=False, comment="learner or staff"),
    Column("body", Text, nullable=False, comment="group and accommodations of this course, as JSON"),
    Column("added_at", Moment, nullable=False),
    Index("ix_course_people_person", "person", "part"),
)

assignments = Table(
    "assignments",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("course_id", ForeignKey("courses.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("body", Text, nullable=False, comment="case, mode, window, release and the rest, as JSON"),
    Column("made_at", Moment, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("encounter_id", ForeignKey(encounters.c.id, ondelete="CASCADE"), primary_key=True),
    Column("assignment_id", ForeignKey("assignments.id", ondelete="CASCADE"), nullable=False),
    Column("learner", Text, nullable=False),
    Column("number", Integer, nullable=False, comment="1 for the first"),
    Column("body", Text, nullable=False, comment="feedback arm and what came of it, as JSON"),
    Column("released_at", Moment, comment="its marks are the learner's to see; null: not yet, or not by hand"),
    Column("held", Boolean, nullable=False, comment="no retention rule erases it"),
    Column("made_at", Moment, nullable=False),
    Index("uq_attempts_assignment_id", "assignment_id", "learner", "number", unique=True),
)

shares = Table(
    "shares",
    metadata,
    Column("encounter_id", ForeignKey(encounters.c.id, ondelete="CASCADE"), primary_key=True),
    Column("course_id", ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("shared_at", Moment, nullable=False),
)

remarks = Table(
    "remarks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("encounter_id", ForeignKey(encounters.c.id, ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("kind", String(16), nullable=False, comment="bookmark, note or flag"),
    Column("body", Text, nullable=False, comment="turn, time and words, as JSON"),
    Column("made_at", Moment, nullable=False),
)

kept_lists = Table(
    "kept_lists",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False, comment="comments or playlist"),
    Column("body", Text, nullable=False, comment="as JSON"),
    Column("made_at", Moment, nullable=False),
)

case_files = Table(
    "case_files",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    Column("case_id", Text, nullable=False, comment="as its text says; empty while it cannot be read"),
    Column("status", String(16), nullable=False, comment="draft, in_review, approved, published or retired"),
    Column("edition", Integer, nullable=False, comment="how often its text was changed; whoever edits names the last"),
    Column("text", Text, nullable=False, comment="the YAML, to the letter"),
    Column("body", Text, nullable=False, comment="title and who may edit, as JSON"),
    Column("made_at", Moment, nullable=False),
    Column("changed_at", Moment, nullable=False),
)

case_editions = Table(
    "case_editions",
    metadata,
    Column("file_id", ForeignKey("case_files.id", ondelete="CASCADE"), primary_key=True),
    Column("edition", Integer, primary_key=True, autoincrement=False),
    Column("author", Text, nullable=False),
    Column("step", String(16), nullable=False, comment="saved, submitted, approved, refused, published or retired"),
    Column("text", Text, nullable=False, comment="the YAML, to the letter"),
    Column("digest", String(64), nullable=False, comment="of the case that it makes; empty where it makes none"),
    Column("made_at", Moment, nullable=False),
)

case_remarks = Table(
    "case_remarks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("file_id", ForeignKey("case_files.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("body", Text, nullable=False, comment="where in the file, and words, as JSON"),
    Column("settled", Boolean, nullable=False),
    Column("made_at", Moment, nullable=False),
)

tasks = Table(
    "tasks",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("owner", Text, nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("about", Text, nullable=False, comment="id of what it works on"),
    Column("state", String(16), nullable=False, comment="waiting, running, done, failed or stopped"),
    Column("done", Integer, nullable=False, comment="steps"),
    Column("of", Integer, nullable=False, comment="steps; 0: not known yet"),
    Column("body", Text, nullable=False, comment="what came of it, as JSON"),
    Column("made_at", Moment, nullable=False),
    Column("moved_at", Moment, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Text, nullable=False),
    Column("action", String(48), nullable=False),
    Column("subject", Text, nullable=False, comment="id of what it was done to"),
    Column("body", Text, nullable=False, comment="old and new values, as JSON; never words of an encounter"),
    Column("before", String(64), nullable=False, comment="hash of the row before"),
    Column("hash", String(64), nullable=False),
)

house_rules = Table(
    "house_rules",
    metadata,
    Column("name", String(48), primary_key=True, comment="freeze, notices and the like"),
    Column("body", Text, nullable=False, comment="as JSON"),
    Column("changed_at", Moment, nullable=False),
)
