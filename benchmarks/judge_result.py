"""A rater's marks beside those of the experts: the figures of `benchmarks.judge`, whoever the rater is."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.judge_agreement import Marks, figure, interval, kappa, marks, resampled
from benchmarks.judge_baselines import BASELINES
from benchmarks.judge_data import DIMENSIONS, EXPERTS, Conversation, load
from benchmarks.judge_fit import RUBRIC, digest, seen
from server.content.loader import load_rubric
from server.core.rubric import Rubric

CLAIM = "Lay peer support, not nursing. Validated on no students; the rules were written by people who had read the 27."


@dataclass(frozen=True)
class Marked:
    """A rater's marks of one dimension; not a number where it abstained."""

    levels: Marks
    basis: str
    """shipped: the rubric as it stands; leave-one-out: `start` and `step` refitted without the one that is marked."""


Marker = Callable[[Rubric, Sequence[Conversation]], dict[str, Marked]]


def compared(ours: Marks, theirs: Marks) -> dict[str, Any]:
    """Agreement over what was marked."""
    known = ~np.isnan(ours)
    mine, reference = ours[known], theirs[known]
    if not len(mine):
        return {"n": 0, "abstentions": len(ours), "qwk": None, "interval_95": None, "bias": None, "mae": None}
    return {
        "n": len(mine),
        "abstentions": int((~known).sum()),
        "qwk": figure(kappa(mine, reference)),
        "interval_95": interval(resampled(mine, reference)),
        "bias": figure(np.mean(mine - reference)),
        "mae": figure(np.mean(np.abs(mine - reference))),
    }


def measured(rows: Sequence[Conversation], dimension: str, ours: Marked) -> dict[str, Any]:
    """Everything about one dimension: the rater, each expert, the baselines, the published judges."""
    medians = marks([row.median(dimension) for row in rows])
    experts = [name for name in EXPERTS if all(name in row.ratings for row in rows)]
    known = ~np.isnan(ours.levels)
    return {
        **compared(ours.levels, medians),
        "basis": ours.basis,
        "qwk_with_each_expert": {
            name: figure(kappa(ours.levels[known], _marks(rows, name, dimension)[known])) if known.any() else None
            for name in experts
        },
        "experts_with_the_others": {name: figure(_with_others(rows, name, experts, dimension)) for name in experts},
        "baselines": {name: compared(make(rows, dimension, medians), medians) for name, make in BASELINES.items()},
        "published": {name: compared(_marks(rows, name, dimension), medians) for name in _published(rows)},
    }


def _marks(rows: Sequence[Conversation], rater: str, dimension: str) -> Marks:
    return marks([row.ratings[rater][dimension] for row in rows])


def _published(rows: Sequence[Conversation]) -> list[str]:
    return [name for name in rows[0].ratings if name not in EXPERTS and all(name in row.ratings for row in rows)]


def _with_others(rows: Sequence[Conversation], name: str, experts: list[str], dimension: str) -> Marks:
    others = np.mean([_marks(rows, other, dimension) for other in experts if other != name], axis=0)
    return kappa(_marks(rows, name, dimension), others)


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return figure(np.mean(known)) if known else None


def _mean_interval(rows: Sequence[Conversation], ours: dict[str, Marked]) -> list[float] | None:
    """Of the mean over dimensions, from the same resamples in each; conversations that all were marked in."""
    known = ~np.any([np.isnan(ours[each].levels) for each in DIMENSIONS], axis=0)
    if not known.any():
        return None
    drawn = [
        resampled(ours[each].levels[known], marks([row.median(each) for row in rows])[known]) for each in DIMENSIONS
    ]
    return interval(np.mean(drawn, axis=0))


def result(path: Path, rater: str, mark: Marker, version: str) -> dict[str, Any]:
    """The whole result, ready to be written. Raises `BadData`."""
    began = time.perf_counter()
    rows, rubric = load(path), load_rubric(RUBRIC)
    ours = mark(rubric, rows)
    dimensions = {each: measured(rows, each, ours[each]) for each in DIMENSIONS}
    return {
        "mean_qwk": _mean([part["qwk"] for part in dimensions.values()]),
        "mean_interval_95": _mean_interval(rows, ours),
        "n": len(rows),
        "claim": CLAIM,
        "means": _means(dimensions),
        "dimensions": dimensions,
        "rater": {"name": rater, "version": version, "rubric": rubric.rubric_version, "digest": rubric.digest},
        "data": {
            "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
            "fitted_on": sum(digest(row.id) in seen() for row in rows),
        },
        "seconds": round(time.perf_counter() - began, 2),
    }


def _means(dimensions: dict[str, Any]) -> dict[str, float | None]:
    """Mean kappa over the dimensions of everybody who is measured."""
    parts = list(dimensions.values())
    found = {
        "rater_with_single_experts": _mean([_mean(list(part["qwk_with_each_expert"].values())) for part in parts]),
        "experts_with_the_others": _mean([_mean(list(part["experts_with_the_others"].values())) for part in parts]),
    }
    for group in ("baselines", "published"):
        for name in parts[0][group]:
            found[name] = _mean([part[group][name]["qwk"] for part in parts])
    return found


def printed(given: dict[str, Any]) -> None:
    """A table for the terminal."""
    print(f"{'':28}   n    qwk          95 %    bias     mae  experts")
    for name, part in given["dimensions"].items():
        low, high = part["interval_95"] or (None, None)
        others = _mean(list(part["experts_with_the_others"].values()))
        shown = "".join(_cell(value) for value in (part["qwk"], low, high, part["bias"], part["mae"], others))
        print(f"{name:28} {part['n']:3}{shown}")
    print(f"mean {given['mean_qwk']}, 95 % {given['mean_interval_95']}; {given['dimensions'][DIMENSIONS[0]]['basis']}")
    print("; ".join(f"{name} {value}" for name, value in given["means"].items()))


def _cell(value: float | None) -> str:
    return f"{'-':>8}" if value is None else f"{value:8.2f}"
