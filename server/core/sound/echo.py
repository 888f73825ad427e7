"""Are recognised words only what the patient has just said, come back through the microphone? Words alone, no sound.

A learner may repeat a patient's words on purpose: that is reflecting, and it is taught. So words are only ever taken
for echo when they began while the patient was still audible, and when they hold nothing else. Whoever repeats waits
until the other has spoken; an echo does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

ALIKE = 0.6
"""Letters in common from which two words are the same, misheard: `sinking` for `thinking`."""
MISHEARD = 0.5
"""At most this part of the words may be alike only; chance finds a likeness for any word."""
FEWEST = 2
"""A single word is never taken for echo: `no` over a patient's `no` is an answer."""
EXPLAINED = 0.7
"""Of the recognised words, this part must be a run of what was played."""
STRAYS = 2
"""So many words with content of their own are somebody speaking, whatever else was caught."""
LENGTH_WITH_CONTENT = 4
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")


def words_of(text: str) -> tuple[str, ...]:
    """Words in small letters, without marks."""
    return tuple(_WORD.findall(text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")))


def is_echo(heard: str, played: str, *, while_audible: bool) -> bool:
    """Whether `heard` is only what came back of `played`, the words of the reply that sounded then or just before.

    `while_audible`: it began before the last of `played` can have died away.
    """
    words = words_of(heard)
    if not while_audible or len(words) < FEWEST:
        return False
    if sum(word in words_of(played) for word in words) < (1 - MISHEARD) * len(words):
        return False
    strays = _strays(words, words_of(played))
    own = [word for word in strays if len(word) >= LENGTH_WITH_CONTENT]
    return len(strays) <= (1 - EXPLAINED) * len(words) and len(own) < STRAYS


def _strays(words: Sequence[str], played: Sequence[str]) -> list[str]:
    """The words that are in no order of `played`: the fewest, over every place where the echo may begin."""
    best = list(words)
    for start in range(len(played)):
        left = _left(words, played[start : start + 2 * len(words)])
        if len(left) < len(best):
            best = left
    return best


def _left(words: Sequence[str], run: Sequence[str]) -> list[str]:
    """Words without a partner when both are gone through in order; a word of `run` may be missed."""
    left, at = [], 0
    for word in words:
        found = next((k for k in range(at, min(at + 3, len(run))) if alike(word, run[k])), None)
        if found is None:
            left.append(word)
        else:
            at = found + 1
    return left


def alike(word: str, other: str) -> bool:
    """The same word, or what a recogniser may make of it."""
    if word == other:
        return True
    shortest, longest = sorted((len(word), len(other)))
    return 3 <= shortest >= longest - 2 and SequenceMatcher(None, word, other, autojunk=False).ratio() >= ALIKE
