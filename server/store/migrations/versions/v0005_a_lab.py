"""A lab: accounts, courses and assignments, cases being written, remarks, tasks, and the audit.

There is no way back: restore a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ID = sa.String(64)


def upgrade() -> None:
    """Make the tables, room by room."""
    _people()
    _courses()
    _assignments()
    _grading()
    _authoring()
    _house()


def _people() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", ID, nullable=False),
        sa.Column("sign_in", sa.Text, nullable=False, comment="the name they sign in with, folded"),
        sa.Column("name", sa.Text, nullable=False, comment="as others see them; empty once erased"),
        sa.Column("roles", sa.Text, nullable=False, comment="with spaces between"),
        sa.Column("password", sa.Text, nullable=False, comment="argon2id; empty until they chose one"),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("time_percent", sa.Integer, nullable=False, comment="time accommodation: 100 is none"),
        sa.Column("body", sa.Text, nullable=False, comment="what they said of themselves, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, comment="last signed in; null: never"),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("sign_in", name="uq_accounts_sign_in"),
    )
    op.create_table(
        "failed_sign_ins",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("who", ID, nullable=False, comment="SHA-256 of the name that was tried"),
        sa.Column("whence", ID, nullable=False, comment="SHA-256 of the address it came from"),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_failed_sign_ins"),
    )
    op.create_index("ix_failed_sign_ins_who", "failed_sign_ins", ["who", "at"])


def _courses() -> None:
    op.create_table(
        "courses",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False, comment="who made it"),
        sa.Column("body", sa.Text, nullable=False, comment="title, retention and the rest, as JSON"),
        sa.Column("open", sa.Boolean, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_courses"),
    )
    op.create_table(
        "course_people",
        sa.Column("course_id", ID, nullable=False),
        sa.Column("person", ID, nullable=False, comment="an account's id, or the owner of the installation"),
        sa.Column("part", sa.String(16), nullable=False, comment="learner or staff"),
        sa.Column("body", sa.Text, nullable=False, comment="group and accommodations of this course, as JSON"),
        sa.Column("added_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("course_id", "person", name="pk_course_people"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_course_people_course_id_courses", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_course_people_person", "course_people", ["person", "part"])


def _assignments() -> None:
    op.create_table(
        "assignments",
        sa.Column("id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="case, mode, window, release and the rest, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses.id"], name="fk_assignments_course_id_courses", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_assignments_course_id", "assignments", ["course_id"])
    op.create_table(
        "attempts",
        sa.Column("encounter_id", ID, nullable=False),
        sa.Column("assignment_id", ID, nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("number", sa.Integer, nullable=False, comment="1 for the first"),
        sa.Column("body", sa.Text, nullable=False, comment="feedback arm and what came of it, as JSON"),
        sa.Column("released_at", MOMENT, comment="its marks are the learner's to see; null: not yet, or not by hand"),
        sa.Column("held", sa.Boolean, nullable=False, comment="no retention rule erases it"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("encounter_id", name="pk_attempts"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_attempts_encounter_id_encounters", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assignment_id"], ["assignments.id"], name="fk_attempts_assignment_id_assignments", ondelete="CASCADE"
        ),
    )
    op.create_index("uq_attempts_assignment_id", "attempts", ["assignment_id", "learner", "number"], unique=True)
    op.create_table(
        "shares",
        sa.Column("encounter_id", ID, nullable=False),
        sa.Column("course_id", ID, nullable=False),
        sa.Column("shared_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("encounter_id", "course_id", name="pk_shares"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_shares_encounter_id_encounters", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["course_id"], ["courses.id"], name="fk_shares_course_id_courses", ondelete="CASCADE"),
    )
    op.create_index("ix_shares_course_id", "shares", ["course_id"])


def _grading() -> None:
    op.create_table(
        "remarks",
        sa.Column("id", ID, nullable=False),
        sa.Column("encounter_id", ID, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="bookmark, note or flag"),
        sa.Column("body", sa.Text, nullable=False, comment="turn, time and words, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remarks"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_remarks_encounter_id_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_remarks_encounter_id", "remarks", ["encounter_id"])
    op.create_table(
        "kept_lists",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False, comment="comments or playlist"),
        sa.Column("body", sa.Text, nullable=False, comment="as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_kept_lists"),
    )
    op.create_index("ix_kept_lists_owner", "kept_lists", ["owner"])


def _authoring() -> None:
    op.create_table(
        "case_files",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("case_id", sa.Text, nullable=False, comment="as its text says; empty while it cannot be read"),
        sa.Column("status", sa.String(16), nullable=False, comment="draft, in_review, approved, published or retired"),
        sa.Column(
            "edition",
            sa.Integer,
            nullable=False,
            comment="how often its text was changed; whoever edits names the last",
        ),
        sa.Column("text", sa.Text, nullable=False, comment="the YAML, to the letter"),
        sa.Column("body", sa.Text, nullable=False, comment="title and who may edit, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_files"),
    )
    op.create_index("ix_case_files_owner", "case_files", ["owner"])
    op.create_table(
        "case_editions",
        sa.Column("file_id", ID, nullable=False),
        sa.Column("edition", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column(
            "step", sa.String(16), nullable=False, comment="saved, submitted, approved, refused, published or retired"
        ),
        sa.Column("text", sa.Text, nullable=False, comment="the YAML, to the letter"),
        sa.Column("digest", ID, nullable=False, comment="of the case that it makes; empty where it makes none"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("file_id", "edition", name="pk_case_editions"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["case_files.id"], name="fk_case_editions_file_id_case_files", ondelete="CASCADE"
        ),
    )
    op.create_table(
        "case_remarks",
        sa.Column("id", ID, nullable=False),
        sa.Column("file_id", ID, nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="where in the file, and words, as JSON"),
        sa.Column("settled", sa.Boolean, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_remarks"),
        sa.ForeignKeyConstraint(
            ["file_id"], ["case_files.id"], name="fk_case_remarks_file_id_case_files", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_case_remarks_file_id", "case_remarks", ["file_id"])


def _house() -> None:
    op.create_table(
        "tasks",
        sa.Column("id", ID, nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.Text, nullable=False, comment="id of what it works on"),
        sa.Column("state", sa.String(16), nullable=False, comment="waiting, running, done, failed or stopped"),
        sa.Column("done", sa.Integer, nullable=False, comment="steps"),
        sa.Column("of", sa.Integer, nullable=False, comment="steps; 0: not known yet"),
        sa.Column("body", sa.Text, nullable=False, comment="what came of it, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("moved_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
    )
    op.create_index("ix_tasks_owner", "tasks", ["owner"])
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("action", sa.String(48), nullable=False),
        sa.Column("subject", sa.Text, nullable=False, comment="id of what it was done to"),
        sa.Column("body", sa.Text, nullable=False, comment="old and new values, as JSON; never words of an encounter"),
        sa.Column("before", ID, nullable=False, comment="hash of the row before"),
        sa.Column("hash", ID, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit"),
    )
    op.create_table(
        "house_rules",
        sa.Column("name", sa.String(48), nullable=False, comment="freeze, notices and the like"),
        sa.Column("body", sa.Text, nullable=False, comment="as JSON"),
        sa.Column("changed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_house_rules"),
    )
