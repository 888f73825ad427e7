"""Whether a case is kept for an assignment: one that counts, or one whose marks are still withheld."""

from __future__ import annotations

from datetime import datetime

from server.core.assigning.terms import Terms
from server.core.assigning.zones import told


def kept_until(terms: Terms, now: datetime, *, begun: bool, withheld: str = "") -> str:
    """Why a learner of this assignment cannot practise its case at `now`, as a sentence; empty where they can.

    One that counts: until it closes, whoever has done it already included, for others have not; without a last day,
    until they have begun it themselves. Any: as long as marks of their own are withheld, for practice would show what
    these may be. `withheld`: why they are, as a sentence; empty where they are not.
    """
    if withheld:
        says = f"This case is kept until you are shown the marks of your assignment “{terms.title}”."
        return f"{_for_others(terms, now, begun=begun) or says} {withheld}"
    return _for_others(terms, now, begun=begun)


def _for_others(terms: Terms, now: datetime, *, begun: bool) -> str:
    if terms.kind != "summative" or not terms.published:
        return ""
    if terms.closes_at is None:
        return "" if begun else f"This case is kept for your assignment “{terms.title}”."
    if now >= terms.closes_at:
        return ""
    return f"This case is kept for your assignment “{terms.title}” until {told(terms.closes_at, terms.zone)}."
