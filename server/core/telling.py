"""A secret, and whether a text tells it: words against words.

Sentences and words only; who may know what, and when, is `server.core.guarding`'s affair.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from server.core.figures import figures, measures
from server.core.kin import kin, losses
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
    parts: tuple[frozenset[str], ...] = ()
    """The meaningful words of each of its sentences: half of those of one, a rare one among them, tell it."""
    rare: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    """As figures; one beside one of `hints` tells it, and so do two."""
    measures: frozenset[str] = frozenset()
    """Figures with what they count: each tells it by itself."""
    hints: frozenset[str] = frozenset()
    marks: frozenset[str] = frozenset()
    """Stems of words that nothing else in the case says."""
    names: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    """Relatives it speaks of; that one of them died tells it."""
    questions: tuple[frozenset[str], ...] = ()
    """Meaningful words of the questions that ask for it; who says all of them unasked tells it."""
    open: tuple[frozenset[str], ...] = ()
    """Stems that stand together in a line which anybody may hear: together they prove nothing."""

    def told_by(self, heard: Heard, given: Heard, asked: Heard) -> bool:
        """`given`: what the actor was told; `asked`: what the learner has said, which is no news as a single word."""
        if any(f" {each} " in heard.plain and f" {each} " not in given.plain for each in self.sentences):
            return True
        known = given.all_stems | asked.all_stems
        if (self.marks & heard.all_stems - known) or (self.names & heard.names - given.names - asked.names):
            return True
        if any(self._lost(pair, given, asked) or self._numbered(pair, given, asked) for pair in heard.pairs):
            return True
        return any(self._shares(pair, given) or self._answers(pair, given, asked) for pair in heard.pairs)

    def _shares(self, pair: Pair, given: Heard) -> bool:
        shared = self.stems & pair.stems
        enough = len(shared) >= self.fewest and len(shared) >= self.share * len(self.stems)
        return (enough or self._has_part(pair)) and not self._together(shared, given)

    def _has_part(self, pair: Pair) -> bool:
        shared = ((part & pair.stems, len(part)) for part in self.parts)
        return any(len(each) >= self.fewest and 2 * len(each) >= size and each & self.rare for each, size in shared)

    def _numbered(self, pair: Pair, given: Heard, asked: Heard) -> bool:
        if self.measures & pair.measures - given.measures - asked.measures:
            return True
        numbers = self.numbers & pair.figures - asked.figures
        if len(numbers - given.figures) > 1 or (numbers and self.kin & pair.kin - given.kin):
            return not self._together(numbers, given)
        beside = self.hints & pair.stems
        return bool(numbers and beside) and not self._together(numbers | beside, given)

    def _lost(self, pair: Pair, given: Heard, asked: Heard) -> bool:
        return bool(self.kin & pair.losses - given.kin - asked.losses)

    def _answers(self, pair: Pair, given: Heard, asked: Heard) -> bool:
        found = (each for each in self.questions if each <= pair.stems and not each <= asked.all_stems)
        return not pair.question and any(not self._together(each, given) for each in found)

    def _together(self, shared: frozenset[str], given: Heard) -> bool:
        return any(shared <= each for each in (*self.open, *(pair.together for pair in given.pairs)))


@dataclass(frozen=True)
class Pair:
    """Two sentences that stand together: a fact may be told across them."""

    text: str

    @cached_property
    def said(self) -> list[str]:
        return tokens(self.text)

    @cached_property
    def stems(self) -> frozenset[str]:
        return content_stems(self.text)

    @cached_property
    def figures(self) -> frozenset[str]:
        return figures(self.said)

    @cached_property
    def measures(self) -> frozenset[str]:
        return measures(self.said)

    @cached_property
    def kin(self) -> frozenset[str]:
        return kin(self.said)

    @cached_property
    def losses(self) -> frozenset[str]:
        return losses(self.said)

    @cached_property
    def together(self) -> frozenset[str]:
        return self.stems | self.figures

    @property
    def question(self) -> bool:
        return self.text.rstrip().endswith("?")


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
    def figures(self) -> frozenset[str]:
        return figures(tokens(self.text))

    @cached_property
    def measures(self) -> frozenset[str]:
        return measures(tokens(self.text))

    @cached_property
    def kin(self) -> frozenset[str]:
        return kin(self.words)

    @cached_property
    def losses(self) -> frozenset[str]:
        return frozenset(each for pair in self.pairs for each in pair.losses)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        each = SENTENCE.split(self.text)
        return tuple(Pair(" ".join(each[place : place + 2])) for place in range(len(each)))


_NOTHING = Heard("")


def told(text: str, locked: Iterable[Secret], given: Heard = _NOTHING, asked: Heard = _NOTHING) -> str:
    """The id of the first secret that a text tells, or ''."""
    heard = Heard(text)
    return next((secret.id for secret in locked if secret.told_by(heard, given, asked)), "")
