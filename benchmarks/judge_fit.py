"""Placing a sum on the scale: the two numbers of each weighed dimension, fitted by matching mean and spread.

`python -m benchmarks.judge_fit --data FILE.jsonl` prints them for the rubric. Matching the spread, rather than least
squares, is what kappa rewards; no weight is fitted.
"""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.judge_agreement import Marks, marks
from benchmarks.judge_data import Conversation, load
from server.content.loader import load_rubric
from server.core.rating.levels import level, weigh
from server.core.rating.reading import read
from server.core.rubric import Rubric, Weighed

RUBRIC = Path(__file__).resolve().parents[1] / "rubrics" / "lend-an-ear.yaml"
SEEN = Path(__file__).with_name("judge_seen.txt")
"""Digests of the ids of the conversations that the rubric was fitted on."""


def placed(sums: Marks, medians: Marks) -> tuple[float, float]:
    """`start` and `step` that give the sums the mean and the spread of the medians."""
    step = float(medians.std() / sums.std()) if sums.std() else 0.0
    return float(medians.mean() - step * sums.mean()), step


def sums(rubric: Rubric, rows: Sequence[Conversation]) -> dict[str, Marks]:
    """The weighed sum of every conversation, by dimension."""
    found = [read(row.turns) for row in rows]
    return {each.id: marks([weigh(each, one) for one in found]) for each in rubric.weighed}


def left_out(dimension: Weighed, totals: Marks, medians: Marks) -> list[int]:
    """The level of each conversation, with `start` and `step` fitted on all the others."""
    return [
        level(replace(dimension, start=start, step=step), float(totals[index]))
        for index in range(len(totals))
        for start, step in [placed(np.delete(totals, index), np.delete(medians, index))]
    ]


def digest(conversation_id: str) -> str:
    return hashlib.sha256(conversation_id.encode()).hexdigest()[:16]


def seen() -> frozenset[str]:
    return frozenset(SEEN.read_text(encoding="utf-8").split())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--seen", action="store_true", help="write which conversations these were")
    given = parser.parse_args()
    rows, rubric = load(given.data), load_rubric(RUBRIC)
    for dimension, totals in sums(rubric, rows).items():
        start, step = placed(totals, marks([row.median(dimension) for row in rows]))
        print(f"{dimension}: start: {start:.2f}, step: {step:.2f}, n: {len(rows)}")
    if given.seen:
        SEEN.write_text("\n".join(sorted(digest(row.id) for row in rows)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
