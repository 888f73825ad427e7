"""Moving the draft's levels to where faculty put theirs: by a whole shift, or by a line; tried on what it has not seen.

A correction is fitted once for each transcript on all the others and put to that one (leave-one-out), so that its gain
is one on unseen marks. The line gives the draft faculty's mean and spread, which keeps their order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from server.assess.calibrating.comparing import agreement, bias, faculty_mean
from server.assess.calibrating.figures import UNKNOWN, Figure, Numbers, Sample, divided
from server.assess.calibrating.marks import Grid, Levels, Scale

LEAST_SLOPE, MOST_SLOPE = 0.5, 2.0
"""Levels of faculty's for one of the draft's; a steeper or flatter line is no recalibration but another rater."""


@dataclass(frozen=True)
class Recalibration:
    """What would become of each level, and what that earns on transcripts that it was not fitted on."""

    kind: Literal["shift", "line"]
    levels: Mapping[int, int]
    gain: float
    """Kappa with faculty above what it is uncorrected, leave-one-out."""
    agreement: Sample
    bias: Figure = UNKNOWN
    """What is left of it, leave-one-out."""

    @property
    def words(self) -> str:
        """`-1`, where every level within the scale moves alike; else which level becomes which."""
        moved = {after - before for before, after in self.levels.items() if min(self.levels) < after < max(self.levels)}
        if self.kind == "shift" and len(moved) == 1:
            return f"{moved.pop():+d}"
        return (
            ", ".join(f"{before} to {after}" for before, after in self.levels.items() if before != after) or "nothing"
        )


def candidates(compared: Grid, scale: Scale) -> list[Recalibration]:
    """The simple one first."""
    draft = compared.draft
    every = np.arange(scale.lowest, scale.highest + 1, dtype=float)
    shift, shifts = _shifts(draft, faculty_mean(compared), scale)
    sums = _sums(compared)
    start, slope = _line(sums.sum(axis=0)[None, :])
    starts, slopes = _line(sums.sum(axis=0) - sums)
    return [
        _tried(compared, scale, "shift", every + shift, draft + shifts),
        _tried(compared, scale, "line", start + slope * every, starts + slopes * draft),
    ]


def _tried(
    compared: Grid, scale: Scale, kind: Literal["shift", "line"], levels: Levels, unseen: Levels
) -> Recalibration:
    table = {before: int(after) for before, after in enumerate(_held(levels, scale), scale.lowest)}
    corrected = _held(unseen, scale)
    before, after = agreement(compared, compared.draft), agreement(compared, corrected)
    return Recalibration(kind, table, after.value - before.value, after, bias(compared, corrected))


def _held(levels: Levels, scale: Scale) -> Levels:
    """Whole, halves upwards, and within the scale."""
    return np.clip(np.floor(levels + 0.5), scale.lowest, scale.highest)


def _shifts(draft: Levels, theirs: Levels, scale: Scale) -> tuple[float, Numbers]:
    """The whole shift with the least squared distance on all transcripts; and for each one, on all the others."""
    span = scale.highest - scale.lowest
    shifts = np.array(sorted(range(-span, span + 1), key=abs), dtype=float)
    moved = np.clip(draft[None, :] + shifts[:, None], scale.lowest, scale.highest)
    errors = (moved - theirs[None, :]) ** 2
    whole = errors.sum(axis=1, keepdims=True)
    return float(shifts[np.argmin(whole[:, 0])]), shifts[np.argmin(whole - errors, axis=0)]


def _sums(compared: Grid) -> Numbers:
    """By transcript: 1, level and its square of the draft; number, sum and sum of squares of faculty's."""
    known = ~np.isnan(compared.faculty)
    theirs, draft = np.where(known, compared.faculty, 0), compared.draft
    ours = [np.ones(len(draft)), draft, draft**2]
    return np.column_stack([*ours, known.sum(axis=1), theirs.sum(axis=1), (theirs**2).sum(axis=1)])


def _line(sums: Numbers) -> tuple[Numbers, Numbers]:
    """Start and slope that give the draft faculty's mean and spread; unmoved where it never varies."""
    our_mean, our_spread = _mean_and_spread(sums[:, :3])
    their_mean, their_spread = _mean_and_spread(sums[:, 3:])
    slopes = np.clip(np.nan_to_num(divided(their_spread, our_spread), nan=1), LEAST_SLOPE, MOST_SLOPE)
    return their_mean - slopes * our_mean, slopes


def _mean_and_spread(sums: Numbers) -> tuple[Numbers, Numbers]:
    means = divided(sums[:, 1], sums[:, 0])
    return means, np.sqrt(np.maximum(divided(sums[:, 2], sums[:, 0]) - means**2, 0))
