"""Who is live at which encounters in this process: a seat each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

MOST_LIVE = 2
"""Encounters that one person is live at; the second is for whoever goes from one device to another."""


@dataclass
class Seats:
    """Who is at which encounters in this process."""

    _at: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def full(self, person: str, encounter_id: str) -> bool:
        """Whether they would be at one encounter too many. A second window at the same one is none."""
        return len({*self._at.get(person, ()), encounter_id}) > MOST_LIVE

    @contextmanager
    def taken(self, person: str, encounter_id: str) -> Iterator[None]:
        """Sit down for as long as the block lasts."""
        self._at[person].append(encounter_id)
        try:
            yield
        finally:
            self._at[person].remove(encounter_id)
            if not self._at[person]:
                del self._at[person]
