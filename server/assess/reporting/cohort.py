"""A cohort's marks of one case, counted: how levels are spread, and which moments were met, in part or passed by.

Nobody is named, and nobody can be ranked: there is no sum and no order of learners. Below `FEWEST` encounters nothing
is shown, for a plot of three points tells on somebody and means nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from server.assess.reporting.pictures import Shape, shape_of
from server.assess.reporting.report import environment, read_card
from server.assess.reporting.words import KINDS, readable
from server.core.case import Case
from server.core.errors import ContentError, Problem
from server.core.rubric import Dimension, Rubric, Weighed
from server.core.scoring.scorecard import Scorecard

FEWEST = 5
"""Encounters below which a spread says nothing and could be told apart; a rule of thumb for small cells."""
SHAPES: tuple[Shape, ...] = ("met", "partly", "passed", "open")


@dataclass(frozen=True)
class Spread:
    """One dimension: how many encounters have which level."""

    name: str
    levels: Mapping[int, int]
    not_applicable: int
    unrated: int
    id: str = ""

    @property
    def rated(self) -> int:
        return sum(self.levels.values())

    @property
    def middle(self) -> float | None:
        """The median level."""
        found = [level for level, count in self.levels.items() for _ in range(count)]
        return float(median(found)) if found else None


@dataclass(frozen=True)
class Met:
    """One planted moment: what became of it, by shape."""

    beat: str
    kind: str
    core: bool
    cue: str
    """What is said or shown there, as the case has it."""
    counts: Mapping[Shape, int]
    not_offered: int

    @property
    def offered(self) -> int:
        return sum(self.counts.values())


@dataclass(frozen=True)
class Cohort:
    title: str
    n: int
    signed: int
    rubric: Rubric
    spreads: tuple[Spread, ...]
    moments: tuple[Met, ...]
    """The ones passed by most often first."""
    facts: tuple[tuple[str, str], ...]
    """Medians of the timing facts."""


def cohort(case: Case, rubric: Rubric, cards: Sequence[Mapping[str, Any]]) -> Cohort:
    """Of scorecards, JSON-ready, that were made of `case` with `rubric`; others are left out.

    Raises `ContentError` `too_few` below `FEWEST`.
    """
    own = [
        card for card in cards if card["status"] in ("draft", "signed") and card["rubric"].get("id") == rubric.rubric_id
    ]
    if len(own) < FEWEST:
        message = f"{len(own)} scored encounters of this case; fewer than {FEWEST} are not shown as a cohort."
        raise ContentError([Problem(message, mend="Wait for more, or look at each by itself.")])
    read = [read_card(card) for card in own]
    dimensions: list[Dimension | Weighed] = [*rubric.dimensions, *rubric.weighed]
    return Cohort(
        title=case.title,
        n=len(own),
        signed=sum(card.status == "signed" for card in read),
        rubric=rubric,
        spreads=tuple(_spread(each, read) for each in dimensions),
        moments=tuple(_moments(case, read)),
        facts=tuple(readable(_medians([card.get("timing", {}) for card in own]))),
    )


def cohort_html(found: Cohort) -> str:
    """One HTML document."""
    levels = range(found.rubric.lowest, found.rubric.highest + 1)
    return environment().get_template("cohort.html.j2").render(
        title=f"Cohort: {found.title}", language=found.rubric.language, cohort=found, levels=levels, shapes=SHAPES
    )  # fmt: skip


def _spread(dimension: Dimension | Weighed, cards: Iterable[Scorecard]) -> Spread:
    ratings = [rating for card in cards for rating in card.dimensions if rating.id == dimension.id]
    return Spread(
        dimension.name,
        Counter(rating.level for rating in ratings if rating.level is not None),
        sum(rating.status == "not_applicable" for rating in ratings),
        sum(rating.status == "unrated" for rating in ratings),
        dimension.id,
    )


def _moments(case: Case, cards: Sequence[Scorecard]) -> list[Met]:
    found = [_met(beat.id, case, cards) for beat in case.beats]
    return sorted(found, key=lambda met: -(met.counts.get("passed", 0) / met.offered if met.offered else -1))


def _met(beat_id: str, case: Case, cards: Iterable[Scorecard]) -> Met:
    beat = next(beat for beat in case.beats if beat.id == beat_id)
    lines = [line for card in cards for line in card.opportunities if line.beat == beat_id]
    offered = [line for line in lines if line.state != "not_offered"]
    deliver = beat.deliver
    cue = deliver.verbatim or next(iter(deliver.lines), "") or deliver.shown
    counts = Counter(shape_of(line) for line in offered)
    return Met(beat_id, KINDS.get(beat.kind, beat.kind), beat.core, cue, counts, len(lines) - len(offered))


def _medians(timings: Iterable[Mapping[str, float | int | None]]) -> dict[str, float | int | None]:
    values: dict[str, list[float]] = {}
    for timing in timings:
        for name, value in timing.items():
            if value is not None:
                values.setdefault(name, []).append(value)
    return {name: median(found) for name, found in values.items()}
