"""Where an installation keeps its things, and what only whoever built it knows. `server.app` fills it in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

BACKUPS = "backups"
"""Folder of the data folder."""


@dataclass(frozen=True)
class Checked:
    """One thing that was looked at."""

    what: str
    """E.g. `hearing`."""
    state: Literal["ok", "doubt", "fault"]
    says: str = ""
    """What is wrong, and the command or setting that mends it; empty where all is well."""


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
