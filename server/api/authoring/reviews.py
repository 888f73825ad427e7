"""Reading somebody's case: editions, what differs between them, remarks at a line."""

from __future__ import annotations

import secrets

from fastapi import APIRouter

from server.api.access import Someone
from server.api.authoring.door import access_file, edition_of, names_of, remarks_of
from server.api.authoring.reading import aside, fit
from server.api.authoring.shapes import (
    CompareText,
    Difference,
    DiffLine,
    EditionNumber,
    EditionText,
    NewRemark,
    RemarkView,
    SettleRemark,
)
from server.api.problems import responses
from server.api.services import Given
from server.api.texts import storable
from server.content.difference import differences
from server.core.errors import RequestError
from server.store.authoring.authoring import CaseRemark
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/case-files/{file_id}", tags=["authoring"], responses=responses(401, 403, 404))


@router.get("/editions/{edition}", responses=responses(422))
async def read_edition(file_id: str, edition: EditionNumber, given: Given, person: Someone) -> EditionText:
    """As it stood then."""
    await access_file(given, person, file_id)
    found = await given.store.authoring.edition(file_id, edition)
    names = await names_of(given, [found.author])
    return EditionText(**edition_of(found, names).model_dump(), text=found.text)


@router.get("/diff", responses=responses(422))
async def diff_editions(
    file_id: str, old: EditionNumber, new: EditionNumber, given: Given, person: Someone
) -> Difference:
    """What differs between two editions."""
    await access_file(given, person, file_id)
    before = await given.store.authoring.edition(file_id, old)
    after = await given.store.authoring.edition(file_id, new)
    return await _difference(before.text, after.text)


@router.post("/compare", responses=responses(413, 422))
async def compare_text(file_id: str, ask: CompareText, given: Given, person: Someone) -> Difference:
    """What differs between a stored edition and a text that is not stored."""
    await access_file(given, person, file_id)
    before = await given.store.authoring.edition(file_id, ask.edition)
    return await _difference(before.text, fit(ask.text))


async def _difference(old: str, new: str) -> Difference:
    found = await aside(lambda: differences(old, new))
    return Difference(places=[[DiffLine(**vars(line)) for line in place] for place in found])


@router.post("/remarks", status_code=201, responses=responses(422))
async def add_remark(file_id: str, ask: NewRemark, given: Given, person: Someone) -> list[RemarkView]:
    """Say something of a line, a key or the whole file; answers all remarks."""
    await access_file(given, person, file_id)
    await given.store.authoring.edition(file_id, ask.edition)
    remark = CaseRemark(
        f"crm_{secrets.token_urlsafe(16)}", file_id, person.id, words(ask.words), utc_now(), ask.edition, ask.line,
        storable(ask.key),
    )  # fmt: skip
    await given.store.authoring.remark(remark)
    return await _remarks(file_id, given, person)


@router.put("/remarks/{remark_id}")
async def settle_remark(
    file_id: str, remark_id: str, ask: SettleRemark, given: Given, person: Someone
) -> list[RemarkView]:
    """Tick it off, or open it again; answers all remarks."""
    await access_file(given, person, file_id)
    await given.store.authoring.settle(file_id, remark_id, ask.settled)
    return await _remarks(file_id, given, person)


async def _remarks(file_id: str, given: Given, person: Someone) -> list[RemarkView]:
    found = await given.store.authoring.remarks(file_id)
    return remarks_of(found, person, await names_of(given, [each.author for each in found]))


def words(text: str) -> str:
    """Fit to store. Raises `RequestError` for nothing at all."""
    found = storable(text).strip()
    if not found:
        raise RequestError("There is nothing in it.", code="bad_field", field="words", mend="Write something.")
    return found
