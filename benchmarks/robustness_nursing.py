"""Does the nursing rater hold where a learner's words are changed in ways that no mark should follow?

    python -m benchmarks.robustness_nursing --out RESULT.json

Every authored rehearsal of every case is played, its learner's words are changed (`benchmarks.perturbing`), and it is
scored again: as the encounter with its planted moments, and as a bare transcript with proposed ones. So are transcripts
written for this. No model, no network; about a minute. The same people wrote rules, rehearsals and most of the changes:
what holds here holds for these.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import mean

from benchmarks.perturbing import KINDS, Kind
from benchmarks.perturbing_moments import MOMENTS
from benchmarks.replaying_words import Talk, as_transcript, rehearsed, transcripts
from server.content.folders import load_library
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard
from server.core.scoring.scoring import SCORER

ROOT = Path(__file__).resolve().parents[1]
RUBRIC = "nursing-empathy"
ALIKE = 0.25
"""How far a dimension's mean may move where only the manner of speaking changed."""
ORDER = ("shuffled", "late", "early")
"""Kinds that say the words in another place."""
WRONG = "understanding"
"""The dimension that a wrong feeling must cost."""


@dataclass(frozen=True)
class Row:
    """One kind of change, in one dimension, over all talks of one route."""

    kind: str
    route: str
    """encounter: planted moments; transcript: proposed ones."""
    dimension: str
    bar: str
    n: int
    """Talks in which the dimension was rated before and after."""
    mean_shift: float
    up: int
    """Talks in which it rose."""
    most_up: int
    down: int
    holds: bool | None
    """None: no bar."""
    where: tuple[str, ...]
    """Talks that break the bar, at most eight."""


def rows(rubric: Rubric, talks: Sequence[Talk], route: str) -> Iterator[Row]:
    """Every kind that this route can play, dimension by dimension."""
    asis = {talk.name: talk.score(talk.turns, rubric) for talk in talks}
    for name, kind in {**KINDS, **MOMENTS}.items():
        chosen = [talk for talk in talks if _can(talk, name, route)]
        pairs = [(talk.name, *_both(talk, kind, rubric, asis)) for talk in chosen]
        if not pairs:
            continue
        for dimension in rubric.dimensions:
            yield _row(
                name,
                kind,
                route,
                dimension.id,
                [(n, _level(a, dimension.id), _level(b, dimension.id)) for n, a, b in pairs],
            )


def _can(talk: Talk, name: str, route: str) -> bool:
    """Planted moments stay where they are: their words cannot be taken away. And where several people are in the room,
    words that are said in another place are said to somebody else.
    """
    if name == "misplaced":
        return route == "transcript"
    return name not in ORDER or not talk.several


def _both(talk: Talk, kind: Kind, rubric: Rubric, asis: Mapping[str, Scorecard]) -> tuple[Scorecard, Scorecard]:
    before = asis[talk.name] if kind.before is list else talk.score(kind.before(talk.turns), rubric)
    return before, talk.score(kind.change(talk.turns), rubric)


def _level(card: Scorecard, dimension: str) -> int | None:
    return next(rating.level for rating in card.dimensions if rating.id == dimension)


Pair = tuple[str, int | None, int | None]


def _row(name: str, kind: Kind, route: str, dimension: str, pairs: Sequence[Pair]) -> Row:
    both = [(talk, a, b) for talk, a, b in pairs if a is not None and b is not None]
    shifts = [b - a for _, a, b in both]
    moved = mean(shifts) if shifts else 0.0
    broken = [talk for talk, a, b in both if _breaks(kind.bar, dimension, a, b)]
    holds = {"no better": not broken, "alike": abs(moved) <= ALIKE, "worse": not broken}.get(kind.bar)
    if kind.bar == "worse" and dimension != WRONG:
        holds = None
    return Row(
        name,
        route,
        dimension,
        kind.bar,
        len(both),
        round(moved, 3),
        sum(shift > 0 for shift in shifts),
        max([0, *shifts]),
        sum(shift < 0 for shift in shifts),
        holds,
        tuple(broken[:8]),
    )


def _breaks(bar: str, dimension: str, before: int, after: int) -> bool:
    if bar == "no better":
        return after > before
    return bar == "worse" and dimension == WRONG and before > 0 and after >= before


def result(rubric: Rubric, found: Sequence[Row], n: Mapping[str, int]) -> dict[str, object]:
    broken = [row for row in found if row.holds is False]
    return {
        "about": "Shifts of the nursing rater's levels where the learner's words were changed.",
        "rater": SCORER,
        "rubric": {"id": rubric.rubric_id, "version": rubric.rubric_version, "digest": rubric.digest},
        "talks": dict(n),
        "bars": {
            "no better": "no talk rises",
            "alike": f"the mean moves by at most {ALIKE}",
            "worse": f"{WRONG} falls",
        },
        "held": sum(row.holds is True for row in found),
        "broken": len(broken),
        "rows": [asdict(row) for row in found],
    }


def line(row: Row) -> str:
    """For a terminal."""
    verdict = "" if row.holds is None else "holds" if row.holds else "BROKEN"
    shift = f"n {row.n:3} mean {row.mean_shift:+.2f} up {row.up:2} down {row.down:2}"
    return f"{row.kind:20} {row.route:10} {row.dimension:22} {shift} {verdict} {' '.join(row.where)}".rstrip()


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="benchmarks.robustness_nursing")
    parser.add_argument("--out", type=Path)
    given = parser.parse_args(arguments)
    shelf = load_library(ROOT / "personas", ROOT / "rubrics")
    rubric = shelf.rubric(RUBRIC)
    played = list(rehearsed(shelf))
    read = [*(as_transcript(talk) for talk in played), *transcripts()]
    found = [*rows(rubric, played, "encounter"), *rows(rubric, read, "transcript")]
    told = result(rubric, found, {"encounter": len(played), "transcript": len(read)})
    for row in found:
        if row.holds is False or row.up or abs(row.mean_shift) > ALIKE:
            print(line(row))
    print(f"{told['held']} bars hold, {told['broken']} do not")
    if given.out:
        given.out.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return 1 if told["broken"] else 0


if __name__ == "__main__":
    sys.exit(main())
