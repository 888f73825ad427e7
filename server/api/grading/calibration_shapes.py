"""Calibration on the wire."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from server.api.shapes import Answer, Ask


class RubricChoice(Answer):
    """A rubric that something could be marked on."""

    id: str
    title: str
    version: str


class ChangeView(Answer):
    """What becomes of the drafts of one dimension."""

    dimension: str
    name: str
    before: str
    after: str
    """In words; the same as `before` where nothing changes."""
    because: str


class InForceView(Answer):
    """What drafts follow now."""

    made: str
    """The day."""
    by: str
    """Empty: nobody gave a name."""
    transcripts: int
    raters: int
    ignored: str
    """Why it does not hold for the drafts of today; empty: it holds. Where `made` is empty, the file cannot be used."""
    may_withdraw: bool


class Proposal(Answer):
    """What putting these figures in force would change."""

    digest: str
    """To be sent back: what was looked at is what is applied."""
    changes: list[ChangeView]
    why_not: str
    """Why it cannot be put in force now, or by you; empty: it can."""


class CalibrationView(Answer):
    """What `bedside calibrate` computes."""

    rubrics: list[RubricChoice]
    rubric: str
    you: str
    """Your name among the raters; empty where you have marked nothing of it."""
    named: bool
    """False: other raters are called rater A, rater B."""
    least: int
    """Transcripts below which no figure is shown, and below which nothing is decided."""
    enough: int
    unreadable: int
    """Marked encounters that could not be read and are left out."""
    findings: dict[str, Any] | None
    """As in report.json; None: no encounter was marked by two people yet."""
    in_force: InForceView | None
    """None: drafts are as the rater makes them."""
    proposal: Proposal | None
    """None where there are no findings."""


class ApplyAsk(Ask):
    """What was looked at."""

    digest: Annotated[str, Field(max_length=64)]
