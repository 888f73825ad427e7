"""How far every number of a case can move, and which words its choices can take, whatever a learner does.

A number that nothing raises never rises; what raises it may do so until its limit. What an earlier act hands on may be
anything that the case allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from server.content.names import Names
from server.core.case_parts.play import Outcome
from server.core.case_parts.state import Choice, Drift, Number, Response
from server.core.conditions import Compare


def reached_numbers(names: Names) -> dict[str, Number]:
    """Every number by its full name, with the least and the most it can be in an encounter."""
    found = dict(names.case.numbers)
    if _is_later_act(names):
        return found
    steps = list(_steps(names))
    for name, number in found.items():
        starts = [number.start, *(v.numbers[name] for v in names.case.variants if name in v.numbers)]
        falls, rises = (name, False) in steps, (name, True) in steps
        low = number.min if falls else max(number.min, min(starts))
        high = number.max if rises else min(number.max, max(starts))
        found[name] = replace(number, min=low, max=high)
    return found


def reached_words(names: Names) -> dict[str, frozenset[str]]:
    """Every choice by its full name, with the words it can take in an encounter."""
    if _is_later_act(names):
        return {name: frozenset(choice.values) for name, choice in names.case.choices.items()}
    found = {name: {choice.start} for name, choice in names.case.choices.items()}
    for key, part in names.parts:
        if isinstance(part, Response | Outcome):
            for name, value in part.set.items():
                full = names.full(name, key)
                if full in found and not goes_back(names.case.choices[full], value):
                    found[full].add(value)
    for variant in names.case.variants:
        for name, value in variant.choices.items():
            found.setdefault(name, set()).add(value)
    return {name: frozenset(values) for name, values in found.items()}


def goes_back(choice: Choice, value: str) -> bool:
    """Is `value` before the start of a choice that only goes forward? Then it is never taken."""
    order = choice.values
    known = value in order and choice.start in order
    return known and not choice.may_go_back and order.index(value) < order.index(choice.start)


def _is_later_act(names: Names) -> bool:
    act = names.case.unfolding
    return act is not None and act.number > 1


def _steps(names: Names) -> Iterator[tuple[str, bool]]:
    """Which numbers are moved by anything, and whether up (True) or down."""
    for key, part in names.parts:
        if isinstance(part, Response | Outcome):
            yield from ((names.full(name, key), by > 0) for name, by in part.effect.items() if by)
        elif isinstance(part, Drift) and part.by:
            yield names.full(part.number, key), part.by > 0


def possible(compare: Compare, number: Number) -> bool:
    """Can this comparison hold for some value in the number's range?"""
    from_to = (float(number.min), float(number.max))
    value = float(compare.value)
    match compare.op:
        case ">=":
            return from_to[1] >= value
        case ">":
            return from_to[1] > value
        case "<=":
            return from_to[0] <= value
        case "<":
            return from_to[0] < value
        case "==":
            return from_to[0] <= value <= from_to[1] and value == int(value)
    return from_to != (value, value)
