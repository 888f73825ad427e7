"""POST /api/tries: play a case of the library, or a draft, with its inside open. Nothing of it is scored or graded."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request

from server.api.access import Person, Someone, access_case, new_encounter_id
from server.api.authoring.door import access_file
from server.api.authoring.reading import read_text, sound
from server.api.encounters.case_shapes import CaseBriefing
from server.api.encounters.encounters import OpenedEncounter, Portrayal, realtime_url
from server.api.encounters.public_case import briefing_of, needs_review, variant_of
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Ask
from server.assess.draft import rubric_for
from server.core.case import Case
from server.core.errors import NotFound, RequestError
from server.core.events import Opened

router = APIRouter(prefix="/api/tries", tags=["authoring"], responses=responses(401, 403))
Id = Annotated[str, Field(max_length=200)]


class NewTry(Ask):
    """What to try out: exactly one of the two."""

    case_id: Id = ""
    """Of the library."""
    file_id: Id = ""
    """Of a case file that you may read, as it stands."""
    variant: Id = ""
    """Empty: the case as written."""
    portrayal: Portrayal = "teaching"


class OpenedTry(OpenedEncounter):
    """Where to meet, and what the page of an encounter reads of a case."""

    briefing: CaseBriefing


@router.post("", status_code=201, responses=responses(404, 422))
async def open_try(ask: NewTry, request: Request, given: Given, person: Someone) -> OpenedTry:
    """A try-out, at its door: `bedside.debug`, `.jump` and `.force` of docs/protocol.md are open in it."""
    case = await _case(given, person, ask)
    played = variant_of(case, ask.variant)
    opened = Opened(
        new_encounter_id(), case.case_id, case.case_version, case.digest, ask.portrayal, variant=ask.variant,
        tryout=True,
    )  # fmt: skip
    await given.store.create(case, opened, person.id)
    return OpenedTry(
        id=opened.encounter_id,
        realtime_url=realtime_url(request, given, opened.encounter_id),
        not_reviewed=needs_review(case, ask.variant),
        carried=[],
        briefing=_briefing(given, played),
    )


async def _case(given: Services, person: Person, ask: NewTry) -> Case:
    """Raises `RequestError`, `NotFound`."""
    if bool(ask.case_id) == bool(ask.file_id):
        mend = "Give case_id or file_id."
        raise RequestError("A try-out is of one case.", code="bad_field", field="case_id", mend=mend)
    if ask.case_id:
        return access_case(given, ask.case_id)
    file = await access_file(given, person, ask.file_id)
    return sound(await read_text(given, file.text, thorough=False))


def _briefing(given: Services, case: Case) -> CaseBriefing:
    try:
        rubric = rubric_for(case, given.shelf.rubrics)
    except NotFound:
        rubric = None
    return briefing_of(case, given.shelf.cases, rubric, given.engines)
