"""Which attempts are due for erasure, and why. Erasing is somebody else's; here is only decided."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from server.core.assigning.opening import Stand, open_since
from server.core.assigning.terms import Retention, Terms, withheld

READING = timedelta(hours=1)
"""Whoever has just opened their report is given time to read it."""
AT_MOST = timedelta(hours=24)
"""How long an attempt is kept that is not to be kept."""


@dataclass(frozen=True)
class Kept:
    """One attempt that is there."""

    encounter_id: str
    terms: Terms
    course: Retention
    """Of its course, as it was when the assignment was published."""
    stand: Stand = field(default_factory=Stand)
    read_at: datetime | None = None
    """When its learner first saw their feedback."""
    held: bool = False
    """Somebody has put it on hold; whether the hold is over is in `held_until`."""
    held_until: datetime | None = None
    appealed: bool = False
    """An appeal waits for an answer."""

    @property
    def rule(self) -> Retention:
        """The one that counts."""
        return self.course if self.terms.retention.kind == "course" else self.terms.retention


@dataclass(frozen=True)
class Due:
    """An attempt that is to be erased."""

    encounter_id: str
    why: str
    since: datetime


def due(kept: Iterable[Kept], now: datetime) -> list[Due]:
    """Of these, the ones whose time is over, longest first."""
    found = [made for each in kept if (made := due_one(each, now)) is not None]
    return sorted(found, key=lambda each: (each.since, each.encounter_id))


def due_one(kept: Kept, now: datetime) -> Due | None:
    """None while it is running, on hold, appealed, or while feedback is owed for it."""
    if kept.stand.ended_at is None or on_hold(kept.held, kept.held_until, now) or kept.appealed:
        return None
    if withheld(kept.stand.arm) and open_since(kept.terms, kept.stand, now) is None:
        return None
    found = _ends(kept, kept.stand.ended_at, now)
    return None if found is None or found[0] > now else Due(kept.encounter_id, found[1], found[0])


def on_hold(held: bool, until: datetime | None, now: datetime) -> bool:
    """A hold without an end lasts until it is lifted."""
    return held and (until is None or now < until)


def _ends(kept: Kept, ended: datetime, now: datetime) -> tuple[datetime, str] | None:
    """When its time is over, and by which rule."""
    rule = kept.rule
    match rule.kind:
        case "none":
            read = [kept.read_at + READING] if kept.read_at else []
            return min([ended + AT_MOST, *read]), "it is not kept once its report was read, a day at most"
        case "debrief_only":
            opened = open_since(kept.terms, kept.stand, now)
            why = f"it is kept for the debrief, {_days(rule)} from its feedback"
            return (opened + timedelta(days=rule.days), why) if opened else None
        case "days":
            start = max(ended, open_since(kept.terms, kept.stand, now) or ended) if withheld(kept.stand.arm) else ended
            return start + timedelta(days=rule.days), f"it is kept for {_days(rule)}"
        case "course":
            return None


def _days(rule: Retention) -> str:
    return "1 day" if rule.days == 1 else f"{rule.days} days"


def in_words(rule: Retention) -> str:
    """For the learner, before they begin."""
    match rule.kind:
        case "none":
            return "It is erased once you have read your report, and after a day at most."
        case "debrief_only":
            return f"It is kept for the debrief and erased {_days(rule)} after you can see your feedback."
        case "days":
            return f"It is kept for {_days(rule)} after it ends, then erased."
        case "course":
            return "It is kept as long as this course keeps its encounters."
