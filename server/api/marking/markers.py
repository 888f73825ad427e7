"""Who may mark an encounter: invited by name with a link that works once, and taken back until their marks are in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from server.api.access import Someone, access_encounter, new_marker_id
from server.api.encounters.encounters import base_url
from server.api.marking.marking import matter_of
from server.api.marking.shapes import MarkerView
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.assess.signing import marking_of
from server.core.errors import NotFound, RequestError
from server.core.marking.marking import Marking
from server.core.marking.rules import Grounds, check
from server.core.marking.steps import DraftPolicy, Made, SheetWithdrawn
from server.store.encounters.markers import Marker, require_room
from server.store.marking.marks import KeptStep, Taken

router = APIRouter(prefix="/api/encounters", tags=["marking"], responses=responses(401, 403))
OWNER = "whoever invited"
"""Stands beside the steps by which invitations are arranged; no mark is among them."""


class NewMarker(Ask):
    """Somebody who is to mark."""

    name: Annotated[str, Field(min_length=1, max_length=100)]
    """Stands beside their marks."""
    draft: Literal["after_own_mark", "shown"] | None = None
    """When everybody who marks this encounter sees the draft; it cannot be changed once somebody has begun."""


class MarkerInvitation(Answer):
    """For one person, once; whoever uses it may mark this encounter, and nothing else."""

    id: str
    name: str
    ticket: str
    link: str
    """For another browser, or a private window."""
    expires_at: datetime
    """Until when the ticket may be used; POST to this marker's /link makes another."""


@router.post("/{encounter_id}/markers", status_code=201, responses=responses(404, 409, 410, 422))
async def invite_marker(
    encounter_id: str, ask: NewMarker, request: Request, given: Given, person: Someone
) -> MarkerInvitation:
    """Once the encounter is over. 409 before, where nothing is scored, and when five are invited already."""
    await access_encounter(given, person, encounter_id)
    name = " ".join(storable(ask.name).split())
    if not name:
        raise RequestError("A name stands beside every mark.", code="name_needed", field="name", mend="Give one.")
    await matter_of(given, encounter_id)
    if ask.draft is not None:
        await _set_policy(given, encounter_id, person.id, name, shown=ask.draft == "shown")
    marker = await given.store.add_marker(new_marker_id(person.id), encounter_id, name)
    return await _link(request, given, marker)


@router.post("/{encounter_id}/markers/{marker_id}/link", status_code=201, responses=responses(404))
async def link_again(
    encounter_id: str, marker_id: str, request: Request, given: Given, person: Someone
) -> MarkerInvitation:
    """Another link for the same person: theirs was used in another browser, or is too old."""
    await access_encounter(given, person, encounter_id)
    return await _link(request, given, await _found(given, encounter_id, marker_id))


@router.get("/{encounter_id}/markers", responses=responses(404))
async def list_markers(encounter_id: str, given: Given, person: Someone) -> list[MarkerView]:
    """Everybody who is invited to mark, come or not."""
    await access_encounter(given, person, encounter_id)
    marking = marking_of(await given.store.marking_steps(encounter_id))
    return [_view(each, marking) for each in await given.store.markers(encounter_id)]


@router.delete("/{encounter_id}/markers/{marker_id}", status_code=204, responses=responses(404, 409))
async def take_back_marker(encounter_id: str, marker_id: str, given: Given, person: Someone) -> None:
    """They are signed out, and an open sheet counts no more. 409 once their marks are in: those are kept."""
    await access_encounter(given, person, encounter_id)
    marker = await _found(given, encounter_id, marker_id)
    made = Made(person.id, OWNER, SheetWithdrawn(marker.author))

    def decide(steps: Sequence[KeptStep], _: Sequence[Marker]) -> Taken:
        check(marking_of(steps), made, Grounds((), 0, 0, {}))
        return Taken(made, drop_marker=marker.id)

    await given.store.take_marking_step(encounter_id, decide)


async def _set_policy(given: Services, encounter_id: str, author: str, name: str, *, shown: bool) -> None:
    """With the invitation of `name`; where that cannot be made, nothing changes for those who are invited already."""
    made = Made(author, OWNER, DraftPolicy(shown))

    def decide(steps: Sequence[KeptStep], markers: Sequence[Marker]) -> Taken:
        require_room(markers, name)
        marking = marking_of(steps)
        if marking.draft_shown == shown:
            return Taken(None)
        check(marking, made, Grounds((), 0, 0, {}))
        return Taken(made)

    await given.store.take_marking_step(encounter_id, decide)


async def _found(given: Services, encounter_id: str, marker_id: str) -> Marker:
    marker = await given.store.marker(marker_id)
    if marker is None or marker.encounter_id != encounter_id:
        mend = "GET this encounter's /markers lists them."
        raise NotFound("There is no such marker.", code="marker_not_found", mend=mend)
    return marker


async def _link(request: Request, given: Services, marker: Marker) -> MarkerInvitation:
    ticket, expires_at = await given.tickets.invite_to_mark(marker.id)
    return MarkerInvitation(
        id=marker.id,
        name=marker.name,
        ticket=ticket,
        link=f"{base_url(request, given)}/#ticket={ticket}&mark={quote(marker.encounter_id)}",
        expires_at=expires_at,
    )


def _view(marker: Marker, marking: Marking) -> MarkerView:
    return MarkerView(
        id=marker.id,
        name=marker.name,
        invited_at=marker.invited_at.isoformat(),
        joined_at=marker.joined_at.isoformat() if marker.joined_at else None,
        closed=marking.sheet(marker.author).closed,
    )
