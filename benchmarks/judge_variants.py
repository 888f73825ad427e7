"""What the choice of weights is worth: the variants that were tried, chosen among inside each fold.

    python -m benchmarks.judge_variants --data FILE.jsonl

The weights of the rubric were set after looking at these conversations, so leaving one out while they stand flatters
them. Here each conversation is marked with the variant that goes best with the experts' mean on all the others. Also
printed: the rubric as it stands, fitted on 16 conversations and tried on the rest, over many splits.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.judge_agreement import Marks, kappa, marks
from benchmarks.judge_data import Conversation, load
from benchmarks.judge_fit import RUBRIC, left_out, placed
from server.content.loader import load_rubric
from server.core.rating.levels import level, weigh
from server.core.rating.reading import Shown, read
from server.core.rubric import Weighed, Weight

SPLITS, LEARNT_ON, SEED = 200, 0.6, 20
MEETS = "expresses_sorrow names_what_it_is legitimises claims_understanding stays_with"
MET = "expresses_sorrow names_what_it_is legitimises"
TAKES = "talks_out_of_it generalises_away silver_lining jokes cheers_on"
ADVICE = "advises advises_by_asking"
BUT, GLAD = "answered_but", "answered_met"
Part = tuple[str, float] | tuple[str, float, str]
_WRONG: Part = ("misnames", -0.5)
_EACH: list[Part] = [(name, 0.5 if name == "claims_understanding" else 1) for name in MEETS.split()]
_BACK: list[Part] = [("names_what_it_is", 1), ("gives_back", 1), ("expresses_sorrow", 0.5)]
_ADVICE: list[Part] = [(ADVICE, 1), (ADVICE, 1, MEETS)]
_ASIDE: list[Part] = [("contradicts", 0.5), (MET, -0.5), ("asks_before_advising", -0.5)]
_TAKES: list[Part] = [(name, 0.5 if name == "cheers_on" else 1) for name in TAKES.split()]
_COVERS = "generalises_away silver_lining jokes"
_ARGUES: list[Part] = [*_TAKES, ("contradicts", 0.5)]
VARIANTS: dict[str, list[list[Part]]] = {
    "validating_emotions": [
        [*_EACH, _WRONG],
        [*_EACH, (ADVICE, -0.5, MEETS), _WRONG],
        [*_EACH, (BUT, -0.5), _WRONG],
        [*_EACH, (BUT, -1), _WRONG],
        [*_EACH, (BUT, -1), (GLAD, 0.5), _WRONG],
        [(MEETS, 1), _WRONG],
        [(MEETS, 1), (BUT, -0.5), _WRONG],
        [(MEETS, 1), (BUT, -1), _WRONG],
        [(MEETS, 1), (MET, 1), (BUT, -0.5), _WRONG],
        [*[(part[0], part[1], BUT) for part in _EACH], _WRONG],
    ],
    "encouraging_elaboration": [
        [("explores invites", 1)],
        [("explores", 1), ("invites", 0.5)],
        [("explores invites", 1), ("advises_by_asking", 0.5)],
        [("explores invites", 1), ("advises_by_asking", 0.5), (BUT, -0.5)],
        [("explores invites", 1), ("advises_by_asking", 0.5), ("answered_about_you", -0.5)],
    ],
    "demonstrating_understanding": [
        [*_BACK[:2], _WRONG],
        [*_BACK, _WRONG],
        [*_BACK, (f"{ADVICE} {TAKES}", -0.5, MEETS), _WRONG],
        [*_BACK, (GLAD, 0.5), _WRONG],
        [*_BACK[:2], (GLAD, 0.5), _WRONG],
        [*_BACK, (GLAD, 0.5), (BUT, -0.5), _WRONG],
        [*_BACK, ("legitimises", 0.5), (GLAD, 0.5), _WRONG],
        [*[(part[0], part[1], BUT) for part in _BACK], _WRONG],
    ],
    "advice_giving": [
        _ADVICE,
        [*_ADVICE, *_ASIDE],
        [*_ADVICE, *_ASIDE, (BUT, 0.5)],
        [*_ADVICE, (BUT, 0.5)],
        [_ADVICE[0], *_ASIDE, (BUT, 0.5)],
        [_ADVICE[0], *_ASIDE[:2], (BUT, 0.5)],
        [("advises", 1), ("advises_by_asking", 0.5), _ADVICE[1], *_ASIDE[:2], (BUT, 0.5)],
    ],
    "self_oriented": [
        [("own_story", 1)],
        [("own_story", 1), ("answered_about_you", 0.5)],
        [("own_story", 1), ("answered_about_you", 1)],
    ],
    "dismissing_emotions": [
        _ARGUES,
        [*_ARGUES, (MET, -0.5)],
        [*_ARGUES, (BUT, 0.5)],
        [*_ARGUES, (MET, -0.5), (BUT, 0.5)],
        [*_ARGUES, (f"{MET} {GLAD}", -0.5), (BUT, 0.5)],
        [*_ARGUES, (MET, -0.5), (BUT, 1)],
        [("talks_out_of_it", 1), (_COVERS, 1), ("cheers_on contradicts", 0.5), (f"{MET} {GLAD}", -0.5), (BUT, 1)],
        [(TAKES, 1), (BUT, 1)],
        [(TAKES, 1), (BUT, 1), (MET, -0.5)],
    ],
}


def variants(dimension: Weighed) -> list[Weighed]:
    """The dimension with each of the sets of weights that were tried."""
    return [replace(dimension, weights=tuple(map(_weight, parts))) for parts in VARIANTS[dimension.id]]


def _weight(part: Part) -> Weight:
    shows, weight, *without = part
    return Weight(tuple(shows.split()), weight, "", tuple(str(without[0]).split()) if without else ())


def chosen_inside(tried: Sequence[Weighed], found: Sequence[Sequence[Shown]], means: Marks, medians: Marks) -> Marks:
    """The level of each conversation by the variant, and the two numbers, that the others choose."""
    totals = [marks([weigh(each, one) for one in found]) for each in tried]
    return marks([_without(tried, totals, means, medians, index) for index in range(len(found))])


def _without(tried: Sequence[Weighed], totals: list[Marks], means: Marks, medians: Marks, index: int) -> int:
    def fits(variant: int) -> float:
        sums, others = np.delete(totals[variant], index), np.delete(means, index)
        return float(np.corrcoef(sums, others)[0, 1]) if sums.std() and others.std() else -1.0

    best = max(range(len(tried)), key=fits)
    start, step = placed(np.delete(totals[best], index), np.delete(medians, index))
    return level(replace(tried[best], start=start, step=step), float(totals[best][index]))


def over_splits(dimension: Weighed, totals: Marks, medians: Marks) -> float:
    """Mean kappa on the part of the conversations that was not learnt from."""
    chance, kappas = np.random.default_rng(SEED), []
    for _ in range(SPLITS):
        order = chance.permutation(len(totals))
        learnt, tried = np.split(order, [int(LEARNT_ON * len(order))])
        start, step = placed(totals[learnt], medians[learnt])
        fitted = replace(dimension, start=start, step=step)
        kappas.append(kappa(marks([level(fitted, float(total)) for total in totals[tried]]), medians[tried]))
    return float(np.nanmean(kappas))


def checked(dimension: Weighed, rows: Sequence[Conversation]) -> tuple[float, float, float]:
    """Kappa leaving one out with the weights as they stand, with them chosen inside the fold, and over splits."""
    found = [read(row.turns) for row in rows]
    medians = marks([row.median(dimension.id) for row in rows])
    means = marks([np.mean([row.ratings[name][dimension.id] for name in row.experts]) for row in rows])
    totals = marks([weigh(dimension, one) for one in found])
    inside = chosen_inside(variants(dimension), found, means, medians)
    standing = marks(left_out(dimension, totals, medians))
    return float(kappa(standing, medians)), float(kappa(inside, medians)), over_splits(dimension, totals, medians)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    rows = load(parser.parse_args().data)
    print(f"{'':28} standing  chosen inside  splits")
    found = [(each.id, checked(each, rows)) for each in load_rubric(RUBRIC).weighed]
    mean = tuple(float(np.mean(column)) for column in zip(*(kappas for _, kappas in found), strict=True))
    for name, (standing, inside, splits) in [*found, ("mean", mean)]:
        print(f"{name:28} {standing:8.2f} {inside:14.2f} {splits:7.2f}")


if __name__ == "__main__":
    main()
