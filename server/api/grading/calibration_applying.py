"""PUT and DELETE /api/grading/calibration/{rubric}: put in force what the page has shown, or take it back."""

from __future__ import annotations

import asyncio
from collections import Counter

from fastapi import APIRouter
from starlette.responses import Response

from server.api.access import Someone
from server.api.grading.calibration import study_of
from server.api.grading.calibration_in_force import in_force, require_leader, usable
from server.api.grading.calibration_shapes import ApplyAsk, InForceView
from server.api.house.premises import premises_of
from server.api.problems import responses
from server.api.services import Given
from server.api.tickets import LOCAL
from server.assess.calibrating.applying import digest_of, put_in_force, withdraw
from server.core.errors import Conflict, NotFound

router = APIRouter(prefix="/api/grading/calibration", tags=["grading"], responses=responses(401, 403))


@router.put("/{rubric}", responses=responses(404, 409))
async def apply_calibration(rubric: str, ask: ApplyAsk, given: Given, person: Someone) -> InForceView:
    """Every draft that is made from now on follows it, in every course. 409 during a freeze of rubrics, where nothing
    is decided, and where the figures are others than those that were looked at.
    """
    found = await study_of(given, person, rubric)
    require_leader(person, found)
    if found.findings is None:
        raise NotFound("No encounter was marked by two people on this rubric.", code="no_findings")
    if ask.digest != digest_of(found.findings):
        mend = "Load the page again and look at what it would change now."
        raise Conflict("The figures are others than those that you looked at.", code="stale_figures", mend=mend)
    data, freeze = premises_of(given).data, await given.store.house.freeze()
    by = person.name if person.id == LOCAL else person.id
    with usable():
        await asyncio.to_thread(put_in_force, data, found.findings, by, freeze, given.clock())
    decided: Counter[str] = Counter(each.outcome for each in found.findings.decisions)
    await given.store.audit.note(
        person.id, "calibration_applied", found.rubric.rubric_id, transcripts=found.findings.transcripts, **decided
    )
    kept = await in_force(given, person, found.rubric)
    assert kept is not None  # noqa: S101 - it was put there a moment ago
    return kept


@router.delete("/{rubric}", status_code=204, responses=responses(404, 409))
async def withdraw_calibration(rubric: str, given: Given, person: Someone) -> Response:
    """Drafts of the whole house are as the rater makes them from now on. 409 during a freeze of rubrics, and while
    the file cannot be read.
    """
    data, freeze = premises_of(given).data, await given.store.house.freeze()
    with usable():
        done = await asyncio.to_thread(withdraw, data, rubric, freeze, given.clock())
    if not done:
        raise NotFound("No calibration of this rubric is in force.", code="none_in_force")
    await given.store.audit.note(person.id, "calibration_withdrawn", rubric)
    return Response(status_code=204)
