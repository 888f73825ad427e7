"""What people may be called, and what a lab may say of them; one rule for a form and for a line of a roster."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from server.api.texts import storable
from server.core.errors import RequestError
from server.core.roles import ROLES, Role
from server.store.people.accounts import folded

_NAME = re.compile(r"[\w.@+'-]{2,100}")
UNTIMED, LEAST_TIME, MOST_TIME = 0, 100, 300
TIME_RULE = f"a whole number from {LEAST_TIME} to {MOST_TIME}, or {UNTIMED} for untimed"


def _time(percent: int) -> int:
    if percent != UNTIMED and not LEAST_TIME <= percent <= MOST_TIME:
        raise ValueError(f"it is {TIME_RULE}")
    return percent


def _each_once(roles: list[Role]) -> list[Role]:
    """In the order in which they are named everywhere."""
    return [role for role in ROLES if role in roles]


TimePercent = Annotated[int, AfterValidator(_time)]
"""150 is time and a half, 0 untimed, 100 none."""
Roles = Annotated[list[Role], Field(min_length=1, max_length=len(ROLES)), AfterValidator(_each_once)]
SignInName = Annotated[str, Field(min_length=1, max_length=200)]


def time_percent(text: str) -> int:
    """From a cell. Raises `RequestError`."""
    try:
        return _time(int(text))
    except ValueError:
        raise RequestError(f"{text[:20]!r} is no time accommodation.", mend=f"Write {TIME_RULE}.") from None


def roles_of(text: str) -> tuple[Role, ...]:
    """From a cell: one or several, with blanks, commas or semicolons between. Raises `RequestError`."""
    words = re.split(r"[\s,;|]+", text.strip().casefold())
    if unknown := [word for word in words if word not in ROLES]:
        raise RequestError(f"There is no role {unknown[0][:30]!r}.", mend=f"Write one of: {', '.join(ROLES)}.")
    return tuple(role for role in ROLES if role in words)


def sign_in_name(text: str, field: str = "sign_in") -> str:
    """Folded. Raises `RequestError`."""
    found = folded(storable(text))
    if not _NAME.fullmatch(found):
        says = "A sign-in name is an e-mail address, or 2 to 100 letters, digits and . _ - + ' @ without blanks."
        raise RequestError(says, code="bad_sign_in_name", field=field)
    return found


def one_line(text: str, field: str) -> str:
    """A name as others see it. Raises `RequestError` where nothing is left of it."""
    found = " ".join(storable(text).split())[:100]
    if not found:
        raise RequestError("The name is empty.", code="bad_field", field=field, mend="Write one.")
    return found
