"""How far a rater agrees with experts on public conversations of lay peer support.

    python -m benchmarks.judge --data FILE.jsonl --rater lexical --out RESULT.json

Needs no model and no network; `--rater model` asks the one that BEDSIDE_RATING_URL names. Peer support between lay
people is not nursing: agreement here shows that the rules read words as experts do, and nothing about students.
Conversations that the rubric was fitted on are marked leaving one out.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import judge_result
from benchmarks.judge_agreement import Marks, marks
from benchmarks.judge_data import BadData, Conversation
from benchmarks.judge_fit import digest, left_out, seen, sums
from benchmarks.judge_result import Marked, printed
from server.core.rating.levels import WEIGHER, score_weighed
from server.core.rubric import Rubric


def rated(rubric: Rubric, rows: Sequence[Conversation]) -> dict[str, Marked]:
    """The lexical rater's marks, by dimension."""
    cards = [
        {rating.id: np.nan if rating.level is None else rating.level for rating in card.dimensions}
        for card in (score_weighed(row.turns, rubric, {}) for row in rows)
    ]
    known = seen()
    fitted = [index for index, row in enumerate(rows) if digest(row.id) in known]
    levels = {each.id: marks([card[each.id] for card in cards]) for each in rubric.weighed}
    if len(fitted) < len(known) or not fitted:
        basis = "shipped; fitted on some of these" if fitted else "shipped"
        return {name: Marked(given, basis) for name, given in levels.items()}
    return _left_out(rubric, rows, fitted, levels)


def _left_out(
    rubric: Rubric, rows: Sequence[Conversation], fitted: list[int], levels: dict[str, Marks]
) -> dict[str, Marked]:
    """`levels` with those of the fitted conversations replaced by what the others make of them."""
    own = [rows[index] for index in fitted]
    totals = sums(rubric, own)
    for each in rubric.weighed:
        without = marks(left_out(each, totals[each.id], marks([row.median(each.id) for row in own])))
        levels[each.id][fitted] = np.where(np.isnan(levels[each.id][fitted]), np.nan, without)
    basis = "leave-one-out" if len(fitted) == len(rows) else "leave-one-out where fitted, shipped elsewhere"
    return {name: Marked(given, basis) for name, given in levels.items()}


def result(path: Path) -> dict[str, Any]:
    """The lexical rater's figures. Raises `BadData`."""
    return judge_result.result(path, "lexical", rated, WEIGHER)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--rater", choices=["lexical", "model"], default="lexical")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    if given.rater == "model":
        from benchmarks import judge_model

        return judge_model.run(given.data, given.out)
    try:
        found = result(given.data)
    except BadData as error:
        print(error, file=sys.stderr)
        return 1
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    printed(found)
    return 0


if __name__ == "__main__":
    sys.exit(main())
