"""Where an installation keeps its things, and what only whoever built it knows. `server.app` fills it in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from server.core.errors import Conflict

if TYPE_CHECKING:
    from server.api.services import Services

BACKUPS = "backups"
"""Folder of the data folder."""


@dataclass(frozen=True)
class Checked:
    """One thing that was looked at."""

    what: str
    """E.g. `hearing`."""
    state: str
    """ok, doubt or fault."""
    says: str = ""
    """What is wrong, and the command or setting that mends it."""


async def nothing_to_ask() -> list[Checked]:
    """For a house whose engines answer to nobody."""
    return []


@dataclass(frozen=True)
class Premises:
    """One installation's folder."""

    data: Path
    kept: tuple[Path, ...] = ()
    """Files beside the database that a backup holds."""
    command: str = ""
    """What backs up a database that is no file of ours; empty: Bedside does."""
    ask: Callable[[], Awaitable[list[Checked]]] = nothing_to_ask
    """Asks the engines behind an address whether they would answer."""
    problems: tuple[str, ...] = ()
    """What is wrong with cases and rubrics, in sentences."""
    price_in: float = 0.0
    """What a million tokens sent to the chat model cost, in the currency of the settings; 0: not known."""
    price_out: float = 0.0

    @property
    def backups(self) -> Path:
        """Where backups made from the page lie."""
        return self.data / BACKUPS


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
