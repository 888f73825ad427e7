"""From a draft to a case that learners meet: submitted, approved by somebody else, published, retired.

Alone on an installation one approves one's own: that is kept as what it is, and learners go on reading `not yet
reviewed by educators`.
"""

from __future__ import annotations

import secrets

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.authoring.door import access_file, view_of
from server.api.authoring.reading import read_text, sound, written_of
from server.api.authoring.reviews import words
from server.api.authoring.shapes import CaseFileView, TakeStep
from server.api.authoring.shelving import try_to_renew
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.tickets import LOCAL
from server.content.shelf import Shelf
from server.core.case import Case
from server.core.errors import Conflict, NotAllowed
from server.store.authoring.authoring import CaseFile, CaseRemark
from server.store.authoring.case_files import authors_of
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/case-files/{file_id}", tags=["authoring"], responses=responses(401, 403, 404))


@router.post("/steps", responses=responses(409, 422, 503))
async def take_step(file_id: str, ask: TakeStep, given: Given, person: Someone) -> CaseFileView:
    """One step. Only a text without errors goes forward; 409 where it changed meanwhile, or the version must be
    raised.
    """
    file = await access_file(given, person, file_id)
    if ask.step == "approved":
        await _refuse_own(given, person, file)
    read = await read_text(given, file.text)
    written = written_of(file.text, read)
    if ask.step in ("submitted", "approved", "published"):
        case = sound(read)
        _refuse_shipped(given, case)
    remark = _remark(ask, file_id, person)
    after = await given.store.authoring.take(file_id, person.id, ask.edition, ask.step, written, remark)
    if isinstance(given.shelf, Shelf):
        await try_to_renew(given.shelf, given.store)
    return await view_of(given, person, after)


def _remark(ask: TakeStep, file_id: str, person: Person) -> CaseRemark | None:
    """What is said with a step. Raises `RequestError` where it cannot be kept."""
    if not ask.words.strip():
        return None
    return CaseRemark(f"crm_{secrets.token_urlsafe(16)}", file_id, person.id, words(ask.words), utc_now())


async def _refuse_own(given: Services, person: Person, file: CaseFile) -> None:
    """Raises `NotAllowed` for a writer, and for whoever saved an edition and may no longer change it."""
    wrote = authors_of(await given.store.authoring.editions(file.id)) | set(file.writers)
    if person.id in wrote and person.id != LOCAL:
        raise NotAllowed("Somebody else approves what you wrote.", code="own_case", mend="Ask another educator.")


def _refuse_shipped(given: Services, case: Case) -> None:
    """Raises `Conflict` for the id of a case of the folder: it would hide that one."""
    shelf = given.shelf
    if isinstance(shelf, Shelf) and case.case_id in shelf.folder.cases:
        mend = f"Write another case_id, e.g. {case.case_id}-2."
        raise Conflict(f'A case of the folder has the case_id "{case.case_id}".', code="id_taken", mend=mend)
