"""Two raters, one encounter: what they differ in, and how little their agreeing says."""

import pytest

from server.assess.observing import MOST_QUOTES, checked_sheet, compare
from server.core.errors import RequestError
from server.core.rubric import Rubric
from tests.core.rubrics import BLOCKERS, RESPONSIVENESS, SUPPORT, UNDERSTANDING

RUBRIC = Rubric("small", "1", "Small", "Words.", (RESPONSIVENESS, UNDERSTANDING, SUPPORT, BLOCKERS), ())
ORDER = [dimension.id for dimension in RUBRIC.dimensions]
TURNS = frozenset({"turn_1", "turn_2"})


def card(*levels: int | None) -> dict[str, object]:
    """A scorecard with these levels, in the rubric's order."""
    rated = [
        {"id": name, "level": level, "status": "not_applicable" if level is None else "rated"}
        for name, level in zip(ORDER, levels, strict=False)
    ]
    return {"dimensions": rated}


def sheet(*levels: int | None) -> dict[str, object]:
    return checked_sheet(dict(zip(ORDER, levels, strict=True)), {}, RUBRIC, TURNS)


def test_each_dimension_stands_beside_the_drafts() -> None:
    found = compare(sheet(3, 1, None, 4), card(2, 1, 3, None), RUBRIC)
    assert [(side.theirs, side.draft, side.difference) for side in found.sides] == [
        (3, 2, 1), (1, 1, 0), (None, 3, None), (4, None, None)
    ]  # fmt: skip
    assert [side.draft_status for side in found.sides] == ["rated", "rated", "rated", "not_applicable"]


@pytest.mark.parametrize(
    ("theirs", "drafted", "expected"),
    [
        ((3, 3, 3, 3), (3, 3, 3, 0), (4, 3, 3, 3)),
        ((0, 1, 2, 3), (0, 1, 2, 3), (4, 4, 1, 1)),
        ((None, 2, 2, None), (4, 2, 1, 0), (2, 1, 1, 1)),
        ((None, None, None, None), (4, 2, 1, 0), (0, 0, None, 0)),
        ((4, 4, 4, 4), (), (0, 0, None, 0)),
    ],
)
def test_agreement_stands_beside_that_of_one_mark_everywhere(
    theirs: tuple[int | None, ...], drafted: tuple[int, ...], expected: tuple[int, int, int | None, int]
) -> None:
    found = compare(sheet(*theirs), card(*drafted), RUBRIC).agreement
    assert (found.dimensions, found.exact, found.constant, found.constant_exact) == expected


def test_what_was_left_out_has_no_mark_and_a_turn_counts_once() -> None:
    kept = checked_sheet({"support": 0}, {"support": ["turn_2", "turn_1", "turn_2"]}, RUBRIC, TURNS)
    assert kept["levels"] == {name: 0 if name == "support" else None for name in ORDER}
    assert kept["quotes"]["support"] == ["turn_2", "turn_1"]


def test_a_mark_for_what_is_not_in_the_rubric_is_refused() -> None:
    for levels, quotes in ({"charm": 1}, {}), ({}, {"charm": []}), ({"support": 5}, {}), ({}, {"support": ["turn_9"]}):
        with pytest.raises(RequestError):
            checked_sheet(levels, quotes, RUBRIC, TURNS)
    with pytest.raises(RequestError):
        checked_sheet({}, {"support": ["turn_1"] * (MOST_QUOTES + 1)}, RUBRIC, TURNS)
