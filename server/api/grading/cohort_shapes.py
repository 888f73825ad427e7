"""What a cohort looks like over REST."""

from __future__ import annotations

from typing import Literal

from server.api.shapes import Answer

Marks = Literal["all", "signed"]


class CohortRow(Answer):
    """One assignment of yours."""

    id: str
    title: str
    course: str
    case_title: str
    learners: int
    """In the course."""
    scored: int
    """Learners with an encounter that is scored."""
    enough: bool
    """It can be looked at as a cohort."""


class ShareView(Answer):
    """So many of so many, with a 95 % interval (Wilson)."""

    count: int
    n: int
    value: float | None
    low: float | None
    high: float | None


class FigureView(Answer):
    """A figure with its 95 % interval (bootstrap); null: it cannot be known."""

    value: float | None
    low: float | None
    high: float | None


class BoxView(Answer):
    """Five numbers."""

    lowest: float
    lower: float
    middle: float
    upper: float
    highest: float


class MomentView(Answer):
    """One planted moment; not offered is no zero."""

    beat: str
    kind: str
    core: bool
    cue: str
    offered: ShareView
    counts: dict[str, int]
    """met, partly, passed, open: of those to whom it was offered."""
    passed: ShareView


class ItemView(Answer):
    """One line of the rubric."""

    id: str
    name: str
    lowest: int
    highest: int
    better: str
    levels: dict[int, int]
    not_applicable: int
    unrated: int
    n: int
    drafts: int
    """Of these, levels that nobody has signed."""
    mean: FigureView
    reached: FigureView
    """The mean as a share of the way from the worst level to the best: near 1 is easy, near 0 hard."""


class TimedView(Answer):
    """One thing that was measured; beside the score, never part of it."""

    id: str
    name: str
    n: int
    box: BoxView
    words: tuple[str, str, str]
    """Lower quartile, median, upper quartile."""


class GapView(Answer):
    """Learners' own marks less those that count."""

    id: str
    name: str
    n: int
    counts: dict[int, int]
    mean: FigureView


class AgreementView(Answer):
    """Two who marked the same transcripts; null where they are too few."""

    id: str
    name: str
    n: int
    exact: ShareView | None
    constant: ShareView | None
    """What a rater would reach who always gives the commonest level."""
    kappa: FigureView


class GraderView(Answer):
    """One grader, by a letter."""

    letter: str
    n: int
    apart: BoxView | None
    mean: FigureView


class ExemplarView(Answer):
    """Words of a learner who agreed to it, without their name."""

    dimension: str
    name: str
    level: int
    quote: str


class FiguresView(Answer):
    """Everything that is counted."""

    n: int
    signed: int
    drafts: int
    moments: list[MomentView]
    items: list[ItemView]
    timing: list[TimedView]
    gaps: list[GapView]
    people: list[AgreementView]
    draft: list[AgreementView]
    graders: list[GraderView]
    exemplars: list[ExemplarView]
    rubric: str
    claim: str


class CohortView(Answer):
    """One assignment, all of it or one group."""

    id: str
    title: str
    course_id: str
    course: str
    case_title: str
    case_version: str
    groups: list[str]
    """Those that can be looked at by themselves."""
    group: str
    """Empty: everybody."""
    marks: Marks
    signed_shown: bool
    """What is signed can be looked at without the drafts."""
    scored: int
    """Learners with a scored encounter, in this group."""
    equivalents: int
    """Attempts at the equivalent case that have ended, in this group; in no figure, for it has other moments."""
    fewest: int
    """Below this many nothing is shown."""
    figures: FiguresView | None
    """Null: too few."""
