"""What any rater must beat: the same level for all, the length of what was said, and a count of a few words.

Each is fitted leaving one out, like the rater, so that none has seen the conversation it marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.judge_agreement import Marks, marks
from benchmarks.judge_data import HIGHEST, LOWEST, Conversation
from benchmarks.judge_fit import placed
from server.core.lexicon import word_count
from server.core.transcript import LEARNER

KEYWORDS = {
    "validating_emotions": r"\b(?:sorry|understand|feel|feeling|hard|tough|sense|okay)\b",
    "encouraging_elaboration": r"\?",
    "demonstrating_understanding": r"\b(?:understand|know|feel|feeling|sounds|must)\b",
    "advice_giving": r"\b(?:should|try|need|could|maybe|why don't)\b",
    "self_oriented": r"\b(?:i|i'm|i've|my|me)\b",
    "dismissing_emotions": r"\b(?:don't|better|least|just|will|worry)\b",
}


def constant(_: Sequence[Conversation], __: str, medians: Marks) -> Marks:
    """The commonest median of the others."""
    return marks([_commonest(np.delete(medians, index)) for index in range(len(medians))])


def _commonest(medians: Marks) -> float:
    values, times = np.unique(medians, return_counts=True)
    return float(values[np.argmax(times)])


def length(rows: Sequence[Conversation], _: str, medians: Marks) -> Marks:
    """By the supporter's words."""
    return _fitted(marks([sum(word_count(text) for text in _said(row)) for row in rows]), medians)


def keyword(rows: Sequence[Conversation], dimension: str, medians: Marks) -> Marks:
    """By how often one of `KEYWORDS` falls."""
    found = [sum(len(re.findall(KEYWORDS[dimension], text.lower())) for text in _said(row)) for row in rows]
    return _fitted(marks(found), medians)


def _said(row: Conversation) -> list[str]:
    return [turn.text for turn in row.turns if turn.speaker == LEARNER]


def _fitted(given: Marks, medians: Marks) -> Marks:
    """Up or down with the experts, as the others show, on their mean and spread."""
    return marks([_one_left_out(given, medians, index) for index in range(len(given))])


def _one_left_out(given: Marks, medians: Marks, index: int) -> float:
    rest, others = np.delete(given, index), np.delete(medians, index)
    sign = np.sign(np.mean((rest - rest.mean()) * (others - others.mean()))) or 1.0
    start, step = placed(sign * rest, others)
    return float(np.clip(np.floor(start + step * sign * given[index] + 0.5), LOWEST, HIGHEST))


BASELINES: dict[str, Callable[[Sequence[Conversation], str, Marks], Marks]] = {
    "constant": constant,
    "length": length,
    "keyword": keyword,
}
