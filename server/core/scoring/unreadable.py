"""When no level can be given at all: too little was said, or not in the language of the rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.core.lexicon import STOPWORDS, tokens
from server.core.scoring.scorecard import Rating, spoken
from server.core.transcript import Turn

FEWEST_TURNS = 2
"""Of the learner's, in a transcript of people: one turn is no conversation."""
FEWEST_WORDS, LEAST_ENGLISH = 12, 0.3
"""From so many words on, at least this part of them are the small words that all English has: half and more
in every authored rehearsal, in dialect and second-language rewrites, too."""
TOO_FEW = f"Fewer than {FEWEST_TURNS} turns to read."
NOT_ENGLISH = "These words are not English as far as the rules can tell; needs a person."


def too_few(turns: Sequence[Turn]) -> bool:
    return len(spoken(turns)) < FEWEST_TURNS


def not_english(turns: Sequence[Turn]) -> bool:
    """Whether the learner's words, taken together, are in another language."""
    said = [word for turn in spoken(turns) for word in tokens(turn.text)]
    letters = sum(mark.isalpha() for turn in spoken(turns) for mark in turn.text)
    foreign = sum(mark.isalpha() and not mark.isascii() for turn in spoken(turns) for mark in turn.text)
    if foreign * 2 > letters:
        return True
    return len(said) >= FEWEST_WORDS and sum(word in STOPWORDS for word in said) < LEAST_ENGLISH * len(said)


def refused(ratings: Sequence[Rating], turns: Sequence[Turn], *, of_people: bool) -> tuple[Rating, ...]:
    """The ratings, or all of them without a level and with the reason. `of_people`: where one turn is too few."""
    if of_people and too_few(turns):
        return tuple(
            replace(each, level=None, status="not_applicable", evidence=(), rationale=TOO_FEW) for each in ratings
        )
    if not_english(turns):
        return tuple(
            replace(each, level=None, status="unrated", evidence=(), rationale=NOT_ENGLISH) for each in ratings
        )
    return tuple(ratings)
