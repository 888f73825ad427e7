"""What lint says of a rubric by weighed sums: a weight without evidence, a number without its origin."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from server.content.lint.rubric import RULES
from server.content.loader import load_rubric
from server.core.rubric import Rubric, Weight

RUBRICS = Path(__file__).parents[2] / "rubrics"
PEER = load_rubric(RUBRICS / "lend-an-ear.yaml")


def told(rubric: Rubric) -> Iterator[str]:
    """Messages, with their places."""
    for rule in RULES:
        yield from (f"{problem.key}: {problem.message}" for problem in rule(rubric))


def changed(**changes: Any) -> Rubric:
    """The rubric with its first dimension changed."""
    first, *rest = PEER.weighed
    return replace(PEER, weighed=(replace(first, **changes), *rest))


def test_the_shipped_rubric_has_nothing_to_tell() -> None:
    assert list(told(PEER)) == []


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": ()}, "weighed.0.weights: there is nothing to weigh;"),
        ({"origin": " "}, "weighed.0.origin: a fitted number without its origin;"),
        ({"n": 0}, "weighed.0.origin: a fitted number without its origin;"),
        ({"step": 0}, "weighed.0.step: the sum would not move the level up;"),
        ({"weights": (Weight((), 1, "nothing"),)}, "weighed.0.weights.0.shows: this weight weighs nothing;"),
        (
            {"weights": (Weight(("jokes",), 1, "joked", without=("smiles",)),)},
            'weighed.0.weights.0.without.0: there is no evidence "smiles";',
        ),
        ({"anchors": {"1": "Low."}}, 'weighed.0.anchors: levels "2", "3", "4", "5" have no anchor;'),
        ({"id": "advice_giving"}, 'weighed.3.id: the dimension id "advice_giving" is used twice;'),
    ],
)
def test_what_is_wrong_with_a_sum_is_told(changes: dict[str, Any], message: str) -> None:
    assert message in list(told(changed(**changes)))


def test_a_rubric_is_of_one_kind_and_of_one_at_least() -> None:
    other = load_rubric(RUBRICS / "nursing-empathy.yaml")
    assert "weighed: there are dimensions of both kinds;" in list(told(replace(PEER, dimensions=other.dimensions)))
    assert "dimensions: there is nothing to rate;" in list(told(replace(PEER, weighed=())))
