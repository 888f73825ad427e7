"""How far two raters agree: quadratic-weighted kappa, bias, mean absolute error, and an interval by resampling."""

from __future__ import annotations

from math import isnan
from typing import SupportsFloat

import numpy as np
from numpy.typing import ArrayLike, NDArray

Marks = NDArray[np.float64]
RESAMPLES = 2000
SEED = 20
"""Fixed, so that the same file gives the same interval."""


def marks(values: ArrayLike) -> Marks:
    return np.asarray(values, dtype=np.float64)


def kappa(ours: Marks, theirs: Marks) -> Marks:
    """Quadratic-weighted kappa along the last axis, on the values themselves: means of raters may be fractions.

    One less the squared disagreement over what it would be by chance. Not a number where both never vary.
    """
    observed = np.mean((ours - theirs) ** 2, axis=-1)
    by_chance = ours.var(axis=-1) + theirs.var(axis=-1) + (ours.mean(axis=-1) - theirs.mean(axis=-1)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        return marks(1 - observed / by_chance)


def resampled(ours: Marks, theirs: Marks) -> Marks:
    """Kappa in each of `RESAMPLES` resamples of the conversations."""
    drawn = np.random.default_rng(SEED).integers(len(ours), size=(RESAMPLES, len(ours)))
    return kappa(ours[drawn], theirs[drawn])


def interval(kappas: Marks) -> list[float] | None:
    """95 % of the resamples; None where too few of them vary."""
    known = kappas[~np.isnan(kappas)]
    if len(known) <= RESAMPLES / 2:
        return None
    return [round(float(end), 3) for end in np.percentile(known, [2.5, 97.5])]


def figure(value: SupportsFloat) -> float | None:
    """As it is written: three places, and None for what cannot be known."""
    plain = float(value)
    return None if isnan(plain) else round(plain, 3)
