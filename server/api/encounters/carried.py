"""What an earlier act handed on to a case: its learner may read it in plain words, and put it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from fastapi import APIRouter

from server.api.access import Person, Someone, access_case
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.withholding import refuse_withheld, withheld_of
from server.core.case import Case
from server.core.errors import NotFound
from server.core.unfolding import fitting
from server.store.encounters.carried import CarriedItem

router = APIRouter(prefix="/api/cases", tags=["cases"], responses=responses(401, 403))


class CarriedView(Answer):
    """One thing that this act knows of an earlier one."""

    id: str
    label: str
    value: int | str


class CarriedOver(Answer):
    """What your own earlier encounter handed on to this case."""

    case_id: str
    from_encounter: str
    """Empty where you have not played the act before, or have erased it."""
    made_at: datetime | None
    items: list[CarriedView]
    """What the next encounter of this case begins with; empty once it was put back."""
    withheld: str
    """Why nothing of it is told yet, though the next encounter begins with it; empty where it is."""


@router.get("/{case_id}/carried", responses=responses(404))
async def read_carried(case_id: str, given: Given, person: Someone) -> CarriedOver:
    """Your own only. A new encounter takes it up unless it is opened with `carry: false`. While the marks of what
    handed it on are withheld nothing of it is told, for it says how planted moments went.
    """
    case = access_case(given, case_id)
    kept = await given.store.get_carried(person.id, case_id)
    return CarriedOver(
        case_id=case_id,
        from_encounter=kept.from_encounter if kept else "",
        made_at=kept.made_at if kept else None,
        items=await shown(given, person, case_id, _that_fit(case, kept.items if kept else ())),
        withheld=await _withheld(given, person, case_id),
    )


@router.delete("/{case_id}/carried", status_code=204, responses=responses(404))
async def put_back_all(case_id: str, given: Given, person: Someone) -> None:
    """The next encounter of this case begins as it is written. Encounters that are open keep what they began with."""
    access_case(given, case_id)
    await given.store.put_back(person.id, case_id)


@router.delete("/{case_id}/carried/{item_id}", status_code=204, responses=responses(404, 409))
async def put_back_one(case_id: str, item_id: str, given: Given, person: Someone) -> None:
    """As above, for one thing only. 409 while nothing of it is told: that there is such a thing would be."""
    access_case(given, case_id)
    if kept := await given.store.get_carried(person.id, case_id):
        await refuse_withheld(given, kept.from_encounter)
    try:
        await given.store.put_back(person.id, case_id, item_id)
    except NotFound:
        mend = "GET this case's /carried lists what there is."
        raise NotFound("There is no such item.", code="item_not_found", mend=mend) from None


async def carried_to(given: Services, person: Person, case: Case) -> tuple[CarriedItem, ...]:
    """What a new encounter of `case`, of this learner, takes up: only what the case still has a place for."""
    kept = await given.store.get_carried(person.id, case.case_id)
    return _that_fit(case, kept.items) if kept else ()


def _that_fit(case: Case, items: Iterable[CarriedItem]) -> tuple[CarriedItem, ...]:
    return tuple(item for item in items if fitting(case, {item.name: item.value}))


async def shown(given: Services, person: Person, case_id: str, items: Iterable[CarriedItem]) -> list[CarriedView]:
    """What a new encounter of this case takes up, as its learner may see it: without the names that the engine uses."""
    if await _withheld(given, person, case_id):
        return []
    return [CarriedView(id=item.id, label=item.label, value=item.value) for item in items]


async def _withheld(given: Services, person: Person, case_id: str) -> str:
    kept = await given.store.get_carried(person.id, case_id)
    return await withheld_of(given, kept.from_encounter) if kept else ""
