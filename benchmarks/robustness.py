"""Does the rater without a model hold where the supporter's words are changed in ways that no mark should follow?

    python -m benchmarks.robustness --data FILE.jsonl --out RESULT.json

Every conversation of the file (as for `benchmarks.judge`) is marked on `rubrics/lend-an-ear.yaml`, changed by each kind
in `benchmarks.perturbing` and `benchmarks.perturbing_moments`, and marked again. A shift is told towards the good end
of the dimension, so that a rise is a gain whichever end is good. No model, no network, under a minute.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from benchmarks.judge_agreement import Marks, figure, marks
from benchmarks.judge_data import BadData, Conversation, load
from benchmarks.judge_fit import RUBRIC
from benchmarks.perturbing import KINDS, Kind, stuffed_with
from benchmarks.perturbing_moments import MOMENTS
from benchmarks.perturbing_words import OTHER_STOCK
from server.content.loader import load_rubric
from server.core.rating.levels import WEIGHER, score_weighed
from server.core.rubric import Rubric
from server.core.transcript import Turn

OTHERS: Mapping[str, Kind] = {
    "stuffed_others": Kind(stuffed_with(OTHER_STOCK, 4), "no better"),
    "stuffed_others_twice": Kind(stuffed_with(OTHER_STOCK, 2), "no better"),
    "stuffed_others_once": Kind(stuffed_with(OTHER_STOCK, 1), "reported"),
    "asked_more": Kind(stuffed_with(("Tell me more about that.",), 1), "reported"),
}
"""Other lines than those that the rules were tried on first; and the same invitation in every turn."""
EVERY: Mapping[str, Kind] = {**KINDS, **OTHERS, **MOMENTS}
ALIKE = 0.25
"""How far a dimension's mean may move where only the manner of speaking changed."""
MEETING = ("validating_emotions", "demonstrating_understanding")
"""What a wrong feeling must cost. Where the other's words are exchanged only these have a bar: the others rest on how
the other answered, too.
"""
ROUNDED = 0.005


@dataclass(frozen=True)
class Row:
    """One kind of change in one dimension."""

    kind: str
    dimension: str
    bar: str
    n: int
    """Conversations rated before and after; of a wrong feeling, only those with a level to lose."""
    mean_shift: float | None
    best: float | None
    """The largest rise."""
    worst: float | None
    """The largest fall."""
    up: int
    """Conversations that rose."""
    holds: bool | None
    """None: no bar, or nothing to try it on."""


def levels(rubric: Rubric, talks: Sequence[Sequence[Turn]]) -> dict[str, Marks]:
    """By dimension, of each talk, towards the good end; not a number where it was not rated."""
    cards = [score_weighed(turns, rubric, {}) for turns in talks]
    found = {each.id: (1 if each.better == "high" else -1, index) for index, each in enumerate(rubric.weighed)}
    return {
        name: marks([np.nan if (got := card.dimensions[index].level) is None else sign * got for card in cards])
        for name, (sign, index) in found.items()
    }


def rows(rubric: Rubric, conversations: Sequence[Conversation]) -> Iterator[Row]:
    """Every kind, dimension by dimension."""
    talks = [each.turns for each in conversations]
    as_is = levels(rubric, talks)
    for name, kind in EVERY.items():
        before = as_is if kind.before is list else levels(rubric, [kind.before(turns) for turns in talks])
        after = levels(rubric, [kind.change(turns) for turns in talks])
        for dimension in as_is:
            yield row(name, kind.bar, dimension, before[dimension], after[dimension], rubric.lowest)


def row(name: str, bar: str, dimension: str, before: Marks, after: Marks, lowest: int) -> Row:
    known = ~np.isnan(before) & ~np.isnan(after)
    if bar == "worse":
        known &= before > lowest
    shifts = (after - before)[known]
    if not len(shifts):
        return Row(name, dimension, bar, 0, None, None, None, 0, None)
    mean, best, worst = float(shifts.mean()), float(shifts.max()), float(shifts.min())
    holds = _holds(name, bar, dimension, mean, best)
    return Row(name, dimension, bar, len(shifts), figure(mean), best, worst, int((shifts > 0).sum()), holds)


def _holds(name: str, bar: str, dimension: str, mean: float, best: float) -> bool | None:
    only_meeting = bar == "worse" or name == "misplaced"
    if bar == "reported" or (only_meeting and dimension not in MEETING):
        return None
    if bar == "worse":
        return best <= -1
    return abs(mean) <= ALIKE if bar == "alike" else mean < ROUNDED


def result(path: Path) -> dict[str, object]:
    """The whole result, ready to be written. Raises `BadData`."""
    rubric, conversations = load_rubric(RUBRIC), load(path)
    found = list(rows(rubric, conversations))
    return {
        "about": "Shifts of the lexical rater's levels, towards the good end, where a supporter's words were changed.",
        "bars": {
            "no better": "the mean does not rise",
            "alike": f"the mean moves by at most {ALIKE}",
            "worse": f"{' and '.join(MEETING)} fall by a level in every conversation that has one to lose",
        },
        "rater": {"name": "lexical", "version": WEIGHER, "rubric": rubric.rubric_version, "digest": rubric.digest},
        "n": len(conversations),
        "held": sum(each.holds is True for each in found),
        "broken": sum(each.holds is False for each in found),
        "rows": [asdict(each) for each in found],
    }


def printed(found: Sequence[Mapping[str, object]]) -> None:
    """The table, one line a kind and dimension that moved or has a bar it broke."""
    print(f"{'kind':20} {'dimension':28} {'mean':>6} {'best':>5} {'worst':>5} {'up':>3} {'n':>3}  bar")
    for each in found:
        if not each["n"] or not (each["best"] or each["worst"] or each["holds"] is False):
            continue
        held = {True: "holds", False: "BROKEN", None: "-"}[each["holds"]]  # type: ignore[index]
        print(
            f"{each['kind']:20} {each['dimension']:28} {each['mean_shift']:+6.2f} {each['best']:+5.0f}"
            f" {each['worst']:+5.0f} {each['up']:3} {each['n']:3}  {each['bar']}: {held}"
        )
    print("Kinds and dimensions that are not listed did not move in any conversation.")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args(arguments)
    try:
        found = result(given.data)
    except BadData as error:
        print(error, file=sys.stderr)
        return 2
    given.out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    printed(found["rows"])  # type: ignore[arg-type]
    print(f"{found['held']} bars held, {found['broken']} broken; n {found['n']}")
    return 1 if found["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
