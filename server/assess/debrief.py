"""The debriefing of an encounter, from its log and the scorecard that counts; and a retry beside the first time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any, TypeVar

from server.core.case import Case
from server.core.debriefing.course import Course, course
from server.core.debriefing.debriefing import Debriefing, debriefing
from server.core.debriefing.following_up import MOST, FollowUp, follow_ups
from server.core.debriefing.retrying import Again, compared
from server.core.ledger import Opportunity
from server.core.log import Entry
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Evidence, Rating

Card = Mapping[str, Any]
T = TypeVar("T")


def course_of(case: Case, entries: Sequence[Entry]) -> Course:
    """Raises `IllegalEvent` for a log that today's rules cannot follow."""
    return course(case, ((entry.event, entry.at_ms) for entry in entries))


def debrief_of(case: Case, entries: Sequence[Entry], card: Card, rubric: Rubric | None) -> tuple[Course, Debriefing]:
    """Of an encounter that is over; `card` as far as its reader may see it, `rubric` the card's: None where it is not
    on the shelf any more.
    """
    went = course_of(case, entries)
    return went, debriefing(went, lines_of(card), ratings_of(card), earning(rubric))


def earning(rubric: Rubric | None) -> frozenset[str]:
    """Dimensions whose high marks quote what earned them. One that counts blockers quotes the one it found."""
    return frozenset(each.id for each in rubric.dimensions if each.rule == "credit") if rubric else frozenset()


def lines_of(card: Card) -> tuple[Opportunity, ...]:
    """The ledger of a scorecard."""
    return tuple(_made(Opportunity, each) for each in card["opportunities"])


def ratings_of(card: Card) -> tuple[Rating, ...]:
    """The marks of a scorecard."""
    return tuple(
        _made(Rating, {**each, "evidence": tuple(_made(Evidence, one) for one in each["evidence"])})
        for each in card["dimensions"]
    )


def compared_cards(first: Card, now: Card, beats: Sequence[str]) -> tuple[Again, ...]:
    """The moments of a retry beside the first time; `beats` are those that it takes up again."""
    return compared(lines_of(first), lines_of(now), beats)


def asked_next(texts: Iterable[str], themes: Sequence[str], answered: Sequence[str]) -> list[FollowUp]:
    """Questions that have no answer yet, so many that there are never more than three in all."""
    left = MOST - len(answered)
    fresh = follow_ups(texts, themes, MOST + len(answered))
    return [each for each in fresh if not any(each.sentence in question for question in answered)][: max(0, left)]


def _made(kind: type[T], given: Mapping[str, Any]) -> T:
    """From JSON: lists become tuples, and what a later version has added is left aside."""
    known = {field.name for field in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: tuple(v) if isinstance(v, list) else v for name, v in given.items() if name in known})
