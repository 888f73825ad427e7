"""Bring a database to this version's tables at start, in one transaction, or refuse with the reason."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from server.core.errors import SetupError

REVISIONS = ("0001", "0002", "0003", "0004", "0005")
"""Every migration, the newest last; spelt out so that an ordinary start need not load alembic (half a second)."""
_MIGRATIONS = Path(__file__).parents[1] / "migrations"


def migrate(connection: Connection, name: str) -> None:
    """Upgrade to the newest tables. Raises `SetupError` naming `name` when they are newer than this program."""
    if not is_current(connection, name):
        _upgrade(connection)


def is_current(connection: Connection, name: str) -> bool:
    """False when tables are missing or older. Raises `SetupError` when they are newer than this program."""
    found = _revision(connection)
    if found is not None and found not in REVISIONS:
        message = f"{name} was made by a newer Bedside (its tables are {found}, this one knows {REVISIONS[-1]})."
        raise SetupError(f"{message} Update Bedside, or restore an older backup.", code="store_newer")
    return found == REVISIONS[-1]


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
