"""The data folder of this service, and its database's file, or why there is none."""

from __future__ import annotations

from pathlib import Path

from server.api.premises import Premises
from server.api.services import Services
from server.core.errors import Conflict


def premises_of(given: Services) -> Premises:
    """Raises `Conflict` where this service keeps no folder."""
    if given.premises is None:
        raise Conflict("This service keeps no data folder of its own.", code="no_data_folder")
    return given.premises


def database_of(given: Services) -> Path:
    """The file that is backed up. Raises `Conflict` with the command where a server keeps the data."""
    file, command = given.store.database.file, given.premises.command if given.premises else ""
    if file is None:
        says = "This Bedside keeps its data in PostgreSQL, which is backed up by its own program."
        raise Conflict(says, code="backup_postgresql", mend=f"Run: {command}" if command else "Use pg_dump.")
    return file
