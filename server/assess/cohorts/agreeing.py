"""How far marks agree: two people on one transcript, and the draft with people. Beside each stands what a rater would
reach who always gives the commonest level: agreement that is no better than that says nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

import numpy as np

from server.assess.boxes import Box, box
from server.assess.calibrating.figures import UNKNOWN, Figure, kappa, mean, mean_columns, pair_columns, resample
from server.assess.calibrating.marks import Scale
from server.assess.cohorts.seen import Seen
from server.assess.cohorts.uncertain import Share, share

FEWEST_PAIRS = 10
"""Transcripts below which no figure of agreement is given."""
FEWEST_MARKED = 5
"""Transcripts of a grader below which their spread is not drawn."""
Pair = tuple[int, int]
Marks = Mapping[str, int | None]


@dataclass(frozen=True)
class Agreement:
    """Of one dimension."""

    id: str
    name: str
    n: int
    """Transcripts that both gave a level."""
    exact: Share | None = None
    """None: too few."""
    constant: Share | None = None
    """Had one of the two always given the commonest level of the other."""
    kappa: Figure = UNKNOWN
    """Quadratic-weighted; that of a constant rater is 0."""


@dataclass(frozen=True)
class Grader:
    """Somebody's marks less those of others on the same transcripts, all dimensions together. No names: a letter."""

    letter: str
    n: int
    """Transcripts that somebody else marked as well."""
    apart: Box | None = None
    mean: Figure = UNKNOWN


def between_people(seen: Iterable[Seen], scales: Sequence[Scale]) -> list[Agreement]:
    """The first two people who marked each transcript."""
    both = [each.sheets[:2] for each in seen if len(each.sheets) > 1]
    return [_agreement(scale, [(a.get(scale.id), b.get(scale.id)) for (_, a), (_, b) in both]) for scale in scales]


def with_draft(seen: Iterable[Seen], scales: Sequence[Scale]) -> list[Agreement]:
    """The draft, and the first person who marked the transcript before they saw it."""
    both = [(_levels(each), each.sheets[0][1]) for each in seen if each.sheets and each.draft]
    return [_agreement(scale, [(a.get(scale.id), b.get(scale.id)) for a, b in both]) for scale in scales]


def _levels(seen: Seen) -> dict[str, int | None]:
    return {each["id"]: each["level"] for each in (seen.draft or {}).get("dimensions", ())}


def _agreement(scale: Scale, levels: Iterable[tuple[int | None, int | None]]) -> Agreement:
    pairs: list[Pair] = [(a, b) for a, b in levels if a is not None and b is not None]
    n = len(pairs)
    if n < FEWEST_PAIRS:
        return Agreement(scale.id, scale.name, n)
    ours, theirs = (np.array(side, dtype=float) for side in zip(*pairs, strict=True))
    commonest = Counter(b for _, b in pairs).most_common(1)[0][1]
    weighted = resample(pair_columns(ours, theirs), kappa).figure
    same = share(sum(a == b for a, b in pairs), n)
    return Agreement(scale.id, scale.name, n, same, share(commonest, n), weighted)


def graders(seen: Iterable[Seen], scales: Sequence[Scale]) -> list[Grader]:
    """Everybody who marked, in an order that says nothing of their marks."""
    apart: dict[str, list[float]] = {}
    for each in seen:
        for who, levels in each.sheets:
            others = [theirs for name, theirs in each.sheets if name != who]
            if (found := _apart(levels, others, scales)) is not None:
                apart.setdefault(who, []).append(found)
    return [_grader(number, apart[who]) for number, who in enumerate(sorted(apart))]


def _apart(own: Marks, others: Sequence[Marks], scales: Sequence[Scale]) -> float | None:
    """The mean over dimensions, each turned so that up is the better mark; None: there is nothing in common."""
    found: list[float] = []
    for scale in scales:
        theirs = [level for each in others if (level := each.get(scale.id)) is not None]
        level = own.get(scale.id)
        if theirs and level is not None:
            found.append((level - fmean(theirs)) * (1 if scale.better == "high" else -1))
    return fmean(found) if found else None


def _grader(number: int, apart: Sequence[float]) -> Grader:
    letter = chr(ord("A") + number % 26) * (number // 26 + 1)
    if len(apart) < FEWEST_MARKED:
        return Grader(letter, len(apart))
    return Grader(letter, len(apart), box(apart), resample(mean_columns(np.array(apart)), mean).figure)
