"""Why the conversation went as it did: each decision about whose turn it is, with what it rested on.

For whoever tunes or doubts it. Numbers and names of rules, never a word of what was said; kept in memory while the room
is open, and written to the log at level DEBUG.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

KEPT = 1_000
"""Decisions of one encounter that are kept; the oldest are forgotten first."""
Fact = int | float | str | bool


@dataclass(frozen=True)
class Decision:
    """One of them."""

    at_ms: int
    """Encounter time."""
    what: str
    """e.g. `ducked`, `murmur`, `interrupted`, `waits_longer`"""
    about: str = ""
    """Id of the clip or reply."""
    facts: dict[str, Fact] = field(default_factory=dict)

    def __str__(self) -> str:
        facts = " ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.at_ms / 1000:8.2f} s  {self.what:<16} {self.about:<12} {facts}".rstrip()


class Decisions:
    """The decisions of one encounter."""

    def __init__(self, encounter_id: str, now_ms: Callable[[], int]) -> None:
        self._encounter_id = encounter_id
        self._now_ms = now_ms
        self._made: deque[Decision] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Decision]:
        return iter(self._made)

    def note(self, what: str, about: str = "", **facts: Fact) -> None:
        """Remember that `what` was decided now, and on what grounds."""
        decision = Decision(self._now_ms(), what, about, facts)
        self._made.append(decision)
        log.debug("encounter %s: %s", self._encounter_id, decision)
