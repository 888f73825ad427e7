"""How values spread, as a box plot shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True)
class Box:
    """Five numbers: whiskers reach the lowest and the highest."""

    lowest: float
    lower: float
    middle: float
    upper: float
    highest: float


def box(values: Sequence[float]) -> Box:
    """Of two values or more; quartiles inclusive of both ends."""
    lower, middle, upper = quantiles(values, n=4, method="inclusive")
    return Box(min(values), lower, middle, upper, max(values))
