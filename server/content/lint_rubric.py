"""Lint: a rubric whose every level is described, and whose rules name moves that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from server.content.names import Problems, fault
from server.content.plain_words import suggestion
from server.core.moves import MOVES
from server.core.rating_reading import EVIDENCE
from server.core.rubric import CREDIT_MOST, Dimension, Rubric, Weighed, Weight


def whole(rubric: Rubric) -> Problems:
    if not rubric.dimensions and not rubric.weighed:
        yield fault("dimensions", "there is nothing to rate;", "a rubric needs at least one dimension.")
    if not rubric.evidence_rules:
        yield fault("evidence_rules", "there are no evidence rules;", "say what counts as evidence.")
    if rubric.lowest >= rubric.highest:
        yield fault(
            "highest", f"the scale runs from {rubric.lowest} to {rubric.highest};", "the highest must be higher."
        )
    if rubric.dimensions and rubric.weighed:
        yield fault("weighed", "there are dimensions of both kinds;", "make two rubrics.")
    ids: list[str] = []
    for key, dimension in _each(rubric):
        if dimension.id in ids:
            yield fault(f"{key}.id", f'the dimension id "{dimension.id}" is used twice;', "rename one.")
        ids.append(dimension.id)


def _each(rubric: Rubric) -> Iterator[tuple[str, Dimension | Weighed]]:
    """Every dimension of either kind, with its place in the file."""
    yield from ((f"dimensions.{index}", dimension) for index, dimension in enumerate(rubric.dimensions))
    yield from ((f"weighed.{index}", dimension) for index, dimension in enumerate(rubric.weighed))


def anchors(rubric: Rubric) -> Problems:
    wanted = [str(level) for level in range(rubric.lowest, rubric.highest + 1)]
    for key, dimension in _each(rubric):
        for level in wanted:
            if not dimension.anchors.get(level):
                yield fault(f"{key}.anchors", f'level "{level}" has no anchor;', f'add `"{level}": ...`.')
        for level in sorted(set(dimension.anchors) - set(wanted)):
            yield fault(f"{key}.anchors.{level}", f'"{level}" is not a level;', f"levels are {', '.join(wanted)}.")


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


def rules(rubric: Rubric) -> Problems:
    for index, dimension in enumerate(rubric.dimensions):
        key = f"dimensions.{index}"
        for part in ("credit", "blockers"):
            if dimension.rule == part and not getattr(dimension, part):
                yield fault(key, f"the rule is `{part}`, and there is none;", f"add `{part}: [...]`.")
            if dimension.rule != part and getattr(dimension, part):
                yield fault(f"{key}.{part}", f"the rule is `{dimension.rule}`, so this is never read;", "take it out.")


def levels(rubric: Rubric) -> Problems:
    allowed = range(rubric.lowest, rubric.highest + 1)
    for index, dimension in enumerate(rubric.dimensions):
        given = [(f"credit.{n}.level", credit.level) for n, credit in enumerate(dimension.credit)]
        given += [(f"cap.{move}", level) for move, level in dimension.cap.items()]
        given += [(f"mended.{move}", level) for move, level in dimension.mended.items()]
        for place, level in given:
            if level not in allowed:
                mend = f"levels run from {rubric.lowest} to {rubric.highest}."
                yield fault(f"dimensions.{index}.{place}", f"{level} is not a level;", mend)
            elif place.startswith("credit") and level > CREDIT_MOST:
                mend = f"give it {CREDIT_MOST}: what is above is for two moments."
                yield fault(f"dimensions.{index}.{place}", f"one turn cannot earn {level};", mend)


def moves(rubric: Rubric) -> Problems:
    for index, dimension in enumerate(rubric.dimensions):
        key = f"dimensions.{index}"
        yield from _unknown(f"{key}.floor.{{}}", dimension.floor)
        for number, credit in enumerate(dimension.credit):
            if not credit.moves:
                yield fault(
                    f"{key}.credit.{number}.moves", "a credit without moves would go to every turn;", "name one."
                )
            yield from _unknown(f"{key}.credit.{number}.moves.{{}}", credit.moves)
            yield from _unknown(f"{key}.credit.{number}.without.{{}}", credit.without)
        yield from _named(dimension, key)


def _named(dimension: Dimension, key: str) -> Problems:
    for part in ("cap", "mended"):
        for move in getattr(dimension, part):
            yield from _unknown(f"{key}.{part}.{move}", [move])
    for number, blocker in enumerate(dimension.blockers):
        yield from _unknown(f"{key}.blockers.{number}.move", [blocker.move])


def _unknown(key: str, moves: Iterable[str]) -> Problems:
    for index, move in enumerate(moves):
        if move not in MOVES:
            yield fault(key.format(index), f'there is no move "{move}";', suggestion(move, list(MOVES)))


RULES: tuple[Callable[[Rubric], Problems], ...] = (whole, anchors, rules, levels, moves, weights)
