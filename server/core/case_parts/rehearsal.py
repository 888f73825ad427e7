"""Authored learners, who play a case as its own test."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.core.strict import Strict


@dataclass(frozen=True)
class Step(Strict):
    """One thing an authored learner does: exactly one of the three."""

    say: str = ""
    do: str = ""
    wait_s: float = 0.0


@dataclass(frozen=True)
class Expectation(Strict):
    addressed: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    not_offered: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()
    """Heard, and the encounter ended before their window closed, e.g. because somebody walked out."""


@dataclass(frozen=True)
class Rehearsal(Strict):
    """An authored learner: replies tied to beats where one is open, else the next of `steps`."""

    learner: Literal["skilled", "average", "poor"]
    steps: tuple[Step, ...]
    replies: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    """By beat id: what this learner does, in order, while that beat's opportunity is open. By fact id: what they say
    once, after it was told.
    """
    expect: Expectation = field(default_factory=Expectation)
    variant: str = ""
    """The variant of the case that this one plays, e.g. one quality of clinician; empty: the case as written."""
