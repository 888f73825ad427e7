"""Lint: a rubric of weighed sums names evidence that exists, and says where its numbers come from."""

from __future__ import annotations

from server.content.names import Problems, fault
from server.content.plain_words import suggestion
from server.core.rating.reading import EVIDENCE
from server.core.rubric import Rubric, Weight


def weights(rubric: Rubric) -> Problems:
    """A weighed sum names evidence that exists, and says where its two numbers come from."""
    for index, dimension in enumerate(rubric.weighed):
        key = f"weighed.{index}"
        if not dimension.weights:
            yield fault(f"{key}.weights", "there is nothing to weigh;", "add `weights: [...]`.")
        if not dimension.origin.strip() or dimension.n < 1:
            yield fault(f"{key}.origin", "a fitted number without its origin;", "say on what, and on how many, in `n`.")
        if dimension.step <= 0 or dimension.most < 1:
            yield fault(f"{key}.step", "the sum would not move the level up;", "`step` and `most` are above 0.")
        for number, weight in enumerate(dimension.weights):
            yield from _weight(f"{key}.weights.{number}", weight)


def _weight(key: str, weight: Weight) -> Problems:
    if not weight.shows or weight.weight == 0:
        yield fault(f"{key}.shows", "this weight weighs nothing;", "name evidence, and a weight above or below 0.")
    for part in ("shows", "without"):
        for number, name in enumerate(getattr(weight, part)):
            if name not in EVIDENCE:
                yield fault(
                    f"{key}.{part}.{number}", f'there is no evidence "{name}";', suggestion(name, list(EVIDENCE))
                )
