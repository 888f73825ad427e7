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
_STAFF = permit("educator faculty administrator")
_HOUSE = permit("administrator")
_WRITE = permit("educator")
_REVIEW = permit("educator faculty")
_MEMBER = permit(f"{_ALL} member")
_TEACH = permit("educator faculty")
_OWN = permit(_ALL, "own attempt")
_OWN_PRACTICE = permit(_ALL, "own")
_READ = permit(_ALL, "own attempt staff")
_GRADE = permit("educator faculty")
_SHOW = permit("educator faculty", "own attempt staff")
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
    "GET /api/sign-in": _OPEN,
    "POST /api/sign-in": _OPEN,
    "POST /api/invitations/read": _OPEN,
    "POST /api/invitations": _OPEN,
    "GET /api/me": _ANYBODY,
    "GET /api/accounts": _HOUSE,
    "POST /api/accounts": _HOUSE,
    "POST /api/accounts/roster": _HOUSE,
    "POST /api/accounts/links": _HOUSE,
    "GET /api/accounts/{account_id}": _HOUSE,
    "PUT /api/accounts/{account_id}": _HOUSE,
    "POST /api/accounts/{account_id}/link": _HOUSE,
    "PUT /api/me/password": _SOMEONE,
    "POST /api/me/sign-out": _SOMEONE,
    "GET /api/me/data": _SOMEONE,
    "GET /api/me/data.json": _SOMEONE,
    "GET /api/me/data.csv": _SOMEONE,
    "GET /api/me/seen-by": _SOMEONE,
    "DELETE /api/me/encounters": _SOMEONE,
    "PUT /api/me/erasure": _SOMEONE,
    "GET /api/me/background": _SOMEONE,
    "PUT /api/me/background": _SOMEONE,
    "POST /api/tries": permit("educator faculty"),
    "GET /api/cases": _SOMEONE,
    "GET /api/cases/{case_id}": _SOMEONE,
    "GET /api/cases/{case_id}/carried": _SOMEONE,
    "DELETE /api/cases/{case_id}/carried": _SOMEONE,
    "DELETE /api/cases/{case_id}/carried/{item_id}": _SOMEONE,
    "POST /api/encounters": _SOMEONE,
    "GET /api/encounters": _SOMEONE,
    f"GET {_E}": _READ,
    f"DELETE {_E}": _OWN_PRACTICE,
    f"GET {_E}/case": _READ,
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
    f"GET {_E}/observations": permit(f"{_ALL} observer", "own attempt"),
    f"POST {_E}/markers": permit(_ALL, "own staff"),
    f"POST {_E}/markers/{{marker_id}}/link": permit(_ALL, "own staff"),
    f"GET {_E}/markers": _READ,
    f"DELETE {_E}/markers/{{marker_id}}": permit(_ALL, "own staff"),
    f"GET {_E}/marking": _MARK,
    f"POST {_E}/marking/steps": _MARK,
    f"POST {_E}/marking/appeals": _OWN,
    f"GET {_E}/marking/history": _SEE_MARKS,
    f"GET {_E}/record.json": _SEE_MARKS,
    # whoever may score a transcript by the rules could score their own encounter's, whose marks are held back
    "POST /api/transcripts": _STAFF,
    "POST /api/boards": _STAFF,
    "GET /api/boards": _SOMEONE,
    "POST /api/boards/join": _OPEN,
    "POST /api/boards/{board_id}/code": _SOMEONE,
    "GET /api/boards/{board_id}": _MEMBER,
    "PUT /api/boards/{board_id}": _SOMEONE,
    "DELETE /api/boards/{board_id}": _SOMEONE,
    "GET /api/boards/{board_id}/posts": _MEMBER,
    "POST /api/boards/{board_id}/posts": _MEMBER,
    "DELETE /api/boards/{board_id}/posts/{post_id}": _MEMBER,
    "GET /api/house/freeze": _STAFF,
    "PUT /api/house/freeze": _HOUSE,
    "DELETE /api/house/freeze": _HOUSE,
    "GET /api/house/health": _HOUSE,
    "GET /api/house/audit": _HOUSE,
    "GET /api/house/audit/file.csv": _HOUSE,
    "POST /api/house/audit/verify": _HOUSE,
    "GET /api/house/backups": _HOUSE,
    "GET /api/house/backups/{name}": _HOUSE,
    "DELETE /api/house/backups/{name}": _HOUSE,
    "GET /api/house/retention": _HOUSE,
    "GET /api/house/erasures": _HOUSE,
    "GET /api/house/erasures/{who}": _HOUSE,
    "GET /api/house/upkeep": _HOUSE,
    "PUT /api/house/upkeep": _HOUSE,
    "GET /api/house/usage": _HOUSE,
    "GET /api/house/usage/file.csv": _HOUSE,
    "GET /api/house/usage/versions/{digest}": _HOUSE,
    "POST /api/tasks": _SOMEONE,
    "GET /api/tasks": _SOMEONE,
    "GET /api/tasks/{task_id}": _SOMEONE,
    "DELETE /api/tasks/{task_id}": _SOMEONE,
    "GET /api/schema/case": _REVIEW,
    "GET /api/case-files": _REVIEW,
    "POST /api/case-files": _WRITE,
    "GET /api/case-files/beginnings": _REVIEW,
    "POST /api/case-files/check": _REVIEW,
    "POST /api/case-files/edit": _WRITE,
    "GET /api/case-files/{file_id}": _REVIEW,
    "PUT /api/case-files/{file_id}": _WRITE,
    "DELETE /api/case-files/{file_id}": _WRITE,
    "PUT /api/case-files/{file_id}/people": _WRITE,
    "GET /api/case-files/{file_id}/editions/{edition}": _REVIEW,
    "GET /api/case-files/{file_id}/diff": _REVIEW,
    "POST /api/case-files/{file_id}/compare": _REVIEW,
    "POST /api/case-files/{file_id}/remarks": _REVIEW,
    "PUT /api/case-files/{file_id}/remarks/{remark_id}": _REVIEW,
    "POST /api/case-files/{file_id}/steps": _REVIEW,
    f"GET {_E}/remarks": _READ,
    f"POST {_E}/remarks": _READ,
    f"DELETE {_E}/remarks/{{remark_id}}": _READ,
    "GET /api/grading/queue": _GRADE,
    "GET /api/grading/comments": _GRADE,
    "POST /api/grading/comments": _GRADE,
    "DELETE /api/grading/comments/{comment_id}": _GRADE,
    "GET /api/grading/assignments/{assignment_id}/marks.csv": _GRADE,
    "GET /api/grading/assignments/{assignment_id}/marks.json": _GRADE,
    "GET /api/grading/calibration": _STAFF,
    # drafts of every course follow it: who leads the courses that it rests on is asked in the route
    "PUT /api/grading/calibration/{rubric}": permit("faculty administrator"),
    "DELETE /api/grading/calibration/{rubric}": _HOUSE,
    "GET /api/grading/trials": _STAFF,
    "GET /api/grading/trials/{encounter_id}": permit("educator faculty", "staff"),
    "POST /api/grading/trials/{encounter_id}": permit("educator faculty", "staff"),
    "PUT /api/grading/trials/{encounter_id}/set": permit("educator faculty", "staff"),
    "DELETE /api/grading/trials/{encounter_id}/set": permit("educator faculty", "staff"),
    "GET /api/courses": _SOMEONE,
    "POST /api/courses": _TEACH,
    "GET /api/courses/{course_id}": _TEACH,
    "PUT /api/courses/{course_id}": _TEACH,
    "DELETE /api/courses/{course_id}": _TEACH,
    "GET /api/courses/{course_id}/people": _TEACH,
    "POST /api/courses/{course_id}/people": _TEACH,
    "PUT /api/courses/{course_id}/people/{member}": _TEACH,
    "DELETE /api/courses/{course_id}/people/{member}": _TEACH,
    "GET /api/courses/{course_id}/shared": _TEACH,
    "GET /api/courses/{course_id}/assignments": _TEACH,
    "POST /api/courses/{course_id}/assignments": _TEACH,
    "POST /api/courses/{course_id}/preview": _TEACH,
    "GET /api/assignments": _SOMEONE,
    "GET /api/assignments/{assignment_id}": _TEACH,
    "PUT /api/assignments/{assignment_id}": _TEACH,
    "DELETE /api/assignments/{assignment_id}": _TEACH,
    "GET /api/assignments/{assignment_id}/mine": _SOMEONE,
    "GET /api/assignments/{assignment_id}/case": _SOMEONE,
    "POST /api/assignments/{assignment_id}/attempts": _SOMEONE,
    "GET /api/assignments/{assignment_id}/status": _TEACH,
    "POST /api/assignments/{assignment_id}/release": _TEACH,
    "GET /api/assignments/{assignment_id}/owed": _TEACH,
    "POST /api/assignments/{assignment_id}/owed": _TEACH,
    f"PUT {_E}/hold": permit("educator faculty", "own staff"),
    f"DELETE {_E}/attempt": permit("educator faculty", "own staff"),
    f"GET {_E}/assigned": _READ,
    f"GET {_E}/shares": _OWN,
    f"PUT {_E}/shares/{{course_id}}": _OWN,
    f"DELETE {_E}/shares/{{course_id}}": _OWN,
    "GET /api/running": _GRADE,
    "GET /api/cohorts": _GRADE,
    "GET /api/assignments/{assignment_id}/cohort": _GRADE,
    "GET /api/assignments/{assignment_id}/cohort.csv": _GRADE,
    "GET /api/assignments/{assignment_id}/cohort.pdf": _GRADE,
    "GET /api/me/may-show": _SOMEONE,
    "PUT /api/me/may-show/{course_id}": _SOMEONE,
    "GET /api/playlists": _GRADE,
    "POST /api/playlists": _GRADE,
    "GET /api/playlists/{playlist_id}": _SHOW,
    "PUT /api/playlists/{playlist_id}": _SHOW,
    "DELETE /api/playlists/{playlist_id}": _GRADE,
    "GET /api/playlists/{playlist_id}/bookmarks": _SHOW,
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
