"""Whether a sentence is the other person's own, said back with nothing added but the change of I and you."""

from __future__ import annotations

from server.core.asking import SENTENCE
from server.core.lexicon import tokens, words

FEWEST_WORDS = 2
SHARE = 0.8
"""Of the words of either sentence that the other has, in any order."""
_PERSONS = {
    "i": "you", "i'm": "you're", "i've": "you've", "i'll": "you'll", "i'd": "you'd", "me": "you", "my": "your",
    "mine": "yours", "myself": "yourself", "am": "are", "was": "were",
}  # fmt: skip
_OPENERS = words("so and but oh well ok okay right yes yeah")


def is_said_back(sentence: str, last: str) -> bool:
    """`last`: what the other person had just said, any sentence of it."""
    own = _turned(sentence)
    return len(own) >= FEWEST_WORDS and any(_alike(own, _turned(match.group())) for match in SENTENCE.finditer(last))


def _turned(sentence: str) -> list[str]:
    return [_PERSONS.get(word, word) for word in tokens(sentence) if word not in _OPENERS]


def _alike(own: list[str], theirs: list[str]) -> bool:
    shared = sum(min(own.count(word), theirs.count(word)) for word in set(own))
    return bool(theirs) and shared >= SHARE * max(len(own), len(theirs))
