"""Who may do what: one row for every route. `build_api` refuses to start while a route has none.

A row names the roles that may call the route, guests among them, and how far the route reaches: to one's own practice
(`own`), to what one made for an assignment (`attempt`), and to what learners of one's courses made for them or shared
(`staff`). `server.api.access` reads these rows and nothing else decides; tests/api/test_permits.py tries every cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import get_args

from server.core.roles import GUESTS, ROLES, Guest, Role, Standing

NOBODY = "nobody"
"""Somebody who has not signed in."""
_ALL = " ".join(ROLES)
_GUESTS = " ".join(GUESTS)


@dataclass(frozen=True)
class Permit:
    """One row."""

    roles: frozenset[str]
    """Of `Role`, `Guest`, and `nobody` for a route that asks for no sign-in."""
    reach: frozenset[Standing] = frozenset()
    """Encounters that it opens; empty where it opens none."""

    def admits(self, roles: frozenset[str]) -> bool:
        """Whether somebody of these roles may call the route."""
        return bool(self.roles & roles)


def permit(roles: str, reach: str = "") -> Permit:
    """A row from words. Raises `ValueError` for a word that is none."""
    known, standings = {*ROLES, *GUESTS, NOBODY}, set(get_args(Standing))
    if wrong := (set(roles.split()) - known) | (set(reach.split()) - standings):
        raise ValueError(f"no such role or standing: {', '.join(sorted(wrong))}")
    return Permit(frozenset(roles.split()), frozenset(reach.split()))  # type: ignore[arg-type]


_OPEN = permit(f"{NOBODY} {_ALL} {_GUESTS}")
_ANYBODY = permit(f"{_ALL} {_GUESTS}")
_SOMEONE = permit(_ALL)
_MEMBER = permit(f"{_ALL} member")
_OWN = permit(_ALL, "own attempt")
_OWN_PRACTICE = permit(_ALL, "own")
_READ = permit(_ALL, "own attempt staff")
_MARK = permit(f"{_ALL} marker", "own staff")
_SEE_MARKS = permit(f"{_ALL} marker", "own staff")
_WATCH = permit(f"{_ALL} observer", "own attempt staff")

_E = "/api/encounters/{encounter_id}"
PERMITS: Mapping[str, Permit] = {
    "GET /api/health": _OPEN,
    "GET /docs": _OPEN,
    "GET /openapi.json": _OPEN,
    "POST /api/tickets": _OPEN,
    "POST /api/sign-out": _ANYBODY,
    "GET /api/me": _ANYBODY,
    "GET /api/cases": _SOMEONE,
    "GET /api/cases/{case_id}": _SOMEONE,
    "GET /api/cases/{case_id}/carried": _SOMEONE,
    "DELETE /api/cases/{case_id}/carried": _SOMEONE,
    "DELETE /api/cases/{case_id}/carried/{item_id}": _SOMEONE,
    "POST /api/encounters": _SOMEONE,
    "GET /api/encounters": _SOMEONE,
    f"GET {_E}": _READ,
    f"DELETE {_E}": _OWN_PRACTICE,
    f"GET {_E}/transcript": _READ,
    f"GET {_E}/corrections": _READ,
    f"POST {_E}/corrections": _OWN,
    f"POST {_E}/corrections/{{number}}/settle": permit(_ALL, "own staff"),
    f"POST {_E}/reflection": _OWN,
    f"GET {_E}/scorecard": _OWN,
    f"GET {_E}/report.html": _OWN,
    f"GET {_E}/report.pdf": _OWN,
    f"GET {_E}/debrief": _OWN,
    f"GET {_E}/writings": _OWN,
    f"PUT {_E}/writings/{{kind}}": _OWN,
    "GET /api/aims": _SOMEONE,
    f"POST {_E}/retry": _OWN,
    f"POST {_E}/observers": _OWN,
    f"GET {_E}/observers": _OWN,
    f"DELETE {_E}/observers/{{observer_id}}": _OWN,
    f"GET {_E}/observing": _WATCH,
    f"PUT {_E}/observations": _WATCH,
    f"GET {_E}/observations": _WATCH,
    f"POST {_E}/markers": permit(_ALL, "own staff"),
    f"POST {_E}/markers/{{marker_id}}/link": permit(_ALL, "own staff"),
    f"GET {_E}/markers": permit(_ALL, "own staff"),
    f"DELETE {_E}/markers/{{marker_id}}": permit(_ALL, "own staff"),
    f"GET {_E}/marking": _MARK,
    f"POST {_E}/marking/steps": _MARK,
    f"POST {_E}/marking/appeals": _OWN,
    f"GET {_E}/marking/history": _SEE_MARKS,
    f"GET {_E}/record.json": _SEE_MARKS,
    "POST /api/transcripts": _SOMEONE,
    "POST /api/boards": _SOMEONE,
    "GET /api/boards": _SOMEONE,
    "POST /api/boards/join": _OPEN,
    "POST /api/boards/{board_id}/code": _SOMEONE,
    "GET /api/boards/{board_id}": _MEMBER,
    "PUT /api/boards/{board_id}": _SOMEONE,
    "DELETE /api/boards/{board_id}": _SOMEONE,
    "GET /api/boards/{board_id}/posts": _MEMBER,
    "POST /api/boards/{board_id}/posts": _MEMBER,
    "DELETE /api/boards/{board_id}/posts/{post_id}": _MEMBER,
    "WS /v1/realtime": _OWN,
    "WS /v1/realtime?observe": _WATCH,
}
"""By method and path, as they stand in OpenAPI; `WS` for a WebSocket."""


def permit_of(key: str) -> Permit:
    """Raises `LookupError` for a route without a row."""
    try:
        return PERMITS[key]
    except KeyError:
        raise LookupError(f"{key} has no row in server/api/permits.py") from None


def roles_in_words(roles: frozenset[str]) -> str:
    """Those with an account, for a refusal, e.g. `educator or faculty`."""
    return " or ".join(role for role in ROLES if role in roles)


__all__ = ["GUESTS", "NOBODY", "PERMITS", "Guest", "Permit", "Role", "permit", "permit_of", "roles_in_words"]
