"""GET /api/encounters/{id}/report.html and /report.pdf: the report as a page of its own, to keep, print or hand in.

It holds what the scorecard's reader sees, and is made anew each time; nothing is kept.
"""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Query, Response

from server.api.access import Person, Someone, access_encounter
from server.api.encounters.replaying import as_it_stands
from server.api.marking.releasing import learner_card
from server.api.marking.scorecards import require_reflection
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.assess.debrief import debrief_of
from server.assess.reporting.report import Report, policy, report_html
from server.core.scoring.scoring import why_not_scored

router = APIRouter(prefix="/api/encounters", tags=["reports"], responses=responses(401, 403))
ForWhom = Annotated[str, Query(max_length=80, description="a name for the head of the report; else there is none")]
_HTML, _PDF = "text/html; charset=utf-8", "application/pdf"


@router.get("/{encounter_id}/report.html", responses=responses(404, 409, 410), response_class=Response)
async def read_report(encounter_id: str, given: Given, person: Someone, for_whom: ForWhom = "") -> Response:
    """409 until the reflection is in, as for the scorecard. Black and white will do, and nobody is named unasked."""
    html = await _report(given, person, encounter_id, for_whom)
    return Response(html, media_type=_HTML, headers={"Content-Security-Policy": policy()})


@router.get("/{encounter_id}/report.pdf", responses=responses(404, 409, 410, 503), response_class=Response)
async def print_report(encounter_id: str, given: Given, person: Someone, for_whom: ForWhom = "") -> Response:
    """The same on A4. 503 where this machine lacks the library that lays out PDF."""
    html = await _report(given, person, encounter_id, for_whom)
    made = await given.press.print(html)
    name = f"attachment; filename=report-{encounter_id}.pdf"
    return Response(made, media_type=_PDF, headers={"Content-Disposition": name})


async def _report(given: Services, person: Person, encounter_id: str, for_whom: str) -> str:
    await access_encounter(given, person, encounter_id)
    encounter = await as_it_stands(given, encounter_id)
    require_reflection(encounter)
    card, marking = await learner_card(given, encounter)
    shown = card | {"dimensions": []} if marking.note and card["status"] == "draft" else card
    rubric = given.shelf.rubrics.get(card["rubric"].get("id", ""))
    case, entries = await given.store.read(encounter_id)
    scored = not why_not_scored(encounter)
    told = (await asyncio.to_thread(debrief_of, case, entries, card, rubric))[1] if scored else None
    name = storable(for_whom).strip()
    return report_html(Report(encounter, shown, rubric, for_whom=name, debriefing=told, held=marking.note))
