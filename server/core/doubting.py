"""Words heard with doubt: what of a spoken turn may earn a mark, and what may cost one.

A recogniser tells of each word how sure it is. A doubtful word plays on as any other, because the same words move the
same patient; but it costs nobody a mark. What rests on doubtful words alone earns nothing either: where that would make
a difference, the mark is left to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from server.core.moves import Observation
from server.core.scoring.quoting import extent
from server.core.transcript import LEARNER, Turn

SURE_PERCENT = 50
"""Confidence from which a recognised word counts. Below it the recogniser itself holds the word for more likely wrong
than right, as far as its confidences are probabilities (of Whisper's tokens; posteriors of pocketsphinx). Reasoned, not
fitted: there are no recordings of learners to fit it on.
"""
_WORD = re.compile(r"\S+")


def in_doubt(turn: Turn) -> tuple[bool, ...]:
    """For each word of the turn, as `str.split` sees them, whether it was heard with doubt."""
    words = turn.text.split()
    if turn.speaker != LEARNER or turn.kind != "said":
        return (False,) * len(words)
    if turn.confidence * 100 < SURE_PERCENT:
        return (True,) * len(words)
    if len(turn.words_percent) != len(words):
        return (False,) * len(words)
    return tuple(percent < SURE_PERCENT for percent in turn.words_percent)


def doubtful_spans(turn: Turn) -> tuple[tuple[int, int], ...]:
    """The runs of doubtful words: number of the first, from 0, and of the one after the last."""
    numbered = enumerate(in_doubt(turn))
    runs = ([at for at, _ in run] for doubt, run in groupby(numbered, key=lambda pair: pair[1]) if doubt)
    return tuple((run[0], run[-1] + 1) for run in runs)


def all_in_doubt(turn: Turn) -> bool:
    """There is not a word in it that may be relied on."""
    words = in_doubt(turn)
    return bool(words) and all(words)


def any_in_doubt(turn: Turn) -> bool:
    return any(in_doubt(turn))


def earning(turn: Turn) -> tuple[Observation, ...]:
    """What may count for the learner: all but what rests on doubtful words alone."""
    if not any_in_doubt(turn):
        return turn.observations
    return tuple(o for o in turn.observations if not all(_words(turn, o.start, o.end)))


def costing(turn: Turn) -> tuple[Observation, ...]:
    """What may count against the learner: only what is quoted without a doubtful word. One word misheard in a sentence
    may turn it round.
    """
    if not any_in_doubt(turn):
        return turn.observations
    return tuple(o for o in turn.observations if not any(_words(turn, *extent(turn, o))))


def _words(turn: Turn, start: int, end: int) -> list[bool]:
    """Of each word that the characters from `start` to `end` touch, whether it is in doubt; of all where none is."""
    doubts = list(zip(_places(turn.text), in_doubt(turn), strict=False))
    return [doubt for (at, to), doubt in doubts if at < end and start < to] or [doubt for _, doubt in doubts]


def _places(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in _WORD.finditer(text))
