"""Two independent readings of one transcript, compared: they agree, or a person is needed.

Apart by one level, the less favourable stands and both are named: judges that are models tend to rate too high, and a
draft that a person raises does less harm than one that flatters. Apart by more, there is no level at all.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from server.core.scoring.scorecard import Rating, once

FURTHEST = 1
"""Levels between two readings of which one may still stand."""
Better = Literal["high", "low"]
"""The good end of a dimension's scale."""


def agreed(first: Rating, second: Rating, better: Better = "high") -> Rating:
    """What both readings support."""
    for reading in (first, second):
        if reading.status == "unrated":
            return reading
    if first.level is None or second.level is None:
        return first if first.status == second.status else _apart(first, second)
    if abs(first.level - second.level) > FURTHEST:
        return _apart(first, second)
    if first.level == second.level:
        return first
    return _less_favourable(first, second, better)


def stands(first: Rating, second: Rating, better: Better = "high") -> int:
    """Which reading's level `agreed` gives where it gives one: 0 or 1."""
    if first.level is None or second.level is None or first.level == second.level:
        return 0
    return int((second.level < first.level) == (better == "high"))


def not_above(rating: Rating, drafted: Rating | None, better: Better = "high") -> Rating:
    """The rating, or none where it is kinder than the rules' own draft: for transcripts that speak to whoever rates,
    because a model may have obeyed, and rules cannot.
    """
    if rating.level is None or (drafted and _as_high(rating.level, drafted.level, better)):
        return rating
    why = "Words here are meant for whoever marks, and a model rated higher than the rules; needs a person."
    return replace(rating, level=None, status="unrated", rationale=why)


def _as_high(level: int, drafted: int | None, better: Better) -> bool:
    return drafted is not None and (level <= drafted if better == "high" else level >= drafted)


def _less_favourable(first: Rating, second: Rating, better: Better) -> Rating:
    chosen = (first, second)[stands(first, second, better)]
    why = f"{chosen.rationale} Two readings came to {first.level} and {second.level}; the less favourable stands."
    return replace(chosen, rationale=why)


def _apart(first: Rating, second: Rating) -> Rating:
    """Unrated, with what both rest on."""
    one, other = (_told(each) for each in (first, second))
    why = f"Two readings came to {one} and {other}; needs a person."
    return Rating(first.id, None, "unrated", once([*first.evidence, *second.evidence]), why)


def _told(rating: Rating) -> str:
    return "not applicable" if rating.level is None else str(rating.level)
