"""The briefing of the case that an assignment sets: the pinned one, scored by the rubric that was chosen."""

from __future__ import annotations

from fastapi import APIRouter

from server.api.access import Someone
from server.api.courses.attempts import met_case
from server.api.courses.doors import access_mine
from server.api.encounters.briefings import briefed
from server.api.encounters.case_shapes import CaseBriefing
from server.api.encounters.public_case import variant_of
from server.api.problems import responses
from server.api.services import Given

router = APIRouter(prefix="/api/assignments", tags=["assignments"], responses=responses(401, 403))


@router.get("/{assignment_id}/case", responses=responses(404, 409))
async def read_assigned_case(
    assignment_id: str, given: Given, person: Someone, equivalent: bool = False
) -> CaseBriefing:
    """What its learners read before they go in. `equivalent`: of the case that may be taken instead."""
    found, _, _ = await access_mine(given, person, assignment_id)
    case = await met_case(given, found, equivalent=equivalent)
    return briefed(given, variant_of(case, "" if equivalent else found.terms.variant))
