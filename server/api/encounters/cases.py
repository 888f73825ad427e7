"""GET /api/cases and /api/cases/{case_id}: what may be known before the encounter, and nothing else."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Someone, access_case
from server.api.courses.pinning import rubrics_of
from server.api.courses.reserved import reserved_for
from server.api.encounters.briefings import briefed
from server.api.encounters.case_shapes import CaseBriefing, CaseCard, RubricChoice
from server.api.encounters.public_case import card_of, variant_of
from server.api.problems import responses
from server.api.services import Given, Services

router = APIRouter(prefix="/api/cases", tags=["cases"], responses=responses(401, 403))


@router.get("")
async def list_cases(given: Given, person: Someone) -> list[CaseCard]:
    """Every case in the library, retired ones left out."""
    reserved = await reserved_for(given, person)
    cards = [card_of(case, given.shelf.cases) for case in given.shelf.cases.values() if case.status != "retired"]
    return [
        card.model_copy(update={"reserved": reserved.get(card.case_id, ""), "rubrics": _rubrics(given, card.case_id)})
        for card in cards
    ]


def _rubrics(given: Services, case_id: str) -> tuple[RubricChoice, ...]:
    cases, rubrics = given.shelf.cases, given.shelf.rubrics
    return tuple(RubricChoice(id=each, title=rubrics[each].title) for each in rubrics_of(given, cases[case_id]))


@router.get("/{case_id}", responses=responses(404, 422))
async def read_case(case_id: str, given: Given, person: Someone, variant: str = "") -> CaseBriefing:
    """The briefing: door note, task, rubric, cast, times, consent. Never a beat, a fact or a rehearsal.

    `variant`: as that variant of the case tells it.
    """
    case = variant_of(access_case(given, case_id), variant)
    return briefed(given, case).model_copy(update={"reserved": (await reserved_for(given, person)).get(case_id, "")})
