"""People against people, and a rater who is no person against people.

Like with like: the ceiling is the mean over pairs of people, the draft's figure the mean over its pairs with the same
people, on the same transcripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from server.assess.calibrating.figures import (
    UNKNOWN,
    Figure,
    Numbers,
    Sample,
    divided,
    exact,
    icc,
    icc_columns,
    icc_of_pair,
    kappa,
    mean,
    mean_columns,
    mean_of,
    pair_columns,
    resample,
)
from server.assess.calibrating.marks import Grid, Levels

LEAST = 10
"""Transcripts below which an interval is as wide as the scale of the figure, so that no figure is shown."""


@dataclass(frozen=True)
class Ceiling:
    """How far people agree with each other."""

    kappa: Figure = UNKNOWN
    icc: Figure = UNKNOWN
    exact: Figure = UNKNOWN
    icc_of_all: Figure = UNKNOWN
    """All raters at once, on the transcripts that all of them marked; unknown where these are too few."""
    pairs: int = 0


NO_CEILING = Ceiling()


@dataclass(frozen=True)
class Comparison:
    """One rater who is no person, the draft or a constant, against faculty. Differences are theirs less faculty's."""

    kappa: Figure
    icc: Figure
    exact: Figure
    bias: Figure
    smd: Figure
    """Bias in standard deviations of faculty's marks."""
    lower: Figure
    """Limits of agreement (Bland & Altman 1986): the mean difference and 1.96 standard deviations to either side."""
    upper: Figure


def pairs(compared: Grid) -> list[tuple[int, int]]:
    """Columns of two people who share enough transcripts."""
    marked = (~np.isnan(compared.faculty)).astype(int)
    shared = marked.T @ marked
    return [(a, b) for a, b in combinations(range(len(compared.raters)), 2) if shared[a, b] >= LEAST]


def people(compared: Grid) -> list[int]:
    """Columns of those who are in such a pair: the draft is compared with them."""
    return sorted({column for pair in pairs(compared) for column in pair})


def ceiling(compared: Grid, kappas: Sample) -> Ceiling:
    both = [pair_columns(compared.faculty[:, a], compared.faculty[:, b]) for a, b in pairs(compared)]
    alone = compared.faculty[:, people(compared)]
    enough = int((~np.isnan(alone).any(axis=1)).sum()) >= LEAST
    return Ceiling(
        kappas.figure,
        mean_of([resample(each, icc_of_pair) for each in both]).figure,
        mean_of([resample(each, exact) for each in both]).figure,
        resample(icc_columns(alone), icc).figure if enough else UNKNOWN,
        len(both),
    )


def between(compared: Grid) -> Sample:
    """Kappa of person with person, the mean over pairs."""
    faculty = compared.faculty
    return mean_of([resample(pair_columns(faculty[:, a], faculty[:, b]), kappa) for a, b in pairs(compared)])


def agreement(compared: Grid, ours: Levels) -> Sample:
    """Kappa of `ours` with person, the mean over the people of the ceiling."""
    return mean_of([resample(pair_columns(ours, compared.faculty[:, a]), kappa) for a in people(compared)])


def compare(compared: Grid, ours: Levels) -> Comparison:
    """`ours` against faculty."""
    columns = [pair_columns(ours, compared.faculty[:, a]) for a in people(compared)]
    apart = differences(compared, ours)
    spread = np.column_stack([mean_columns(apart), np.nan_to_num(apart) ** 2])
    return Comparison(
        agreement(compared, ours).figure,
        mean_of([resample(each, icc_of_pair) for each in columns]).figure,
        mean_of([resample(each, exact) for each in columns]).figure,
        bias(compared, ours),
        smd(compared, ours),
        resample(spread, lambda sums: mean(sums) - 1.96 * deviation(sums)).figure,
        resample(spread, lambda sums: mean(sums) + 1.96 * deviation(sums)).figure,
    )


def differences(compared: Grid, ours: Levels) -> Numbers:
    """By transcript: ours less the mean of faculty."""
    return ours - faculty_mean(compared)


def faculty_mean(compared: Grid) -> Numbers:
    known = ~np.isnan(compared.faculty)
    return divided(np.where(known, compared.faculty, 0).sum(axis=1), known.sum(axis=1))


def bias(compared: Grid, ours: Levels) -> Figure:
    return resample(mean_columns(differences(compared, ours)), mean).figure


def deviation(sums: Numbers) -> Numbers:
    """Standard deviation of a sample, from n, sum and sum of squares."""
    n, total, squares = sums[:, 0], sums[:, 1], sums[:, 2]
    return np.sqrt(np.maximum(divided(squares - divided(total**2, n), n - 1), 0))


def smd(compared: Grid, ours: Levels) -> Figure:
    known = ~np.isnan(compared.faculty)
    theirs = np.where(known, compared.faculty, 0)
    columns = np.column_stack(
        [known.sum(axis=1), theirs.sum(axis=1), (theirs**2).sum(axis=1), mean_columns(differences(compared, ours))]
    )
    return resample(columns, lambda sums: divided(mean(sums[:, 3:]), deviation(sums))).figure
