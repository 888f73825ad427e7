"""/api/encounters/{id}/remarks: one's own bookmarks, notes and flags. Nobody else is shown them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from server.api.access import Someone, access_encounter
from server.api.encounters.replaying import as_it_stands
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.api.texts import storable
from server.core.errors import RequestError
from server.store.marking.remarks import Pointing, Remark, RemarkKind

router = APIRouter(prefix="/api/encounters", tags=["remarks"], responses=responses(401, 403))
Id = Annotated[str, Field(max_length=200)]
LONGEST_MS = 24 * 60 * 60 * 1000


class NewRemark(Ask):
    """What caught one's eye."""

    kind: RemarkKind
    turn: Id = ""
    """Id of the turn; empty: the whole, or a moment."""
    at_ms: Annotated[int, Field(ge=0, le=LONGEST_MS)] | None = None
    """Encounter time."""
    dimension: Id = ""
    """Of the rubric; empty: none."""
    text: Annotated[str, Field(max_length=2_000)] = ""
    """A note has words; a bookmark and a flag need none."""


class RemarkView(Answer):
    """One's own remark."""

    id: str
    kind: RemarkKind
    turn: str
    at_ms: int | None
    dimension: str
    text: str
    made_at: str


@router.get("/{encounter_id}/remarks", responses=responses(404))
async def list_remarks(encounter_id: str, given: Given, person: Someone) -> list[RemarkView]:
    """Your own, in the order in which you made them."""
    await access_encounter(given, person, encounter_id)
    return [_view(each) for each in await given.store.remarks.of(encounter_id, person.id)]


@router.post("/{encounter_id}/remarks", status_code=201, responses=responses(404, 409, 410, 422))
async def add_remark(encounter_id: str, ask: NewRemark, given: Given, person: Someone) -> RemarkView:
    """Also while the encounter runs."""
    await access_encounter(given, person, encounter_id)
    text = storable(ask.text).strip()
    if ask.kind == "note" and not text:
        raise RequestError("A note has words.", code="no_words", field="text", mend="Write some, or set a bookmark.")
    if ask.turn:
        await _require_turn(given, encounter_id, ask.turn)
    about = Pointing(ask.turn, ask.at_ms, storable(ask.dimension), text)
    return _view(await given.store.remarks.add(encounter_id, person.id, ask.kind, about))


@router.delete("/{encounter_id}/remarks/{remark_id}", status_code=204, responses=responses(404))
async def drop_remark(encounter_id: str, remark_id: str, given: Given, person: Someone) -> None:
    """One of your own."""
    await access_encounter(given, person, encounter_id)
    await given.store.remarks.drop(encounter_id, person.id, remark_id)


async def _require_turn(given: Services, encounter_id: str, turn: str) -> None:
    """Raises `RequestError`."""
    if turn not in {each.id for each in (await as_it_stands(given, encounter_id)).turns}:
        mend = "Use the id of a turn in the transcript."
        raise RequestError("There is no such turn.", code="no_such_turn", field="turn", mend=mend)


def _view(remark: Remark) -> RemarkView:
    about = remark.about
    return RemarkView(
        id=remark.id, kind=remark.kind, turn=about.turn, at_ms=about.at_ms, dimension=about.dimension,
        text=about.text, made_at=remark.made_at.isoformat(),
    )  # fmt: skip
