"""GET /api/cases and /api/cases/{case_id}: what may be known before the encounter, and nothing else."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Someone, access_case
from server.api.courses.reserved import reserved_for
from server.api.encounters.case_shapes import CaseBriefing, CaseCard
from server.api.encounters.public_case import briefing_of, card_of, variant_of
from server.api.problems import responses
from server.api.services import Given
from server.assess.draft import rubric_for
from server.core.errors import NotFound

router = APIRouter(prefix="/api/cases", tags=["cases"], responses=responses(401, 403))


@router.get("")
async def list_cases(given: Given, person: Someone) -> list[CaseCard]:
    """Every case in the library, retired ones left out."""
    reserved = await reserved_for(given, person)
    cards = [card_of(case, given.shelf.cases) for case in given.shelf.cases.values() if case.status != "retired"]
    return [card.model_copy(update={"reserved": reserved.get(card.case_id, "")}) for card in cards]


@router.get("/{case_id}", responses=responses(404, 422))
async def read_case(case_id: str, given: Given, person: Someone, variant: str = "") -> CaseBriefing:
    """The briefing: door note, task, rubric, cast, times, consent. Never a beat, a fact or a rehearsal.

    `variant`: as that variant of the case tells it.
    """
    case = variant_of(access_case(given, case_id), variant)
    try:
        rubric = rubric_for(case, given.shelf.rubrics)
    except NotFound:
        rubric = None
    told = briefing_of(case, given.shelf.cases, rubric, given.engines)
    return told.model_copy(update={"reserved": (await reserved_for(given, person)).get(case_id, "")})
