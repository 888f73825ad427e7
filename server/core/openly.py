"""What a case says openly, whatever was earned: none of it gives a secret away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.core.case import Case, public_words
from server.core.case_play import Fact
from server.core.lexicon import content_stems, tokens
from server.core.telling import SENTENCE, Heard

FEWEST_WORDS = 3
"""Words, two of them meaningful, from which on a sentence is one's own and not anybody's."""
_SMALL = re.compile(r"\b[a-z]+\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


class Openly:
    """What a case says besides one fact: none of it is that fact's mark. Read once, as it is long."""

    def __init__(self, case: Case) -> None:
        unlocked = [Heard(line) for line in _unlocked(case)]
        self.together = tuple({pair.stems for heard in unlocked for pair in heard.pairs if len(pair.stems) > 1})
        self._openly = " ".join(heard.plain for heard in unlocked)
        rest = " ".join((*public_words(case), *(heard.text for heard in unlocked), *_due_lines(case)))
        self._rest = Heard(rest)
        self._facts = {fact.id: Heard(" ".join(_lines_of(fact))) for fact in case.facts}
        everything = " ".join((rest, *(heard.text for heard in self._facts.values())))
        self.proper = frozenset(_NAME.findall(everything)) - {word.title() for word in _SMALL.findall(everything)}
        open_facts = (fact.say for fact in case.facts if fact.disclosure == "volunteered")
        self.told = content_stems(" ".join(open_facts))

    def own_sentences(self, text: str) -> Iterator[str]:
        """The sentences of a text, and all of it, as plain words; without those that anybody may say."""
        for sentence in (*SENTENCE.split(text), text):
            plain = " ".join(tokens(sentence))
            own = sentence is text or (len(plain.split()) >= FEWEST_WORDS and len(content_stems(sentence)) > 1)
            if own and f" {plain} " not in self._openly:
                yield plain

    def words_without(self, fact: Fact) -> frozenset[str]:
        return self._rest.words.union(*(heard.words for fact_id, heard in self._facts.items() if fact_id != fact.id))

    def names_without(self, fact: Fact) -> frozenset[str]:
        return self._rest.names.union(*(heard.names for fact_id, heard in self._facts.items() if fact_id != fact.id))


def _lines_of(fact: Fact) -> Iterator[str]:
    yield from (fact.say, fact.show, *fact.again, *fact.brief)


def _unlocked(case: Case) -> Iterator[str]:
    """What anybody may hear without having earned a thing, and the questions that are asked."""
    for part in (case.cast, tuple(state for _, state in case.states()), case.prompts):
        yield from _texts(part)
    yield from (line for fact in case.facts for line in (*fact.instead, *fact.asked))


def _due_lines(case: Case) -> Iterator[str]:
    """What is said or read when its moment comes: no fact's mark, as it tells the same."""
    for part in (case.beats, case.actions, case.logistics, case.prebrief):
        yield from _texts(part)


def _texts(part: object) -> Iterator[str]:
    """Every text inside a part of a case."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple):
        for each in part:
            yield from _texts(each)
    elif isinstance(part, dict):
        yield from _texts(tuple(part.values()))
    elif hasattr(part, "__dataclass_fields__"):
        yield from _texts(tuple(vars(part).values()))
