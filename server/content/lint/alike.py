"""Lint: two facts of one person that answer the same question, or say two numbers of one thing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from server.content.contradictions import clash
from server.content.names import Names, Problems, fault, warn
from server.core.case_parts.play import Fact, Outcome
from server.core.lexicon import content_stems, tokens

NEARLY = 0.8
"""Part of the meaningful words that two questions share and then find the same fact."""
SAME_MATTER = 0.6
"""Part of the meaningful words that two facts share when they speak of one thing."""
COVERED = 0.6
"""Part of a fact's questions that ask for a deeper fact as well and make it that one's cover."""
FEWEST_WORDS = 3
_COUNTS = (
    "one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred"
)
_NUMERAL = re.compile(rf"\d+|{'|'.join(_COUNTS.split())}")


def never_asked_for(names: Names) -> Problems:
    """The second of two facts that are asked for in the same words, and that nothing else opens."""
    opened = {fact for _, part in names.parts if isinstance(part, Outcome) for fact in part.reveal}
    stems = {question: content_stems(question) for fact in names.case.facts for question in fact.asked}
    for _, first, index, second in _pairs(names):
        if second.id in opened or first.say == second.say or not (first.asked and second.asked):
            continue
        known = [stems[question] for question in first.asked]
        if all(_near(stems[question], known) for question in second.asked):
            message = f'whoever asks for fact "{second.id}" is told "{first.id}";'
            yield fault(
                f"facts.{index}.asked", message, "word its questions differently, or give one of them a `when`."
            )


def cover_stories(names: Names) -> Problems:
    """What is said in place of a deeper fact, and would be said again once the learner has heard better."""
    for cover, deep in _both_ways(names):
        if cover.min_trust >= deep.min_trust or not (cover.asked and deep.asked) or not cover.say:
            continue
        known = [content_stems(question) for question in deep.asked]
        alike = sum(_near(content_stems(question), known) for question in cover.asked)
        untold = f"not fact_revealed:{deep.id}"
        if alike >= COVERED * len(cover.asked) and not clash([cover.when, f"fact_revealed:{deep.id}"]):
            message = f'fact "{cover.id}" is asked for like "{deep.id}", and is still told after it;'
            yield warn(f"facts.{names.case.facts.index(cover)}.when", message, f'add `when: "{untold}"`.')


def _both_ways(names: Names) -> Iterator[tuple[Fact, Fact]]:
    return ((a, b) for _, one, _, other in _pairs(names) for a, b in ((one, other), (other, one)))


def numbers_that_differ(names: Names) -> Problems:
    """`I take two a day` beside `I take four a day`, at the same price."""
    for _, first, index, second in _pairs(names):
        if (first.disclosure, first.min_trust) != (second.disclosure, second.min_trust):
            continue
        one, other = _numerals(first.say), _numerals(second.say)
        if one and other and one != other and _share(_matter(first.say), _matter(second.say)) >= SAME_MATTER:
            numbers = f"{', '.join(sorted(one))} and {', '.join(sorted(other))}"
            message = f'facts "{first.id}" and "{second.id}" speak of one thing and differ: {numbers};'
            yield warn(f"facts.{index}.say", message, "make them agree, or let one of them cost more.")


def _pairs(names: Names) -> Iterator[tuple[int, Fact, int, Fact]]:
    """Two facts of the same person that may both be told at one time."""
    first = names.case.cast[0].id if names.case.cast else ""
    for (i, a), (j, b) in combinations(enumerate(names.case.facts), 2):
        if (a.owner or first) == (b.owner or first) and not clash([a.when, b.when]):
            yield i, a, j, b


def _near(question: frozenset[str], known: list[frozenset[str]]) -> bool:
    return any(_share(question, other) >= NEARLY for other in known)


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    if min(len(one), len(other)) == 0:
        return 0.0
    return len(one & other) / len(one | other)


def _numerals(text: str) -> frozenset[str]:
    return frozenset(word for word in tokens(text) if _NUMERAL.fullmatch(word))


def _matter(text: str) -> frozenset[str]:
    stems = content_stems(" ".join(word for word in tokens(text) if not _NUMERAL.fullmatch(word)))
    return stems if len(stems) >= FEWEST_WORDS else frozenset()


RULES = (never_asked_for,)
WARNINGS = (cover_stories, numbers_that_differ)
"""Rules that only warn, and take long."""
