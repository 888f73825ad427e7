"""Wall time in a named zone, as people write it on a notice, and the moment that it means."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from server.core.errors import RequestError


def zone_of(name: str) -> ZoneInfo:
    """Raises `RequestError` for a name that is no zone."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        says, mend = f"There is no time zone {name[:60]!r}.", "Write one like Europe/Berlin, or UTC."
        raise RequestError(says, code="bad_zone", field="zone", mend=mend) from None


def moment(wall: str, zone: str, field: str) -> datetime | None:
    """`2026-03-01T09:00` in that zone, in UTC; None for nothing. Raises `RequestError`."""
    if not wall:
        return None
    try:
        said = datetime.fromisoformat(wall)
    except ValueError:
        raise _unreadable(field) from None
    if said.tzinfo is not None or not 2000 <= said.year < 2200:
        raise _unreadable(field)
    return _there(said, zone, field)


def _there(said: datetime, zone: str, field: str) -> datetime:
    """Where the clocks go forward an hour is left out, and a time in it is none; of one that comes twice, the first."""
    meant = said.replace(tzinfo=zone_of(zone)).astimezone(UTC)
    if meant.astimezone(zone_of(zone)).replace(tzinfo=None) != said:
        says = f"{field} is an hour that the clocks in {zone} leave out."
        raise RequestError(says, code="no_such_time", field=field, mend="Choose an hour earlier or later.")
    return meant


def _unreadable(field: str) -> RequestError:
    says = f"{field} must be a date and a time of this century or the next, without a zone."
    return RequestError(says, code="bad_time", field=field, mend="Write it like 2026-03-01T09:00.")


def told(at: datetime, zone: str) -> str:
    """`1 March 2026, 09:00 (Europe/Berlin)`."""
    there = at.astimezone(zone_of(zone))
    return f"{there.day} {there:%B %Y, %H:%M} ({zone})"
