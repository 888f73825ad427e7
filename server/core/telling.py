"""A secret, and whether a text tells it: words against words.

Sentences and words only; who may know what, and when, is `server.core.guarding`'s affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from server.core.lexicon import content_stems, stem, tokens

FEWEST_SHARED = 2
"""Meaningful words that a text must share with a secret, at the least."""
SENTENCE = re.compile(r"(?<=[.!?…])\s+")
CAPITAL = re.compile(r"[A-Z][a-z]+")


@dataclass(frozen=True)
class Secret:
    """A fact, or the line of a moment, and what gives it away."""

    id: str
    sentences: tuple[str, ...]
    """Its sentences as plain words; those that anybody may say are left out."""
    stems: frozenset[str]
    share: float
    """Part of `stems` that tells it."""
    fewest: int = FEWEST_SHARED
    """And how many of them, at the least."""
    numbers: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    """Stems of words that nothing else in the case says."""
    names: frozenset[str] = frozenset()
    open: tuple[frozenset[str], ...] = ()
    """Stems that stand together in a line which anybody may hear: together they prove nothing."""

    def told_by(self, heard: Heard, given: Heard, asked: Heard) -> bool:
        """`given`: what the actor was told; `asked`: what the learner has said, which is no news as a single word."""
        if any(f" {each} " in heard.plain and f" {each} " not in given.plain for each in self.sentences):
            return True
        known = given.all_stems | asked.all_stems
        if (self.marks & heard.all_stems - known) or (self.names & heard.names - given.names - asked.names):
            return True
        return any(self._shares(pair, given.all_stems, asked.words) for pair in heard.pairs)

    def _shares(self, pair: Pair, given: frozenset[str], asked: frozenset[str]) -> bool:
        shared = self.stems & pair.stems - given
        if self.numbers & pair.words - asked and shared:
            return True
        enough = len(shared) >= self.fewest and len(shared) >= self.share * len(self.stems)
        return enough and not any(shared <= together for together in self.open)


@dataclass(frozen=True)
class Pair:
    """Two sentences that stand together: a fact may be told across them."""

    words: frozenset[str]
    stems: frozenset[str]


@dataclass(frozen=True)
class Heard:
    """A text, read once."""

    text: str

    @cached_property
    def plain(self) -> str:
        return f" {' '.join(tokens(self.text))} "

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(tokens(self.text))

    @cached_property
    def all_stems(self) -> frozenset[str]:
        return frozenset(stem(word) for word in self.words)

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(CAPITAL.findall(self.text))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        each = SENTENCE.split(self.text)
        joined = (" ".join(each[place : place + 2]) for place in range(len(each)))
        return tuple(Pair(frozenset(tokens(pair)), content_stems(pair)) for pair in joined)


_NOTHING = Heard("")


def told(text: str, locked: Iterable[Secret], given: Heard = _NOTHING, asked: Heard = _NOTHING) -> str:
    """The id of the first secret that a text tells, or ''."""
    heard = Heard(text)
    return next((secret.id for secret in locked if secret.told_by(heard, given, asked)), "")
