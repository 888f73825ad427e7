"""Is a turn in a language that the rules can read? Whoever is met speaks no other, and says so in role."""

from __future__ import annotations

from server.core.lexicon import STOPWORDS, tokens
from server.core.transcript import Turn

FEWEST_WORDS = 5
"""Words without a single small English one among them that are taken for another language."""
PLAIN = frozenset("abcdefghijklmnopqrstuvwxyz")


def is_foreign(turn: Turn) -> bool:
    """Most of its letters are of another script, or many words and none that English sentences are held together by."""
    letters = [mark for mark in turn.text.lower() if mark.isalpha()]
    if sum(mark in PLAIN for mark in letters) * 2 < len(letters):
        return True
    said = tokens(turn.text)
    return len(said) >= FEWEST_WORDS and not STOPWORDS.intersection(said)
