"""When a learner sees the marks of an attempt: by the assignment's release, its study, and what the staff did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from server.core.assigning.terms import Terms, withheld
from server.core.assigning.zones import told

UNSIGNED = "The day of release has come, and your marks are not signed yet. They are shown as soon as they are."
AFTER = "Your marks are shown once staff of your course have signed and released them."


@dataclass(frozen=True)
class Stand:
    """What was done about an attempt so far."""

    ended_at: datetime | None = None
    signed_at: datetime | None = None
    """First signed."""
    released_at: datetime | None = None
    """By hand."""
    arm: str = ""
    given_at: datetime | None = None
    """When the staff gave feedback that its arm withheld."""


def why_withheld(terms: Terms, stand: Stand, now: datetime) -> str:
    """Why the learner sees no marks now, as a sentence; empty where they do."""
    if _owed(terms, stand, now):
        by = f" by {told(terms.owed_at, terms.zone)}" if terms.owed_at else ""
        return f"In this study your feedback is given later: everybody has it{by}."
    if terms.release == "immediate" or stand.released_at:
        return ""
    if terms.release == "after_signoff" or terms.releases_at is None:
        return AFTER
    if now < terms.releases_at:
        return f"Marks are released on {told(terms.releases_at, terms.zone)}."
    return "" if stand.signed_at else UNSIGNED


def _owed(terms: Terms, stand: Stand, now: datetime) -> bool:
    """Feedback is withheld by its arm and was not given."""
    if not withheld(stand.arm) or stand.given_at:
        return False
    return terms.owed_at is None or now < terms.owed_at


def open_since(terms: Terms, stand: Stand, now: datetime) -> datetime | None:
    """Since when its feedback is there to be read; None: it is not."""
    if stand.ended_at is None or why_withheld(terms, stand, now):
        return None
    times = [stand.ended_at, _given(terms, stand)]
    if terms.release != "immediate":
        times.append(stand.released_at or max(filter(None, (terms.releases_at, stand.signed_at)), default=None))
    return max(each for each in times if each is not None)


def _given(terms: Terms, stand: Stand) -> datetime | None:
    """When what an arm withheld was opened."""
    if not withheld(stand.arm):
        return None
    return min(filter(None, (stand.given_at, terms.owed_at)), default=None)


def in_words(terms: Terms) -> str:
    """For the learner, before they begin."""
    if terms.release == "immediate":
        return "You see your report as soon as you have reflected. Until somebody signs it, it is a draft."
    if terms.release == "date" and terms.releases_at:
        return f"You see your marks from {told(terms.releases_at, terms.zone)}, once they are signed."
    return "You see your marks once staff have signed and released them."


def study_in_words(terms: Terms) -> str:
    """The same of a study; which arm somebody is in is not told before."""
    if terms.study is None:
        return ""
    if not terms.study.withholds:
        return "This is part of a study of feedback. Everybody gets their own report."
    by = told(terms.owed_at, terms.zone) if terms.owed_at else "a later date"
    return (
        "This is part of a study of feedback. By lot, some get their own report at once and some later; everybody has "
        f"it by {by}. Ethics approval: {terms.study.ethics}."
    )
