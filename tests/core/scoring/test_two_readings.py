"""Two readings agree, or a person is needed; a number stands in for nothing."""

from __future__ import annotations

from typing import Literal

import pytest

from server.core.scoring.scorecard import Evidence, Rating
from server.core.scoring.two_readings import Better, agreed, not_above, stands

Status = Literal["rated", "unrated", "not_applicable"]


def rating(level: int | None, status: Status = "rated", quote: str = "that sounds hard") -> Rating:
    return Rating("d", level, status, (Evidence("t", "learner", quote, "said"),), f"because {level}.")


NONE, NEEDED = rating(None, "not_applicable"), rating(None, "unrated")


@pytest.mark.parametrize(
    ("first", "second", "better", "level"),
    [(3, 3, "high", 3), (3, 2, "high", 2), (1, 2, "high", 1), (3, 2, "low", 3), (4, 5, "low", 5), (0, 0, "low", 0)],
)
def test_apart_by_one_the_less_favourable_stands(first: int, second: int, better: Better, level: int) -> None:
    one, other = rating(first), rating(second, quote="I see")
    found = agreed(one, other, better)
    assert (found.level, found.status) == (level, "rated")
    assert (f"{first} and {second}" in found.rationale) is (first != second)
    assert found.evidence == (one, other)[stands(one, other, better)].evidence
    assert (one, other)[stands(one, other, better)].level == level


@pytest.mark.parametrize(("first", "second"), [(0, 2), (4, 1), (1, 5)])
def test_further_apart_there_is_no_level_and_both_are_named(first: int, second: int) -> None:
    found = agreed(rating(first), rating(second, quote="I see"))
    assert (found.level, found.status, len(found.evidence)) == (None, "unrated", 2)
    assert f"{first} and {second}" in found.rationale and "needs a person" in found.rationale


def test_what_one_reading_could_not_rate_is_unrated() -> None:
    assert agreed(rating(3), NEEDED) is NEEDED is agreed(NEEDED, rating(3))
    assert agreed(NONE, NEEDED).status == "unrated"


def test_not_applicable_takes_both_readings() -> None:
    assert agreed(NONE, NONE) is NONE
    found = agreed(NONE, rating(0))
    assert (found.level, found.status) == (None, "unrated")
    assert "not applicable and 0" in found.rationale


@pytest.mark.parametrize(
    ("level", "drafted", "better", "stays"),
    [(3, 3, "high", True), (2, 3, "high", True), (4, 3, "high", False), (4, 3, "low", True), (1, 2, "low", False)],
)
def test_nothing_is_kinder_than_the_rules_where_somebody_asked_for_it(
    level: int, drafted: int, better: Better, stays: bool
) -> None:
    found = not_above(rating(level), rating(drafted), better)
    assert (found.level, found.status) == ((level, "rated") if stays else (None, "unrated"))


def test_without_a_level_of_the_rules_there_is_nothing_to_stay_below() -> None:
    assert not_above(rating(1), NEEDED).level is None
    assert not_above(rating(1), None).level is None
    assert not_above(NEEDED, rating(2)) is NEEDED
