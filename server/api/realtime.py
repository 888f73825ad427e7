"""The door of the wire, /v1/realtime: who may connect, to which encounter; then the socket is `server.live`'s.

Who you are is decided before the socket is accepted. Everything that a person must read comes after, because a browser
cannot read a refused handshake.
"""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from dataclasses import dataclass

from fastapi import APIRouter, WebSocket
from starlette.datastructures import QueryParams

from server.api.access import Person, access_case, access_encounter, access_watched, admitted_by
from server.api.encounters import NewEncounter, create
from server.api.permits import permit_of
from server.api.problems import problem_of
from server.api.replaying import PlayedByOlder, as_it_stands
from server.api.services import Services, services_of
from server.core.errors import BedsideError, NotFound, RequestError, StoreError
from server.live.socket import close

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


REVOKED = 4403
STILL_INVITED_EVERY_S = 2.0
"""How soon a taken back invitation ends the watching, whichever process took it back."""


@router.websocket("/v1/realtime")
async def realtime(socket: WebSocket) -> None:
    """See docs/protocol.md."""
    services = services_of(socket)
    try:
        person = await admitted_by(socket, permit_of(WATCHING if "observe" in socket.query_params else MEETING))
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
    if query.observe:
        await _watch(services, person, socket, encounter_id)
    else:
        await services.live.serve(socket, encounter_id, query.after)


async def _watch(services: Services, person: Person, socket: WebSocket, encounter_id: str) -> None:
    """Let them watch for as long as they are invited."""
    watching = asyncio.create_task(services.live.observe(socket, encounter_id))
    leaving = asyncio.create_task(_until_revoked(services, person))
    try:
        await asyncio.wait((watching, leaving), return_when=asyncio.FIRST_COMPLETED)
    finally:
        revoked = not watching.done()
        for task in (watching, leaving):
            task.cancel()
    await asyncio.wait((watching, leaving))
    if revoked:
        await close(socket, REVOKED, "the invitation was taken back")
    else:
        watching.result()


async def _until_revoked(services: Services, person: Person) -> None:
    """Never done for the learner, who may always look on; a database that is away for a moment takes nothing back."""
    while True:
        with suppress(StoreError):
            if person.observer_id and await services.store.observer(person.observer_id) is None:
                return
        await asyncio.sleep(STILL_INVITED_EVERY_S)


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
        return (await access_encounter(services, person, query.encounter)).id
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
