"""Lint: rules that fit the rubric's scale, and can all come to something."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from server.content.names import Problems, fault, warn
from server.core.rubric import CREDIT_MOST, Credit, Dimension, Rubric
from server.core.rules.every_rule import MOVES
from server.core.rules.every_rule import RULES as MOVE_RULES
from server.core.rules.rule import AS_PATIENT

_PARTS = {"credit": "credit", "checklist": "credit", "blockers": "blockers"}
"""What a rule reads."""
_OF_CREDIT = ("floor", "cap", "mended")
_AS_PATIENT = frozenset(rule.move for rule in MOVE_RULES if rule.group == AS_PATIENT)
_WIDER = {"anywhere": 0, "after_acknowledgement": 1, "opportunity": 1}
"""How much a place leaves out."""


def _dimensions(rubric: Rubric) -> Iterator[tuple[str, Dimension]]:
    return ((f"dimensions.{index}", dimension) for index, dimension in enumerate(rubric.dimensions))


def _credits(rubric: Rubric) -> Iterator[tuple[str, Dimension, Credit]]:
    for key, dimension in _dimensions(rubric):
        yield from ((f"{key}.credit.{n}", dimension, credit) for n, credit in enumerate(dimension.credit))


def parts(rubric: Rubric) -> Problems:
    """A rule has what it reads, and nothing else stands there."""
    for key, dimension in _dimensions(rubric):
        own = _PARTS.get(dimension.rule, "")
        if own and not getattr(dimension, own):
            mend = f"add `{own}: [...]`; rubrics/README.md shows one."
            yield fault(key, f"the rule is `{dimension.rule}`, and there is none;", mend)
        unread = {"credit", "blockers"} - {own} | (set() if own == "credit" else set(_OF_CREDIT))
        for part in sorted(part for part in unread if getattr(dimension, part)):
            yield fault(f"{key}.{part}", f"the rule is `{dimension.rule}`, so this is never read;", "take it out.")
        if dimension.rule != "checklist" and dimension.applies != "at_a_moment":
            yield fault(f"{key}.applies", "only an item of a checklist has this;", "take it out.")


def scale(rubric: Rubric) -> Problems:
    """Every rule gives levels of its own; a scale must hold them."""
    for key, dimension in _dimensions(rubric):
        wanted = {"checklist": (0, 1), "credit": (0, 4)}.get(dimension.rule, (0, 4))
        short = dimension.rule == "credit" and rubric.lowest == 0 and rubric.highest in (1, 2)
        if (rubric.lowest, rubric.highest) != wanted and not short:
            scale_now = f"the scale runs from {rubric.lowest} to {rubric.highest}"
            message = f"the rule `{dimension.rule}` gives {wanted[0]} to {wanted[1]}, and {scale_now};"
            mend = f"write `lowest: {wanted[0]}` and `highest: {wanted[1]}`, or choose another rule."
            yield fault(f"{key}.rule", message, mend)


def levels(rubric: Rubric) -> Problems:
    """Levels that a rule names are levels of the scale."""
    allowed = range(rubric.lowest, rubric.highest + 1)
    for key, dimension in _dimensions(rubric):
        given = [(f"{key}.credit.{n}.level", credit.level) for n, credit in enumerate(dimension.credit)]
        given += [(f"{key}.cap.{move}", level) for move, level in dimension.cap.items()]
        given += [(f"{key}.mended.{move}", level) for move, level in dimension.mended.items()]
        for place, level in given:
            if level not in allowed:
                mend = f"levels run from {rubric.lowest} to {rubric.highest}."
                yield fault(place, f"{level} is not a level;", mend)
            elif ".credit." in place and level > CREDIT_MOST:
                mend = f"give it {CREDIT_MOST}: what is above is for two moments."
                yield fault(place, f"one turn cannot earn {level};", mend)


def never(rubric: Rubric) -> Problems:
    """A credit that no turn can earn, or that changes nothing when it does."""
    for key, dimension, credit in _credits(rubric):
        if credit.level == 0:
            yield fault(f"{key}.level", "0 is what nothing earns;", "give it 1 or more, or put the move into `floor`.")
        if both := sorted(set(credit.moves) & set(credit.without)):
            mend = "take it out of one of them."
            yield fault(f"{key}.without", f'no turn both has "{both[0]}" and has it not;', mend)
        for move in sorted(set(credit.moves) & _AS_PATIENT):
            message = f'"{move}" is found only where the learner plays the patient, and nothing is scored there;'
            yield fault(f"{key}.moves", message, "take it out.")
        yield from _held_down(key, dimension, credit)


def _held_down(key: str, dimension: Dimension, credit: Credit) -> Problems:
    for move in (move for move in credit.moves if move in dimension.cap):
        cap = max(dimension.cap[move], dimension.mended.get(move, 0))
        if cap < credit.level:
            message = f'"{move}" holds this dimension at {cap}, so it never earns {credit.level};'
            yield fault(f"{key}.level", message, f"lower it, or take `{move}` out of `cap`.")


def covered(rubric: Rubric) -> Problems:
    """A credit whose every turn another one gives as much or more."""
    for key, dimension in _dimensions(rubric):
        for number, credit in enumerate(dimension.credit):
            others = [each for at, each in enumerate(dimension.credit) if at != number]
            earlier = dimension.credit[:number]
            if any(_covers(each, credit) and (not _covers(credit, each) or each in earlier) for each in others):
                message = "another credit gives as much to every turn that this one is for;"
                yield warn(f"{key}.credit.{number}", message, "take it out, or give it a higher level.")


def _covers(wide: Credit, narrow: Credit) -> bool:
    return (
        narrow.level <= wide.level <= CREDIT_MOST
        and set(wide.moves) <= set(narrow.moves)
        and set(wide.without) <= set(narrow.without)
        and (wide.place == narrow.place or not _WIDER[wide.place])
    )


def mends(rubric: Rubric) -> Problems:
    """What lifts a cap must name one, and lift it."""
    for key, dimension in _dimensions(rubric):
        for move, level in dimension.mended.items():
            if move in MOVES and move not in dimension.cap:
                yield fault(f"{key}.mended.{move}", "there is no such cap to lift;", f"add `{move}` to `cap`.")
            elif level <= dimension.cap.get(move, -1):
                message = f"the cap is {dimension.cap[move]} and becomes {level}, which lifts nothing;"
                yield fault(f"{key}.mended.{move}", message, "give it a higher level.")


def twice(rubric: Rubric) -> Problems:
    """A blocker with two weights."""
    for key, dimension in _dimensions(rubric):
        moves = [blocker.move for blocker in dimension.blockers]
        for number, move in enumerate(moves):
            if move in moves[:number]:
                yield fault(f"{key}.blockers.{number}.move", f'"{move}" is named twice;', "keep one.")


RULES: tuple[Callable[[Rubric], Problems], ...] = (parts, scale, levels, never, covered, mends, twice)
