"""The door of the wire, /v1/realtime: who may connect, to which encounter; then the socket is `server.live`'s.

Who you are is decided before the socket is accepted. Everything that a person must read comes after, because a browser
cannot read a refused handshake.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter, WebSocket
from starlette.datastructures import QueryParams

from server.api.access import Person, access_case, access_encounter, access_watched, admitted_by
from server.api.courses.attempts import refuse_late
from server.api.encounters.cueing import may_cue
from server.api.encounters.encounters import NewEncounter, create
from server.api.encounters.replaying import PlayedByOlder, as_it_stands
from server.api.limits import within_limits
from server.api.permits import permit_of
from server.api.problems import problem_of
from server.api.services import Services, services_of
from server.api.welcome import Welcome, while_welcome
from server.core.errors import BedsideError, NotFound, RequestError, StoreError

router = APIRouter()
MEETING, WATCHING = "WS /v1/realtime", "WS /v1/realtime?observe"
"""Rows of `server.api.permits`."""
BAD_MESSAGE, NOT_FOUND, OVER, TRY_LATER = 4400, 4404, 4410, 1013
_WHOLE = re.compile(r"[0-9]{1,15}")


@dataclass(frozen=True)
class Query:
    """What the address asks for."""

    model: str = ""
    encounter: str = ""
    after: int | None = None
    observe: bool = False
    """Watch it, without taking part."""


@router.websocket("/v1/realtime")
async def realtime(socket: WebSocket) -> None:
    """See docs/protocol.md."""
    services = services_of(socket)
    row = permit_of(WATCHING if "observe" in socket.query_params else MEETING)
    try:
        person = await admitted_by(socket, row)
    except BedsideError as error:
        await _refuse(socket, error)
        return
    try:
        query = read_query(socket.query_params)
        encounter_id = await _encounter(services, person, query)
        await as_it_stands(services, encounter_id)
    except (RequestError, StoreError) as error:
        await _turn_away(socket, error)
        return
    welcome = Welcome.of(services, person, row, socket, encounter_id if query.observe else "")
    if query.observe:
        await note_watching(services, person, encounter_id)
        cues = await may_cue(services, person, encounter_id)
        work = services.live.observe(socket, encounter_id, may_cue=cues, who=person.id)
    else:
        serve = partial(services.live.serve, socket, encounter_id, query.after)
        work = within_limits(services, person.id, socket, encounter_id, serve)
    await while_welcome(services, welcome, socket, work)


async def note_watching(services: Services, person: Person, encounter_id: str) -> None:
    """Somebody on the staff watches: its learner finds that under who looked. Guests are listed by their invitation."""
    if not person.observer_id and (await services.store.info(encounter_id)).owner != person.id:
        await services.store.audit.note_looks(person.id, "encounter_watched", [encounter_id])


def read_query(given: QueryParams) -> Query:
    """Raises `RequestError` for a repeated or unreadable parameter."""
    for name in ("model", "encounter", "after", "observe"):
        if len(given.getlist(name)) > 1:
            raise RequestError(f"{name} is given twice.", code="bad_query", field=name)
    after = given.get("after")
    if after is not None and not _WHOLE.fullmatch(after):
        raise RequestError("after must be a whole number of at least 0.", code="bad_query", field="after")
    if given.get("observe", "1") != "1":
        raise RequestError("observe is 1, or left out.", code="bad_query", field="observe")
    observe = "observe" in given
    query = Query(given.get("model", ""), given.get("encounter", ""), None if after is None else int(after), observe)
    if observe and not query.encounter:
        raise RequestError("observe belongs to encounter=.", code="bad_query", field="observe")
    if observe and after is not None:
        raise RequestError("Who watches is told everything; leave after out.", code="bad_query", field="after")
    if not query.encounter and not query.model:
        raise RequestError("Name a case with model=, or an encounter with encounter=.", code="bad_query", field="model")
    if query.after is not None and not query.encounter:
        raise RequestError("after belongs to encounter=.", code="bad_query", field="after")
    return query


async def _encounter(services: Services, person: Person, query: Query) -> str:
    """The encounter that is asked for; a new one for practice when only a case is named."""
    if query.observe:
        return (await access_watched(services, person, query.encounter))[0].id
    if query.encounter:
        found = await access_encounter(services, person, query.encounter)
        await refuse_late(services, found.id)
        return found.id
    case = access_case(services, query.model)
    return (await create(services, person, case, NewEncounter(case_id=case.case_id)))[0]


async def _refuse(socket: WebSocket, error: BedsideError) -> None:
    """Before accept: an HTTP answer where the server can give one, else 403."""
    if "websocket.http.response" in socket.scope.get("extensions", {}):
        await socket.send_denial_response(problem_of(error))
    else:
        await socket.close()


async def _turn_away(socket: WebSocket, error: BedsideError) -> None:
    """Accept, say why in the words of the wire, close."""
    await socket.accept()
    await socket.send_json({"type": "error", "event_id": "evt_0_0", "error": _wire_error(error)})
    await socket.close(_close_code(error), error.message[:100])


def _wire_error(error: BedsideError) -> dict[str, str | None]:
    theirs = isinstance(error, RequestError)
    return {
        "type": "invalid_request_error" if theirs else "server_error",
        "code": error.code,
        "message": error.message,
        "param": getattr(error, "field", "") or None,
        "event_id": None,
    }


def _close_code(error: BedsideError) -> int:
    if isinstance(error, NotFound):
        return NOT_FOUND
    if isinstance(error, PlayedByOlder):
        return OVER
    return BAD_MESSAGE if isinstance(error, RequestError) else TRY_LATER
