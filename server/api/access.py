"""The one door. Who is asking, may they, and is it theirs: decided here and nowhere else.

A cookie goes wherever the browser sends it, so it counts only together with an Origin of ours (always on the wire, and
for every request that changes something). A bearer token comes from a script, which has no Origin, or ours; never a
foreign one. What is not yours does not exist for you.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from server.api.guard import UNSAFE
from server.api.permits import Permit, permit_of, roles_in_words
from server.api.problems import SignInNeeded
from server.api.services import Services, services_of
from server.api.tickets import LOCAL
from server.core.case import Case
from server.core.errors import NotAllowed, NotFound
from server.core.roles import ROLES, Guest, Standing
from server.store.debriefing.boards import MEMBER
from server.store.encounters.encounters import EncounterInfo
from server.store.encounters.markers import INVITED_BY, MARKER, Marker
from server.store.encounters.observers import CUES, OBSERVER, WATCHES, Observer
from server.store.people.accounts import ACCOUNT

COOKIE, SECURE_COOKIE = "bedside", "__Host-bedside"
TEACHING: frozenset[str] = frozenset({"educator", "faculty"})
"""Roles of which the staff of a course are."""
_ENCOUNTER_ID = re.compile(r"enc_[A-Za-z0-9_-]{22}")


@dataclass(frozen=True)
class Person:
    """Who is asking, as what, and how far the route that they call reaches."""

    id: str
    name: str = ""
    """As others see them; empty for guests, and in one-person mode."""
    roles: frozenset[str] = frozenset(ROLES)
    """Of `Role`; of a guest, the one word that says what they were invited to do."""
    reach: frozenset[Standing] = frozenset({"own", "attempt"})
    time_percent: int = 100
    """Their time accommodation."""
    boards: frozenset[str] = frozenset()
    """Reflection boards that they came in to with a code, signed in with their account."""

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


async def admitted(connection: HTTPConnection) -> Person:
    """Who sent this request, if its route is open to them. Raises `SignInNeeded` (401) and `NotAllowed` (403)."""
    return await admitted_by(connection, permit_of(_key(connection)))


async def admitted_by(connection: HTTPConnection, row: Permit) -> Person:
    """The same by a row that the caller chose."""
    person = await identified(connection)
    if not row.admits(person.roles):
        raise _not_for(person, row)
    return replace(person, reach=row.reach)


async def identified(connection: HTTPConnection) -> Person:
    """Who sent this request, whatever they want. Raises `SignInNeeded` (401) and `NotAllowed` (403)."""
    services, origin_given = services_of(connection), refuse_foreign(connection)
    if "authorization" in connection.headers:
        return _bearer(connection.headers["authorization"], services)
    return await _person(services, await _cookie(connection, services, origin_given))


def _key(connection: HTTPConnection) -> str:
    """Of this route's row: what was matched, never what was sent."""
    return f"{connection.scope['method']} {connection.scope['route'].path}"


async def _person(services: Services, owner: str) -> Person:
    """Raises `SignInNeeded` for an account that was closed since; roles are those of now."""
    for prefix, guest in _GUESTS_BY_PREFIX:
        if owner.startswith(prefix):
            return Person(owner, roles=frozenset({guest}))
    if not owner.startswith(ACCOUNT):
        return Person(owner)
    account = await services.store.people.account(owner)
    if account is None or not account.active:
        raise SignInNeeded("This account was closed.", code="account_closed", mend="Ask your lab's administrator.")
    return Person(
        owner,
        account.name,
        frozenset(account.roles),
        time_percent=account.time_percent,
        boards=frozenset(account.about.get("boards", ())),
    )


_GUESTS_BY_PREFIX: tuple[tuple[str, Guest], ...] = ((OBSERVER, "observer"), (MARKER, "marker"), (MEMBER, "member"))


def _not_for(person: Person, row: Permit) -> NotAllowed:
    """With what they may do, or who may do this."""
    if person.observer_id:
        says = "An observer watches one encounter and fills in its rubric."
        return NotAllowed(says, code="observers_only_watch")
    if person.marker_id:
        return NotAllowed("Your invitation is to mark one encounter.", code="markers_only_mark")
    if person.board_id:
        return NotAllowed("Your code is for one reflection board.", code="members_only_post")
    who = roles_in_words(row.roles) or "no account"
    mend = "Ask your lab's administrator for the role."
    return NotAllowed(f"This is for: {who}.", code="not_your_role", mend=mend)


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


async def _cookie(connection: HTTPConnection, services: Services, origin_given: bool) -> str:
    cookie = connection.cookies.get(cookie_name(services), "")
    if not cookie:
        mend = "Open the link that `bedside up` printed, or sign in."
        raise SignInNeeded("Nobody is signed in.", mend=mend)
    if not origin_given and (connection.scope["type"] == "websocket" or connection.scope["method"] in UNSAFE):
        raise NotAllowed(
            "A cookie is taken only with an Origin.", code="origin_needed", mend="Scripts use the bearer token."
        )
    owner = await services.tickets.owner(cookie)
    if owner is None:
        mend = "Sign in again, or open the link that `bedside up` prints."
        raise SignInNeeded("The sign-in has ended.", mend=mend)
    return owner


def cookie_name(services: Services) -> str:
    """The `__Host-` prefix makes a browser refuse the cookie from anywhere but this very host over TLS."""
    return SECURE_COOKIE if services.secure else COOKIE


Someone = Annotated[Person, Depends(admitted)]
"""A route's parameter: the route is open to those whom its row of `server.api.permits` names, and to nobody else."""
NotForeign = Annotated[bool, Depends(refuse_foreign)]
"""A route's parameter: the route is open, but not to the scripts of other pages."""


async def access_encounter(services: Services, person: Person, encounter_id: str) -> EncounterInfo:
    """The encounter, if the route that they call reaches it. Raises `NotFound`, also for what is somebody else's."""
    if not _ENCOUNTER_ID.fullmatch(encounter_id):
        raise _no_encounter()
    found = await _looked_up(services, encounter_id)
    # looked for in either case, so that what is somebody else's takes as long as what does not exist
    standing = await standing_to(services, person, encounter_id, found.owner if found else "")
    if found is None or standing == "none":
        raise _no_encounter()
    if standing not in person.reach:
        raise _too_far(standing)
    if standing == "staff":
        await services.store.audit.note_reading(person.id, found.id)
    return found


async def _looked_up(services: Services, encounter_id: str) -> EncounterInfo | None:
    try:
        return await services.store.info(encounter_id)
    except NotFound:
        return None


async def standing_to(services: Services, person: Person, encounter_id: str, owner: str) -> Standing:
    """Where this person stands to an encounter. Who lost the role is on no staff, whatever a course says."""
    belonging = await services.store.courses.belonging(encounter_id)
    part = await services.store.courses.part_in(person.id, belonging.courses)
    if owner == person.id:
        return "attempt" if belonging.made_for else "own"
    return "staff" if part == "staff" and person.roles & TEACHING else "none"


def _too_far(standing: Standing) -> NotAllowed:
    """They know of it, so they are told why not."""
    if standing == "staff":
        return NotAllowed("This is for the learner whose encounter it is.", code="learners_only")
    says = "You made this for an assignment, so your course's staff do this."
    return NotAllowed(says, code="staff_only", mend="Ask them.")


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

    Raises `NotFound`, also once the invitation was taken back, and while whoever made it could not make it again.
    """
    if not person.marker_id:
        return await access_encounter(services, person, encounter_id), None
    marker = await services.store.marker(person.marker_id)
    if marker is None or marker.encounter_id != encounter_id:
        raise _no_encounter()
    found = await services.store.info(encounter_id)
    if not await _still_invites(services, marker, found):
        raise _no_encounter()
    if marker.joined_at is None:
        await services.store.note_marker_joined(marker.id)
    if found.owner != LOCAL:
        await services.store.audit.note_reading(person.id, found.id)
    return found, marker


async def _still_invites(services: Services, marker: Marker, found: EncounterInfo) -> bool:
    """Whether whoever invited them may still have it marked: an invitation reaches no further than its maker."""
    try:
        inviter = await _person(services, marker.inviter or LOCAL)
    except SignInNeeded:
        return False
    return await standing_to(services, inviter, found.id, found.owner) in ("own", "staff")


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


def new_observer_id(*, may_cue: bool = False) -> str:
    """128 random bits, after what says whether they may bring moments forward."""
    return f"{CUES if may_cue else WATCHES}{secrets.token_urlsafe(16)}"


def new_marker_id(inviter: str) -> str:
    """128 random bits, then whose account invites, by whose standing the invitation is good."""
    key = f"mrk_{secrets.token_urlsafe(16)}"
    return key if inviter == LOCAL else f"{key}{INVITED_BY}{inviter}"
