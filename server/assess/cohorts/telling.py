"""What stopwatches and learners themselves say of a cohort: timing, and the gap between own marks and the record's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from server.assess.boxes import Box, box
from server.assess.calibrating.figures import UNKNOWN, Figure, mean, mean_columns, resample
from server.assess.calibrating.marks import Scale
from server.assess.cohorts.seen import Seen
from server.assess.reporting.cohort import FEWEST
from server.assess.reporting.words import FACTS


@dataclass(frozen=True)
class Timed:
    """One thing that was measured."""

    id: str
    name: str
    n: int
    box: Box
    words: tuple[str, str, str]
    """Lower quartile, median and upper quartile, as people read them."""


@dataclass(frozen=True)
class Gap:
    """Of one dimension: the learners' own marks less those that count."""

    id: str
    name: str
    n: int
    counts: Mapping[int, int]
    """How many learners are that many levels above the record (below 0: under it)."""
    mean: Figure = UNKNOWN


def timing(seen: Sequence[Seen]) -> list[Timed]:
    """What was measured of at least `FEWEST` learners."""
    facts = [(each.card or {}).get("timing", {}) for each in seen]
    found = []
    for key, name, write in FACTS:
        values = [float(value) for each in facts if (value := each.get(key)) is not None]
        if len(values) >= FEWEST:
            made = box(values)
            words = (write(made.lower), write(made.middle), write(made.upper))
            found.append(Timed(key, name, len(values), made, words))
    return found


def gaps(seen: Sequence[Seen], scales: Sequence[Scale]) -> list[Gap]:
    """Dimensions that at least `FEWEST` learners marked for themselves and that have a level."""
    found = [_gap(scale, seen) for scale in scales]
    return [gap for gap in found if gap.n >= FEWEST]


def _gap(scale: Scale, seen: Sequence[Seen]) -> Gap:
    apart: list[int] = []
    for each in seen:
        levels = {line["id"]: line["level"] for line in (each.card or {}).get("dimensions", ())}
        own, level = each.self_rating.get(scale.id), levels.get(scale.id)
        if own is not None and level is not None:
            apart.append(own - level)
    if not apart:
        return Gap(scale.id, scale.name, 0, {})
    figure = resample(mean_columns(np.array(apart, dtype=float)), mean).figure
    return Gap(scale.id, scale.name, len(apart), dict(sorted(Counter(apart).items())), figure)
