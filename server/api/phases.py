"""Where each encounter of a list stands, without folding the log of one that is over for good each time."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Literal, Protocol

from server.core.encounter import Encounter
from server.core.errors import BedsideError
from server.store.encounters.encounters import EncounterInfo

Phase = Literal["prebrief", "encounter", "paused", "reflection", "done"]
MOST_KEPT = 10_000
"""Ids remembered as done; the oldest goes first."""
log = logging.getLogger(__name__)


class Snapshots(Protocol):
    """What phases need of the rooms."""

    async def snapshot(self, encounter_id: str) -> Encounter: ...


class Phases:
    """One for the process. `done` is final, so it is looked up once."""

    def __init__(self) -> None:
        self._done: dict[str, None] = {}

    async def of(self, found: Sequence[EncounterInfo], rooms: Snapshots) -> list[Phase]:
        """In the order of `found`."""
        return [await self._phase(each, rooms) for each in found]

    async def _phase(self, info: EncounterInfo, rooms: Snapshots) -> Phase:
        if info.ended == "stop" or info.id in self._done:
            return "done"
        try:
            phase = (await rooms.snapshot(info.id)).phase
        except (BedsideError, LookupError, RuntimeError) as error:
            log.warning("encounter %s is listed without its log: %s", info.id, getattr(error, "code", "unreadable"))
            return "done" if info.ended else "paused"
        if phase == "done":
            self._remember(info.id)
        return phase

    def _remember(self, encounter_id: str) -> None:
        self._done[encounter_id] = None
        if len(self._done) > MOST_KEPT:
            del self._done[next(iter(self._done))]
