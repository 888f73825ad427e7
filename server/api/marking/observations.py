"""What an observer filled in, and how it compares with the draft scorecard.

Theirs comes first: it is filled in before they see the scorecard, and closed by seeing it. It is shown to the learner
and to the observer who wrote it, and to nobody else.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Someone, access_watched, standing_to
from server.api.courses.course_people import names_of
from server.api.courses.status import learner_of
from server.api.encounters.case_shapes import RubricCard
from server.api.encounters.encounters import TurnView, view
from server.api.encounters.public_case import rubric_card
from server.api.encounters.replaying import as_it_stands
from server.api.marking.releasing import learner_card
from server.api.marking.scorecards import OpportunityView, require_reflection
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.assess.draft import rubric_for
from server.assess.observing import checked_sheet, compare
from server.core.encounter import Encounter
from server.core.errors import Conflict, NotAllowed, NotFound
from server.core.rubric import Rubric
from server.store.encounters.observers import Observer

router = APIRouter(prefix="/api/encounters", tags=["observers"], responses=responses(401, 403))
Levels = dict[str, int | None]
TurnIds = Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=200)]


class Observation(Ask):
    """A filled rubric. What is left out has no mark."""

    levels: Annotated[Levels, Field(default_factory=dict, max_length=50)]
    """By dimension: its lowest to its highest level, or null."""
    quotes: Annotated[dict[str, TurnIds], Field(default_factory=dict, max_length=50)]
    """By dimension: ids of the turns on which the mark rests."""
    notes: Annotated[str, Field(max_length=8_000)] = ""
    """For the learner to read afterwards."""


class Sheet(Answer):
    """What is kept of it."""

    levels: Levels
    quotes: dict[str, list[str]]
    notes: str


class Watching(Answer):
    """All that an observer needs: what was said so far, the rubric, and what they have filled in."""

    encounter_id: str
    title: str
    """Of the case."""
    learner: str
    """To the course's staff, their name, or `Learner 3` where the assignment hides names; empty for everybody else."""
    phase: str
    ended: str
    speakers: dict[str, str]
    turns: list[TurnView]
    rubric: RubricCard | None
    """None where nothing is scored."""
    mine: Sheet | None
    """None while nothing is filled in, and for the learner."""
    closed: bool
    """The scorecard was seen; nothing can be changed any more."""
    standing: Literal["observer", "own", "attempt", "staff"]
    """What you are to it: only an observer fills in the rubric, only the course's staff keep notes of their own."""


class SideView(Answer):
    """One dimension, both ways."""

    id: str
    name: str
    theirs: int | None
    quotes: list[str]
    draft: int | None
    draft_status: str
    """rated, unrated, not_applicable, not_scored; held: it waits for faculty"""
    difference: int | None
    """Theirs less the draft's; null where one of the two is missing."""


class AgreementView(Answer):
    """Over the dimensions that both gave a mark."""

    dimensions: int
    exact: int
    constant: int | None
    """The median of the draft's marks."""
    constant_exact: int
    """What giving that median everywhere would have got."""


class ComparisonView(Answer):
    """One observer beside the draft."""

    observer: str
    notes: str
    sides: list[SideView]
    agreement: AgreementView
    caution: str
    beats: list[OpportunityView]
    """The planted moments and what became of them, where the case shows them to its learner."""


@router.get("/{encounter_id}/observing", responses=responses(404, 410))
async def read_watching(encounter_id: str, given: Given, person: Someone) -> Watching:
    """The observer's page. Nothing of the draft is in it."""
    found, observer = await access_watched(given, person, encounter_id)
    standing = "observer" if observer else await standing_to(given, person, found.id, found.owner)
    encounter = await as_it_stands(given, encounter_id)
    seen = view(encounter)
    rubric = _rubric(encounter, given)
    return Watching(
        encounter_id=encounter_id,
        title=encounter.case.title,
        learner=await _named(given, encounter_id, found.owner) if standing == "staff" else "",
        phase=seen.phase,
        ended=seen.ended,
        speakers=seen.speakers,
        turns=seen.turns,
        rubric=None if rubric is None else rubric_card(rubric),
        mine=Sheet(**observer.sheet) if observer and observer.sheet else None,
        closed=observer is not None and observer.seen_at is not None,
        standing=standing,  # type: ignore[arg-type]  # access_watched lets in nobody with none
    )


async def _named(given: Services, encounter_id: str, owner: str) -> str:
    """As the course's staff may know them."""
    if (both := await given.store.attempts.attempt(encounter_id)) is not None:
        return (await learner_of(given, *both, own=False)).name
    return (await names_of(given, [owner]))[owner]


@router.put("/{encounter_id}/observations", responses=responses(404, 409, 410, 422))
async def fill_in(encounter_id: str, ask: Observation, given: Given, person: Someone) -> Sheet:
    """Replaces what this observer filled in before. 409 once they have seen the comparison."""
    _, observer = await access_watched(given, person, encounter_id)
    if observer is None:
        raise NotAllowed("Only somebody who was invited to watch fills this in.", code="not_an_observer")
    encounter = await as_it_stands(given, encounter_id)
    rubric = _rubric(encounter, given)
    if rubric is None:
        raise Conflict("There is no rubric to fill in: nothing is scored in this case.", code="not_scored")
    sheet = checked_sheet(ask.levels, ask.quotes, rubric, frozenset(turn.id for turn in encounter.turns))
    kept = await given.store.put_sheet(observer.id, sheet | {"notes": storable(ask.notes)})
    return Sheet(**(kept.sheet or {}))


@router.get("/{encounter_id}/observations", responses=responses(404, 409, 410))
async def read_comparison(encounter_id: str, given: Given, person: Someone) -> list[ComparisonView]:
    """After the learner's own reflection. An observer gets theirs, which closes it; the learner gets all."""
    _, observer = await access_watched(given, person, encounter_id)
    encounter = await as_it_stands(given, encounter_id)
    require_reflection(encounter)
    rubric = _rubric(encounter, given)
    if rubric is None:
        return []
    found = [await given.store.close_sheet(observer.id)] if observer else await given.store.observers(encounter_id)
    card, _ = await learner_card(given, encounter, read=observer is None)
    return [_comparison(each, card, rubric) for each in found if each.sheet]


def _rubric(encounter: Encounter, given: Services) -> Rubric | None:
    """What this encounter is scored by; None where nothing is scored, or the library lacks it."""
    if encounter.case.activity == "role_reversal":
        return None
    try:
        return rubric_for(encounter.case, given.shelf.rubrics)
    except NotFound:
        return None


def _comparison(observer: Observer, card: dict[str, Any], rubric: Rubric) -> ComparisonView:
    sheet = observer.sheet or {}
    found = compare(sheet, card, rubric)
    return ComparisonView(
        observer=observer.id,
        notes=sheet["notes"],
        sides=[SideView.model_validate(asdict(side) | {"quotes": list(side.quotes)}) for side in found.sides],
        agreement=AgreementView(**asdict(found.agreement)),
        caution=found.caution,
        beats=[OpportunityView.model_validate(each) for each in card["opportunities"]],
    )
