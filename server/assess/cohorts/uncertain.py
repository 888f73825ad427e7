"""Figures with what is not known about them: a share with its interval, five numbers of a spread."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959964
"""Of a 95 % interval."""


@dataclass(frozen=True)
class Share:
    """So many of so many, with the 95 % interval of Wilson (1927), which holds for small n and near 0 and 1."""

    count: int
    n: int
    value: float | None
    """None of none."""
    low: float | None
    high: float | None


def share(count: int, n: int) -> Share:
    """`count` of `n`."""
    if not n:
        return Share(count, n, None, None, None)
    p, z2 = count / n, _Z * _Z
    middle, half = p + z2 / (2 * n), _Z * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
    low, high = (middle - half) / (1 + z2 / n), (middle + half) / (1 + z2 / n)
    return Share(count, n, p, max(0.0, low), min(1.0, high))
