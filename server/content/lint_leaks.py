"""Lint: nothing locked stands where it could be read or said before it is earned (promise 1).

Locked facts never enter a prompt, so what an author repeats in an open place is the one leak left. A text leaks a fact
when it has one of its names, or two of its other meaningful words and a good part of them.
"""

from __future__ import annotations

import re

from server.content.lint_facts import is_locked
from server.content.names import Names, Problems, fault
from server.content.spoken import actor_texts, locked_lines, public_texts, unlocked_lines
from server.core.case import Case
from server.core.case_play import Fact
from server.core.lexicon import STOPWORDS, content_stems, stem, tokens

FEWEST_SHARED = 2
LEAST_SHARE = 0.4
"""An open text that shares so many meaningful words with a locked fact, and such a part of them, tells it."""
_NAME = re.compile(r"(?<=[a-z,;] )[A-Z][a-z]+\b")
_COMMON = re.findall(
    r"\w+",
    "yes no day night now there here where somebody nobody time place hospital nurse student "
    "one two three four five six seven eight nine ten",
)


def leaks(names: Names) -> Problems:
    case = names.case
    people, told = proper_names(case), frozenset().union(*(_words(f) for f in case.facts if not is_locked(f)))
    locked = [(fact, _words(fact) - told) for fact in case.facts if is_locked(fact)]
    for key, text in (*public_texts(case), *actor_texts(case), *unlocked_lines(case)):
        stems = content_stems(text)
        said = set(re.findall(r"[A-Z][a-z]+", text))
        for fact, words in locked:
            named = said & people & set(re.findall(r"[A-Z][a-z]+", fact.say))
            shared = sorted(named) or sorted(stems & words)
            if named or (len(shared) >= FEWEST_SHARED and len(shared) >= LEAST_SHARE * len(words)):
                mend = "say it otherwise here, or unlock the fact."
                yield fault(key, f'this tells what fact "{fact.id}" keeps back ({", ".join(shared)});', mend)


def _words(fact: Fact) -> frozenset[str]:
    return content_stems(fact.say) - {stem(word) for word in _COMMON} - {stem(f"{word}'s") for word in _COMMON}


def proper_names(case: Case) -> frozenset[str]:
    """Words that somewhere stand capitalised inside a sentence, nowhere in small letters, and are not public."""
    private = " ".join(
        [text for _, text in locked_lines(case)]
        + [question for fact in case.facts for question in fact.asked]
        + [step.say for r in case.rehearsals for steps in (r.steps, *r.replies.values()) for step in steps]
    )
    known = {word for member in case.cast for word in member.name.split()}
    everywhere = " ".join(text for _, text in (*locked_lines(case), *unlocked_lines(case)))
    small = set(re.findall(r"\b[a-z]+\b", everywhere))
    found = {name for name in _NAME.findall(private) if name.lower() not in small | STOPWORDS}
    return frozenset(found - known - {name for name in found if not tokens(name)})


RULES = (leaks,)
