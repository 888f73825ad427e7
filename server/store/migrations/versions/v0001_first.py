"""The first tables: cases, encounters, events, scorecards, sign_ins. There is no way back: restore a backup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make everything."""
    _cases_and_encounters()
    _events()
    _scorecards()
    _sign_ins()


def _cases_and_encounters() -> None:
    op.create_table(
        "cases",
        sa.Column("digest", sa.String(64), nullable=False, comment="SHA-256 of body"),
        sa.Column("case_id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the case as canonical JSON"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_cases"),
    )
    op.create_table(
        "encounters",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("case_digest", sa.String(64), nullable=False),
        sa.Column("portrayal", sa.String(16), nullable=False),
        sa.Column("owner", sa.Text, nullable=False, comment="who may open it"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column(
            "ended", sa.String(16), nullable=False, comment="derived from the log: why it ended; empty while it has not"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_encounters"),
        sa.ForeignKeyConstraint(["case_digest"], ["cases.digest"], name="fk_encounters_case_digest_cases"),
    )
    op.create_index("ix_encounters_owner", "encounters", ["owner", "created_at"])


def _events() -> None:
    op.create_table(
        "events",
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("seq", sa.Integer, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer, nullable=False, comment="EVENT_VERSION that wrote it"),
        sa.Column("kind", sa.String(32), nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the event's fields as JSON"),
        sa.Column("at_ms", sa.BigInteger, nullable=False, comment="encounter time"),
        sa.Column("stored_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("encounter_id", "seq", name="pk_events"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_events_encounter_id_encounters", ondelete="CASCADE"
        ),
        sa.CheckConstraint("seq >= 1", name=op.f("ck_events_seq")),
    )


def _scorecards() -> None:
    op.create_table(
        "scorecards",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("encounter_id", sa.String(64), nullable=False),
        sa.Column("rubric_digest", sa.String(64), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("body", sa.Text, nullable=False, comment="the scorecard as JSON"),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scorecards"),
        sa.ForeignKeyConstraint(
            ["encounter_id"], ["encounters.id"], name="fk_scorecards_encounter_id_encounters", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_scorecards_encounter_id", "scorecards", ["encounter_id"])


def _sign_ins() -> None:
    op.create_table(
        "sign_ins",
        sa.Column(
            "hash", sa.String(64), nullable=False, comment="SHA-256 of the ticket or cookie; the secret is not kept"
        ),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("owner", sa.Text, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name="pk_sign_ins"),
    )
