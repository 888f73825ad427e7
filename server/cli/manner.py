"""How an authored learner speaks when a rehearsal is held aloud."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Manner:
    """How the authored learner speaks."""

    cuts_in: int = 0
    """Every so many lines, one begins while the patient speaks; 0: none."""
    murmurs: bool = False
    """Says "yeah" under what is said, before each line that cuts in."""
