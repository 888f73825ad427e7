"""Which fact does a question ask for? Agreement of its words with the author's example questions.

No model, no download, nothing learnt: tables that a person can read (`matching_words`, `matching_common`), and a score,
measured on questions that were held apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from server.core.case_parts.cast import Unscripted
from server.core.case_parts.play import Fact
from server.core.lexicon import fold
from server.core.matching.index import Entry, Index
from server.core.matching.reading import Reading, read

THRESHOLD = 0.46
"""Least agreement of a question with an example, 0 to 1."""
_ANNOUNCES = re.compile(
    r"\b(?:i(?:'ll|'m| am| will| need| have|'ve| want|'d)|let me|let's|we(?:'ll|'re| need)|here(?:'s| is| are)"
    r"|time (?:for|to))\b"
)


@dataclass(frozen=True)
class Match:
    id: str
    score: float
    """0 to 1."""


@dataclass(frozen=True)
class Asked:
    """What a turn asks for: a fact, a kind of question that has a policy, or neither."""

    fact: Fact | None = None
    policy: Unscripted | None = None
    score: float = 0.0
    """How well its examples explain the question, 0 to 1."""


def announces(text: str) -> bool:
    """Is something about to be done: `I'll just take your temperature`?"""
    return bool(_ANNOUNCES.search(fold(text)))


def matches(text: str, entries: Sequence[tuple[str, tuple[str, ...]]]) -> list[Match]:
    """Entries (`id`, example questions) that `text` asks for, best first, by these examples alone."""
    index = Index([Entry(asked) for _, asked in entries], common=False)
    return [Match(entries[place][0], score) for place, score in _found(index, read(text))]


def _features(text: str) -> frozenset[str]:
    """What a question says: two with the same features cannot be told apart."""
    return frozenset(feature for feature in read(text).features if feature[0] != "=")


def facts_asked(text: str, facts: Sequence[Fact]) -> list[Match]:
    """Facts that `text` asks for, best first, where nothing but these can be meant."""
    known = [fact for fact in facts if fact.asked]
    found = _found(_index(tuple(map(_entry, known))), read(text))
    return [Match(known[place].id, score) for place, score in found]


def asked_for(
    parts: Iterable[str], facts: Sequence[Fact], policies: Sequence[Unscripted], said_before: str = ""
) -> Asked:
    """The fact or the policy that best explains any of `parts`: a turn, and the questions inside it.

    `said_before`, what the patient last said, helps a question that points back to it and says nothing else: `How long
    ago was that?`
    """
    known = [fact for fact in facts if fact.asked]
    index = _index((*map(_entry, known), *(Entry(policy.asked) for policy in policies)))
    readings = [read(part) for part in parts]
    found = _best(index, readings) or (_best(index, readings, said_before) if said_before else ())
    if not found:
        return Asked()
    place, score = found
    if place < len(known):
        return Asked(fact=known[place], score=score)
    return Asked(policy=policies[place - len(known)], score=score)


def _best(index: Index, readings: Iterable[Reading], said_before: str = "") -> tuple[int, float] | tuple[()]:
    found = [best for reading in readings for best in _found(index, reading, said_before)[:1]]
    return max(found, key=lambda match: match[1], default=())


def _found(index: Index, reading: Reading, said_before: str = "") -> list[tuple[int, float]]:
    """Places and scores, best first, of what explains a question better than what nothing here answers."""
    scores = index.scores(reading, said_before)
    least = max(THRESHOLD, scores.pop(-1, 0.0))
    return sorted((match for match in scores.items() if match[1] >= least), key=lambda match: (-match[1], match[0]))


def _entry(fact: Fact) -> Entry:
    return Entry(fact.asked, f"{fact.id.removeprefix('F_').replace('_', ' ')}. {fact.say}")


@lru_cache(maxsize=64)
def _index(entries: tuple[Entry, ...]) -> Index:
    return Index(entries)
