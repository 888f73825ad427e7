"""One moment to look at: the one that mattered most, chosen by a rule that anybody can read.

Of the moments that came up and were not acknowledged:

    1. a core moment before an earned one
    2. the lowest code first; a moment to which nothing was said stands with code 0, after those that were answered
    3. what it cost: facts that stayed untold, then trust that fell with it
    4. the earlier before the later

A moment that turns on words heard with doubt is never chosen, nor one that was not offered. Where every moment was
acknowledged there is one thing to keep instead. Nothing here is an answer to recite.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from server.core.debriefing.directions import directions
from server.core.debriefing.moment import Moment
from server.core.ledger import MET


@dataclass(frozen=True)
class Coaching:
    """The one moment, and what to do with it."""

    aim: Literal["try", "keep"]
    moment: Moment
    because: tuple[str, ...]
    """Why this one, in the order of the rule."""
    directions: tuple[str, ...]
    """Ways to meet it; empty for one to keep."""
    authored: bool
    """The case's author wrote them; False: they are those of its kind."""
    retry: str
    """The learner's turn from which to try it again; empty: there is none."""


def coach(moments: tuple[Moment, ...], can_retry: Callable[[str], bool], own: tuple[str, ...]) -> Coaching | None:
    """None where no moment can be spoken of. `own`: the learner's turns in order, of which `can_retry` tells where
    somebody can go on.
    """
    told = [each for each in moments if each.line.state not in ("unclear", "not_offered")]
    unmet = [each for each in told if each.line.code is None or each.line.code < MET]
    if unmet:
        chosen = min(enumerate(unmet), key=lambda pair: (*_weight(pair[1]), pair[0]))[1]
        retry = from_where(chosen, can_retry, own)
        return Coaching("try", chosen, _because(chosen), directions(chosen.beat), bool(chosen.beat.directions), retry)
    if not told:
        return None
    best = max(enumerate(told), key=lambda pair: (*_worth(pair[1]), -pair[0]))[1]
    return Coaching("keep", best, _why_keep(best), (), False, from_where(best, can_retry, own))


def _weight(moment: Moment) -> tuple[int, ...]:
    """Less is chosen first."""
    line = moment.line
    return (not line.core, line.code or 0, line.code is None, -len(moment.locked), moment.trust)


def _worth(moment: Moment) -> tuple[int, ...]:
    """More is kept first."""
    return (moment.line.code or 0, len(moment.told), moment.trust)


def _because(moment: Moment) -> tuple[str, ...]:
    line = moment.line
    reasons = ["It is one of the moments that reach everybody." if line.core else "It is a moment that you had earned."]
    reasons.append("Nothing was said to it." if line.code is None else f"What followed was coded {line.code} of 4.")
    if moment.locked:
        reasons.append("Something that could have been told here stayed untold.")
    if moment.trust < 0:
        reasons.append("Trust fell with it.")
    return tuple(reasons)


def _why_keep(moment: Moment) -> tuple[str, ...]:
    reasons = [f"Every moment that came up was acknowledged; this one was coded {moment.line.code} of 4."]
    if moment.told:
        reasons.append("Something new was told after it.")
    return tuple(reasons)


def from_where(moment: Moment, can_retry: Callable[[str], bool], own: tuple[str, ...]) -> str:
    """The first answer to it; where nobody can go on there, or nothing was said, the nearest turn before."""
    start = moment.said[0].turn if moment.said else moment.led
    before = own[: own.index(start) + 1] if start in own else ()
    return next((turn for turn in reversed(before) if can_retry(turn)), "")
