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
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.tickets import LOCAL
from server.content.shelf import Shelf
from server.core.case import Case
from server.core.errors import Conflict, NotAllowed
from server.store.authoring.authoring import CaseFile, CaseRemark, Written
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
    after = await given.store.authoring.take(file_id, person.id, ask.edition, ask.step, written)
    await _put(given, after, written, read.case)
    if ask.words.strip():
        note = CaseRemark(
            f"crm_{secrets.token_urlsafe(16)}", file_id, person.id, words(ask.words), utc_now(), after.edition
        )
        await given.store.authoring.remark(note)
    return await view_of(given, person, after)


async def _refuse_own(given: Services, person: Person, file: CaseFile) -> None:
    """Raises `NotAllowed` for a writer, and for whoever saved an edition and may no longer change it."""
    wrote = authors_of(await given.store.authoring.editions(file.id)) | set(file.writers)
    if person.id in wrote and person.id != LOCAL:
        raise NotAllowed("Somebody else approves what you wrote.", code="own_case", mend="Ask another educator.")


async def _put(given: Services, after: CaseFile, written: Written, case: Case | None) -> None:
    """Let learners meet it, or no longer, in this process at once; others read it when they start."""
    shelf = given.shelf
    if not isinstance(shelf, Shelf) or after.status not in ("published", "retired"):
        return
    for each in after.shelved:
        if after.status == "retired" or each.case_id != written.case_id:
            shelf.retire(each.case_id)
    if after.status == "published" and case is not None:
        shelf.place(case, reviewed=after.reviewed)


def _refuse_shipped(given: Services, case: Case) -> None:
    """Raises `Conflict` for the id of a case of the folder: it would hide that one."""
    shelf = given.shelf
    if isinstance(shelf, Shelf) and case.case_id in shelf.folder.cases:
        mend = f"Write another case_id, e.g. {case.case_id}-2."
        raise Conflict(f'A case of the folder has the case_id "{case.case_id}".', code="id_taken", mend=mend)
