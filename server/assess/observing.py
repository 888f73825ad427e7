"""An observer's marks beside the draft's: what each of them saw in the same encounter.

This is for talking about the differences. One observer of one encounter says next to nothing about how well anybody
rates, so the agreement stands beside what somebody would have got who gave the same mark everywhere.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median_low
from typing import Any

from server.core.errors import RequestError
from server.core.rubric import Rubric

CAUTION = (
    "Agreement of one observer on one encounter means little: talk about the differences, and look at the words that "
    "each of you marked."
)
MOST_QUOTES = 20
"""Turns that an observer may mark for one dimension."""


@dataclass(frozen=True)
class Side:
    """One dimension, both ways."""

    id: str
    name: str
    theirs: int | None
    """None: they gave no mark."""
    quotes: tuple[str, ...]
    """Ids of the turns that they marked."""
    draft: int | None
    """None: not rated, or nothing was scored."""
    draft_status: str
    """rated, unrated, not_applicable; not_scored where there is no scorecard."""
    difference: int | None
    """Theirs less the draft's; None where one of the two is missing."""


@dataclass(frozen=True)
class Agreement:
    """Over the dimensions that both gave a mark."""

    dimensions: int
    """How many those are."""
    exact: int
    """In how many of them the two marks are the same."""
    constant: int | None
    """The median of the draft's marks (the lower of two); None where there are none."""
    constant_exact: int
    """In how many the same mark everywhere, that median, would have been the draft's."""


@dataclass(frozen=True)
class Comparison:
    """Everything to talk about."""

    sides: tuple[Side, ...]
    agreement: Agreement
    caution: str = CAUTION


def checked_sheet(
    levels: Mapping[str, int | None], quotes: Mapping[str, Sequence[str]], rubric: Rubric, turns: frozenset[str]
) -> dict[str, Any]:
    """`levels` and `quotes` as they are kept, every dimension in its place. Raises `RequestError` naming the field."""
    known = {dimension.id for dimension in rubric.dimensions}
    for field, given in (("levels", levels), ("quotes", quotes)):
        if any(name not in known for name in given):
            mend = f"Use: {', '.join(sorted(known))}."
            raise RequestError("There is no such dimension.", code="bad_field", field=field, mend=mend)
    _check_levels(levels, rubric)
    _check_quotes(quotes, turns)
    order = [dimension.id for dimension in rubric.dimensions]
    return {
        "levels": {name: levels.get(name) for name in order},
        "quotes": {name: list(dict.fromkeys(quotes.get(name, ()))) for name in order},
    }


def _check_levels(levels: Mapping[str, int | None], rubric: Rubric) -> None:
    for name, level in levels.items():
        if level is not None and not rubric.lowest <= level <= rubric.highest:
            message = f"A level is a whole number from {rubric.lowest} to {rubric.highest}, or null for none."
            raise RequestError(message, code="bad_field", field=f"levels.{name}")


def _check_quotes(quotes: Mapping[str, Sequence[str]], turns: frozenset[str]) -> None:
    for name, marked in quotes.items():
        if len(marked) > MOST_QUOTES:
            raise RequestError(f"Mark at most {MOST_QUOTES} turns.", code="bad_field", field=f"quotes.{name}")
        if not turns.issuperset(marked):
            mend = "Use the ids of turns in the transcript."
            raise RequestError("There is no such turn.", code="bad_field", field=f"quotes.{name}", mend=mend)


def compare(sheet: Mapping[str, Any], card: Mapping[str, Any], rubric: Rubric) -> Comparison:
    """A kept sheet beside a scorecard, JSON-ready as `server.assess.draft` makes it; one that is not scored may be."""
    drafted = {each["id"]: each for each in card["dimensions"]}
    sides = tuple(_side(each.id, each.name, sheet, drafted.get(each.id)) for each in rubric.dimensions)
    return Comparison(sides, _agreement(sides))


def _side(dimension: str, name: str, sheet: Mapping[str, Any], drafted: Mapping[str, Any] | None) -> Side:
    theirs = sheet["levels"].get(dimension)
    draft = drafted["level"] if drafted else None
    status = drafted["status"] if drafted else "not_scored"
    difference = theirs - draft if theirs is not None and draft is not None else None
    return Side(dimension, name, theirs, tuple(sheet["quotes"].get(dimension, ())), draft, status, difference)


def _agreement(sides: Sequence[Side]) -> Agreement:
    drafts = [side.draft for side in sides if side.difference is not None and side.draft is not None]
    if not drafts:
        return Agreement(0, 0, None, 0)
    constant = median_low(drafts)
    exact = sum(side.difference == 0 for side in sides)
    return Agreement(len(drafts), exact, constant, drafts.count(constant))
