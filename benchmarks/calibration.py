"""Does calibration recover what is known? Raters are simulated, their bias and agreement made; what is said of them?

    python -m benchmarks.calibration [--rounds 500] [--out benchmarks/results/calibration.json]

Every figure here is of made marks: it is about the arithmetic and the rules of decision, and no evidence on any rater.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from server.assess.calibrating.deciding import decide
from server.assess.calibrating.figures import Figure, Numbers, icc_of_pair, kappa, pair_columns
from server.assess.calibrating.marks import DRAFT, Mark, Scale, grid
from server.assess.calibrating.study import study

SCALE = Scale("understanding", "Understanding", 0, 4)
RESULT = Path(__file__).parent / "results" / "calibration.json"
SIZES = (10, 20, 30, 50, 100)
TRUTH_FROM = 50_000
"""Transcripts that the true figures are taken from."""


@dataclass(frozen=True)
class Made:
    """A rater: sees the true level, blurred and moved, and writes down the nearest whole one."""

    name: str
    noise: float = 0.7
    """Standard deviation of the blur, in levels."""
    bias: float = 0.0
    moves: float = 0.0
    """Levels that they move by from the first transcript to the last."""


ADA, BEN = Made("Ada"), Made("Ben")
DRAFTS = {
    "as good as a person": Made(DRAFT),
    "a level too generous": Made(DRAFT, bias=1.0),
    "half a level too generous": Made(DRAFT, bias=0.5),
    "a worse reader": Made(DRAFT, noise=1.6),
    "no reader at all": Made(DRAFT, noise=20.0),
}


def marks_by(raters: list[Made], n: int, draw: np.random.Generator, dimension: str = SCALE.id) -> list[Mark]:
    """First marks of `n` transcripts whose true levels are spread over the scale."""
    true = draw.normal(2, 1.1, n)
    return [mark for rater in raters for mark in _given(rater, true, draw, dimension)]


def _given(rater: Made, true: np.ndarray[Any, Any], draw: np.random.Generator, dimension: str) -> Iterator[Mark]:
    order = np.linspace(0, 1, len(true))
    seen = true + rater.bias + rater.moves * order + draw.normal(0, rater.noise, len(true))
    levels = np.clip(np.floor(seen + 0.5), SCALE.lowest, SCALE.highest).astype(int)
    for number, level in enumerate(levels):
        yield Mark(f"t{number:05}", rater.name, dimension, int(level), at=float(number))


@dataclass(frozen=True)
class Truth:
    """Figures of so many transcripts that they hardly vary."""

    kappa: float
    ceiling: float
    icc: float
    """Between people."""
    bias: float


@cache
def truth(draft: Made) -> Truth:
    """What the intervals ought to hold."""
    found = grid(marks_by([ADA, BEN, draft], TRUTH_FROM, np.random.default_rng(1)), SCALE.id)
    ada, ben = found.faculty.T
    with_draft = [_figure(found.draft, person, kappa) for person in (ada, ben)]
    apart = float(np.mean(found.draft - found.faculty.mean(axis=1)))
    return Truth(sum(with_draft) / 2, _figure(ada, ben, kappa), _figure(ada, ben, icc_of_pair), apart)


def _figure(ours: Numbers, theirs: Numbers, figure: Callable[[Numbers], Numbers]) -> float:
    return float(figure(pair_columns(ours, theirs).sum(axis=0)[None, :])[0])


def measured(draft: Made, n: int, rounds: int) -> dict[str, Any]:
    """How often the intervals hold the truth, and what was decided."""
    true, draw = truth(draft), np.random.default_rng(n)
    found = [study(marks_by([ADA, BEN, draft], n, draw), SCALE) for _ in range(rounds)]
    outcomes = Counter(decide(each).outcome for each in found)
    pairs = {
        "ceiling": [(each.ceiling.kappa, true.ceiling) for each in found],
        "draft": [(each.draft.kappa, true.kappa) for each in found if each.draft],
        "bias": [(each.draft.bias, true.bias) for each in found if each.draft],
    }
    return {
        "n": n,
        "held_by_interval": {name: round(_held(each), 3) for name, each in pairs.items()},
        "decided": {name: round(times / rounds, 3) for name, times in sorted(outcomes.items())},
    }


def _held(pairs: list[tuple[Figure, float]]) -> float:
    inside = [f.low is not None and f.high is not None and f.low <= true <= f.high for f, true in pairs]
    return float(np.mean(inside))


def run(rounds: int) -> dict[str, Any]:
    record: dict[str, Any] = {"about": "simulated raters, two people and a draft, scale 0-4", "rounds": rounds}
    for name, draft in DRAFTS.items():
        true = truth(draft)
        record[name] = {
            "true_kappa": round(true.kappa, 3),
            "true_ceiling": round(true.ceiling, 3),
            "true_bias": round(true.bias, 3),
            "by_n": [measured(draft, n, rounds) for n in SIZES],
        }
    return record


def tell(record: dict[str, Any]) -> None:
    for name in DRAFTS:
        found = record[name]
        print(f"{name}: true kappa {found['true_kappa']}, ceiling {found['true_ceiling']}, bias {found['true_bias']}")
        for each in found["by_n"]:
            print(f"  n {each['n']:>3}  interval holds {each['held_by_interval']}  decided {each['decided']}")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=500)
    asked.add_argument("--out", type=Path, default=RESULT)
    given = asked.parse_args()
    record = run(given.rounds)
    tell(record)
    given.out.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
