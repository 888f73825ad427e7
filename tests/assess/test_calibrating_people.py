"""Strict and lenient raters, and those who change: made ones are found again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.assess.calibrating.marks import DRAFT, Mark, Scale
from server.assess.calibrating.people import drift, leniency
from tests.assess.calibrating import ADA, BEN, SCALE, Made, made

HAWK = Made("Hawk", bias=-0.8)


def test_a_hawk_is_found_and_the_draft_stands_last() -> None:
    found = leniency(made(ADA, BEN, HAWK, Made(DRAFT), n=300), [SCALE])
    assert [each.rater for each in found] == ["Ada", "Ben", "Hawk", DRAFT]
    means = {each.rater: each.mean.value or 0 for each in found}
    assert means["Hawk"] == pytest.approx(-0.72, abs=0.12), "0.8 less what the ends of the scale cut off"
    assert means["Ada"] == pytest.approx(0.36, abs=0.12), "half of it, for the hawk is one of two others"
    assert found[2].box and found[2].box.lowest <= found[2].box.lower <= found[2].box.middle <= found[2].box.upper


def test_the_draft_counts_for_nobody_else() -> None:
    without, beside = (leniency(made(ADA, BEN, *more, n=50), [SCALE])[0] for more in ([], [Made(DRAFT, bias=2)]))
    assert without == beside


def test_where_low_is_the_good_end_the_strict_one_is_who_goes_high() -> None:
    marks = made(ADA, BEN, HAWK, n=60)
    turned = leniency(marks, [replace(SCALE, better="low")])
    assert [each.mean.value for each in turned] == [-(each.mean.value or 0) for each in leniency(marks, [SCALE])]


def test_below_ten_nothing_is_said_of_anybody() -> None:
    assert {(each.n, each.box, each.mean.known) for each in leniency(made(ADA, BEN, n=9), [SCALE])} == {
        (9, None, False)
    }
    assert all(not each.slope.known and not each.again.known for each in drift(made(ADA, BEN, n=9), [SCALE]))


def test_who_became_stricter_is_found_by_the_order_of_their_marks() -> None:
    marks = made(ADA, BEN, Made("Chi", moves=-1.0), n=400)
    found = {each.rater: each for each in drift(marks, [SCALE])}
    assert found["Chi"].slope.below_zero
    assert found["Chi"].slope.value == pytest.approx(-0.95, abs=0.25)
    assert found["Ada"].timed_n == 400


def test_without_times_there_is_no_slope() -> None:
    marks = [replace(mark, at=None) for mark in made(ADA, BEN)]
    assert [(each.timed_n, each.slope.known) for each in drift(marks, [SCALE])] == [(0, False), (0, False)]
    at_once = [replace(mark, at=5.0) for mark in made(ADA, BEN)]
    assert [(each.timed_n, each.slope.known) for each in drift(at_once, [SCALE])] == [(40, False), (40, False)]


def test_a_second_mark_is_set_against_the_first() -> None:
    other = Scale("other", "Other", 0, 4, "low")
    first = made(ADA, BEN, n=12)
    firsts = [replace(mark, level=2) for mark in first] + [replace(mark, level=2, dimension="other") for mark in first]
    again = [Mark(m.transcript, "Ada", m.dimension, 3 if m.dimension == "other" else 1, round=2)
             for m in firsts if m.rater == "Ada"]  # fmt: skip
    ada, ben = drift([*firsts, *again], [SCALE, other])
    assert (ada.again_n, ada.again.value, ada.same) == (12, -1, 0), "a level down, and a level up where low is better"
    assert (ben.again_n, ben.again.known, ben.same) == (0, False, None)
