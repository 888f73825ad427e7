"""Conversations with experts' marks, one JSON object a line: `id`, `text`, and `ratings` by rater and dimension."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from server.core.transcript import LEARNER, Turn

DIMENSIONS = (
    "validating_emotions",
    "encouraging_elaboration",
    "demonstrating_understanding",
    "advice_giving",
    "self_oriented",
    "dismissing_emotions",
)
EXPERTS = ("expert1", "expert2", "expert3")
SUPPORTER, SEEKER = "supporter", "seeker"
LOWEST, HIGHEST = 1, 5
_LABELLED = re.compile(r"^\s*(supporter|seeker)\s*:\s*(.*)$", re.IGNORECASE)


class BadData(Exception):
    """The file cannot be measured on; says where and why, and quotes nobody."""


@dataclass(frozen=True)
class Conversation:
    id: str
    turns: tuple[Turn, ...]
    """The supporter is the learner."""
    ratings: Mapping[str, Mapping[str, float]]
    """By rater, then dimension."""

    def median(self, dimension: str) -> float:
        """Of the experts' marks."""
        return float(np.median([self.ratings[expert][dimension] for expert in self.experts]))

    @property
    def experts(self) -> tuple[str, ...]:
        return tuple(expert for expert in EXPERTS if expert in self.ratings)


def load(path: Path) -> list[Conversation]:
    """The conversations of a file. Raises `BadData`."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadData(f"{path.name}: cannot be read as UTF-8 text ({type(error).__name__}).") from None
    rows = [_row(line, number) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    ids = [row.id for row in rows]
    if not rows or len(set(ids)) < len(ids):
        raise BadData(f"{path.name}: {'an id is used twice' if rows else 'there are no conversations'}.")
    return rows


def _row(line: str, number: int) -> Conversation:
    try:
        row: dict[str, Any] = json.loads(line)
        made = Conversation(str(row["id"]), tuple(turns(str(row["text"]))), dict(_ratings(row["ratings"])))
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BadData(f"line {number}: not an object with `id`, `text` and `ratings` by rater.") from None
    if not made.experts:
        raise BadData(f"line {number}: no marks by {', '.join(EXPERTS)}.")
    if {LEARNER, SEEKER} - {turn.speaker for turn in made.turns}:
        raise BadData(f"line {number}: needs turns of both; lines begin with `Seeker:` or `Supporter:`.")
    for rater, marks in made.ratings.items():
        if not all(LOWEST <= marks.get(each, -1) <= HIGHEST for each in DIMENSIONS):
            raise BadData(f"line {number}: {rater} has a mark missing, or outside {LOWEST} to {HIGHEST}.")
    return made


def _ratings(given: Mapping[str, Mapping[str, float | None]]) -> Iterator[tuple[str, dict[str, float]]]:
    """A published judge that left a dimension out is left out; an expert may not."""
    for rater, marks in given.items():
        known = {dimension: float(mark) for dimension, mark in marks.items() if mark is not None}
        if rater in EXPERTS or known.keys() >= set(DIMENSIONS):
            yield rater, known


def turns(text: str) -> Iterator[Turn]:
    """The turns that hold words; a line without a label goes on from the one before."""
    spoken: list[tuple[str, str]] = []
    for line in text.splitlines():
        if match := _LABELLED.match(line):
            spoken.append((match[1].lower(), match[2].strip()))
        elif line.strip() and spoken:
            spoken[-1] = (spoken[-1][0], f"{spoken[-1][1]} {line.strip()}".strip())
    for number, (who, words) in enumerate(spoken, 1):
        if words:
            yield Turn(f"turn_{number}", LEARNER if who == SUPPORTER else SEEKER, "said", words, 0)
