"""The file with everything that is kept about one person, written piece by piece: it may be large."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict
from typing import Any

from server.api.access import Person
from server.api.encounters.encounters import view
from server.api.encounters.replaying import PlayedByOlder, as_it_stands
from server.api.encounters.transcripts import lines_of
from server.api.marking.releasing import learner_card
from server.api.services import Services
from server.core.encounter import Encounter
from server.core.errors import BedsideError
from server.core.scoring.scoring import why_not_scored
from server.store.people.own_data import OwnEncounter
from server.store.sql.texts import to_json

FORMAT = "bedside-own-data-1"


async def own_file(given: Services, person: Person, found: Sequence[OwnEncounter]) -> AsyncIterator[str]:
    """One JSON object, an encounter at a time."""
    yield f'{{"format":{to_json(FORMAT)},"person":{to_json(await _person(given, person))},"encounters":['
    for number, each in enumerate(found):
        yield ("," if number else "") + to_json(await _encounter(given, each))
    yield f"],{to_json(await given.store.own_data.records(person.id))[1:]}"


async def _person(given: Services, person: Person) -> dict[str, Any]:
    account = await given.store.people.account(person.id)
    about = {"id": person.id, "name": person.name, "roles": sorted(person.roles), "time_percent": person.time_percent}
    if account is None:
        return about
    return about | {"sign_in": account.sign_in, "since": account.made_at.isoformat(), "about": account.about}


async def _encounter(given: Services, each: OwnEncounter) -> dict[str, Any]:
    """With every word of it; what cannot be opened by this version still has its words."""
    told = asdict(each) | {"created_at": each.created_at.isoformat()}
    writings = [asdict(w) | {"written_at": w.written_at.isoformat()} for w in await given.store.writings(each.id)]
    try:
        encounter = await as_it_stands(given, each.id)
    except PlayedByOlder:
        return told | {"opens_here": False, "lines": await _lines(given, each.id), "writings": writings}
    return told | {"opens_here": True, "writings": writings} | await _inside(given, encounter)


async def _inside(given: Services, encounter: Encounter) -> dict[str, Any]:
    """While it runs, only what was heard so far: what is about to be said is not to be read before it is."""
    own = encounter.reflection
    return {
        "lines": await _lines(given, encounter.id) if encounter.over else [],
        "turns": [] if encounter.over else [turn.model_dump(mode="json") for turn in view(encounter).turns],
        "reflection": asdict(own) if own else None,
        "corrections": [asdict(each) for each in encounter.corrections],
        "scorecard": await _card(given, encounter),
    }


async def _lines(given: Services, encounter_id: str) -> list[dict[str, Any]]:
    return [line.model_dump() for line in lines_of(await given.store.stored(encounter_id))]


async def _card(given: Services, encounter: Encounter) -> dict[str, Any] | None:
    """None before the reflection, and where nothing is scored."""
    if encounter.reflection is None or not encounter.over or why_not_scored(encounter):
        return None
    try:
        return (await learner_card(given, encounter))[0]
    except BedsideError:
        return None
