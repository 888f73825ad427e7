"""A level from the ledger: how many of the moments that were heard and answered were acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.ledger import Opportunity
from server.core.rubric import Dimension
from server.core.scoring.scorecard import Evidence, Rating, cue, in_doubt, not_applicable, once
from server.core.transcript import LEARNER


def by_ledger(dimension: Dimension, opportunities: Sequence[Opportunity]) -> Rating:
    coded = [(o, o.code) for o in opportunities if o.code is not None]
    unclear = [o for o in opportunities if o.state == "unclear"]
    if not coded and not unclear:
        return not_applicable(dimension, "No opportunity was heard and answered.")
    codes = [code for _, code in coded]
    if not coded or _could_be_more(codes, unclear):
        return replace(in_doubt(dimension), evidence=once(cue(o) for o in unclear))
    evidence = once(_ledger_evidence(opportunity) for opportunity, _ in coded)
    met = sum(code >= 3 for code in codes)
    why = f"{met} of {len(codes)} opportunities were acknowledged in what was said."
    if unclear:
        why += f" {len(unclear)} more cannot be told: the words after them were heard with doubt."
    return Rating(dimension.id, _ledger_level(codes), "rated", evidence, why)


def _could_be_more(codes: Sequence[int], unclear: Sequence[Opportunity]) -> bool:
    """Whether some reading of the doubtful words, each heard so or left out, gives a higher level."""
    possible = sorted(o.at_best or 0 for o in unclear)
    readings = (possible[at:] for at in range(len(possible) + 1))
    return any(_ledger_level([*codes, *reading]) > _ledger_level(codes) for reading in readings)


def _ledger_level(codes: Sequence[int]) -> int:
    """Anchors of D1: nearly all reach 3, most do, about half reach 2, most get a token or one is met, none of it."""
    acknowledged = sum(code >= 3 for code in codes) / len(codes)
    partial = sum(code >= 2 for code in codes) / len(codes)
    if acknowledged > 0.5:
        return 4 if acknowledged >= 0.85 else 3
    token = sum(code >= 1 for code in codes) / len(codes)
    return 2 if partial >= 0.5 else 1 if token >= 0.5 or acknowledged else 0


def _ledger_evidence(opportunity: Opportunity) -> Evidence:
    if opportunity.turn:
        return Evidence(opportunity.turn, LEARNER, opportunity.quote, "said")
    return cue(opportunity)
