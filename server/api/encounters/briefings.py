"""The briefing of the case that one encounter is of: as it was then, whatever became of the case in the library."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.encounters.case_shapes import CaseBriefing
from server.api.encounters.public_case import briefing_of, variant_of
from server.api.problems import responses
from server.api.services import Given, Services
from server.assess.draft import rubric_for
from server.core.case import Case
from server.core.errors import NotFound
from server.core.events import Opened

router = APIRouter(prefix="/api/encounters", tags=["encounters"], responses=responses(401, 403))


@router.get("/{encounter_id}/case", responses=responses(404, 410))
async def read_encounter_case(encounter_id: str, given: Given, person: Someone) -> CaseBriefing:
    """For the room, the reflection and the report; in the version and the variant that were met."""
    await access_encounter(given, person, encounter_id)
    case, entries = await given.store.read(encounter_id)
    variant = next((each.event.variant for each in entries if isinstance(each.event, Opened)), "")
    return briefed(given, variant_of(case, variant))


def briefed(given: Services, case: Case) -> CaseBriefing:
    """All that may be known of a case beforehand, with the rubric that scores it, if one does."""
    try:
        rubric = rubric_for(case, given.shelf.rubrics)
    except NotFound:
        rubric = None
    return briefing_of(case, given.shelf.cases, rubric, given.engines)
