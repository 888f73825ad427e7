"""The event log's unit: one event, its place and its time."""

from __future__ import annotations

from dataclasses import dataclass

from server.core.events import Event


@dataclass(frozen=True)
class Entry:
    """One line of the event log."""

    seq: int
    """1, 2, 3 … without a gap."""
    event: Event
    at_ms: int
    """Encounter time."""
