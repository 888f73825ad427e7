"""The wall clock, read here and nowhere else in the store and the API. Encounter time is the conductor's."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, with its time zone, to the millisecond: what both databases keep."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
