"""Why something may not happen now. A rule that only answers yes or no is one of these that yields nothing.

So what the director does and what an author is told about it cannot differ: it is the same function.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reason:
    """One thing that stands in the way."""

    code: str
    """One word or two, for machines; `server.live.steering_words` has the sentence."""
    about: str = ""
    """What it is about: a condition as its author wrote it, an id, a number."""
    now: str = ""
    """What that is at present, where it has a value."""
