"""A level from what takes the patient's space to speak, by counting it."""

from __future__ import annotations

from collections.abc import Sequence

from server.core.doubting import any_in_doubt, costing
from server.core.ledger import Opportunity
from server.core.moves import Observation
from server.core.rubric import Blocker, Dimension
from server.core.scoring.scorecard import Evidence, Heard, Rating, against, cue, not_applicable, once, said, spoken
from server.core.transcript import LEARNER, Turn

FEWEST_TURNS = 3
"""Learner turns below which the absence of blockers says nothing."""


def by_blockers(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    read = spoken(turns)
    if len(read) < FEWEST_TURNS:
        return not_applicable(dimension, f"Fewer than {FEWEST_TURNS} turns to examine.")
    rules = {blocker.move: blocker for blocker in dimension.blockers}
    heard = [Heard(turn, (), costing(turn)) for turn in read]
    found = [(turn, o, rules[o.move]) for turn, o in against(heard) if o.move in rules]
    if not found:
        return _none_found(dimension, read)
    serious = sum(rule.weight == "serious" for _, _, rule in found)
    evidence = once(e for turn, o, rule in found for e in _blocked(turn, o, rule, opportunities))
    reasons = "; ".join(dict.fromkeys(rule.because for _, _, rule in found))
    level = _blocker_level(serious, len(found) - serious)
    return Rating(dimension.id, level, "rated", evidence, f"In the words: {reasons}.")


def _none_found(dimension: Dimension, turns: Sequence[Turn]) -> Rating:
    why = f"None of the listed blockers was found by the rules in the {len(turns)} turns examined."
    if any(any_in_doubt(turn) for turn in turns):
        why += " Nothing that was heard with doubt counts as one."
    examined = tuple(Evidence(turn.id, LEARNER, turn.text, "examined") for turn in turns)
    return Rating(dimension.id, 4, "rated", examined, why)


def _blocked(turn: Turn, found: Observation, rule: Blocker, opportunities: Sequence[Opportunity]) -> list[Evidence]:
    """The words; for a serious one in answer to a cue, the cue before them."""
    answered = [o for o in opportunities if rule.weight == "serious" and turn.id in o.response_turns]
    return [*(cue(o) for o in answered), said(turn, found)]


def _blocker_level(serious: int, minor: int) -> int:
    """Anchors of D6: one minor; one serious or two minor; several; repeated or serious."""
    weight = 2 * serious + minor
    return 3 if weight == 1 else 2 if weight == 2 else 1 if weight <= 4 else 0
