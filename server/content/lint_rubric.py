"""Lint: a rubric whose every level is described, and whose rules name moves that exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from server.content.names import Problems, fault
from server.content.plain_words import suggestion
from server.core.moves import MOVES
from server.core.rubric import CREDIT_MOST, Dimension, Rubric


def whole(rubric: Rubric) -> Problems:
    if not rubric.dimensions:
        yield fault("dimensions", "there is nothing to rate;", "a rubric needs at least one dimension.")
    if not rubric.evidence_rules:
        yield fault("evidence_rules", "there are no evidence rules;", "say what counts as evidence.")
    if rubric.lowest >= rubric.highest:
        yield fault(
            "highest", f"the scale runs from {rubric.lowest} to {rubric.highest};", "the highest must be higher."
        )
    ids = [dimension.id for dimension in rubric.dimensions]
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield fault(f"dimensions.{index}.id", f'the dimension id "{name}" is used twice;', "rename one.")


def anchors(rubric: Rubric) -> Problems:
    wanted = [str(level) for level in range(rubric.lowest, rubric.highest + 1)]
    for index, dimension in enumerate(rubric.dimensions):
        for level in wanted:
            if not dimension.anchors.get(level):
                yield fault(f"dimensions.{index}.anchors", f'level "{level}" has no anchor;', f'add `"{level}": ...`.')
        for level in sorted(set(dimension.anchors) - set(wanted)):
            yield fault(
                f"dimensions.{index}.anchors.{level}", f'"{level}" is not a level;', f"levels are {', '.join(wanted)}."
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


RULES: tuple[Callable[[Rubric], Problems], ...] = (whole, anchors, rules, levels, moves)
