"""One dimension: how far faculty agree with each other, how far the draft agrees with them, and how far a constant.

Below `LEAST` transcripts nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from server.assess.calibrating.comparing import (
    LEAST,
    NO_CEILING,
    Ceiling,
    Comparison,
    agreement,
    between,
    bias,
    ceiling,
    compare,
    pairs,
    smd,
)
from server.assess.calibrating.figures import UNKNOWN, Figure
from server.assess.calibrating.marks import Grid, Levels, Mark, Scale, grid

ENOUGH = 30
"""Transcripts below which nothing is decided: the usual least for a study of agreement (Koo & Li 2016)."""


@dataclass(frozen=True)
class Counted:
    """Transcripts of one dimension, and why some are not compared."""

    transcripts: int
    compared: int
    marked_by_one: int
    draft_unrated: int
    draft_not_applicable: int
    draft_missing: int


@dataclass(frozen=True)
class Part:
    """One group of transcripts; figures only from `LEAST` on."""

    name: str
    n: int
    bias: Figure = UNKNOWN
    smd: Figure = UNKNOWN


@dataclass(frozen=True)
class Study:
    scale: Scale
    counted: Counted
    compared: Grid
    """The transcripts that every figure rests on."""
    ceiling: Ceiling = NO_CEILING
    draft: Comparison | None = None
    constant: Comparison | None = None
    constant_level: int | None = None
    gap: Figure = UNKNOWN
    """Kappa of the draft less the ceiling, resample by resample."""
    parts: tuple[Part, ...] = ()
    silent: str = ""
    """Why there are no figures."""

    @property
    def n(self) -> int:
        return self.counted.compared


def study(marks: Sequence[Mark], scale: Scale) -> Study:
    """Of the first marks of one dimension."""
    whole = grid(marks, scale.id)
    two = (~np.isnan(whole.faculty)).sum(axis=1) >= 2
    compared = whole.kept(two & ~np.isnan(whole.draft) if whole.has_draft else two)
    found = Study(scale, _counted(whole, two), compared)
    silent = _silent(found, compared)
    return replace(found, silent=silent) if silent else _measured(found)


def _counted(whole: Grid, two: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> Counted:
    known = [status for status, enough in zip(whole.draft_status, two, strict=True) if enough]
    times = Counter(known) if whole.has_draft else Counter({"rated": len(known)})
    return Counted(
        len(two), times["rated"], int((~two).sum()), times["unrated"], times["not_applicable"], times[""]
    )  # fmt: skip


def _silent(found: Study, compared: Grid) -> str:
    if found.n < LEAST:
        return f"Comparable transcripts: {found.n}; below {LEAST} nothing is said."
    if not pairs(compared):
        return f"No two raters have marked the same {LEAST} transcripts; let two people mark the same ones."
    return ""


def _measured(found: Study) -> Study:
    compared, level = found.compared, _commonest(found.compared.faculty)
    constant = np.full(len(compared.transcripts), float(level))
    ceiling_kappa = between(compared)
    return replace(
        found,
        ceiling=ceiling(compared, ceiling_kappa),
        draft=compare(compared, compared.draft) if compared.has_draft else None,
        constant=compare(compared, constant),
        constant_level=level,
        gap=(agreement(compared, compared.draft) - ceiling_kappa).figure if compared.has_draft else UNKNOWN,
        parts=_parts(compared) if compared.has_draft else (),
    )


def _commonest(faculty: Levels) -> int:
    levels, times = np.unique(faculty[~np.isnan(faculty)], return_counts=True)
    return int(levels[np.argmax(times)])


def _parts(compared: Grid) -> tuple[Part, ...]:
    names = sorted(set(compared.groups) - {""})
    return tuple(_part(name, compared.kept(np.array([each == name for each in compared.groups]))) for name in names)


def _part(name: str, some: Grid) -> Part:
    n = len(some.transcripts)
    return Part(name, n, bias(some, some.draft), smd(some, some.draft)) if n >= LEAST else Part(name, n)
