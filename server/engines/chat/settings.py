"""Where a chat model is, and how long it may take."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class ChatSettings:
    """Where the model is and how long it may take."""

    url: str
    """Base address, e.g. `http://127.0.0.1:11434/v1`."""
    model: str
    key: str = field(default="", repr=False)
    first_s: float = 4.0
    """Longest wait for the first text, a retry included."""
    idle_s: float = 3.0
    """Longest wait between two texts."""
    total_s: float = 15.0
    """Longest wait on one reply in all; time the caller takes between pieces is not counted."""
    max_tokens: int = 300
    temperature: float = 0.7
    history_chars: int = 12_000
    """How much of the conversation is sent; the oldest turns are left out first."""
    price_in: float = 0.0
    """For a million tokens that the model reads; 0 where it costs nothing."""
    price_out: float = 0.0
    """For a million tokens that it writes."""

    @property
    def remote_host(self) -> str:
        """The host that is sent what is said; empty for this machine."""
        host = urlsplit(self.url).hostname or ""
        return "" if host in _LOOPBACK else host
