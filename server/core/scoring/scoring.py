"""The draft scorecard: levels computed from observed moves, every one resting on quotes that a program has checked.

Nothing here is a judgement of a person. A dimension without an occasion is not applicable; one whose evidence does not
hold, or turns on words that were heard with doubt, is unrated and needs a person; neither ever becomes a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from server.core.correcting import as_counted
from server.core.debriefing.retrying import about_retry, as_retried, own_ledger
from server.core.encounter import Encounter
from server.core.ledger import Opportunity
from server.core.rubric import Dimension, Rubric
from server.core.scoring.blockers import by_blockers
from server.core.scoring.checklist import by_checklist
from server.core.scoring.credit import by_credit
from server.core.scoring.ledger import by_ledger
from server.core.scoring.scorecard import Evidence, Rating, Scorecard
from server.core.scoring.sifting import sifted
from server.core.scoring.to_the_rater import rater_flags
from server.core.scoring.unreadable import refused
from server.core.transcript import LEARNER, Turn

__all__ = [
    "SCORER", "Evidence", "Rating", "Scorecard", "about", "checked", "never_began", "rate", "score", "score_turns",
    "why_not_scored",
]  # fmt: skip

SCORER = "lexical-5"
"""Version of the rules that make a level; part of every scorecard's provenance."""


def score(encounter: Encounter, rubric: Rubric) -> Scorecard:
    """The draft for an encounter that is over; pure, so it can be recomputed from the log at any time."""
    case = encounter.case
    provenance = {
        "rater": SCORER,
        "case": case.case_id,
        "case_version": case.case_version,
        "case_digest": case.digest,
        **({"variant": case.variant} if case.variant else {}),
        **how_heard(encounter.own_turns),
        **how_corrected(encounter),
        **about_retry(encounter),
    }
    if encounter.tryout or encounter.ended == "stop" or not encounter.over:
        return Scorecard("not_scored", about(rubric), (), (), provenance)
    counted = as_retried(as_counted(encounter))
    counted = replace(counted, turns=sifted(counted.turns, answering(counted)))
    return score_turns(counted.turns, own_ledger(counted), rubric, provenance)


def answering(encounter: Encounter) -> frozenset[str]:
    """Ids of the turns that answered a planted moment."""
    return frozenset(turn for track in encounter.board.tracks.values() for turn in track.response_turns)


def never_began(encounter: Encounter) -> bool:
    """Over without a reflection to give: it was stopped, or ended at the door."""
    return encounter.phase == "done" and encounter.reflection is None


def why_not_scored(encounter: Encounter) -> str:
    """tryout, role_reversal, stopped or never_began, for an encounter that is over; empty for one that is scored."""
    if encounter.tryout:
        return "tryout"
    if encounter.case.activity == "role_reversal":
        return "role_reversal"
    if encounter.ended == "stop":
        return "stopped"
    return "never_began" if never_began(encounter) else ""


def how_heard(turns: Sequence[Turn]) -> dict[str, str]:
    """heard: typed, spoken or mixed; lowest_confidence: of the words that were spoken."""
    own = [turn for turn in turns if turn.speaker == LEARNER and turn.kind == "said" and turn.text]
    spoken = [turn.confidence for turn in own if turn.heard_ms]
    if not spoken:
        return {"heard": "typed"}
    return {"heard": "spoken" if len(spoken) == len(own) else "mixed", "lowest_confidence": f"{min(spoken):.2f}"}


def how_corrected(encounter: Encounter) -> dict[str, str]:
    """corrected and disputed: how many corrections were accepted, and how many wait for a person."""
    states = [each.state for each in encounter.corrections]
    counts = {"corrected": states.count("accepted"), "disputed": states.count("proposed")}
    return {name: str(count) for name, count in counts.items() if count}


def score_turns(
    turns: Sequence[Turn],
    opportunities: tuple[Opportunity, ...],
    rubric: Rubric,
    provenance: dict[str, str],
    *,
    of_people: bool = False,
) -> Scorecard:
    """A draft from turns with their moves, sifted. `of_people`: a transcript, of which one turn is too little."""
    ratings = tuple(checked(rate(dimension, turns, opportunities), turns) for dimension in rubric.dimensions)
    return Scorecard(
        "draft",
        about(rubric),
        refused(ratings, turns, of_people=of_people),
        opportunities,
        provenance,
        rater_flags(turns),
    )


def about(rubric: Rubric) -> dict[str, str]:
    """Which rubric it was, exactly, and what the score is a score of."""
    return {
        "id": rubric.rubric_id,
        "version": rubric.rubric_version,
        "digest": rubric.digest,
        "title": rubric.title,
        "claim": rubric.claim,
    }


def rate(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    """One dimension, by the rule that the rubric names."""
    match dimension.rule:
        case "ledger":
            return by_ledger(dimension, opportunities)
        case "credit":
            return by_credit(dimension, turns, opportunities)
        case "blockers":
            return by_blockers(dimension, turns, opportunities)
        case "checklist":
            return by_checklist(dimension, turns, opportunities)


def checked(rating: Rating, turns: Iterable[Turn]) -> Rating:
    """The rating, or `unrated` when a quote is not found word for word in the turn it names."""
    by_id = {turn.id: turn for turn in turns}
    if rating.status != "rated" or (all(_holds(evidence, by_id) for evidence in rating.evidence) and rating.evidence):
        return rating
    return replace(
        rating,
        level=None,
        status="unrated",
        evidence=(),
        rationale="Its evidence could not be verified; needs a person.",
    )


def _holds(evidence: Evidence, turns: dict[str, Turn]) -> bool:
    turn = turns.get(evidence.turn)
    if turn is None or not evidence.quote or evidence.quote not in turn.text or turn.speaker != evidence.speaker:
        return False
    return (
        (evidence.speaker == LEARNER)
        if evidence.role == "said"
        else (evidence.role == "examined" or evidence.speaker != LEARNER)
    )
