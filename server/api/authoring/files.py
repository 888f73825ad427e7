"""Case files: the list, a new one, its text, who may change it. What comes of it is in `publishing`."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from itertools import count

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.authoring.door import access_file, card_of, names_of, view_of
from server.api.authoring.reading import aside, described, fit, read_text, sound
from server.api.authoring.shapes import Beginning, CaseFileCard, CaseFileView, CoAuthors, NewFile, SaveFile
from server.api.problems import responses
from server.api.services import Given, Services
from server.content import beginnings
from server.content.lint.names import is_slug
from server.core.case import Case
from server.core.errors import RequestError
from server.store.authoring.authoring import CaseFile
from server.store.authoring.case_files import FILE
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/case-files", tags=["authoring"], responses=responses(401, 403))


async def case_of_file(services: Services, person: Person, file_id: str) -> Case:
    """The case that a file makes as it stands. Raises `NotFound`, and `RequestError` with what keeps it from being
    played.
    """
    file = await access_file(services, person, file_id)
    return sound(await read_text(services, file.text, thorough=False))


@router.get("")
async def list_files(given: Given, person: Someone) -> list[CaseFileCard]:
    """Yours, those you may change, and what others have shown: newest change first."""
    files = await given.store.authoring.files_for(person.id)
    names = await names_of(given, [file.owner for file in files])
    return [card_of(file, person, names) for file in files]


@router.get("/beginnings")
async def list_beginnings(given: Given, _: Someone) -> list[Beginning]:
    """Families to grow a case from; to copy a case, see GET /api/cases."""
    found = await aside(lambda: beginnings.families(given.personas))
    return [Beginning(id=each.id, title=each.title, summary=each.summary) for each in found]


@router.post("", status_code=201, responses=responses(404, 409, 413, 422, 503))
async def make_file(ask: NewFile, given: Given, person: Someone) -> CaseFileView:
    """A copy gets an id, a title and a version of its own; an uploaded text stays to the letter."""
    text = await _begun(given, person, ask)
    written, now = await described(given, fit(text)), utc_now()
    file = CaseFile(
        f"{FILE}{secrets.token_urlsafe(16)}", person.id, text, now, now,
        case_id=written.case_id, title=written.title, version=written.version,
    )  # fmt: skip
    await given.store.authoring.add(file, written.digest)
    return await view_of(given, person, file)


async def _begun(given: Services, person: Person, ask: NewFile) -> str:
    """The text that a new file begins with. Raises `RequestError`, `NotFound`."""
    chosen = [name for name in ("copy_of", "copy_of_file", "family", "text") if getattr(ask, name)]
    if len(chosen) != 1:
        mend = "Give exactly one of copy_of, copy_of_file, family and text."
        raise RequestError("It is not said what to begin with.", code="bad_field", field="copy_of", mend=mend)
    if ask.text:
        return ask.text
    files = await given.store.authoring.files_for(person.id)
    if ask.family:
        text = await aside(lambda: beginnings.family_text(given.personas, ask.family))
        return beginnings.as_new(text, _free_id(given, files, ask.family))
    text, name = await _copied(given, person, ask)
    titles = {case.title for case in given.shelf.cases.values()} | {file.title for file in files}
    copy = await aside(lambda: beginnings.as_copy(text, titles))
    return beginnings.as_new(copy, _free_id(given, files, name))


async def _copied(given: Services, person: Person, ask: NewFile) -> tuple[str, str]:
    """Text and id of a file, or of a case of the library, be it of the folder or published here."""
    if ask.copy_of_file:
        copied = await access_file(given, person, ask.copy_of_file)
        return copied.text, copied.case_id
    for file in await given.store.authoring.shelved():
        if file.published and file.shelved[-1].case_id == ask.copy_of:
            return (await given.store.authoring.edition(file.id, file.published)).text, ask.copy_of
    return await aside(lambda: beginnings.case_text(given.personas, ask.copy_of)), ask.copy_of


def _free_id(given: Services, files: Sequence[CaseFile], name: str) -> str:
    """An id that is neither in the library nor in a file that this person sees."""
    taken = {*given.shelf.cases, *(file.case_id for file in files)}
    stem = re.sub(r"-copy[0-9]*$", "", name)
    stem = stem if is_slug(stem) else "case"  # a draft may call itself anything
    return next(each for n in count(1) if (each := f"{stem}-copy{n if n > 1 else ''}") not in taken)


@router.get("/{file_id}", responses=responses(404))
async def read_file(file_id: str, given: Given, person: Someone) -> CaseFileView:
    """With its text, editions and remarks."""
    return await view_of(given, person, await access_file(given, person, file_id))


@router.put("/{file_id}", responses=responses(404, 409, 413, 422, 503))
async def save_file(file_id: str, ask: SaveFile, given: Given, person: Someone) -> CaseFileCard:
    """One more edition, also of a text that cannot be played yet. 409 `changed_meanwhile` where somebody else saved."""
    await access_file(given, person, file_id)
    written = await described(given, fit(ask.text))
    file = await given.store.authoring.save(file_id, person.id, ask.edition, written)
    return card_of(file, person, await names_of(given, [file.owner]))


@router.put("/{file_id}/people", responses=responses(404, 422))
async def share_file(file_id: str, ask: CoAuthors, given: Given, person: Someone) -> CaseFileView:
    """Who else may change it, by the names they sign in with; the list replaces the one before."""
    await access_file(given, person, file_id)
    found = [await _educator(given, name) for name in ask.people]
    return await view_of(given, person, await given.store.authoring.share(file_id, person.id, found))


async def _educator(given: Services, name: str) -> str:
    account = await given.store.people.named(name)
    if account is None or not account.active or "educator" not in account.roles:
        mend = "Look at how they sign in, or ask an administrator."
        raise RequestError("No educator signs in by this name.", code="no_educator", field="people", mend=mend)
    return account.id


@router.delete("/{file_id}", status_code=204, responses=responses(404, 409))
async def delete_file(file_id: str, given: Given, person: Someone) -> None:
    """With its editions and remarks; one that was ever published is retired instead."""
    await access_file(given, person, file_id)
    await given.store.authoring.remove(file_id, person.id)
