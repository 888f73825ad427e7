"""An encounter as it stands, or the reason why this version of Bedside can no longer open it.

An encounter is replayed from its log by the rules of today. A log that yesterday's rules wrote may hold a step that
today's do not take; then it is not opened at all, and what was said is still there to be read.
"""

from __future__ import annotations

import logging

from server.api.services import Services
from server.core.encounter import Encounter
from server.core.errors import IllegalEvent, RequestError, StoreError

log = logging.getLogger(__name__)

OTHER_VERSION = frozenset({"log_version", "log_unreadable", "case_unreadable"})
"""Codes of a store that holds what another version wrote."""


class PlayedByOlder(RequestError):
    """The log is whole, and this version's rules cannot follow it."""

    code = "played_by_older_version"
    status = 410


async def as_it_stands(given: Services, encounter_id: str) -> Encounter:
    """The encounter as of now. Raises `PlayedByOlder` (410), `NotFound`, `StoreError`."""
    try:
        return await given.rooms.snapshot(encounter_id)
    except Exception as error:
        if not _cannot_follow(error):
            raise
        log.warning("encounter %s cannot be replayed: %s", encounter_id, getattr(error, "code", type(error).__name__))
        raise _older(encounter_id) from error


def _cannot_follow(error: Exception) -> bool:
    """A step that today's rules refuse, or a name in the log that today's case does not have.

    A `StopIteration` comes out of a coroutine as the cause of a `RuntimeError`.
    """
    if isinstance(error, StoreError):
        return error.code in OTHER_VERSION
    return isinstance(error, IllegalEvent | LookupError) or isinstance(error.__cause__, StopIteration)


def _older(encounter_id: str) -> PlayedByOlder:
    mend = (
        f"What was said is at GET /api/encounters/{encounter_id}/transcript; to open it, run the version that "
        "played it on a copy of the database."
    )
    return PlayedByOlder(
        "This encounter was played by another version of Bedside and cannot be opened here.", mend=mend
    )
