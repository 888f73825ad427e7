"""Whether a case is kept for an assignment that counts."""

from __future__ import annotations

from datetime import datetime

from server.core.assigning.terms import Terms
from server.core.assigning.zones import told


def kept_until(terms: Terms, now: datetime, *, begun: bool) -> str:
    """Why a learner of this assignment cannot practise its case at `now`, as a sentence; empty where they can.

    Until it closes, whoever has done it already included, for others have not; without a last day, until they have
    begun it themselves.
    """
    if terms.kind != "summative" or not terms.published:
        return ""
    if terms.closes_at is None:
        return "" if begun else f"This case is kept for your assignment “{terms.title}”."
    if now >= terms.closes_at:
        return ""
    return f"This case is kept for your assignment “{terms.title}” until {told(terms.closes_at, terms.zone)}."
