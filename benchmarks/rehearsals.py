"""Is the authored skilled learner nowhere below the average one, and that one nowhere below the poor one?

    python -m benchmarks.rehearsals --out RESULT.json

Plays the three rehearsals of every case and scores them on the nursing rubric. The same people wrote rules and
rehearsals: the order shows that the two fit each other, and no more.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from server.content.folders import load_library
from server.core.case import Case
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.scoring.scoring import SCORER, score

ROOT = Path(__file__).resolve().parents[1]
RUBRIC = "nursing-empathy"
LEARNERS = ("skilled", "average", "poor")
Levels = dict[str, int | None]


def levels(case: Case, learner: str, rubric: Rubric) -> Levels:
    card = score(rehearse(case, learner).encounter, rubric)
    return {rating.id: rating.level for rating in card.dimensions}


def row(case: Case, rubric: Rubric) -> dict[str, object]:
    """One case: the levels of the three, and whether they are in order."""
    found = {learner: levels(case, learner, rubric) for learner in LEARNERS}
    steps = list(pairwise(found[learner] for learner in LEARNERS))
    return {
        "case": case.case_id,
        "levels": found,
        "sums": {learner: sum(level or 0 for level in each.values()) for learner, each in found.items()},
        "ordered": all(_total(better) > _total(worse) for better, worse in steps),
        "nowhere_worse": all(_nowhere_worse(better, worse) for better, worse in steps),
    }


def _total(found: Levels) -> int:
    return sum(level or 0 for level in found.values())


def _nowhere_worse(better: Levels, worse: Levels) -> bool:
    return all((better[name] or 0) >= (level or 0) for name, level in worse.items())


def result(cases: Sequence[Case], rubric: Rubric) -> dict[str, object]:
    rows = [row(case, rubric) for case in cases]
    return {
        "about": "Levels of the authored rehearsals. Rules and rehearsals have the same authors: order proves little.",
        "rater": SCORER,
        "rubric": {"id": rubric.rubric_id, "version": rubric.rubric_version, "digest": rubric.digest},
        "cases": len(rows),
        "ordered": sum(bool(each["ordered"]) for each in rows),
        "nowhere_worse": sum(bool(each["nowhere_worse"]) for each in rows),
        "rows": rows,
    }


def table(told: dict[str, object]) -> str:
    """For the README: the levels in the rubric's order."""
    lines = ["| case | skilled | average | poor | in order |", "|---|---|---|---|---|"]
    rows = told["rows"]
    for each in rows if isinstance(rows, list) else []:
        shown = (_shown(each["levels"][learner]) for learner in LEARNERS)
        lines.append(f"| {each['case']} | {' | '.join(shown)} | {'yes' if each['ordered'] else 'no'} |")
    return "\n".join(lines)


def _shown(found: Levels) -> str:
    return " ".join("-" if level is None else str(level) for level in found.values())


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.rehearsals")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    shelf = load_library(ROOT / "personas", ROOT / "rubrics")
    scored = [case for case in shelf.cases.values() if case.activity == "encounter"]
    told = result(scored, shelf.rubric(RUBRIC))
    print(table(told))
    if given.out:
        given.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0 if told["ordered"] == told["cases"] else 1


if __name__ == "__main__":
    sys.exit(main())
