"""Lint: every condition parses, names what exists, and can hold."""

from __future__ import annotations

from collections.abc import Iterator

from server.content.names import Names, Problems, fault, walk
from server.core.case_play import Choice, Number
from server.core.conditions import COUNTERS, Ask, BadCondition, Compare, Negation, Term, parse

KINDS = {
    "learner_made": "move",
    "fact_revealed": "fact",
    "beat_heard": "beat",
    "beat_addressed": "beat",
    "beat_missed": "beat",
}


def conditions(names: Names) -> Iterator[tuple[str, str]]:
    """Every condition of a case, with its place."""
    for key, part in walk(names.case):
        for name in ("when", "enter_when"):
            if text := getattr(part, name, ""):
                yield f"{key}.{name}", text
    for index, beat in enumerate(names.case.beats):
        for name, texts in (("any", beat.trigger.any), ("all", beat.trigger.all)):
            for number, text in enumerate(texts):
                yield f"beats.{index}.trigger.{name}.{number}", text


def readable(names: Names) -> Problems:
    for key, text in conditions(names):
        try:
            terms = parse(text).terms
        except BadCondition as error:
            yield fault(key, f"{error.message}.")
            continue
        for term in terms:
            yield from _term(names, key, term)


def _term(names: Names, key: str, term: Term) -> Problems:
    atom = term.of if isinstance(term, Negation) else term
    if isinstance(atom, Ask):
        if atom.verb in KINDS:
            yield from names.missing(KINDS[atom.verb], [atom.subject], key)
    else:
        yield from _compare(names, key, atom)


def _compare(names: Names, key: str, compare: Compare) -> Problems:
    number = names.case.state.numbers.get(compare.name)
    choice = names.case.state.choices.get(compare.name)
    if choice:
        yield from _word(key, compare, choice)
    elif not number and compare.name not in COUNTERS:
        yield from names.missing("variable", [compare.name], key)
    elif not isinstance(compare.value, float):
        yield fault(key, f"{compare.name} is a number;", f"compare it with one, e.g. {compare.name} >= 4.")
    elif number and not possible(compare, number):
        yield fault(
            key, f"`{compare.name} {compare.op} {compare.value:g}` can never hold;", _range(compare.name, number)
        )


def _word(key: str, compare: Compare, choice: Choice) -> Problems:
    if compare.op not in ("==", "!="):
        yield fault(
            key, f"{compare.name} is a word;", f"compare it with == or !=, e.g. {compare.name} == '{choice.start}'."
        )
    elif compare.value not in choice.values:
        known = ", ".join(choice.values)
        yield fault(key, f"{compare.name} is never '{compare.value}';", f"it is one of: {known}.")


def _range(name: str, number: Number) -> str:
    return f"{name} runs from {number.min} to {number.max}."


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


def state(names: Names) -> Problems:
    for name, number in names.case.state.numbers.items():
        if not number.min <= number.start <= number.max or number.min == number.max:
            yield fault(f"state.numbers.{name}", f"{name} cannot start at {number.start};", _range(name, number))
    for name, choice in names.case.state.choices.items():
        if choice.start not in choice.values:
            mend = f"it is one of: {', '.join(choice.values)}."
            yield fault(f"state.choices.{name}", f'{name} cannot start as "{choice.start}";', mend)
    for name in sorted(names.known["variable"] & set(COUNTERS)):
        yield fault("state", f'a variable cannot be called "{name}";', "that word counts turns or minutes.")


RULES = (readable, state)
