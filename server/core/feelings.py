"""Which feelings does a turn lend to the person it speaks to? Not those it denies, and not the learner's own.

A word such as `alone` names a feeling only inside a phrase that speaks of one: `do you live alone` asks about a
household. That something is hard names none: it would fit anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.core.lexicon import FEELINGS, feelings_in, words

_MEMBERS = frozenset().union(*FEELINGS.values())
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_PLAIN = words(
    "alone isolated empty quiet lost missing loss hard difficult trouble tired worn cross stuck fuss "
    "bother fine glad happy "
    "vulnerable miss trapped unsafe companionship excited pleased worry"
)
"""Words that also mean plain things."""
_SPEAKS_OF_FEELING = re.compile(
    r"\b(?:feel|feels|feeling|felt|sounds?|seems?|must|might|may|looks?|being|so|too|very|quite|really|"
    r"such|how|that|it's|it is|"
    r"you're|you are|the|a|awfully|terribly|you)\W+(?:(?:be|been|have been|a bit|rather|very|so|really|"
    r"like|quite|still|must|"
    r"a|the|all|get|gets|getting|just|awfully|too)\W+){0,3}$"
)
_OBJECT_OF_MISSING = re.compile(
    r"\W+(?!novak\b)(?:him|her|them|it|your|tom|the|having|being|those|that|how|going|cooking|someone|\w+ing)\b"
)
_DENIED = re.compile(
    r"\b(?:not|never|no|without|isn't|aren't|don't|needn't|mustn't|shouldn't|nothing to|no need to|no "
    r"reason to|try not to|"
    r"stop|rather than)(?: (?:be|being|feel|feeling|get|to|go|so|too|very|really|be so|get so|need to|"
    r"have to|you|at all))*\s*$"
)
_MINE = re.compile(r"\b(?:i'm|i am|i feel|i felt|i was|i'd be|i get|i've been|me|my|myself|we're|we are)\b")
_YOURS = re.compile(
    r"\b(?:you|you're|you've|your|you'd|you'll|that|that's|it|it's|there|sounds?|seems?|being|feeling|must)\b"
)


@dataclass(frozen=True)
class Feeling:
    """One word that names a feeling."""

    families: frozenset[str]
    start: int
    end: int


def feelings(sentence: str) -> Iterator[Feeling]:
    """The feelings that this sentence says, or guesses, the other person has."""
    for match in _WORD.finditer(sentence):
        before, after = sentence[: match.start()], sentence[match.end() :]
        if match.group() in _MEMBERS and _names_one(match.group(), before, after) and _is_yours(before, after):
            yield Feeling(feelings_in([match.group()]), match.start(), match.end())


def _names_one(word: str, before: str, after: str) -> bool:
    if word in ("hard", "difficult") or _DENIED.search(before):
        return False
    if word in ("miss", "missing"):
        return bool(_OBJECT_OF_MISSING.match(after))
    return word not in _PLAIN or bool(_SPEAKS_OF_FEELING.search(before))


def _is_yours(before: str, after: str) -> bool:
    """Whoever was named last before the word has the feeling; when nobody was, `you` may follow."""
    mine = max((match.end() for match in _MINE.finditer(before)), default=-1)
    yours = max((match.end() for match in _YOURS.finditer(before)), default=-1)
    return yours > mine or (mine < 0 and bool(_YOURS.search(after)))
