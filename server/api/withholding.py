"""Whether the marks of an attempt are withheld from its learner now, for rooms that show what tells of them."""

from __future__ import annotations

from server.api.services import Services
from server.core.assigning.opening import why_withheld
from server.core.errors import Conflict


async def withheld_of(given: Services, encounter_id: str) -> str:
    """Why its learner is not to see the marks of an attempt, as a sentence; empty where they are, and of practice."""
    assigned = await given.store.attempts.attempt(encounter_id)
    if assigned is None or assigned[0].ended == "stop":
        return ""
    return why_withheld(assigned[1].terms, assigned[0].stand, given.clock())


async def refuse_withheld(given: Services, encounter_id: str) -> None:
    """For what would tell a learner of marks that they are not to see yet. Raises `Conflict` with the reason."""
    if note := await withheld_of(given, encounter_id):
        raise Conflict(note, code="withheld", mend="Come back then.")
