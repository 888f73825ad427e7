"""Lint: nothing locked stands where it could be read or said before it is earned (promise 1).

Locked facts never enter a prompt, so what an author repeats in an open place is the one leak left. A text leaks a fact
when it has one of its names, or two of its other meaningful words and a good part of them; a single word that hardly
any other case would use is warned of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.content.lint.facts import is_locked
from server.content.names import Names, Problems, fault, warn
from server.content.spoken import actor_texts, locked_lines, public_texts, unlocked_lines
from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.common_words import COMMON
from server.core.lexicon import STOPWORDS, content_stems, stem, tokens

FEWEST_SHARED = 2
LEAST_SHARE = 0.4
"""An open text that shares so many meaningful words with a locked fact, and such a part of them, tells it."""
LONG_WORD = 5
"""Letters of a word that may be rare."""
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
_CAPITAL = re.compile(r"[A-Z][a-z]+")
_COMMON = re.findall(
    r"\w+",
    "yes no day night now there here where somebody nobody time place hospital nurse student "
    "one two three four five six seven eight nine ten "
    "monday tuesday wednesday thursday friday saturday sunday",
)
_SLIGHT = content_stems("few minute hour ask help sit people person thing goes look make")
"""Words that tell nothing, however many of them a text shares with a fact."""


def leaks(names: Names) -> Problems:
    case = names.case
    people, told = proper_names(case), frozenset().union(*(_words(f) for f in case.facts if not is_locked(f)))
    told |= {stem(name.lower()) for text in _given(case) for name in _CAPITAL.findall(text)}
    locked = [(fact, _words(fact) - told) for fact in case.facts if is_locked(fact)]
    for key, text in (*public_texts(case), *actor_texts(case), *unlocked_lines(case)):
        stems = content_stems(text)
        said = set(_CAPITAL.findall(text))
        for fact, words in locked:
            named = said & people & set(_CAPITAL.findall(fact.say))
            shared = sorted(named) or sorted(stems & words - _SLIGHT)
            if named or (len(shared) >= FEWEST_SHARED and len(shared) >= LEAST_SHARE * len(words)):
                mend = "say it otherwise here, or unlock the fact."
                yield fault(key, f'this tells what fact "{fact.id}" keeps back ({", ".join(shared)});', mend)


def rare_words(names: Names) -> Problems:
    """One telling word: `milkman` in the private notes, when who found her is locked. Told once for each place."""
    case = names.case
    told = frozenset().union(*(content_stems(fact.say) for fact in case.facts if not is_locked(fact)))
    rare = {stem(word): (word, fact.id) for fact in case.facts if is_locked(fact) for word in _long_words(fact)}
    public = frozenset().union(*(content_stems(text) for _, text in public_texts(case)))
    places = [(text, frozenset(rare.keys() & public)) for text in public_texts(case)]
    places += [(text, frozenset(rare.keys() - public)) for text in _open_lines(case)]
    for (key, text), stems in places:
        for found in sorted(content_stems(text) & stems - told):
            word, fact_id = rare[found]
            yield warn(key, f'"{word}" may give away fact "{fact_id}";', "use another word here, or there.")


def _open_lines(case: Case) -> Iterator[tuple[str, str]]:
    """What is said instead of a fact answers a question that has its words."""
    yield from actor_texts(case)
    yield from ((key, text) for key, text in unlocked_lines(case) if ".instead." not in key)


def _long_words(fact: Fact) -> list[str]:
    small = re.findall(r"\b[a-z]+\b", fact.say)
    return [word for word in small if len(word) >= LONG_WORD and word not in STOPWORDS and stem(word) not in COMMON]


def _words(fact: Fact) -> frozenset[str]:
    return content_stems(fact.say) - {stem(word) for word in _COMMON} - {stem(f"{word}'s") for word in _COMMON}


def proper_names(case: Case) -> frozenset[str]:
    """Words that somewhere stand capitalised inside a sentence, nowhere in small letters, and are not public."""
    private = " ".join(
        [text for _, text in locked_lines(case)]
        + [question for fact in case.facts for question in fact.asked]
        + [step.say for r in case.rehearsals for steps in (r.steps, *r.replies.values()) for step in steps]
    )
    known = {word for text in _given(case) for word in _CAPITAL.findall(text)}
    everywhere = " ".join(text for _, text in (*locked_lines(case), *unlocked_lines(case)))
    small = set(re.findall(r"\b[a-z]+\b", everywhere))
    days = {word.title() for word in _COMMON}
    found = {name for name in _NAME.findall(private) if name.lower() not in small | STOPWORDS}
    return frozenset(found - known - days - {name for name in found if not tokens(name)})


def _given(case: Case) -> Iterator[str]:
    """Where a learner reads names before coming in."""
    yield case.prebrief.door_note
    yield case.prebrief.task
    for member in case.cast:
        yield from (member.name, member.preferred_name, *member.called)


RULES = (leaks, rare_words)
