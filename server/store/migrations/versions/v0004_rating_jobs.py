"""What a rating model has still to read, and what it has answered so far.

There is no way back: restore a backup.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "rating_jobs",
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("rubric_digest", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False, comment="waiting, rated, or needs_person"),
        sa.Column("why", sa.String(64), nullable=False, comment="code of what kept it from being rated; else empty"),
        sa.Column("wanted", sa.Integer, nullable=False, comment="how often; a job is done for the last time only"),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False, comment="not to be tried before"),
        sa.Column("held_until", MOMENT, comment="a process is at it; null: none"),
        sa.Column("question", sa.String(64), nullable=False, comment="digest of what the answers answer"),
        sa.Column("answers", sa.Text, nullable=False, comment="as JSON"),
        sa.PrimaryKeyConstraint("encounter_id", "rubric_digest", name="pk_rating_jobs"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_rating_jobs_encounter_id_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_rating_jobs_state", "rating_jobs", ["state", "due_at"])
