"""Lint: every condition parses, names what exists, and can hold."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from server.content.contradictions import clash
from server.content.lint.signs import listened_for
from server.content.names import Names, Problems, fault, states, warn
from server.content.ranges import possible, reached_numbers, reached_words
from server.core.case_parts.play import Trigger
from server.core.case_parts.state import Choice, Number
from server.core.conditions import COUNTERS, PORTRAYAL, Ask, BadCondition, Compare, Negation, Term, parse

KINDS = {
    "learner_made": "move",
    "did": "action",
    "asked": "fact",
    "present": "cast member",
    "fact_revealed": "fact",
    "beat_heard": "beat",
    "beat_open": "beat",
    "beat_addressed": "beat",
    "beat_missed": "beat",
}
PLAYED = Choice("teaching", ("teaching", "assessment"))
"""How the patient plays: set by the assignment, asked for as `portrayal`."""


def conditions(names: Names) -> Iterator[tuple[str, str]]:
    """Every condition of a case, with its place."""
    for key, part in names.parts:
        for name in ("when", "enter_when"):
            if text := getattr(part, name, ""):
                yield f"{key}.{name}", text
        if isinstance(part, Trigger):
            yield from ((f"{key}.any.{number}", text) for number, text in enumerate(part.any))
            yield from ((f"{key}.all.{number}", text) for number, text in enumerate(part.all))


def readable(names: Names) -> Problems:
    check = partial(_compare, names, reached_numbers(names), reached_words(names))
    for key, text in conditions(names):
        try:
            terms = parse(text).terms
        except BadCondition as error:
            yield fault(key, f"{error.message}.")
            continue
        yield from listened_for(key, text)
        if found := clash([text]):
            yield fault(key, str(found), "take one of them out.")
        for term in terms:
            atom = _atom(term)
            if isinstance(atom, Compare):
                yield from check(key, atom)
            elif atom.verb in KINDS:
                yield from names.missing(KINDS[atom.verb], [atom.subject], key)


def _atom(term: Term) -> Compare | Ask:
    return term.of if isinstance(term, Negation) else term


def _compare(
    names: Names, numbers: dict[str, Number], words: dict[str, frozenset[str]], key: str, compare: Compare
) -> Problems:
    full = names.full(compare.name, key)
    if compare.name == PORTRAYAL:
        yield from _word(key, compare, PLAYED, frozenset(PLAYED.values))
    elif full in names.case.choices:
        yield from _word(key, compare, names.case.choices[full], words[full])
    elif full in names.case.numbers:
        yield from _number(key, compare, names.case.numbers[full], numbers[full])
    elif compare.name not in COUNTERS:
        yield from names.missing_state("variable", [compare.name], key)
    elif not isinstance(compare.value, float):
        yield from _no_number(key, compare)


def _number(key: str, compare: Compare, number: Number, reached: Number) -> Problems:
    if not isinstance(compare.value, float):
        yield from _no_number(key, compare)
    elif not possible(compare, number):
        yield fault(key, _never(compare), _range(compare.name, number))
    elif not possible(compare, reached):
        mend = f"nothing moves {compare.name} beyond {reached.min} to {reached.max}: add an effect or a drift."
        yield warn(key, _never(compare), mend)


def _never(compare: Compare) -> str:
    return f"`{compare.name} {compare.op} {compare.value:g}` can never hold;"


def _no_number(key: str, compare: Compare) -> Problems:
    yield fault(key, f"{compare.name} is a number;", f"compare it with one, e.g. {compare.name} >= 4.")


def _word(key: str, compare: Compare, choice: Choice, reached: frozenset[str]) -> Problems:
    if compare.op not in ("==", "!="):
        yield fault(
            key, f"{compare.name} is a word;", f"compare it with == or !=, e.g. {compare.name} == '{choice.start}'."
        )
    elif compare.value not in choice.values:
        known = ", ".join(choice.values)
        yield fault(key, f"{compare.name} is never '{compare.value}';", f"it is one of: {known}.")
    elif compare.op == "==" and compare.value not in reached:
        yield warn(key, f"nothing sets {compare.name} to '{compare.value}';", "add a `set`, or take the condition out.")


def _range(name: str, number: Number) -> str:
    return f"{name} runs from {number.min} to {number.max}."


def state(names: Names) -> Problems:
    """Starts, limits and drifts of everybody's state."""
    for key, part in states(names.case):
        for name, number in part.numbers.items():
            if not number.min <= number.start <= number.max or number.min == number.max:
                yield fault(f"{key}.numbers.{name}", f"{name} cannot start at {number.start};", _range(name, number))
        for name, choice in part.choices.items():
            if choice.start not in choice.values:
                mend = f"it is one of: {', '.join(choice.values)}."
                yield fault(f"{key}.choices.{name}", f'{name} cannot start as "{choice.start}";', mend)
        for name in sorted({*part.numbers, *part.choices} & {*COUNTERS, PORTRAYAL}):
            yield fault(key, f'a variable cannot be called "{name}";', "that word has a meaning in every case.")
        for name in sorted({*part.numbers} & {*part.choices}):
            yield fault(key, f'"{name}" is a number and a choice;', "rename one of them.")
        for index, drift in enumerate(part.drifts):
            if not drift.by or drift.every_min <= 0:
                mend = "e.g. `{number: fatigue, by: 1, every_min: 2}`."
                yield fault(f"{key}.drifts.{index}", "this drift moves nothing;", mend)


def together(names: Names) -> Problems:
    """Terms of one trigger that never hold at the same time."""
    for index, beat in enumerate(names.case.beats):
        trigger, key = beat.trigger, f"beats.{index}.trigger"
        if found := clash(trigger.all):
            yield fault(f"{key}.all", str(found), "this beat could not come; take one of them out.")
            continue
        for number, text in enumerate(trigger.any):
            if found := clash([text, *trigger.all]):
                yield fault(f"{key}.any.{number}", str(found), "this way to it is closed; take it out.")


RULES = (readable, state, together)
