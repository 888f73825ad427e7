"""What a calibration is made of: marks that people gave, and the grid of them that the figures are computed on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from server.core.rubric import Rubric

Levels = NDArray[np.float64]
"""Levels as numbers; not a number where there is none."""
DRAFT = "draft"
"""The name under which our own rater stands among the others."""
MarkStatus = Literal["rated", "unrated", "not_applicable"]


@dataclass(frozen=True)
class Mark:
    """One rater's mark of one dimension of one transcript."""

    transcript: str
    rater: str
    dimension: str
    level: int | None
    """None: no level was given; `status` says whether because none applied or because none could be given."""
    at: float | None = None
    """When, in seconds since 1970; None: not known."""
    round: int = 1
    """2 and more: the same rater marked the same transcript again, not knowing it."""
    group: str = ""
    """Whatever the transcripts may be divided by, such as the language a learner grew up with."""
    status: MarkStatus = "rated"


@dataclass(frozen=True)
class Scale:
    """A dimension as calibration sees it: a name and a range of whole levels."""

    id: str
    name: str
    lowest: int
    highest: int
    better: Literal["high", "low"] = "high"
    """Which end is the good one; a rater who goes there is the lenient one."""


def scales(rubric: Rubric) -> tuple[Scale, ...]:
    """The dimensions of a rubric, of either kind."""
    plain = [Scale(each.id, each.name, rubric.lowest, rubric.highest) for each in rubric.dimensions]
    weighed = [Scale(each.id, each.name, rubric.lowest, rubric.highest, each.better) for each in rubric.weighed]
    return (*plain, *weighed)


@dataclass(frozen=True)
class Grid:
    """First marks of one dimension: one row a transcript, one column a rater; the draft in a column of its own."""

    transcripts: tuple[str, ...]
    raters: tuple[str, ...]
    faculty: Levels
    draft: Levels
    draft_status: tuple[str, ...]
    """By transcript; empty where the draft has no such transcript."""
    groups: tuple[str, ...]

    @property
    def has_draft(self) -> bool:
        return any(self.draft_status)

    def kept(self, rows: NDArray[np.bool_]) -> Grid:
        """These transcripts only."""
        chosen = [n for n, keep in enumerate(rows) if keep]
        return Grid(
            tuple(self.transcripts[n] for n in chosen),
            self.raters,
            self.faculty[chosen],
            self.draft[chosen],
            tuple(self.draft_status[n] for n in chosen),
            tuple(self.groups[n] for n in chosen),
        )


def raters_of(marks: Iterable[Mark]) -> tuple[str, ...]:
    """The people, in order of name."""
    return tuple(sorted({mark.rater for mark in marks} - {DRAFT}))


def grid(marks: Sequence[Mark], dimension: str) -> Grid:
    """The first marks of one dimension, by everybody who is anywhere in `marks`."""
    raters = raters_of(marks)
    first = [mark for mark in marks if mark.dimension == dimension and mark.round == 1]
    transcripts = tuple(sorted({mark.transcript for mark in first}))
    row, column = _places(transcripts), _places((*raters, DRAFT))
    levels = np.full((len(transcripts), len(raters) + 1), np.nan)
    status, groups = [""] * len(transcripts), [""] * len(transcripts)
    for mark in first:
        at = row[mark.transcript]
        levels[at, column[mark.rater]] = np.nan if mark.level is None else mark.level
        status[at] = mark.status if mark.rater == DRAFT else status[at]
        groups[at] = mark.group or groups[at]
    return Grid(transcripts, raters, levels[:, :-1], levels[:, -1], tuple(status), tuple(groups))


def _places(names: Iterable[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(names)}


def without_names(marks: Sequence[Mark]) -> list[Mark]:
    """The same marks by `rater A`, `rater B` …, in order of name."""
    shown = {name: f"rater {_letters(n)}" for n, name in enumerate(raters_of(marks))} | {DRAFT: DRAFT}
    return [replace(mark, rater=shown[mark.rater]) for mark in marks]


def _letters(number: int) -> str:
    """A to Z, then AA."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)
