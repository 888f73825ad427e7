"""POST /api/encounters/{id}/reflection: the learner's own words and marks, before any score is shown."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Someone, access_encounter
from server.api.encounters.encounters import EncounterView, view
from server.api.encounters.replaying import as_it_stands
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Ask
from server.api.texts import storable
from server.assess.draft import rubric_for
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import Conflict, RequestError
from server.core.events import Reflected

router = APIRouter(prefix="/api/encounters", tags=["encounters"], responses=responses(401, 403))
Words = Annotated[str, Field(max_length=8_000)]


class Reflection(Ask):
    """Each part may be empty."""

    reactions: Words = ""
    """How was that?"""
    felt: Words = ""
    """What did they feel?"""
    said: Words = ""
    """What was said that mattered?"""
    self_rating: Annotated[dict[str, int], Field(default_factory=dict, max_length=50)]
    """By dimension of the rubric, its lowest to its highest level."""
    answers: Annotated[list[Annotated[str, Field(max_length=2_000)]], Field(default_factory=list, max_length=20)]
    """To the questions of the case's role card, in their order; kept with `reactions`."""


@router.post("/{encounter_id}/reflection", responses=responses(404, 409, 410, 422))
async def reflect(encounter_id: str, ask: Reflection, given: Given, person: Someone) -> EncounterView:
    """Given once, after the encounter; then the scorecard may be read."""
    await access_encounter(given, person, encounter_id)
    encounter = await as_it_stands(given, encounter_id)
    _require_its_time(encounter)
    _check_marks(ask.self_rating, encounter.case, given)
    reactions = "\n\n".join([*_answered(ask.answers, encounter.case), *filter(None, [ask.reactions])])
    event = Reflected(storable(reactions), storable(ask.felt), storable(ask.said), dict(ask.self_rating))
    return view(await given.rooms.offer(encounter_id, event))


def _answered(answers: list[str], case: Case) -> list[str]:
    """Each answer under its question; empty ones are left out."""
    questions = case.role_card.afterwards if case.role_card else ()
    if len(answers) > len(questions):
        message = f"This case asks {len(questions)} questions afterwards."
        raise RequestError(message, code="bad_field", field="answers", mend="Give one answer to each.")
    return [f"{question}\n{answer}" for question, answer in zip(questions, answers, strict=False) if answer.strip()]


def _require_its_time(encounter: Encounter) -> None:
    if not encounter.over:
        raise Conflict("The encounter has not ended.", code="not_ended", mend="End it first.")
    if encounter.reflection is not None:
        raise Conflict("The reflection is in already.", code="already_reflected", mend="Read the scorecard.")
    if encounter.phase == "done":
        raise Conflict("This encounter asks for no reflection: it was stopped or never began.", code="not_scored")


def _check_marks(marks: dict[str, int], case: Case, given: Services) -> None:
    if marks and case.activity == "role_reversal":
        raise RequestError("Nothing is scored where you play the patient.", code="bad_field", field="self_rating")
    rubric = rubric_for(case, given.shelf.rubrics) if marks else None
    known = {dimension.id for dimension in rubric.dimensions} if rubric else set()
    for name, level in marks.items():
        if name not in known:
            raise RequestError(
                "There is no such dimension.",
                code="bad_field",
                field="self_rating",
                mend=f"Use: {', '.join(sorted(known))}.",
            )
        if rubric and not rubric.lowest <= level <= rubric.highest:
            message = f"A level is a whole number from {rubric.lowest} to {rubric.highest}."
            raise RequestError(message, code="bad_field", field=f"self_rating.{name}")
