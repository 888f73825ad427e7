"""The examples of a case, weighed and laid out so that a question is compared with those that share a word with it.

A word counts by how few facts use it: `stairs` decides and `home` does not. Who is asked about and the way of asking
tell facts apart that share a topic, and never make a match by themselves.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

from server.core.matching.claims import common_examples
from server.core.matching.reading import KINDS, Reading, base, families, light, read, read_example

UNKNOWN = 0.5
"""Weight of a word that no example uses, as a share of the rarest word's: it speaks of something else."""
LIGHT = 0.45
"""Share of its weight that a light word has."""
NAME = 0.5
"""Share of its weight that a person's name has: it is said to everybody, about anything."""
OWN_WORD = 0.4
"""Share of a word's weight that is for the very word; the rest is for any word of its family."""
ELSEWHERE = 0.6
"""How far a word is explained that stands not in this example but in another one of the same entry."""
IN_ANSWER = 0.25
"""How far a word is explained that stands in the answer."""
ORDER = 0.17
"""Share of the score that is for the same words side by side."""
COMMON, NOBODYS = 0.9, 0.85
"""A common question beside the author's own examples; one that nothing in the case answers."""
SAID_BEFORE = 0.6
"""How far a word counts that was not asked but was said just before, for a question that points back to it."""
LEAST_BARE, LEAST_LIGHT, LEAST_LIGHT_COMMON = 0.8, 0.5, 0.7
"""Least score without any word of meaning (`How are you?`), and with nothing but light words in common."""
_NAME = re.compile(r"(?<=[a-z,'] )[A-Z][a-z]+\b")
_LOWER_CASE = re.compile(r"\b[a-z]+\b")
_POINTS_BACK = frozenset({"=he", "=she", "=they", "=it"})


@dataclass(frozen=True)
class Entry:
    """Something that may be asked for."""

    asked: tuple[str, ...]
    answer: str = ""
    """Words that belong to it beside its examples: what is answered, what the author calls it."""

    @cached_property
    def bag(self) -> frozenset[str]:
        """Every feature of the examples."""
        return frozenset().union(*(read_example(question).features for question in self.asked))


@dataclass(frozen=True)
class Example:
    entry: int
    """Its place among the entries; -1 for a common question that no entry means."""
    reading: Reading
    weight: float
    factor: float = 1.0
    """What a full match is worth."""


class Weights:
    """How much each feature tells, in one case."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._rarest = 1.0 + log(max(len(entries), 1))
        self._count = Counter(feature for entry in entries for feature in entry.bag)
        self._names = _names(entries)
        self._slight = light() | self._names
        self._known: dict[str, float] = {}

    def of(self, feature: str) -> float:
        """The weight of a feature; kept only for those that the case uses."""
        if feature in self._known:
            return self._known[feature]
        weight = self._weigh(feature)
        if feature in self._count:
            self._known[feature] = weight
        return weight

    def sum(self, features: Iterable[str]) -> float:
        return sum(map(self.of, features))

    def strong(self, features: frozenset[str]) -> frozenset[str]:
        """Those that may make a match by themselves."""
        return frozenset(f for f in features if f[0] not in "?=" and f.removeprefix("~") not in self._slight)

    def _weigh(self, feature: str) -> float:
        if feature in KINDS:
            return KINDS[feature].weight
        count = self._count[feature]
        rarity = self._rarest - log(count) if count else self._rarest * UNKNOWN
        if feature[0] == "~":
            return rarity * (1 - OWN_WORD)
        rarity *= NAME if feature in self._names else 1.0
        rarity *= LIGHT if feature in light() else 1.0
        return rarity * (OWN_WORD if feature in families() else 1.0)


class Question:
    """What the learner asked, weighed for one case. `before`: features of what was said before, for its pronouns."""

    def __init__(self, reading: Reading, weights: Weights, before: frozenset[str] = frozenset()) -> None:
        self.reading = reading
        self.weights = {feature: weights.of(feature) for feature in reading.features}
        self.total = sum(self.weights.values())
        self.content = reading.content
        self.strong = weights.strong(reading.features)
        self.before = {feature: weights.of(feature) * SAID_BEFORE for feature in before - reading.features}
        self.kinds = frozenset(feature for feature in reading.features if feature[0] == "?")

    @property
    def decides(self) -> Iterable[str]:
        """An example is looked at if it shares one of these: what was said before, else meaning, else how it asks."""
        return self.before or self.content or self.kinds


Lists = Mapping[str, Sequence[int]]


class Index:
    """The examples of some entries."""

    def __init__(self, entries: Sequence[Entry], *, common: bool = True) -> None:
        """`common` False: these examples alone, without the questions that every case knows."""
        self._weights = Weights(entries)
        self._examples = [*self._own(entries), *(self._common(entries) if common else ())]
        self._having = _lists(example.reading.features for example in self._examples)
        self._ordered = _lists(example.reading.order for example in self._examples)
        self._bags = _lists(entry.bag for entry in entries)
        self._answers = _lists(read_example(entry.answer).content - entry.bag for entry in entries)

    def scores(self, reading: Reading, said_before: str = "") -> dict[int, float]:
        """How well each entry explains what was asked, 0 to 1, by its place; an entry that does not is left out.

        At -1 the best of the common questions that nothing here answers. `said_before` counts only for a question that
        has no word of its own and points back.
        """
        question = self._question(reading, said_before)
        return self._scores(question) if question else {}

    def _question(self, reading: Reading, said_before: str) -> Question | None:
        question = Question(reading, self._weights)
        if not said_before:
            return question
        before = _of_speech(said_before)
        return (
            None if question.strong or not reading.features & _POINTS_BACK else Question(reading, self._weights, before)
        )

    def _own(self, entries: Sequence[Entry]) -> Iterator[Example]:
        for place, entry in enumerate(entries):
            for reading in map(read_example, entry.asked):
                yield Example(place, reading, self._weights.sum(reading.features))

    def _common(self, entries: Sequence[Entry]) -> Iterator[Example]:
        for place, reading in common_examples([entry.asked for entry in entries]):
            yield Example(place, reading, self._weights.sum(reading.features), NOBODYS if place < 0 else COMMON)

    def _scores(self, question: Question) -> dict[int, float]:
        shared, implied = _sums(self._having, question.weights), _sums(self._having, question.before)
        order = _sums(self._ordered, dict.fromkeys(question.reading.order, 1.0))
        bags, answers = _sums(self._bags, question.weights), _sums(self._answers, question.weights)
        firm = {
            number for feature in question.strong | question.before.keys() for number in self._having.get(feature, ())
        }
        best: dict[int, float] = {}
        for number in {number for feature in question.decides for number in self._having.get(feature, ())}:
            example = self._examples[number]
            if not _may_explain(example, question):
                continue
            own = shared.get(number, 0.0)
            elsewhere = max(0.0, bags.get(example.entry, 0.0) - own)
            explained = own + ELSEWHERE * elsewhere + IN_ANSWER * answers.get(example.entry, 0.0)
            of_question = _share(explained, question.total)
            of_example = _share(own + implied.get(number, 0.0), example.weight)
            in_order = _share(2 * order.get(number, 0.0), len(question.reading.order) + len(example.reading.order))
            score = example.factor * ((1 - ORDER) * _mean(of_question, of_example) + ORDER * in_order)
            if score >= _least(example, question, firm=number in firm):
                best[example.entry] = max(score, best.get(example.entry, 0.0))
        return best


def _may_explain(example: Example, question: Question) -> bool:
    """An offer is explained by offers only; what points back or has no words of its own, by what asks as it does."""
    if "?offer" in question.kinds and "?offer" not in example.reading.features:
        return False
    if question.content and not question.before:
        return True
    return bool(question.kinds & example.reading.features)


def _least(example: Example, question: Question, *, firm: bool) -> float:
    """The score that is needed with so little in common."""
    if firm:
        return 0.0
    if not question.content:
        return LEAST_BARE
    return LEAST_LIGHT if example.factor == 1.0 else LEAST_LIGHT_COMMON


def _share(part: float, whole: float) -> float:
    return min(1.0, part / whole) if whole else 0.0


def _mean(one: float, other: float) -> float:
    """The harmonic mean: high only if both are."""
    return 2 * one * other / (one + other) if one + other else 0.0


def _lists(sets: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """For each feature, the places of the sets that hold it."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, features in enumerate(sets):
        for feature in features:
            found[feature].append(place)
    return dict(found)


def _sums(lists: Lists, weights: Mapping[str, float]) -> dict[int, float]:
    """By place, the weight that it shares."""
    found: dict[int, float] = defaultdict(float)
    for feature, weight in weights.items():
        for place in lists.get(feature, ()):
            found[place] += weight
    return found


def _of_speech(said: str) -> frozenset[str]:
    """What was spoken of, names too: a pronoun may mean any of it."""
    return frozenset(feature for feature in read(said).content if feature.removeprefix("~") not in light())


def _names(entries: Sequence[Entry]) -> frozenset[str]:
    """Words with a capital inside a sentence that are nowhere written small."""
    texts = [text for entry in entries for text in (*entry.asked, entry.answer)]
    capital = {base(word.lower()) for text in texts for word in _NAME.findall(text)}
    return frozenset(capital - {base(word) for text in texts for word in _LOWER_CASE.findall(text)})
