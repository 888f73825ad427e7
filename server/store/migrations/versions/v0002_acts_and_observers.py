"""What one act hands on to the next, and who may watch an encounter. There is no way back: restore a backup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make both tables."""
    _carried()
    _observers()


def _carried() -> None:
    op.create_table(
        "carried",
        sa.Column("from_encounter", sa.String(64), nullable=False),
        sa.Column("learner", sa.Text, nullable=False),
        sa.Column("to_case", sa.Text, nullable=False, comment="case id of the next act"),
        sa.Column("items", sa.Text, nullable=False, comment="JSON list of id, label, name, value; empty once put back"),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("from_encounter", name="pk_carried"),
        sa.ForeignKeyConstraint(
            ["from_encounter"], ["encounters.id"], name="fk_carried_from_encounter_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_carried_learner", "carried", ["learner", "to_case"])


def _observers() -> None:
    op.create_table(
        "observers",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("invited_at", MOMENT, nullable=False),
        sa.Column("joined_at", MOMENT, comment="first seen; null: the invitation waits"),
        sa.Column("sheet", sa.Text, nullable=False, comment="the filled rubric as JSON; empty while there is none"),
        sa.Column("filled_at", MOMENT),
        sa.Column("seen_at", MOMENT, comment="saw the scorecard, and changes nothing from then on"),
        sa.PrimaryKeyConstraint("id", name="pk_observers"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_observers_encounter_id_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_observers_encounter_id", "observers", ["encounter_id"])
