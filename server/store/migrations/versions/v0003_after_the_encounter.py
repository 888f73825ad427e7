"""What comes after an encounter: a learner's writings, retries of a moment, marks and who gives them, boards.

There is no way back: restore a backup.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make all six tables."""
    _writings()
    _retries()
    _markers()
    _marks()
    _boards()
    _posts()


def _of_encounter(table: str) -> Any:
    name = f"fk_{table}_encounter_id_encounters"
    return sa.ForeignKeyConstraint(["encounter_id"], ["encounters.id"], name=name, ondelete="CASCADE")


def _writings() -> None:
    op.create_table(
        "writings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="what the learner wrote, as JSON"),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_writings"),
        _of_encounter("writings"),
    )
    op.create_index("ix_writings_encounter_id", "writings", ["encounter_id"])


def _retries() -> None:
    op.create_table(
        "retries",
        sa.Column("encounter_id", sa.String(64), nullable=False, comment="the retry"),
        sa.Column("first_id", sa.String(64), nullable=False, comment="the encounter it goes back to"),
        sa.Column("turn", sa.Text, nullable=False, comment="id of the turn before which it goes on"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("encounter_id", name="pk_retries"),
        _of_encounter("retries"),
        sa.ForeignKeyConstraint(
            ["first_id"], ["encounters.id"], name="fk_retries_first_id_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_retries_first_id", "retries", ["first_id"])


def _markers() -> None:
    op.create_table(
        "markers",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("name", sa.Text, nullable=False, comment="as it stands beside their marks"),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("joined_at", MOMENT, comment="first seen; null: the invitation waits"),
        sa.PrimaryKeyConstraint("id", name="pk_markers"),
        _of_encounter("markers"),
    )
    op.create_index("ix_markers_encounter_id", "markers", ["encounter_id"])


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="one step of the marking, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_marks"),
        _of_encounter("marks"),
    )
    op.create_index("ix_marks_encounter_id", "marks", ["encounter_id"])


def _boards() -> None:
    op.create_table(
        "boards",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="title, prompt and themes, as JSON"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_boards"),
    )


def _posts() -> None:
    op.create_table(
        "posts",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("board_id", sa.String(64), nullable=False),
        sa.Column("author", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="words and follow-up questions, as JSON"),
        sa.Column("posted_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_posts"),
        sa.ForeignKeyConstraint(["board_id"], ["boards.id"], name="fk_posts_board_id_boards", ondelete="CASCADE"),
    )
    op.create_index("ix_posts_board_id", "posts", ["board_id"])
