"""POST /api/encounters/{id}/retry: take one moment up again, in an encounter of its own that begins there."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from server.api.access import Someone, access_encounter, new_encounter_id
from server.api.courses.reserved import refuse_reserved
from server.api.encounters.encounters import realtime_url
from server.api.encounters.replaying import as_it_stands
from server.api.limits import refuse_flood
from server.api.marking.scorecards import require_reflection
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.api.withholding import refuse_withheld
from server.assess.debrief import course_of
from server.core.case import Case
from server.core.debriefing.course import Log
from server.core.debriefing.forking import fork
from server.core.log import Entry

router = APIRouter(prefix="/api/encounters", tags=["debriefing"], responses=responses(401, 403))


class RetryWish(Ask):
    """Which moment to take up again."""

    turn: Annotated[str, Field(max_length=200)] = ""
    """A turn of the learner's; it goes on in place of it."""


class RetryMade(Answer):
    """Where to go on."""

    id: str
    realtime_url: str
    """The WebSocket of this encounter; it runs as soon as somebody is connected."""
    retry_of: str
    retry_turn: str


@router.post("/{encounter_id}/retry", status_code=201, responses=responses(404, 409, 410, 422))
async def try_again(encounter_id: str, ask: RetryWish, request: Request, given: Given, person: Someone) -> RetryMade:
    """A new encounter that stands where this one stood when `turn` began: the same state and the same time.

    It is scored apart, and is not another attempt. 422 for a turn that is not the learner's; 409 before the reflection,
    for a stopped encounter, where the learner played the patient, where the floor was not free, and while an assignment
    keeps the case.
    """
    info = await access_encounter(given, person, encounter_id)
    require_reflection(await as_it_stands(given, encounter_id))
    await refuse_withheld(given, encounter_id)
    await refuse_reserved(given, person, info.case_id)
    await refuse_flood(given, person.id)
    case, entries = await given.store.read(encounter_id)
    made = new_encounter_id()
    log = await asyncio.to_thread(_forked, case, entries, ask.turn, made)
    await given.store.create_retry(case, log, info.owner)
    return RetryMade(
        id=made, realtime_url=realtime_url(request, given, made), retry_of=encounter_id, retry_turn=ask.turn
    )


def _forked(case: Case, entries: list[Entry], turn: str, encounter_id: str) -> Log:
    return fork(course_of(case, entries), turn, encounter_id)
