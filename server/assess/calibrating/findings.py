"""Calibration to one's own faculty: what two or more people's marks, and the draft beside them, have to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.assess.calibrating.deciding import Decision, decide
from server.assess.calibrating.marks import DRAFT, Mark, raters_of, scales
from server.assess.calibrating.people import Drift, Leniency, drift, leniency
from server.assess.calibrating.study import Study, study
from server.core.rubric import Rubric


@dataclass(frozen=True)
class Basis:
    """What the figures rest on."""

    rubric: Rubric
    made: str
    """The day, as 2026-11-22."""
    source: str
    """Where the transcripts came from, for a reader."""
    drafted_by: str = ""
    """Version of the rater that made the drafts; empty: there are none, or nobody knows what made them."""
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Findings:
    basis: Basis
    raters: tuple[str, ...]
    transcripts: int
    has_draft: bool
    studies: tuple[Study, ...]
    decisions: tuple[Decision, ...]
    leniency: tuple[Leniency, ...]
    drift: tuple[Drift, ...]

    @property
    def silent(self) -> bool:
        """No dimension has enough transcripts for a figure."""
        return all(study.silent for study in self.studies)


def calibrate(marks: Sequence[Mark], basis: Basis, *, recalibrate: bool = True) -> Findings:
    """Everything that these marks say. `recalibrate` False: no recalibration is taken."""
    every = scales(basis.rubric)
    studies = tuple(study(marks, scale) for scale in every)
    return Findings(
        basis,
        raters_of(marks),
        len({mark.transcript for mark in marks}),
        any(mark.rater == DRAFT for mark in marks),
        studies,
        tuple(decide(each, recalibrate=recalibrate) for each in studies),
        tuple(leniency(marks, every)),
        tuple(drift(marks, every)),
    )
