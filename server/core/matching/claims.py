"""Which common question does which fact or policy mean? The author's examples show it: one of them says what one of
the common questions says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from server.core.matching.common import COMMON
from server.core.matching.reading import PERSONS, Reading, family, read_example

ALIKE = 0.5
"""Least agreement in the order of words between an example and a common question that says the same."""
LEAST_SHARE = 0.4
"""An entry also means a common question if it has this share of the examples that the foremost claimant has."""


def common_examples(asked: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, Reading]]:
    """Every common question with the place in `asked` of who means it, -1 where nobody does: then it is known to ask
    for something that the case has not got.
    """
    claims = _claims(asked)
    for number, group in enumerate(_groups()):
        if number not in claims:
            yield from ((-1, reading) for reading in group)
        for place, persons in claims.get(number, {}).items():
            yield from ((place, Reading(reading.features - PERSONS | persons, reading.order)) for reading in group)


def _claims(asked: Sequence[tuple[str, ...]]) -> dict[int, dict[int, frozenset[str]]]:
    """By common question, who means it, and of whom they ask."""
    counts: dict[int, dict[int, list[frozenset[str]]]] = defaultdict(lambda: defaultdict(list))
    for place, questions in enumerate(asked):
        for reading in map(read_example, questions):
            for number in _groups_of(reading):
                counts[number][place].append(reading.features & PERSONS)
    return {number: _foremost(by_place) for number, by_place in counts.items()}


def _foremost(by_place: dict[int, list[frozenset[str]]]) -> dict[int, frozenset[str]]:
    most = max(map(len, by_place.values()))
    return {
        place: frozenset().union(*persons) for place, persons in by_place.items() if len(persons) >= most * LEAST_SHARE
    }


def _groups_of(reading: Reading) -> set[int]:
    alike = _by_meaning().get(_meaning(reading), ())
    return {number for number, other in alike if agreement(reading.order, other.order) >= ALIKE}


def agreement(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of what two sets have in common, 0 to 1."""
    return 2 * len(one & other) / (len(one) + len(other))


def _meaning(reading: Reading) -> frozenset[str]:
    """What is asked and how, of whomever."""
    return frozenset(
        feature if feature[0] == "?" else family(feature) for feature in reading.features if feature[0] not in "=~"
    )


@cache
def _groups() -> list[list[Reading]]:
    return [[read_example(question.strip()) for question in ways.split("|")] for ways in COMMON.values()]


@cache
def _by_meaning() -> dict[frozenset[str], list[tuple[int, Reading]]]:
    found: dict[frozenset[str], list[tuple[int, Reading]]] = defaultdict(list)
    for number, group in enumerate(_groups()):
        for reading in group:
            found[_meaning(reading)].append((number, reading))
    return dict(found)
