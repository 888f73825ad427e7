"""What an encounter cannot take is our bug, and says which event it was."""

from __future__ import annotations

from server.core.errors import IllegalEvent
from server.core.events import Event


def require(legal: bool, event: Event) -> None:
    """Raises `IllegalEvent` unless `legal`."""
    if not legal:
        raise illegal(event)


def illegal(event: Event) -> IllegalEvent:
    return IllegalEvent(f"{type(event).__name__} cannot be taken now")
