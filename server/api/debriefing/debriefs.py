"""GET /api/encounters/{id}/debrief: what there is to talk about, after the learner's own reflection."""

from __future__ import annotations

import asyncio
from datetime import datetime

from fastapi import APIRouter

from server.api.access import Person, Someone, access_encounter
from server.api.debriefing.shapes import (
    AgainView,
    CardView,
    FrameView,
    GapView,
    MomentView,
    QuoteView,
    again_view,
    card_view,
    frame_view,
    gap_view,
    keep_view,
    moment_view,
)
from server.api.encounters.replaying import as_it_stands
from server.api.marking.releasing import learner_card, shows_moments
from server.api.marking.scorecards import require_reflection
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.assess.debrief import Card, compared_cards, debrief_of
from server.core.debriefing.debriefing import frames
from server.core.encounter import Encounter, Retry
from server.core.errors import Conflict, RequestError
from server.core.scoring.scoring import why_not_scored

router = APIRouter(prefix="/api/encounters", tags=["debriefing"], responses=responses(401, 403))
KEPT_APART = (
    "What was said before this moment is the first encounter's. It is read here so that the moment can be understood, "
    "and it earns and costs nothing anew."
)


class RetryView(Answer):
    """This encounter takes a moment of another up again."""

    of: str
    turn: str
    """The learner's turn there, in place of which this one went on."""
    turns: int
    """How many turns of the transcript are the first encounter's."""
    moments: list[AgainView]
    """The moments that came up here, beside the first time."""
    apart: str
    """What is not counted here, in a sentence."""


class Tried(Answer):
    """A retry of a moment of this encounter."""

    id: str
    turn: str
    made_at: datetime
    ended: str


class DebriefingView(Answer):
    """Feedback for a talk between people; not the talk."""

    held: str
    """Why the moments are not shown yet, where somebody is to sign first; empty where nobody is."""
    moment: MomentView | None
    """None where no moment came up, or they are kept back: by the author, or until somebody has signed."""
    cards: list[CardView]
    """In the order of the talk."""
    gap: GapView
    keep: QuoteView | None
    """The learner's words that met a moment best."""
    frame: str
    """Id of the frame that the case's author chose."""
    frames: list[FrameView]
    retry: RetryView | None
    """None for a first meeting."""
    tried: list[Tried]
    """Retries of moments of this encounter, oldest first."""


@router.get("/{encounter_id}/debrief", responses=responses(404, 409, 410))
async def read_debrief(encounter_id: str, given: Given, person: Someone) -> DebriefingView:
    """409 until the reflection is in, and for an encounter that was stopped or never began: nothing is asked there."""
    await access_encounter(given, person, encounter_id)
    end = await reflected(given, encounter_id)
    card, marking = await learner_card(given, end)
    case, entries = await given.store.read(encounter_id)
    planted = shows_moments(card, end.case, marking.note)
    rubric = given.shelf.rubrics.get(card["rubric"].get("id", ""))
    _, found = await asyncio.to_thread(debrief_of, case, entries, card, rubric)
    tried = [
        Tried(id=r.id, turn=r.turn, made_at=r.made_at, ended=r.ended) for r in await given.store.retries(encounter_id)
    ]
    return DebriefingView(
        held=marking.note,
        moment=moment_view(found.coaching),
        cards=[card_view(each) for each in found.cards],
        gap=gap_view(found.gap),
        keep=keep_view(found.keep),
        frame=found.frame,
        frames=[frame_view(each, end, found.cards, planted=planted) for each in frames()],
        retry=await _again(given, person, end.retry, card) if end.retry else None,
        tried=tried,
    )


async def reflected(given: Services, encounter_id: str) -> Encounter:
    """The encounter, once its debriefing is open. Raises `Conflict` before, and where nothing is asked of anybody."""
    end = await as_it_stands(given, encounter_id)
    require_reflection(end)
    if why_not_scored(end) in ("stopped", "never_began", "tryout"):
        says = "This encounter was stopped, never began, or was a try-out; nothing is asked about it."
        raise Conflict(says, code="not_scored")
    return end


async def _again(given: Services, person: Person, retry: Retry, card: Card) -> RetryView:
    moments = compared_cards(await _first_card(given, person, retry.of), card, retry.beats)
    views = [again_view(each) for each in moments]
    return RetryView(of=retry.of, turn=retry.turn, turns=retry.turns, moments=views, apart=KEPT_APART)


async def _first_card(given: Services, person: Person, first_id: str) -> Card:
    """Of the encounter that was gone back to, as far as its learner may see it; empty where it cannot be read."""
    try:
        await access_encounter(given, person, first_id)
        first = await as_it_stands(given, first_id)
    except RequestError:
        return {"opportunities": []}
    return (await learner_card(given, first))[0]
