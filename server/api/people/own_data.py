"""/api/me/data: everything that is kept about whoever asks; theirs to see, to take away, and mostly to delete.

Practice is deleted at once. What was made for an assignment is its course's record: it stays as long as the course's
rule says, and whoever asks is told why.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

from fastapi import APIRouter
from starlette.responses import Response, StreamingResponse

from server.api.access import Person, Someone
from server.api.csv_text import answer_csv
from server.api.people.own_file import own_file
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.core.errors import Conflict
from server.store.encounters.markers import MARKER
from server.store.house.retention import ASKED
from server.store.people.accounts import ACCOUNT
from server.store.people.own_data import OwnEncounter
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/me", tags=["people"], responses=responses(401, 403))
COLUMNS = ("id", "case_id", "case_version", "portrayal", "began", "ended", "retry_of", "made_for", "attempt")
COURSE_RECORD = "It was made for an assignment: it is in your course's record, for as long as the course's rule says."
AS_FILE = {"Content-Disposition": 'attachment; filename="bedside-my-data.json"'}
HELD = "It is kept by your course until its staff let go of it."


class OwnEncounterView(Answer):
    """One encounter."""

    id: str
    case_id: str
    title: str
    """Of the case as it is now; its id where it is not on the shelf any more."""
    case_version: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not."""
    retry_of: str
    kind: Literal["practice", "attempt"]
    stays: str
    """Why it cannot be deleted by its learner; empty where it can."""


class OwnData(Answer):
    """What is kept."""

    name: str
    sign_in: str
    """The name they sign in with; empty in one-person mode."""
    roles: list[str]
    since: datetime | None
    encounters: list[OwnEncounterView]
    others: dict[str, int]
    """How much else, by kind: boards, posts, courses, case_files, shares."""
    erasure_asked_at: datetime | None
    """When they asked for their account to be erased; None: they did not."""


class Looked(Answer):
    """Somebody on the staff opened one of these encounters."""

    at: datetime
    who: str
    encounter_id: str
    what: str
    """As the audit calls it, e.g. `encounter_read`."""


class Erased(Answer):
    """What a deletion came to."""

    erased: list[str]
    kept: list[OwnEncounterView]


class ErasureAsk(Ask):
    """Whether the account is to be erased by an administrator."""

    wanted: bool


@router.get("/data")
async def read_own_data(given: Given, person: Someone) -> OwnData:
    """Everything, as a list; what was said is in the file."""
    account = await given.store.people.account(person.id)
    asked = account.about.get(ASKED) if account else None
    return OwnData(
        name=person.name,
        sign_in=account.sign_in if account else "",
        roles=sorted(person.roles),
        since=account.made_at if account else None,
        encounters=await _views(given, person),
        others=await given.store.own_data.counts(person.id),
        erasure_asked_at=datetime.fromisoformat(asked) if asked else None,
    )


@router.get("/data.json", response_class=StreamingResponse)
async def take_away(given: Given, person: Someone) -> StreamingResponse:
    """One file with all of it: every word, reflection, draft or signed mark that is theirs to see, every post, and
    what courses keep about them.
    """
    found = await given.store.own_data.encounters(person.id)
    return StreamingResponse(own_file(given, person, found), media_type="application/json", headers=AS_FILE)


@router.get("/data.csv", response_class=Response)
async def take_away_list(given: Given, person: Someone) -> Response:
    """The list of encounters for a spreadsheet; no cell is a formula."""
    rows = [_row(each) for each in await given.store.own_data.encounters(person.id)]
    return answer_csv("bedside-my-data.csv", COLUMNS, rows)


@router.get("/seen-by")
async def seen_by(given: Given, person: Someone) -> list[Looked]:
    """Who on the staff opened one of these encounters, newest first; at most 500."""
    rows = await given.store.own_data.looked_at(person.id)
    found = await given.store.people.several(row.actor for row in rows)
    names = {name: each.name for name, each in found.items()} | await _guests(given, {row.actor for row in rows})
    return [Looked(at=row.at, who=_who(row.actor, names), encounter_id=row.subject, what=row.action) for row in rows]


async def _guests(given: Services, actors: Iterable[str]) -> dict[str, str]:
    """Those who were invited to mark, by the name of their invitation, also after it was taken back."""
    wanted = [each for each in actors if each.startswith(MARKER)]
    found = {each: await given.store.marker(each.removeprefix(MARKER)) for each in wanted}
    return {name: f"{each.name}, invited to mark it" if each else "a guest" for name, each in found.items()}


@router.delete("/encounters", responses=responses(409))
async def erase_practice(given: Given, person: Someone) -> Erased:
    """Delete all practice for good. What a course keeps stays, and is named."""
    found = await given.store.own_data.encounters(person.id)
    gone = await given.store.own_data.erase([each.id for each in found if not each.course_id])
    for each in gone:
        await given.rooms.drop(each)
    await given.store.audit.note(person.id, "practice_erased", person.id, encounters=len(gone))
    return Erased(erased=gone, kept=[each for each in await _views(given, person) if each.stays])


@router.put("/erasure", responses=responses(409, 422))
async def ask_for_erasure(ask: ErasureAsk, given: Given, person: Someone) -> OwnData:
    """Ask the administrator to erase the account, or take that back. 409 for whoever has no account."""
    if not person.id.startswith(ACCOUNT):
        says = "There is no account of yours to erase."
        raise Conflict(says, code="no_account", mend="Delete your practice instead.")
    asked = {ASKED: utc_now().isoformat()} if ask.wanted else {}
    await given.store.people.tell(person.id, lambda about: _without(about, ASKED) | asked)
    await given.store.audit.note(person.id, "erasure_asked", person.id, wanted=ask.wanted)
    return await read_own_data(given, person)


def _without(about: dict[str, Any], name: str) -> dict[str, Any]:
    return {each: value for each, value in about.items() if each != name}


async def _views(given: Services, person: Person) -> list[OwnEncounterView]:
    return [_view(given, each) for each in await given.store.own_data.encounters(person.id)]


def _view(given: Services, each: OwnEncounter) -> OwnEncounterView:
    case = given.shelf.cases.get(each.case_id)
    return OwnEncounterView(
        id=each.id,
        case_id=each.case_id,
        title=case.title if case else each.case_id,
        case_version=each.case_version,
        portrayal=each.portrayal,
        created_at=each.created_at,
        ended=each.ended,
        retry_of=each.retry_of,
        kind="attempt" if each.course_id else "practice",
        stays=(HELD if each.held else COURSE_RECORD) if each.course_id else "",
    )


def _row(each: OwnEncounter) -> tuple[str, ...]:
    """In the order of `COLUMNS`."""
    return (
        each.id, each.case_id, each.case_version, each.portrayal, each.created_at.isoformat(), each.ended,
        each.retry_of, each.course_id, str(each.attempt or ""),
    )  # fmt: skip


def _who(actor: str, names: dict[str, str]) -> str:
    return names.get(actor) or ("removed user" if actor.startswith(ACCOUNT) else "the owner of this installation")
