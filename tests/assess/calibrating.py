"""Marks that are made, by raters whose bias and agreement are known."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from benchmarks.calibration import ADA, BEN, SCALE, Made, marks_by
from server.assess.calibrating.marks import DRAFT, Mark, Scale
from server.assess.calibrating.study import Study, study

__all__ = ["ADA", "BEN", "SCALE", "Made", "given", "made", "studied"]


def made(*raters: Made, n: int = 40, seed: int = 1) -> list[Mark]:
    return marks_by(list(raters), n, np.random.default_rng(seed))


def studied(draft: Made | None, n: int = 40, seed: int = 1, *more: Made) -> Study:
    """Ada and Ben, and whoever else, beside a draft."""
    return study(made(ADA, BEN, *more, *([draft] if draft else []), n=n, seed=seed), SCALE)


def given(levels: dict[str, Sequence[int | None]], scale: Scale = SCALE) -> list[Mark]:
    """By rater, a level for each transcript; None: unrated by the draft, left out by a person."""
    return [
        Mark(f"t{n:02}", rater, scale.id, level, status="rated" if level is not None else "unrated")
        for rater, row in levels.items()
        for n, level in enumerate(row)
        if level is not None or rater == DRAFT
    ]
