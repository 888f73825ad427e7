"""GET /api/encounters/{id}/scorecard: after the learner's own reflection, with a quote under every mark."""

from __future__ import annotations

from typing import Any, Literal

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.encounters.encounters import speakers
from server.api.encounters.replaying import as_it_stands
from server.api.marking.releasing import learner_card, shows_moments
from server.api.marking.shapes import FlagView, MarkingSummary
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer
from server.core.debriefing.debriefing import met
from server.core.encounter import Encounter
from server.core.errors import Conflict
from server.core.scoring.scoring import why_not_scored

router = APIRouter(prefix="/api/encounters", tags=["scorecards"], responses=responses(401, 403))


class EvidenceView(Answer):
    """A verified quote."""

    turn: str
    speaker: str
    quote: str
    role: Literal["said", "cue", "examined", "doubt"]
    """said: the learner's words, or act where the turn's kind is one; cue: the patient's; examined: read, and held
    nothing; doubt: the learner's words as they were heard with doubt, which earned nothing.
    """


class DraftMark(Answer):
    """The program's mark beside the one that was signed."""

    status: Literal["rated", "unrated", "not_applicable"]
    level: int | None
    rationale: str


class DimensionView(Answer):
    """One dimension's mark: the draft's, or the one that was signed."""

    id: str
    level: int | None
    status: Literal["rated", "unrated", "not_applicable", "held"]
    """unrated: its evidence did not hold, a person must look; it is never a number. held: it waits for faculty."""
    evidence: list[EvidenceView]
    rationale: str
    draft: DraftMark | None = None
    """What the draft had, beside a signed mark; None where nothing is signed."""
    how: str = ""
    """Of a signed mark: own_mark, draft_accepted, draft_changed, draft_refused, reconciled, appeal; else empty."""
    by: tuple[str, ...] = ()
    """Names of those who hold it."""
    reason: str = ""
    """Theirs, where the draft or another marker had another mark."""


class OpportunityView(Answer):
    """One planted moment, and what became of it."""

    beat: str
    kind: str
    core: bool
    state: str
    """not_offered, unanswered, addressed or missed; unclear: it turns on words that were heard with doubt"""
    cue_turn: str
    cue_speaker: str
    cue_quote: str
    response_turns: list[str]
    code: int | None
    """0 blocks to 4 acknowledges and extends; null when there was nothing to code."""
    turn: str
    """The learner's turn that earned the code."""
    quote: str
    at_best: int | None = None
    """Where words of the answer were heard with doubt: the code if they were said as heard."""
    cued: bool = False
    """Somebody who watched brought it forward: it was offered, and was not earned."""


class Question(Answer):
    """One question of the debrief."""

    phase: Literal["card", "reactions", "description", "analysis", "summary"]
    """card: what the role card asks of a learner who played the patient, answered before anything else."""
    text: str


class DebriefView(Answer):
    """What to talk about now."""

    framework: str
    questions: list[Question]


class CheckpointView(Answer):
    """Something that came to be true in the course of the encounter."""

    id: str
    at_ms: int
    """Encounter time at which it first was."""
    text: str
    """What the case's checklist says of it; empty where it names it nowhere."""


class ReflectionView(Answer):
    """The learner's own words."""

    reactions: str
    felt: str
    said: str


class ScorecardView(Answer):
    """The marks of one encounter."""

    status: Literal["draft", "signed", "pending", "not_scored"]
    not_scored: Literal["", "tryout", "role_reversal", "stopped", "never_began"]
    """Why there are no marks; empty where there are."""
    ended: str
    """learner, time_up, stop, abandoned; sent_away: the person in the case ended it, and it is scored as any other."""
    variant: str
    """Empty: the case as written."""
    speakers: dict[str, str]
    """Names by cast id; the learner's role under `learner`."""
    rubric: dict[str, str]
    """id, version, digest, title, claim; empty where nothing is scored."""
    dimensions: list[DimensionView]
    opportunities: list[OpportunityView]
    flags: tuple[FlagView, ...] = ()
    """What whoever signs must know, and that changed no mark."""
    marking: MarkingSummary
    """Whether people mark this, and what they signed."""
    passes: tuple[dict[str, Any], ...] = ()
    """Where a model rated: what each of its two readings claimed, dimension by dimension, and what became of it. Empty
    for the rules, and where marks or planted moments are held back.
    """
    provenance: dict[str, str]
    """rater, case, case_version, case_digest; heard (typed, spoken, mixed); where spoken, lowest_confidence and
    hearing, the engine's name and kind.
    """
    timing: dict[str, float | int | None]
    self_rating: dict[str, int]
    reflection: ReflectionView | None
    """None while there is none."""
    checkpoints: list[CheckpointView]
    """In the order in which they came."""
    debrief: DebriefView
    """For a learner who played the patient: what the role card asks afterwards, then the case's own questions."""


@router.get("/{encounter_id}/scorecard", responses=responses(404, 409, 410))
async def read_scorecard(encounter_id: str, given: Given, person: Someone) -> ScorecardView:
    """409 until the reflection is in. A stopped encounter has the status not_scored.

    So has one in which the learner played the patient; nothing is held back there, and its questions may be read first.
    """
    await access_encounter(given, person, encounter_id)
    encounter = await as_it_stands(given, encounter_id)
    require_reflection(encounter)
    card, marking = await learner_card(given, encounter)
    planted = shows_moments(card, encounter.case, marking.note)
    return ScorecardView.model_validate({**card, **_about(encounter, planted), "marking": marking})


def _about(encounter: Encounter, planted: bool) -> dict[str, Any]:
    """What the log says beside the marks; `planted`: what names a planted moment too."""
    own = encounter.reflection
    return {
        "not_scored": why_not_scored(encounter),
        "ended": encounter.ended,
        "variant": encounter.case.variant,
        "speakers": speakers(encounter.case),
        "self_rating": dict(own.self_rating) if own else {},
        "reflection": ReflectionView(reactions=own.reactions, felt=own.felt, said=own.said) if own else None,
        "checkpoints": _checkpoints(encounter) if planted else [],
        "debrief": _debrief(encounter, met(encounter) if planted else frozenset()),
    }


def _checkpoints(encounter: Encounter) -> list[CheckpointView]:
    """They name planted moments, and are kept back as long as those are."""
    texts = {
        checkpoint: item.text
        for instrument in encounter.case.assessment.instruments
        for item in instrument.items
        for checkpoint in item.checkpoints
    }
    reached = sorted(encounter.board.checkpoints.items(), key=lambda pair: pair[1])
    return [CheckpointView(id=name, at_ms=at_ms, text=texts.get(name, "")) for name, at_ms in reached]


def require_reflection(encounter: Encounter) -> None:
    """Raises `Conflict` while the marks may not be seen. Of a moment tried again a reflection is not asked first."""
    if not encounter.over:
        raise Conflict(
            "The encounter has not ended.", code="not_ended", mend="End it, reflect, then read the scorecard."
        )
    if encounter.phase == "reflection" and encounter.case.activity != "role_reversal" and encounter.retry is None:
        mend = "POST it to this encounter's /reflection; each part may be empty."
        raise Conflict("Your own reflection comes first.", code="reflection_first", mend=mend)


def _debrief(encounter: Encounter, came: frozenset[str]) -> DebriefView:
    """The case's questions; those about one moment only where it is among `came`."""
    plan = encounter.case.debrief
    card = encounter.case.role_card
    questions = [
        *(Question(phase="card", text=text) for text in (card.afterwards if card else ())),
        *(Question(phase="reactions", text=text) for text in plan.reactions),
        *(Question(phase="description", text=text) for text in plan.description),
        *(
            Question(phase="analysis", text=item.advocacy_inquiry)
            for item in plan.analysis
            if item.beat in came or not item.beat
        ),
        *(Question(phase="summary", text=text) for text in plan.summary),
    ]
    return DebriefView(framework=plan.framework, questions=questions)
