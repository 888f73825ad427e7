"""What a chat model's replies cost: its own counts, and an estimate, kept apart, where it does not count."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import Any

CHARS_PER_TOKEN = 4
"""English text in the vocabularies of common models; a rule of thumb, good to about a third."""


@dataclass(frozen=True)
class Usage:
    """Tokens of one request."""

    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.tokens_in + other.tokens_in, self.tokens_out + other.tokens_out)


def read_usage(found: Any) -> Usage | None:
    """The counts of a `usage` object; None where it is none, or counts nothing."""
    if not isinstance(found, dict):
        return None
    counts = [found.get("prompt_tokens"), found.get("completion_tokens")]
    whole = [count for count in counts if isinstance(count, int) and not isinstance(count, bool) and count >= 0]
    return Usage(*whole) if len(whole) == 2 and any(whole) else None


def estimate(chars_in: int, chars_out: int) -> Usage:
    """Tokens of so much text, where nobody counted them."""
    return Usage(ceil(chars_in / CHARS_PER_TOKEN), ceil(chars_out / CHARS_PER_TOKEN))


@dataclass
class Spending:
    """What one model has cost this process, over all encounters."""

    price_in: float = 0.0
    """For a million tokens, in whatever currency the setting means; 0 where it costs nothing."""
    price_out: float = 0.0
    requests: int = 0
    uncounted: int = 0
    """Requests that the server did not count, or that were left before it did."""
    counted: Usage = Usage()
    estimated: Usage = Usage()
    """For the uncounted ones."""

    def add(self, counted: Usage | None, chars_in: int, chars_out: int) -> None:
        """One request has ended."""
        self.requests += 1
        if counted:
            self.counted += counted
        else:
            self.uncounted += 1
            self.estimated += estimate(chars_in, chars_out)

    @property
    def cost(self) -> float:
        """By the server's own counts."""
        return self._price(self.counted)

    @property
    def estimated_cost(self) -> float:
        """What comes on top by estimate."""
        return self._price(self.estimated)

    def _price(self, usage: Usage) -> float:
        return (usage.tokens_in * self.price_in + usage.tokens_out * self.price_out) / 1_000_000
