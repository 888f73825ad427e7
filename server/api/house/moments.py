"""Moments that somebody names, with their time zone."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import AwareDatetime, Field

from server.core.errors import RequestError

Moment = Annotated[AwareDatetime, Field(strict=False)]
"""ISO 8601, with its zone."""


def in_utc(moment: datetime, field: str) -> datetime:
    """Raises `RequestError` where its zone leads out of the years 1 to 9999."""
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        mend = "Write it like 2027-05-01T00:00:00Z."
        raise RequestError("There is no such moment in UTC.", code="bad_time", field=field, mend=mend) from None
