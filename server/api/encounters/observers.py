"""Who may watch an encounter silently: invited by its learner, seen by its learner, and sent away by its learner."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter
from starlette.requests import Request

from server.api.access import Person, Someone, access_encounter, new_observer_id
from server.api.encounters.encounters import base_url
from server.api.encounters.replaying import as_it_stands
from server.api.problems import responses
from server.api.services import Given
from server.api.shapes import Answer, Ask
from server.core.errors import Conflict, NotAllowed, NotFound
from server.store.encounters.observers import Observer

router = APIRouter(prefix="/api/encounters", tags=["observers"], responses=responses(401, 403))


READ_CASES = frozenset({"educator", "faculty", "administrator"})
"""Who may know the hidden moments of a case, and so may show them to somebody."""


class Invite(Ask):
    """What an invitation is for."""

    may_cue: bool = False
    """They may bring moments of the case forward. They are shown those moments, so a student cannot allow it."""


class Invitation(Answer):
    """For one person, once; whoever uses it may watch this encounter and fill in its rubric, and nothing else."""

    id: str
    """Of the observer; with it the invitation is taken back."""
    ticket: str
    link: str
    """For another browser, or a private window."""
    watch_url: str
    """The WebSocket on which the encounter is watched."""
    expires_at: datetime
    """Until when the ticket may be used."""


class ObserverView(Answer):
    """Somebody who may watch."""

    id: str
    invited_at: datetime
    joined_at: datetime | None
    """None: nobody has come yet."""
    filled_at: datetime | None
    """When they last filled in the rubric."""
    closed: bool
    """They have seen the scorecard; theirs stays as it is."""
    may_cue: bool
    """They may bring moments of the case forward."""


@router.post("/{encounter_id}/observers", status_code=201, responses=responses(404, 409, 410))
async def invite(
    encounter_id: str, request: Request, given: Given, person: Someone, ask: Invite | None = None
) -> Invitation:
    """Invite somebody to watch. 409 once the encounter is over, or when five are invited already."""
    await access_encounter(given, person, encounter_id)
    may_cue = ask is not None and ask.may_cue
    if may_cue:
        _require_reader(person)
    if (await as_it_stands(given, encounter_id)).over:
        raise Conflict("The encounter is over; there is nothing left to watch.", code="is_over")
    observer_id = new_observer_id(may_cue=may_cue)
    await given.store.add_observer(observer_id, encounter_id)
    ticket, expires_at = await given.tickets.invite(observer_id)
    base = base_url(request, given)
    return Invitation(
        id=observer_id,
        ticket=ticket,
        link=f"{base}/#ticket={ticket}&observe={quote(encounter_id)}",
        watch_url=f"{base.replace('http', 'ws', 1)}/v1/realtime?encounter={encounter_id}&observe=1",
        expires_at=expires_at,
    )


@router.get("/{encounter_id}/observers", responses=responses(404))
async def list_observers(encounter_id: str, given: Given, person: Someone) -> list[ObserverView]:
    """Everybody who is invited, come or not."""
    await access_encounter(given, person, encounter_id)
    return [_view(observer) for observer in await given.store.observers(encounter_id)]


@router.delete("/{encounter_id}/observers/{observer_id}", status_code=204, responses=responses(404))
async def take_back(encounter_id: str, observer_id: str, given: Given, person: Someone) -> None:
    """They see no more of it from now on, and what they filled in is erased."""
    await access_encounter(given, person, encounter_id)
    try:
        await given.store.drop_observer(encounter_id, observer_id)
    except NotFound:
        mend = "GET this encounter's /observers lists them."
        raise NotFound("There is no such observer.", code="observer_not_found", mend=mend) from None


def _view(observer: Observer) -> ObserverView:
    return ObserverView(
        id=observer.id,
        invited_at=observer.invited_at,
        joined_at=observer.joined_at,
        filled_at=observer.filled_at,
        closed=observer.seen_at is not None,
        may_cue=observer.may_cue,
    )


def _require_reader(person: Person) -> None:
    """Raises `NotAllowed`."""
    if not person.roles & READ_CASES:
        says = "Who brings moments forward is shown the hidden part of the case, so a student's guest cannot."
        mend = "Invite them to watch, or ask your course's staff to watch."
        raise NotAllowed(says, code="staff_only", mend=mend, field="may_cue")
