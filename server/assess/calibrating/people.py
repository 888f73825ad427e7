"""The people who mark: who is stricter than the others, and who has changed since they began.

All dimensions are taken together, each turned so that up is the better mark. One transcript is one observation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from server.assess.boxes import Box, box
from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.figures import UNKNOWN, Figure, Numbers, divided, mean, mean_columns, resample
from server.assess.calibrating.marks import DRAFT, Mark, Scale, raters_of


@dataclass(frozen=True)
class Leniency:
    """One rater's marks less those of the other people on the same transcripts; below 0 is the stricter."""

    rater: str
    n: int
    mean: Figure = UNKNOWN
    box: Box | None = None


@dataclass(frozen=True)
class Drift:
    """How one rater has changed."""

    rater: str
    again_n: int
    """Transcripts that were marked a second time."""
    same: float | None = None
    """The share of second marks that were the first one again."""
    again: Figure = UNKNOWN
    """Second mark less the first."""
    timed_n: int = 0
    slope: Figure = UNKNOWN
    """Levels that the distance from the others moved by, from their first transcript to their last."""


Differences = Mapping[str, Mapping[str, float]]
"""By rater, by transcript: the mean over dimensions."""


def leniency(marks: Sequence[Mark], scales: Iterable[Scale]) -> list[Leniency]:
    """Everybody, the draft last."""
    found = from_others(marks, scales)
    return [_lenient(name, list(found.get(name, {}).values())) for name in _everybody(marks)]


def _everybody(marks: Sequence[Mark]) -> tuple[str, ...]:
    drafted = (DRAFT,) if any(mark.rater == DRAFT for mark in marks) else ()
    return (*raters_of(marks), *drafted)


def _lenient(name: str, apart: list[float]) -> Leniency:
    if len(apart) < LEAST:
        return Leniency(name, len(apart))
    return Leniency(name, len(apart), resample(mean_columns(np.array(apart)), mean).figure, box(apart))


def from_others(marks: Sequence[Mark], scales: Iterable[Scale]) -> Differences:
    """Each rater's first marks less the mean of the other people's on the same transcript and dimension."""
    signs = _signs(scales)
    apart: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for (transcript, dimension), given in _together(marks).items():
        for rater, level in given.items():
            others = [theirs for name, theirs in given.items() if name not in (rater, DRAFT)]
            if others:
                apart[rater][transcript].append(signs[dimension] * (level - fmean(others)))
    return {rater: {name: fmean(each) for name, each in found.items()} for rater, found in apart.items()}


def _signs(scales: Iterable[Scale]) -> dict[str, int]:
    return {scale.id: 1 if scale.better == "high" else -1 for scale in scales}


def _together(marks: Iterable[Mark]) -> dict[tuple[str, str], dict[str, int]]:
    """By transcript and dimension: who gave which level at first."""
    found: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for mark in marks:
        if mark.round == 1 and mark.level is not None:
            found[mark.transcript, mark.dimension][mark.rater] = mark.level
    return found


def drift(marks: Sequence[Mark], scales: Sequence[Scale]) -> list[Drift]:
    """Every person. Those with too few transcripts have a number of them and no figure."""
    apart, order = from_others(marks, scales), _order(marks)
    return [_drift(name, _again(marks, name, scales), apart.get(name, {}), order[name]) for name in raters_of(marks)]


def _drift(name: str, again: list[list[float]], apart: Mapping[str, float], order: Mapping[str, float]) -> Drift:
    timed = [(order[transcript], difference) for transcript, difference in apart.items() if transcript in order]
    every = [difference for each in again for difference in each]
    enough = len(again) >= LEAST
    return Drift(
        name,
        len(again),
        sum(difference == 0 for difference in every) / len(every) if enough else None,
        resample(mean_columns(np.array([fmean(each) for each in again])), mean).figure if enough else UNKNOWN,
        len(timed),
        _slope(timed) if len(timed) >= LEAST else UNKNOWN,
    )


def _again(marks: Iterable[Mark], rater: str, scales: Iterable[Scale]) -> list[list[float]]:
    """By transcript that this rater marked again: each later mark less the first, dimension by dimension."""
    signs = _signs(scales)
    own = [mark for mark in marks if mark.rater == rater and mark.level is not None]
    first = {(mark.transcript, mark.dimension): mark.level for mark in own if mark.round == 1}
    found: dict[str, list[float]] = defaultdict(list)
    for mark, before in _later(own, first):
        found[mark.transcript].append(float(signs[mark.dimension] * ((mark.level or 0) - before)))
    return list(found.values())


def _later(own: Iterable[Mark], first: Mapping[tuple[str, str], int | None]) -> Iterator[tuple[Mark, int]]:
    for mark in own:
        before = first.get((mark.transcript, mark.dimension))
        if mark.round > 1 and before is not None:
            yield mark, before


def _order(marks: Iterable[Mark]) -> dict[str, dict[str, float]]:
    """By rater: each transcript's place in the order they marked in, from 0 to 1; those with a time only."""
    times: dict[str, dict[str, float]] = defaultdict(dict)
    for mark in marks:
        if mark.round == 1 and mark.at is not None:
            seen = times[mark.rater].get(mark.transcript, mark.at)
            times[mark.rater][mark.transcript] = min(seen, mark.at)
    return defaultdict(dict, {rater: _places(found) for rater, found in times.items()})


def _places(times: Mapping[str, float]) -> dict[str, float]:
    """Equal times share a place."""
    distinct = {time: place for place, time in enumerate(sorted(set(times.values())))}
    last = max(len(distinct) - 1, 1)
    return {name: distinct[time] / last for name, time in times.items()}


def _slope(timed: Sequence[tuple[float, float]]) -> Figure:
    """The straight line by least squares; unknown where all were marked at one time."""
    x, y = np.array(timed).T
    return resample(np.column_stack([np.ones(len(x)), x, y, x * x, x * y]), _slopes).figure


def _slopes(sums: Numbers) -> Numbers:
    n, x, y, xx, xy = sums.T
    spread = n * xx - x * x
    return divided(n * xy - x * y, np.where(spread > 1e-9, spread, 0))
