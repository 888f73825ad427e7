"""One dimension: known raters are found again, like is compared with like, and below ten nothing is said."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.calibration import truth
from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.marks import DRAFT, Mark, Scale, grid, without_names
from server.assess.calibrating.study import study
from tests.assess.calibrating import ADA, BEN, SCALE, Made, given, made, studied


def test_made_bias_and_agreement_are_found_again() -> None:
    draft = Made(DRAFT, bias=0.5)
    found, true = studied(draft, n=700), truth(draft)
    assert found.draft
    for ours, theirs in (
        (found.draft.kappa, true.kappa),
        (found.draft.bias, true.bias),
        (found.ceiling.kappa, true.ceiling),
        (found.ceiling.icc, true.icc),
    ):
        assert ours.low is not None and ours.high is not None
        assert ours.low < theirs < ours.high
    assert true.bias == pytest.approx(0.44, abs=0.02), "half a level, less what the ends of the scale cut off"


def test_a_draft_like_a_person_is_as_far_from_people_as_they_are_from_each_other() -> None:
    found = studied(Made(DRAFT), n=900)
    assert found.gap.value == pytest.approx(0, abs=0.05)


def test_figures_by_hand() -> None:
    ada, ben = [0, 1, 2, 3, 4, 0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 1, 2, 3, 4, 3]
    found = study(given({"Ada": ada, "Ben": ben, DRAFT: [1, 2, 3, 4, 4, 1, 2, 3, 4, 4]}), SCALE)
    assert found.draft and found.ceiling.exact.value == 0.5
    assert found.draft.bias.value == pytest.approx(np.mean([1, 1, 1, 1, 0, 0.5, 0.5, 0.5, 0.5, 0.5]))
    assert found.draft.exact.value == pytest.approx((2 / 10 + 5 / 10) / 2)
    apart = np.array([1, 1, 1, 1, 0, 0.5, 0.5, 0.5, 0.5, 0.5])
    assert found.draft.upper.value == pytest.approx(apart.mean() + 1.96 * apart.std(ddof=1))
    assert found.draft.smd.value == pytest.approx(apart.mean() / np.std([*ada, *ben], ddof=1))


def test_the_constant_answer_stands_beside_and_is_no_better_than_chance() -> None:
    found = studied(Made(DRAFT))
    assert found.constant and found.constant_level == 2
    assert found.constant.kappa.value == pytest.approx(0)
    assert found.constant.exact.value and found.constant.exact.value > 0.2


@pytest.mark.parametrize("n", [1, LEAST - 1])
def test_below_ten_nothing_is_said(n: int) -> None:
    found = studied(Made(DRAFT), n=n)
    assert str(n) in found.silent
    assert (found.draft, found.constant, found.ceiling.kappa.value) == (None, None, None)


def test_where_the_draft_abstains_people_are_compared_without_these_as_well() -> None:
    hard = [0, 4] * 6
    easy = [0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3]
    ada, ben = [*easy, *hard], [*easy, *(4 - level for level in hard)]
    found = study(given({"Ada": ada, "Ben": ben, DRAFT: [*easy, *[None] * 12]}), SCALE)
    assert found.n == 12 and found.counted.draft_unrated == 12
    assert found.ceiling.kappa.value == 1 and found.gap.value == 0


def test_raters_in_rotation_who_share_too_few_have_no_figure() -> None:
    names = ["Ada", "Ben", "Chi", "Dai"]
    marks = [
        Mark(f"t{n}", name, SCALE.id, n % 5)
        for n in range(24)
        for name in (names[n % 4], names[(n + 1) % 4])
    ]  # fmt: skip
    assert "No two raters" in study(marks, SCALE).silent


def test_a_second_round_is_no_first_mark() -> None:
    first = made(ADA, BEN)
    again = [Mark(m.transcript, m.rater, m.dimension, 0, round=2) for m in first if m.rater == "Ada"]
    assert study([*first, *again], SCALE).ceiling == study(first, SCALE).ceiling


def test_groups_have_figures_of_their_own_from_ten_on() -> None:
    marks = [
        Mark(m.transcript, m.rater, m.dimension, m.level, group="few" if int(m.transcript[1:]) < 6 else "many")
        for m in made(ADA, BEN, Made(DRAFT))
    ]
    few, many = study(marks, SCALE).parts
    assert (few.n, few.bias.known, many.n, many.bias.known) == (6, False, 34, True)


def test_without_a_draft_people_are_still_compared() -> None:
    found = studied(None)
    assert found.draft is None and found.ceiling.kappa.known and not found.gap.known


def test_raters_without_names_keep_their_marks() -> None:
    marks = made(ADA, BEN, Made(DRAFT))
    hidden = without_names(marks)
    assert {mark.rater for mark in hidden} == {"rater A", "rater B", DRAFT}
    assert np.array_equal(grid(hidden, SCALE.id).faculty, grid(marks, SCALE.id).faculty)


def test_a_scale_of_two_levels_is_a_scale() -> None:
    yes_or_no = Scale("naming", "Naming", 0, 1)
    row = [0, 1] * 8
    found = study(given({"Ada": row, "Ben": [*row[:-2], 1, 1], DRAFT: row}, yes_or_no), yes_or_no)
    assert found.ceiling.kappa.value == pytest.approx(0.875)
