"""Migrations make exactly the tables that the code speaks of, and all of a step or nothing."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, inspect, select

from server.core.errors import SetupError
from server.store import migrations
from server.store.sql.database import open_engines
from server.store.sql.schema import REVISIONS, migrate
from server.store.sql.tables import sign_ins
from server.store.sql.tables_of_a_lab import metadata

FIRST = ("cases", "encounters", "events", "scorecards", "sign_ins")
"""What the first migration made."""
THEN = datetime(2026, 1, 1, tzinfo=UTC)
SIGNED_IN = {"hash": "0" * 64, "kind": "cookie", "owner": "ann", "created_at": THEN, "expires_at": THEN}


@pytest.fixture
def engine(fresh_url: str) -> Engine:
    """A migrated database, opened a second time without our rules."""
    open_engines(fresh_url).close()
    return create_engine(fresh_url)


def test_the_migrations_make_the_tables(engine: Engine) -> None:
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_every_constraint_has_its_name(engine: Engine) -> None:
    seen = inspect(engine)
    for table in metadata.tables.values():
        assert seen.get_pk_constraint(table.name)["name"] == f"pk_{table.name}"
        for foreign in seen.get_foreign_keys(table.name):
            assert (foreign["name"] or "").startswith(f"fk_{table.name}_")
    assert [check["name"] for check in seen.get_check_constraints("events")] == ["ck_events_seq"]
    engine.dispose()


def test_a_second_start_changes_nothing(fresh_url: str) -> None:
    open_engines(fresh_url).close()
    open_engines(fresh_url).close()


def test_tables_of_an_earlier_version_keep_what_is_in_them(fresh_url: str) -> None:
    open_engines(fresh_url).close()
    engine = create_engine(fresh_url)
    later = [table.name for table in reversed(metadata.sorted_tables) if table.name not in FIRST]
    assert later
    with engine.begin() as connection:
        for name in later:
            connection.exec_driver_sql(f"DROP TABLE {name}")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
        connection.execute(sign_ins.insert(), SIGNED_IN)
    with pytest.raises(SetupError, match="older than this Bedside"):
        open_engines(fresh_url, reading=True)
    open_engines(fresh_url).close()
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
        assert connection.execute(select(sign_ins.c.owner)).scalars().all() == ["ann"]
    engine.dispose()


class PowerCut(Exception):
    """Something ends the process in the middle."""


def test_a_migration_that_is_interrupted_leaves_nothing(fresh_url: str) -> None:
    engines = open_engines(fresh_url)
    assert engines.writing is not None
    with engines.writing.begin() as connection:
        metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE alembic_version")
    with pytest.raises(PowerCut), engines.writing.begin() as connection:
        migrate(connection, "it")
        raise PowerCut
    assert inspect(engines.writing).get_table_names() == []
    engines.close()


def test_the_revisions_are_those_of_the_migrations() -> None:
    script = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert tuple(reversed([revision.revision for revision in script.walk_revisions()])) == REVISIONS
