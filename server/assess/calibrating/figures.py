"""Agreement between two raters, computed from sums over transcripts, so that two thousand resamples cost one product.

Quadratic-weighted kappa: Cohen 1968, with squared distances between levels. ICC(2,1): two-way random effects, absolute
agreement, one rater (Shrout & Fleiss 1979, case 2; McGraw & Wong 1996, ICC(A,1)).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
RESAMPLES = 2000
SEED = 20
"""Fixed, so that the same marks give the same intervals."""
CHUNK = 1_000_000
"""Numbers of resampling that are held at once."""


@dataclass(frozen=True)
class Figure:
    """A figure with its 95 % interval; None: it cannot be known from these marks."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def known(self) -> bool:
        return self.value is not None

    @property
    def above_zero(self) -> bool:
        return self.low is not None and self.low > 0

    @property
    def below_zero(self) -> bool:
        return self.high is not None and self.high < 0


UNKNOWN = Figure(None)


@dataclass(frozen=True)
class Sample:
    """A figure as the marks have it, and as each resample of the transcripts has it."""

    value: float
    resampled: Numbers

    def __sub__(self, other: Sample) -> Sample:
        """Of the same resamples: what one figure is above another."""
        return Sample(self.value - other.value, self.resampled - other.resampled)

    @property
    def figure(self) -> Figure:
        """With the middle 95 % of the resamples; without an interval where half of them have no such figure."""
        if np.isnan(self.value):
            return UNKNOWN
        known = self.resampled[~np.isnan(self.resampled)]
        if 2 * len(known) <= len(self.resampled):
            return Figure(float(self.value))
        low, high = np.percentile(known, [2.5, 97.5])
        return Figure(float(self.value), float(low), float(high))


def mean_of(samples: list[Sample]) -> Sample:
    """The mean over pairs of raters; over those that have the figure, resample by resample."""
    if not samples:
        return Sample(float("nan"), np.full(1, np.nan))
    return Sample(
        _mean(np.array([[each.value] for each in samples]))[0], _mean(np.array([s.resampled for s in samples]))
    )


def _mean(rows: Numbers) -> Numbers:
    known = ~np.isnan(rows)
    return divided(np.where(known, rows, 0).sum(axis=0), known.sum(axis=0))


def divided(top: Numbers, bottom: Numbers) -> Numbers:
    """Not a number where the bottom is 0, without complaint."""
    top, bottom = np.broadcast_arrays(np.asarray(top, dtype=float), np.asarray(bottom, dtype=float))
    out: Numbers = np.full(top.shape, np.nan)
    return np.divide(top, bottom, out=out, where=bottom > 0)


def resample(columns: Numbers, figure: Callable[[Numbers], Numbers]) -> Sample:
    """`figure` of the sums of these columns (one row a transcript), and of the sums in each resample.

    Columns of the same length are resampled alike, so that their figures can be compared resample by resample.
    """
    found = figure(columns.sum(axis=0)[None, :])
    return Sample(float(found[0]), figure(_resampled_sums(columns)))


def _resampled_sums(columns: Numbers) -> Numbers:
    times = _times_drawn(len(columns))
    step = max(1, CHUNK // max(len(columns), 1))
    parts = [times[start : start + step].astype(float) @ columns for start in range(0, RESAMPLES, step)]
    return np.concatenate(parts)


@lru_cache(maxsize=2)
def _times_drawn(n: int) -> NDArray[np.int16]:
    """How often each of `n` transcripts is in each resample."""
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / max(n, 1)), size=RESAMPLES)
    return drawn.astype(np.int16)


def pair_columns(ours: Numbers, theirs: Numbers) -> Numbers:
    """By transcript that both marked: 1, a, b, a², b², ab, whether equal; zeros elsewhere, which add nothing."""
    both = ~np.isnan(ours) & ~np.isnan(theirs)
    a, b = np.where(both, ours, 0), np.where(both, theirs, 0)
    return np.column_stack([both, a, b, a * a, b * b, a * b, both & (a == b)]).astype(float)


def kappa(sums: Numbers) -> Numbers:
    """Quadratic-weighted kappa: one less the squared disagreement over what the two would have by chance."""
    n, a, b, aa, bb, ab, _ = sums.T
    observed = aa + bb - 2 * ab
    by_chance = aa + bb - 2 * divided(a * b, n)
    return 1 - divided(observed, np.where(by_chance > 1e-9, by_chance, 0))


def exact(sums: Numbers) -> Numbers:
    """The share of transcripts on which the two gave the same level."""
    return divided(sums[:, 6], sums[:, 0])


def icc_of_pair(sums: Numbers) -> Numbers:
    """ICC(2,1) of two raters."""
    n, a, b, aa, bb, ab, _ = sums.T
    return _icc(n, 2, np.column_stack([a, b]), aa + bb, aa + bb + 2 * ab)


def icc_columns(levels: Numbers) -> Numbers:
    """For ICC(2,1) of several raters, of the transcripts that all of them marked: 1, sum of squares, square of the
    sum, and each rater's level.
    """
    whole = levels[~np.isnan(levels).any(axis=1)]
    return np.column_stack([np.ones(len(whole)), (whole**2).sum(axis=1), whole.sum(axis=1) ** 2, whole])


def icc(sums: Numbers) -> Numbers:
    """ICC(2,1), from the sums of `icc_columns`."""
    return _icc(sums[:, 0], sums.shape[1] - 3, sums[:, 3:], sums[:, 1], sums[:, 2])


def _icc(n: Numbers, k: int, by_rater: Numbers, squares: Numbers, squared_rows: Numbers) -> Numbers:
    """(MSR - MSE) / (MSR + (k - 1) MSE + k (MSC - MSE) / n); not a number where nothing varies or n is below 2."""
    centre = divided(by_rater.sum(axis=1) ** 2, n * k)
    rows, columns = squared_rows / k - centre, divided((by_rater**2).sum(axis=1), n) - centre
    rest = np.maximum(squares - centre - rows - columns, 0)
    rows_mean, columns_mean = divided(rows, n - 1), columns / (k - 1)
    rest_mean = divided(rest, (n - 1) * (k - 1))
    whole = rows_mean + (k - 1) * rest_mean + divided(k * (columns_mean - rest_mean), n)
    return divided(rows_mean - rest_mean, np.where(whole > 1e-9, whole, 0))


def mean_columns(values: Numbers) -> Numbers:
    """1 and the value, of the transcripts that have one."""
    known = ~np.isnan(values)
    return np.column_stack([known, np.where(known, values, 0)]).astype(float)


def mean(sums: Numbers) -> Numbers:
    return divided(sums[:, 1], sums[:, 0])
