"""GET /api/encounters/{id}/scorecard: the draft, after the learner's own reflection, with a quote under every mark."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import Conflict

router = APIRouter(prefix="/api/encounters", tags=["scorecards"], responses=responses(401, 403))


class EvidenceView(Answer):
    """A verified quote."""

    turn: str
    speaker: str
    quote: str
    role: Literal["said", "cue", "examined"]
    """said: the learner's words, or act where the turn's kind is one; cue: the patient's; examined: read, and held
    nothing.
    """


class DimensionView(Answer):
    """One dimension's draft mark."""

    id: str
    level: int | None
    status: Literal["rated", "unrated", "not_applicable"]
    """unrated: its evidence did not hold, a person must look; it is never a number."""
    evidence: list[EvidenceView]
    rationale: str


class OpportunityView(Answer):
    """One planted moment, and what became of it."""

    beat: str
    kind: str
    core: bool
    state: str
    """not_offered, unanswered, addressed or missed"""
    cue_turn: str
    cue_speaker: str
    cue_quote: str
    response_turns: list[str]
    code: int | None
    """0 blocks to 4 acknowledges and extends; null when there was nothing to code."""
    turn: str
    """The learner's turn that earned the code."""
    quote: str


class Question(Answer):
    """One question of the debrief."""

    phase: Literal["reactions", "description", "analysis", "summary"]
    text: str


class DebriefView(Answer):
    """What to talk about now."""

    framework: str
    questions: list[Question]


class ScorecardView(Answer):
    """The marks of one encounter."""

    status: Literal["draft", "signed", "pending", "not_scored"]
    rubric: dict[str, str]
    """id, version, digest, title, claim"""
    dimensions: list[DimensionView]
    opportunities: list[OpportunityView]
    provenance: dict[str, str]
    """rater, case, case_version, case_digest; heard (typed, spoken, mixed); where spoken, lowest_confidence and
    hearing, the engine's name and kind.
    """
    timing: dict[str, float | int | None]
    self_rating: dict[str, int]
    debrief: DebriefView


@router.get("/{encounter_id}/scorecard", responses=responses(404, 409))
async def read_scorecard(encounter_id: str, given: Given, person: Someone) -> ScorecardView:
    """409 until the reflection is in. A stopped encounter has the status not_scored."""
    await access_encounter(given, person, encounter_id)
    encounter = await given.rooms.snapshot(encounter_id)
    _require_reflection(encounter)
    card = await given.drafts.card(encounter)
    marks = dict(encounter.reflection.self_rating) if encounter.reflection else {}
    return ScorecardView.model_validate(
        _released(card, encounter.case) | {"self_rating": marks, "debrief": _debrief(encounter)}
    )


def _require_reflection(encounter: Encounter) -> None:
    if not encounter.over:
        raise Conflict(
            "The encounter has not ended.", code="not_ended", mend="End it, reflect, then read the scorecard."
        )
    if encounter.phase == "reflection":
        mend = "POST it to this encounter's /reflection; each part may be empty."
        raise Conflict("Your own reflection comes first.", code="reflection_first", mend=mend)


def _released(card: dict[str, Any], case: Case) -> dict[str, Any]:
    """Without the planted moments where the author keeps them back."""
    shown = case.debrief.reveal_beats_to_learner == "after_reflection" or card["status"] == "signed"
    if case.debrief.reveal_beats_to_learner == "never" or not shown:
        return card | {"opportunities": []}
    return card


def _debrief(encounter: Encounter) -> DebriefView:
    """The case's questions; those about one moment only where the learner met it."""
    plan = encounter.case.debrief
    met = {beat for beat, track in encounter.board.tracks.items() if track.cue_turn}
    questions = [
        *(Question(phase="reactions", text=text) for text in plan.reactions),
        *(Question(phase="description", text=text) for text in plan.description),
        *(
            Question(phase="analysis", text=item.advocacy_inquiry)
            for item in plan.analysis
            if item.beat in met or not item.beat
        ),
        *(Question(phase="summary", text=text) for text in plan.summary),
    ]
    return DebriefView(framework=plan.framework, questions=questions)
