"""What follows from the figures of one dimension: keep drafting it, recalibrate it, or leave it to people.

The rules are few and one-sided: whatever has not been shown to be as good as faculty is not drafted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from server.assess.calibrating.comparing import agreement, between
from server.assess.calibrating.figures import Figure, Sample
from server.assess.calibrating.levels import Recalibration, candidates
from server.assess.calibrating.study import ENOUGH, Study

BIAS_MATTERS = 0.25
"""Levels; a smaller mean difference is not corrected, even where it is shown."""
MOST_BELOW = 0.10
"""Kappa that automated scoring may lose to people (Williamson, Xi & Breyer 2012)."""
LEAST_GAIN = 0.01
Outcome = Literal["kept", "recalibrated", "stopped", "undecided"]


@dataclass(frozen=True)
class Decision:
    dimension: str
    outcome: Outcome
    because: str
    """One sentence, with the figures that it rests on."""
    n: int
    agreement: float | None = None
    """Kappa of the draft with faculty, as it would be from now on."""
    ceiling: float | None = None
    recalibration: Recalibration | None = None
    """The one that was taken."""
    tried: tuple[Recalibration, ...] = ()
    """Every one that was looked at, where bias was shown."""


def decide(study: Study, *, recalibrate: bool = True) -> Decision:
    """`recalibrate` False: no recalibration is taken, whatever it would gain."""
    why = _why_undecided(study)
    if why:
        return Decision(study.scale.id, "undecided", why, study.n)
    tried = tuple(candidates(study.compared, study.scale)) if bias_shown(study) else ()
    taken = next((each for each in tried if recalibrate and _gains(each, study)), None)
    compared, ceiling = study.compared, between(study.compared)
    ours = taken.agreement if taken else agreement(compared, compared.draft)
    outcome, because = _judged(study, ours, ceiling, taken)
    kept = taken if outcome == "recalibrated" else None
    return Decision(study.scale.id, outcome, because, study.n, ours.value, ceiling.value, kept, tried)


def _why_undecided(study: Study) -> str:
    """Empty: a decision can be made."""
    if study.silent:
        return study.silent
    if study.draft is None:
        return "There is no draft to decide on."
    if study.n < ENOUGH:
        return f"Comparable transcripts: {study.n}; below {ENOUGH} nothing is decided."
    if study.ceiling.kappa.low is None:
        return "Faculty's marks hardly vary, so that their agreement cannot be known; take transcripts of more kinds."
    return ""


def bias_shown(study: Study) -> bool:
    """The interval leaves out 0, and the difference is one that matters."""
    found = study.draft.bias if study.draft else Figure(None)
    shown = found.above_zero or found.below_zero
    return shown and found.value is not None and abs(found.value) >= BIAS_MATTERS


def _gains(tried: Recalibration, study: Study) -> bool:
    left, had = tried.bias.value, study.draft.bias.value if study.draft else None
    return left is not None and had is not None and abs(left) < abs(had) and tried.gain >= LEAST_GAIN


def _judged(study: Study, ours: Sample, ceiling: Sample, taken: Recalibration | None) -> tuple[Outcome, str]:
    """The outcome, and the sentence for it."""
    if not ceiling.figure.above_zero:
        return "stopped", (
            f"faculty's own agreement, {said(ceiling.figure)}, cannot be told from chance: there is no standard yet "
            "that a draft could be held to. Train the raters first, then calibrate again"
        )
    corrected = f" (recalibrated by {taken.words})" if taken else ""
    figures = f"agreement {plain(ours.value)}{corrected} against your faculty's {plain(ceiling.value)}, n {study.n}"
    if not ours.figure.above_zero:
        return "stopped", f"{figures}; it cannot be told from a constant answer"
    gap = (ours - ceiling).figure
    if ours.value - ceiling.value < -MOST_BELOW - 1e-9 or gap.below_zero:
        return "stopped", figures
    if taken:
        return "recalibrated", f"{figures}; gain {taken.gain:+.2f}, leave-one-out"
    return "kept", figures


def plain(value: float | None) -> str:
    """Two places, no zero before the point: `.58`; `unknown` for what cannot be known."""
    if value is None or value != value:
        return "unknown"
    written = f"{round(value, 2) + 0.0:.2f}"
    return written.replace("0.", ".", 1) if written.lstrip("-").startswith("0") else written


def said(figure: Figure) -> str:
    """`.58 (.41 to .70)`; without the interval where there is none, or nothing in it."""
    low, high = plain(figure.low), plain(figure.high)
    return plain(figure.value) if low == high else f"{plain(figure.value)} ({low} to {high})"
