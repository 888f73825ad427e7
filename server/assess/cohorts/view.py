"""Everything about one cohort, JSON-ready once `dataclasses.asdict` has it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from server.assess.calibrating.figures import UNKNOWN, Figure, mean, mean_columns, resample
from server.assess.calibrating.marks import Scale, scales
from server.assess.cohorts.agreeing import Agreement, Grader, between_people, graders, with_draft
from server.assess.cohorts.exemplars import Exemplar, Nameless, exemplars
from server.assess.cohorts.seen import Seen, newest_scored
from server.assess.cohorts.telling import Gap, Timed, gaps, timing
from server.assess.cohorts.uncertain import Share, share
from server.assess.reporting.cohort import Met, Spread, cohort
from server.core.case import Case
from server.core.rubric import Rubric


@dataclass(frozen=True)
class Moment:
    """One planted moment: to how many learners it was offered, and what became of it. Not offered is no zero."""

    beat: str
    kind: str
    core: bool
    cue: str
    offered: Share
    counts: Mapping[str, int]
    """By shape: met, partly, passed, open."""
    passed: Share
    """Of those to whom it was offered."""


@dataclass(frozen=True)
class Item:
    """One dimension of the rubric."""

    id: str
    name: str
    lowest: int
    highest: int
    better: str
    levels: Mapping[int, int]
    not_applicable: int
    unrated: int
    n: int
    drafts: int = 0
    """Of these, levels that nobody has signed."""
    mean: Figure = UNKNOWN
    reached: Figure = UNKNOWN
    """The mean as a share of the way from the worst level to the best: near 1 is easy, near 0 is hard."""


@dataclass(frozen=True)
class View:
    """What the page shows."""

    n: int
    signed: int
    drafts: int
    moments: tuple[Moment, ...]
    """The ones passed by most often first."""
    items: tuple[Item, ...]
    timing: tuple[Timed, ...]
    gaps: tuple[Gap, ...]
    people: tuple[Agreement, ...]
    draft: tuple[Agreement, ...]
    graders: tuple[Grader, ...]
    exemplars: tuple[Exemplar, ...]
    rubric: str
    claim: str


def view(case: Case, rubric: Rubric, seen: Iterable[Seen], nameless: Nameless) -> View:
    """Of one encounter of each learner. Raises `ContentError` where fewer than `FEWEST` are scored by `rubric`."""
    counted = [
        each for each in newest_scored(seen) if (each.card or {}).get("rubric", {}).get("id") == rubric.rubric_id
    ]
    found = cohort(case, rubric, [each.card for each in counted if each.card is not None])
    of = {scale.id: scale for scale in scales(rubric)}
    ordered = tuple(of.values())
    return View(
        n=found.n,
        signed=found.signed,
        drafts=found.n - found.signed,
        moments=tuple(map(_moment, found.moments)),
        items=tuple(_item(spread, of[spread.id], _drafts(counted, spread.id)) for spread in found.spreads),
        timing=tuple(timing(counted)),
        gaps=tuple(gaps(counted, ordered)),
        people=tuple(between_people(counted, ordered)),
        draft=tuple(with_draft(counted, ordered)),
        graders=tuple(graders(counted, ordered)),
        exemplars=tuple(exemplars(counted, ordered, nameless)),
        rubric=f"{rubric.rubric_id} {rubric.rubric_version}",
        claim=rubric.claim,
    )


def _moment(met: Met) -> Moment:
    counts = {shape: met.counts.get(shape, 0) for shape in ("met", "partly", "passed", "open")}
    offered = share(met.offered, met.offered + met.not_offered)
    return Moment(met.beat, met.kind, met.core, met.cue, offered, counts, share(counts["passed"], met.offered))


def _drafts(counted: Iterable[Seen], dimension: str) -> int:
    lines = (line for each in counted if not each.signed for line in (each.card or {}).get("dimensions", ()))
    return sum(line["id"] == dimension and line["level"] is not None for line in lines)


def _item(spread: Spread, scale: Scale, drafts: int) -> Item:
    levels = [level for level, n in spread.levels.items() for _ in range(n)]
    figures = _reached(levels, scale) if levels else (UNKNOWN, UNKNOWN)
    return Item(
        spread.id, spread.name, scale.lowest, scale.highest, scale.better, dict(sorted(spread.levels.items())),
        spread.not_applicable, spread.unrated, spread.rated, drafts, *figures,
    )  # fmt: skip


def _reached(levels: Sequence[int], scale: Scale) -> tuple[Figure, Figure]:
    found = resample(mean_columns(np.array(levels, dtype=float)), mean).figure
    ends = [(each - scale.lowest) / (scale.highest - scale.lowest) for each in _known(found)]
    if scale.better == "low":
        ends = [1 - each for each in (ends[0], *reversed(ends[1:]))]
    return found, Figure(*ends)


def _known(figure: Figure) -> tuple[float, ...]:
    return tuple(each for each in (figure.value, figure.low, figure.high) if each is not None)
