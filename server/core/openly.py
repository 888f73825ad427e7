"""What a case says openly, whatever was earned: none of it gives a secret away."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.core.case import Case, public_words
from server.core.case_parts.play import Fact
from server.core.lexicon import content_stems, tokens
from server.core.telling import CAPITAL, SENTENCE, Heard

FEWEST_WORDS = 3
"""Words, two of them meaningful, from which on a sentence is one's own and not anybody's."""
_SMALL = re.compile(r"\b[a-z]+\b")
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]{2,}")


class Openly:
    """What a case says besides one fact: none of it is that fact's mark. Read once, as it is long."""

    def __init__(self, case: Case) -> None:
        unlocked = [Heard(line) for line in _unlocked(case)]
        self.volunteered = Heard(" ".join(_volunteered(case)))
        heard_so = [pair for heard in (*unlocked, self.volunteered) for pair in heard.pairs]
        self.together = tuple({pair.together for pair in heard_so})
        self._openly = " ".join(heard.plain for heard in unlocked)
        public = " ".join(public_words(case))
        self._rest = Heard(" ".join((public, *(heard.text for heard in unlocked), *_due_lines(case))))
        self._facts = {fact.id: Heard(" ".join(_lines_of(fact))) for fact in case.facts}
        self._asked = {fact.id: Heard(" ".join(fact.asked)) for fact in case.facts}
        self.measures = frozenset(each for heard in unlocked for each in heard.measures) | self.volunteered.measures
        everything = " ".join(heard.text for heard in (self._rest, *self._facts.values()))
        in_questions = (heard.text for heard in self._asked.values())
        small = {word.title() for word in _SMALL.findall(everything)}
        self.proper = frozenset(_NAME.findall(" ".join((everything, *in_questions)))) - small
        self.names = frozenset(CAPITAL.findall(public)) | self.volunteered.names

    def own_sentences(self, text: str) -> Iterator[str]:
        """The sentences of a text, and all of it, as plain words; without those that anybody may say."""
        for sentence in (*SENTENCE.split(text), text):
            plain = " ".join(tokens(sentence))
            own = sentence is text or (len(plain.split()) >= FEWEST_WORDS and len(content_stems(sentence)) > 1)
            if own and f" {plain} " not in self._openly:
                yield plain

    def words_without(self, fact: Fact) -> frozenset[str]:
        others = (each for read in (self._facts, self._asked) for name, each in read.items() if name != fact.id)
        return self._rest.words.union(*(heard.words for heard in others))


def _volunteered(case: Case) -> Iterator[str]:
    return (line for fact in case.facts if fact.disclosure == "volunteered" for line in _lines_of(fact))


def _lines_of(fact: Fact) -> Iterator[str]:
    yield from (fact.say, fact.show, *fact.again, *fact.brief)


def _unlocked(case: Case) -> Iterator[str]:
    """What anybody may hear without having earned a thing."""
    for part in (case.cast, tuple(state for _, state in case.states()), case.prompts):
        yield from _texts(part)
    yield from (line for fact in case.facts for line in fact.instead)


def _due_lines(case: Case) -> Iterator[str]:
    """What is said or read when its moment comes: no fact's mark, as it tells the same."""
    for beat in case.beats:
        outcomes = (beat.on_success.say, beat.on_success.shown, beat.on_miss.say, beat.on_miss.shown)
        yield from (*_texts((beat.deliver, beat.eased)), *outcomes)
    for part in (case.actions, case.logistics, case.prebrief):
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
