"""PostgreSQL: one URL whatever way it is spelt, limits on waiting, one migration at a time."""

from __future__ import annotations

from sqlalchemy import URL, Connection, Engine, create_engine, text

from server.store.sql.tables_of_a_lab import metadata

_LIMITS = "-c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000 -c synchronous_commit=on"
_MIGRATION_LOCK = 0x42445344
_SERVING_LOCK = 0x42445353


def engine(url: URL, *, writing: bool, size: int = 1) -> Engine:
    """Connections to `url`, checked before use; those for reading cannot write."""
    options = _LIMITS if writing else f"{_LIMITS} -c default_transaction_read_only=on"
    return create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_size=size,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": options, "connect_timeout": 5},
    )


def one_at_a_time(connection: Connection) -> None:
    """Processes that start together wait here for each other, until their transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})


def hold(url: URL) -> Connection | None:
    """While it is open it says that somebody serves this database; None: somebody else does already."""
    held = engine(url, writing=False).connect().execution_options(isolation_level="AUTOCOMMIT")
    if held.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _SERVING_LOCK}).scalar_one():
        return held
    let_go(held)
    return None


def let_go(held: Connection) -> None:
    """Close it, and with it the lock."""
    held.close()
    held.engine.dispose()


def scrub(engine: Engine) -> None:
    """Give the space of deleted rows back. Write-ahead logs and backups are the administrator's to expire."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in metadata.tables:
            connection.execute(text(f"VACUUM {table}"))
