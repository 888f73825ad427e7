"""Done or not done: one item of a checklist, by the same rules as a level, and with the same quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.doubting import any_in_doubt
from server.core.ledger import Opportunity
from server.core.rubric import Dimension
from server.core.scoring.blockers import FEWEST_TURNS
from server.core.scoring.credit import by_credit
from server.core.scoring.scorecard import Evidence, Rating, counted, in_doubt, not_applicable, spoken
from server.core.transcript import LEARNER, Turn

NOT_DONE, DONE = 0, 1
"""The levels of an item."""


def by_checklist(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    """Done where a rule found it; not applicable where nothing called for it; unrated where it is in doubt."""
    found = by_credit(dimension, turns, opportunities)
    if dimension.applies == "always" and _nothing_said(found):
        return _not_done(dimension, turns)
    if found.status != "rated" or found.level is None:
        return found
    return replace(found, level=min(found.level, DONE))


def _nothing_said(found: Rating) -> bool:
    """No words were found for it or against it, and none are in doubt."""
    return found.status != "unrated" and all(evidence.role == "cue" for evidence in found.evidence)


def _not_done(dimension: Dimension, turns: Sequence[Turn]) -> Rating:
    """What belongs into every encounter and was not found, with the turns that were read for it."""
    read = spoken(turns)
    if len(read) < FEWEST_TURNS:
        return not_applicable(dimension, f"Fewer than {FEWEST_TURNS} turns to examine.")
    if any(any_in_doubt(turn) for turn in counted(turns)):
        return in_doubt(dimension)
    examined = tuple(Evidence(turn.id, LEARNER, turn.text, "examined") for turn in read)
    return Rating(dimension.id, NOT_DONE, "rated", examined, f"Not found in the {len(read)} turns examined.")
