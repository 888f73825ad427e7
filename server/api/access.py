"""The one door. Who is asking, may they, and is it theirs: decided here and nowhere else.

A cookie goes wherever the browser sends it, so it counts only together with an Origin of ours (always on the wire, and
for every request that changes something). A bearer token comes from a script, which has no Origin, or ours; never a
foreign one. What is not yours does not exist for you.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from server.api.guard import UNSAFE
from server.api.problems import SignInNeeded
from server.api.services import Services, services_of
from server.api.tickets import LOCAL
from server.core.case import Case
from server.core.errors import NotAllowed, NotFound
from server.store.boards import MEMBER
from server.store.encounters import EncounterInfo
from server.store.markers import MARKER, Marker
from server.store.observers import OBSERVER, Observer

COOKIE, SECURE_COOKIE = "bedside", "__Host-bedside"
_ENCOUNTER_ID = re.compile(r"enc_[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Person:
    """Who is asking."""

    id: str

    @property
    def observer_id(self) -> str:
        """Set for somebody who was invited to watch one encounter, and may do nothing else."""
        return self.id.removeprefix(OBSERVER) if self.id.startswith(OBSERVER) else ""

    @property
    def marker_id(self) -> str:
        """Set for somebody who was invited to mark one encounter, and may do nothing else."""
        return self.id.removeprefix(MARKER) if self.id.startswith(MARKER) else ""

    @property
    def board_id(self) -> str:
        """Set for somebody who came in with the code of one board, and may do nothing else."""
        return self.id.removeprefix(MEMBER).partition(":")[0] if self.id.startswith(MEMBER) else ""


async def signed_in(connection: HTTPConnection) -> Person:
    """Who sent this request or opened this socket, guests left out: observers, markers, members of a board.

    Raises `SignInNeeded` (401) and `NotAllowed` (403).
    """
    person = await anybody(connection)
    _refuse_guest(person)
    return person


async def anybody(connection: HTTPConnection) -> Person:
    """As `signed_in`, guests included. Raises `SignInNeeded` (401) and `NotAllowed` (403)."""
    services, origin_given = services_of(connection), refuse_foreign(connection)
    if "authorization" in connection.headers:
        return _bearer(connection.headers["authorization"], services)
    return await _cookie(connection, services, origin_given)


async def may_mark(connection: HTTPConnection) -> Person:
    """As `signed_in`, markers included. Raises `SignInNeeded` (401) and `NotAllowed` (403)."""
    person = await anybody(connection)
    if not person.marker_id:
        _refuse_guest(person)
    return person


async def may_post(connection: HTTPConnection) -> Person:
    """As `signed_in`, members of a board included. Raises `SignInNeeded` (401) and `NotAllowed` (403)."""
    person = await anybody(connection)
    if not person.board_id:
        _refuse_guest(person)
    return person


def _refuse_guest(person: Person) -> None:
    """Raises `NotAllowed`, with what they may do."""
    if person.observer_id:
        says = "An observer watches one encounter and fills in its rubric."
        raise NotAllowed(says, code="observers_only_watch")
    if person.marker_id:
        raise NotAllowed("Your invitation is to mark one encounter.", code="markers_only_mark")
    if person.board_id:
        raise NotAllowed("Your code is for one reflection board.", code="members_only_post")


def refuse_foreign(connection: HTTPConnection) -> bool:
    """True when an Origin came and it is ours, False when none came. Raises `NotAllowed` for any other."""
    origins = connection.headers.getlist("origin")
    if origins and (len(origins) > 1 or origins[0] not in services_of(connection).origins):
        raise NotAllowed("Requests from that page are not taken; open Bedside's own address.", code="foreign_origin")
    return bool(origins)


def _bearer(header: str, services: Services) -> Person:
    scheme, _, token = header.partition(" ")
    known = secrets.compare_digest(token.strip().encode("utf-8", "replace"), services.token.encode())
    if scheme.lower() != "bearer" or not services.token or not known:
        raise SignInNeeded("The bearer token is not right.", mend="Use the one in the data folder's file `token`.")
    return Person(LOCAL)


async def _cookie(connection: HTTPConnection, services: Services, origin_given: bool) -> Person:
    cookie = connection.cookies.get(cookie_name(services), "")
    if not cookie:
        raise SignInNeeded("Nobody is signed in.", mend="Open the link that `bedside up` printed.")
    if not origin_given and (connection.scope["type"] == "websocket" or connection.scope["method"] in UNSAFE):
        raise NotAllowed(
            "A cookie is taken only with an Origin.", code="origin_needed", mend="Scripts use the bearer token."
        )
    owner = await services.tickets.owner(cookie)
    if owner is None:
        raise SignInNeeded("The sign-in has ended.", mend="Open the link that `bedside up` prints.")
    return Person(owner)


def cookie_name(services: Services) -> str:
    """The `__Host-` prefix makes a browser refuse the cookie from anywhere but this very host over TLS."""
    return SECURE_COOKIE if services.secure else COOKIE


Someone = Annotated[Person, Depends(signed_in)]
"""A route's parameter: the route is closed to everybody else."""
Anybody = Annotated[Person, Depends(anybody)]
"""A route's parameter: the route is open to guests too."""
MayMark = Annotated[Person, Depends(may_mark)]
"""A route's parameter: the route is open to markers too, and to no other guest."""
MayPost = Annotated[Person, Depends(may_post)]
"""A route's parameter: the route is open to members of a board too, and to no other guest."""
NotForeign = Annotated[bool, Depends(refuse_foreign)]
"""A route's parameter: the route is open, but not to the scripts of other pages."""


async def access_encounter(services: Services, person: Person, encounter_id: str) -> EncounterInfo:
    """The encounter, if it is this person's. Raises `NotFound`, also for what is somebody else's."""
    if not _ENCOUNTER_ID.fullmatch(encounter_id):
        raise _no_encounter()
    try:
        found = await services.store.info(encounter_id)
    except NotFound:
        raise _no_encounter() from None
    if found.owner != person.id:
        raise _no_encounter()
    return found


async def access_watched(
    services: Services, person: Person, encounter_id: str
) -> tuple[EncounterInfo, Observer | None]:
    """The encounter, for its learner and for whoever may watch it: then with their place as an observer.

    Raises `NotFound`, also once the invitation was taken back.
    """
    if not person.observer_id:
        return await access_encounter(services, person, encounter_id), None
    observer = await services.store.observer(person.observer_id)
    if observer is None or observer.encounter_id != encounter_id:
        raise _no_encounter()
    if observer.joined_at is None:
        await services.store.note_joined(observer.id)
    return await services.store.info(encounter_id), observer


async def access_marked(services: Services, person: Person, encounter_id: str) -> tuple[EncounterInfo, Marker | None]:
    """The encounter, for whose it is and for whoever may mark it: then with their place as a marker.

    Raises `NotFound`, also once the invitation was taken back.
    """
    if not person.marker_id:
        return await access_encounter(services, person, encounter_id), None
    marker = await services.store.marker(person.marker_id)
    if marker is None or marker.encounter_id != encounter_id:
        raise _no_encounter()
    if marker.joined_at is None:
        await services.store.note_marker_joined(marker.id)
    return await services.store.info(encounter_id), marker


def _no_encounter() -> NotFound:
    return NotFound("There is no such encounter.", code="encounter_not_found", mend="GET /api/encounters lists yours.")


def access_case(services: Services, case_id: str) -> Case:
    """The case as the library has it now. Raises `NotFound`."""
    case = services.shelf.cases.get(case_id)
    if case is None:
        raise NotFound("There is no such case.", code="case_not_found", mend="GET /api/cases lists them.")
    return case


def new_encounter_id() -> str:
    """128 random bits."""
    return f"enc_{secrets.token_urlsafe(16)}"


def new_observer_id() -> str:
    """128 random bits."""
    return f"obs_{secrets.token_urlsafe(16)}"


def new_marker_id() -> str:
    """128 random bits."""
    return f"mrk_{secrets.token_urlsafe(16)}"
