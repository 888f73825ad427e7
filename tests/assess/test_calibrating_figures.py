"""The figures against published tables, against their definitions, and against what cannot be known."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from server.assess.calibrating.figures import (
    Figure,
    Numbers,
    exact,
    icc,
    icc_columns,
    icc_of_pair,
    kappa,
    mean,
    mean_columns,
    mean_of,
    pair_columns,
    resample,
)

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Six targets, four judges: Shrout & Fleiss 1979, table 2."""
ANXIETY = (
    [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
    [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
    [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
)
"""Twenty subjects, three raters, scale 1-6: the data `anxiety` of the R package irr, whose pages give the figures."""
NONE = float("nan")


def numbers(values: object) -> Numbers:
    return np.array(values, dtype=float)


def of_pair(ours: object, theirs: object) -> float | None:
    return resample(pair_columns(numbers(ours), numbers(theirs)), kappa).figure.value


def by_definition(ours: list[int], theirs: list[int], levels: range) -> float:
    """Cohen 1968, from the table of counts: one less the weighted disagreement over that of the margins."""
    pairs = list(zip(ours, theirs, strict=True))
    cells = list(product(levels, levels))
    seen = sum((a - b) ** 2 * pairs.count((a, b)) for a, b in cells) / len(pairs)
    chance = sum((a - b) ** 2 * ours.count(a) * theirs.count(b) for a, b in cells) / len(pairs) ** 2
    return 1 - seen / chance


def test_icc_is_that_of_shrout_and_fleiss() -> None:
    assert resample(icc_columns(numbers(SHROUT_FLEISS)), icc).value == pytest.approx(0.29, abs=0.005)


def test_kappa_and_icc_are_those_of_irr() -> None:
    levels = numbers(ANXIETY).T
    assert of_pair(ANXIETY[0], ANXIETY[1]) == pytest.approx(0.297, abs=0.0005)
    assert resample(icc_columns(levels), icc).value == pytest.approx(0.198, abs=0.0005)


def test_icc_of_a_pair_is_icc_of_two() -> None:
    two = numbers(ANXIETY[:2]).T
    of_two = resample(pair_columns(two[:, 0], two[:, 1]), icc_of_pair).value
    assert of_two == pytest.approx(resample(icc_columns(two), icc).value)


@pytest.mark.parametrize("seed", range(5))
def test_kappa_is_what_its_definition_says(seed: int) -> None:
    draw = np.random.default_rng(seed)
    ours, theirs = (draw.integers(0, 5, 40).tolist() for _ in range(2))
    assert of_pair(ours, theirs) == pytest.approx(by_definition(ours, theirs, range(5)))


def test_a_transcript_that_one_did_not_mark_changes_nothing() -> None:
    ours, theirs = [1, 2, 4, 3, 0], [1, 3, 4, 2, 1]
    gappy = pair_columns(numbers([*ours, 4, NONE]), numbers([*theirs, NONE, 0]))
    assert resample(gappy, kappa).value == pytest.approx(of_pair(ours, theirs) or 0)
    assert resample(gappy, exact).value == pytest.approx(2 / 5)


def test_a_constant_answer_agrees_by_chance_and_no_better() -> None:
    assert of_pair([2] * 20, ANXIETY[0]) == pytest.approx(0)
    assert of_pair(ANXIETY[0], ANXIETY[0]) == 1


def test_where_nothing_varies_nothing_is_known() -> None:
    assert of_pair([2] * 12, [2] * 12) is None
    assert resample(icc_columns(numbers([[2, 2]] * 12)), icc).figure == Figure(None)
    assert mean_of([]).figure == Figure(None)


def test_one_rater_lower_throughout_is_full_agreement_on_order_and_not_on_level() -> None:
    ours = numbers([2, 3, 4, 3, 2, 4])
    lower = pair_columns(ours, ours - 2)
    assert resample(lower, icc_of_pair).value == pytest.approx(
        resample(icc_columns(np.column_stack([ours, ours - 2])), icc).value
    )
    assert (resample(lower, kappa).value < 0.5) and (resample(lower, exact).value == 0)


def test_intervals_are_the_same_every_time_and_hold_the_figure() -> None:
    columns = pair_columns(numbers(ANXIETY[0]), numbers(ANXIETY[1]))
    first, again = resample(columns, kappa).figure, resample(columns, kappa).figure
    assert first == again
    assert first.low is not None and first.value is not None and first.high is not None
    assert first.low < first.value < first.high


def test_the_interval_of_a_mean_is_that_of_theory() -> None:
    values = np.random.default_rng(4).normal(1, 2, 400)
    found = resample(mean_columns(values), mean).figure
    half = 1.96 * values.std() / 20
    assert (found.low, found.high) == pytest.approx((values.mean() - half, values.mean() + half), abs=0.02)


def test_a_difference_is_taken_resample_by_resample() -> None:
    columns = pair_columns(numbers(ANXIETY[0]), numbers(ANXIETY[1]))
    one = resample(columns, kappa)
    assert (one - one).figure == Figure(0, 0, 0)
