"""What a live encounter needs from rooms it may not import; `server.app` fills these in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from server.core.case import Case
from server.core.encounter import Encounter
from server.core.log import Entry


class EventLog(Protocol):
    """The append-only log. An event is acknowledged after `append` has returned, and not before."""

    async def append(self, encounter_id: str, entries: Sequence[Entry]) -> None:
        """Commit all of `entries` or none. Raises `StoreError`; a sequence number that exists is an error."""
        ...

    async def read(self, encounter_id: str) -> tuple[Case, list[Entry]]:
        """The pinned case and the whole log, in order. Raises `NotFound`."""
        ...


class WhenEnded(Protocol):
    """Told once when an encounter is over and again when its reflection is in; makes and keeps the draft scorecard."""

    async def __call__(self, encounter: Encounter) -> None: ...
