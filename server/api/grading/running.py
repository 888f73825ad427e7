"""GET /api/running: encounters of your courses that go on now, for whoever may watch them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from fastapi import APIRouter

from server.api.access import Someone
from server.api.grading.queue import names_of, of_others
from server.api.phases import Phase
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.store.marking.grading import Waiting

router = APIRouter(prefix="/api/running", tags=["grading"], responses=responses(401, 403))
FORGOTTEN = timedelta(days=1)
"""An encounter that nobody has been at for so long since it was begun is on no list."""


class RunningView(Answer):
    """One encounter that has not ended."""

    encounter_id: str
    learner: str
    """Their name, or `Learner 3` where the assignment hides names from those who mark."""
    title: str
    """Of the assignment; empty: practice that was shared."""
    course: str
    case_title: str
    phase: Phase | None
    """null: its learner is not connected here now."""
    at_ms: int | None
    """Encounter time now, which stands still while it is paused."""
    made_at: datetime


@router.get("")
async def list_running(given: Given, person: Someone) -> list[RunningView]:
    """Those with somebody in the room first, the longest of them first; then what was begun within a day."""
    every = of_others(await given.store.grading.going_on(person.id), person.id)
    names = await names_of(given, every)
    rows = [row for each in every if (row := _row(given, each, names)) is not None]
    return sorted(rows, key=lambda row: (row.at_ms is None, -(row.at_ms or 0), row.made_at))


def _row(given: Services, each: Waiting, names: Mapping[str, str]) -> RunningView | None:
    """None for what has just ended, and what was forgotten."""
    here, case = given.rooms.here(each.encounter_id), given.shelf.cases.get(each.case_id)
    if here[0].over if here else each.made_at < given.clock() - FORGOTTEN:
        return None
    return RunningView(
        encounter_id=each.encounter_id, learner=names[each.encounter_id], title=each.title, course=each.course,
        case_title=case.title if case else each.case_id, phase=here[0].phase if here else None,
        at_ms=here[1] if here else None, made_at=each.made_at,
    )  # fmt: skip
