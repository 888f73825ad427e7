"""Lint: a rubric whose every level is described, and whose rules name moves that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from server.content.lint import rubric_rules as lint_rubric_rules
from server.content.lint import weights as lint_weights
from server.content.names import Problems, fault
from server.content.plain_words import suggestion
from server.core.moves import MOVES
from server.core.rubric import Dimension, Rubric, Weighed


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
    """One anchor for each level of the scale, and each of its own."""
    wanted = [str(level) for level in range(rubric.lowest, rubric.highest + 1)]
    for key, dimension in _each(rubric):
        missing = [f'"{level}"' for level in wanted if not dimension.anchors.get(level, "").strip()]
        if missing:
            subject = f"level {missing[0]} has" if len(missing) == 1 else f"levels {', '.join(missing)} have"
            yield fault(f"{key}.anchors", f"{subject} no anchor;", f"add `{missing[0]}: ...`.")
        for level in sorted(set(dimension.anchors) - set(wanted)):
            mend = f"one anchor for each level: {', '.join(wanted)}."
            yield fault(f"{key}.anchors.{level}", f'"{level}" is not a level;', mend)
        yield from _alike(f"{key}.anchors", dimension)


def _alike(key: str, dimension: Dimension | Weighed) -> Problems:
    """Two levels that say the same cannot be told apart by whoever marks."""
    first: dict[str, str] = {}
    for level, text in dimension.anchors.items():
        said = " ".join(text.lower().split()).rstrip(".")
        if said and first.setdefault(said, level) != level:
            message = f'levels "{first[said]}" and "{level}" have the same anchor;'
            yield fault(f"{key}.{level}", message, "say what makes them different.")


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
            yield fault(key.format(index), f'there is no move "{move}";', _near(move))


def _near(move: str) -> str:
    mend = suggestion(move, list(MOVES))
    return "personas/README.md lists them." if mend == "take it out." else mend


RULES: tuple[Callable[[Rubric], Problems], ...] = (
    whole,
    anchors,
    moves,
    *lint_rubric_rules.RULES,
    lint_weights.weights,
)
