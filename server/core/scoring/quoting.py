"""What is shown of a turn: the whole sentence around the words that a rule found, exact to the letter."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.lexicon import word_count
from server.core.moves import Observation
from server.core.sentences import split
from server.core.transcript import Turn

LONGEST_WORDS = 40
"""Recognised speech has no full stops: above this the found words are shown alone."""


def whole(turn: Turn, observation: Observation) -> str:
    """The sentence or sentences of `turn` that hold the observed words; the words alone where that would be long."""
    start, end = extent(turn, observation)
    return turn.text[start:end].strip() or observation.quote.strip()


def extent(turn: Turn, observation: Observation) -> tuple[int, int]:
    """Where `whole` begins and ends in the turn; nowhere (0, 0) when the observed words are not in it."""
    start = _place(turn.text, observation)
    if start < 0:
        return 0, 0
    end = start + len(observation.quote)
    held = [span for span in _sentences(turn.text) if span[0] < end and start < span[1]]
    if not held or word_count(turn.text[held[0][0] : held[-1][1]]) > LONGEST_WORDS:
        return start, end
    return held[0][0], held[-1][1]


def _place(text: str, observation: Observation) -> int:
    """Where the observed words begin; -1 when they are not in the text."""
    told = text[observation.start : observation.end] == observation.quote
    return observation.start if told else text.find(observation.quote)


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each."""
    at = 0
    for sentence in split(text):
        start = text.index(sentence, at)
        at = start + len(sentence)
        yield start, at
