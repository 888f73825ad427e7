"""Encounters: open one, list one's own, read the transcript as heard, erase one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from pydantic import Field
from starlette.requests import HTTPConnection, Request

from server.api.access import Person, Someone, access_case, access_encounter, new_encounter_id
from server.api.courses.reserved import refuse_reserved
from server.api.encounters.carried import CarriedView, carried_to, shown
from server.api.encounters.public_case import needs_review, time_percents, variant_of, wording_digest
from server.api.encounters.replaying import as_it_stands
from server.api.limits import refuse_flood
from server.api.phases import Phase
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer, Ask
from server.core.case import Case
from server.core.doubting import doubtful_spans
from server.core.encounter import Encounter
from server.core.errors import Conflict, RequestError
from server.core.events import Opened
from server.core.timing import timing
from server.core.transcript import LEARNER, Turn
from server.store.encounters.carried import CarriedItem
from server.store.encounters.encounters import EncounterInfo

router = APIRouter(prefix="/api/encounters", tags=["encounters"], responses=responses(401, 403))
Portrayal = Literal["teaching", "assessment"]
Limit = Annotated[int, Query(ge=1, le=200)]
Offset = Annotated[int, Query(ge=0, le=1_000_000)]


class NewEncounter(Ask):
    """A wish to meet somebody."""

    case_id: str
    portrayal: Portrayal = "teaching"
    """teaching: good moves are visibly rewarded; assessment: never easier or harder on purpose."""
    time_percent: int = 100
    """Time accommodation, one of the case's `time_percents`: 150 is time and a half, 0 is untimed."""
    variant: str = ""
    """Id of one of the case's `variants`; empty: the case as written."""
    seed: Annotated[int, Field(ge=0, le=2_147_483_647)] = 0
    """Another seed begins each list of lines elsewhere; the same seed is the same for everyone, 0 is as written."""
    carry: bool = True
    """Take up what your own earlier act handed on to this case; false: begin as the case is written."""
    acknowledged: bool = False
    """The learner has read the briefing, where speech goes included, and agreed; which wording it was is recorded."""


class OpenedEncounter(Answer):
    """Where to meet."""

    id: str
    realtime_url: str
    """The WebSocket of this encounter."""
    not_reviewed: bool
    """The variant needs the review of somebody it speaks for, and the case has not had one."""
    carried: list[CarriedView]
    """What it takes up from an earlier act; empty while the marks of that one are withheld."""


class EncounterCard(Answer):
    """One line of the list."""

    id: str
    case_id: str
    case_version: str
    portrayal: str
    created_at: datetime
    ended: str
    """Why it ended; empty while it has not."""
    phase: Phase
    """Where it stands: `reflection` waits for the learner's own words, `done` has its report."""
    retry_of: str
    """The encounter of which it takes one moment up again; empty for a first meeting."""
    course_id: str
    """The course for which it was made; empty: it is practice."""


class TurnView(Answer):
    """One turn of the transcript, as it was heard."""

    id: str
    speaker: str
    """`learner` or a cast id."""
    text: str
    heard_ms: int
    """How much of its sound was heard; 0 for typed words."""
    kind: Literal["said", "shown", "action", "silence"]
    at_ms: int
    """Encounter time at which it began."""
    confidence: float
    """How sure the recogniser was, 0 to 1."""
    doubtful: list[tuple[int, int]]
    """Runs of words that were heard with doubt and do not count: the first, from 0, and the one after the last."""
    murmurs: list[str]
    """What the learner said under it to show that they listen, and that stopped nobody."""
    cut: bool
    """It was interrupted."""
    failed: str
    """Why a reply came to nothing; empty when it did not."""


class EncounterView(Answer):
    """An encounter and its transcript."""

    id: str
    case_id: str
    case_version: str
    phase: Phase
    ended: str
    portrayal: str
    variant: str
    """Empty: the case as written."""
    speakers: dict[str, str]
    """Names by cast id; the learner's role under `learner`."""
    retry_of: str
    """The encounter of which it takes one moment up again; empty for a first meeting."""
    course_id: str = ""
    """The course for which it was made; empty: it is practice."""
    turns: list[TurnView]
    timing: dict[str, float | int | None]
    """What a stopwatch would know; never part of the score."""


@router.post("", status_code=201, responses=responses(404, 409, 422))
async def open_encounter(ask: NewEncounter, request: Request, given: Given, person: Someone) -> OpenedEncounter:
    """A new encounter, at its door. Nothing runs until its socket is opened."""
    case = access_case(given, ask.case_id)
    encounter_id, carried = await create(given, person, case, ask)
    return OpenedEncounter(
        id=encounter_id,
        realtime_url=realtime_url(request, given, encounter_id),
        not_reviewed=needs_review(case, ask.variant),
        carried=await shown(given, person, case.case_id, carried),
    )


@router.get("")
async def list_encounters(given: Given, person: Someone, limit: Limit = 50, offset: Offset = 0) -> list[EncounterCard]:
    """One's own, newest first."""
    found = await given.store.list_encounters(person.id, limit, offset)
    phases = await given.phases.of(found, given.rooms)
    ids = [each.id for each in found]
    firsts, made_for = await given.store.firsts_of(ids), await given.store.own_data.made_for(ids)
    return [
        _card(each, phase, firsts.get(each.id, ""), made_for.get(each.id, ""))
        for each, phase in zip(found, phases, strict=True)
    ]


@router.get("/{encounter_id}", responses=responses(404, 410))
async def read_encounter(encounter_id: str, given: Given, person: Someone) -> EncounterView:
    """The transcript as heard, also while it runs."""
    await access_encounter(given, person, encounter_id)
    seen = view(await as_it_stands(given, encounter_id))
    belonging = await given.store.courses.belonging(encounter_id)
    return seen.model_copy(update={"course_id": belonging.made_for})


@router.delete("/{encounter_id}", status_code=204, responses=responses(404))
async def erase_encounter(encounter_id: str, given: Given, person: Someone) -> None:
    """Erase it with its log, its scorecards, and the retries of its moments. There is no way back."""
    await access_encounter(given, person, encounter_id)
    for gone in await given.store.erase(encounter_id):
        await given.rooms.drop(gone)
    await given.store.audit.note(person.id, "encounter_erased", encounter_id)


async def create(
    given: Services, person: Person, case: Case, wish: NewEncounter
) -> tuple[str, tuple[CarriedItem, ...]]:
    """Store a new encounter of `case`: its id, and what it takes up. Raises `Conflict` and `RequestError`."""
    if wish.time_percent not in (allowed := time_percents(case)):
        raise RequestError(
            f"time_percent must be one of: {', '.join(map(str, allowed))}.", code="bad_field", field="time_percent"
        )
    await refuse_reserved(given, person, case.case_id)
    await refuse_flood(given, person.id)
    opened, carried = await prepared(given, person, case, wish)
    await given.store.create(case, opened, person.id)
    return opened.encounter_id, carried


async def prepared(
    given: Services, person: Person, case: Case, wish: NewEncounter
) -> tuple[Opened, tuple[CarriedItem, ...]]:
    """The beginning of an encounter that is not stored yet, and what it takes up. Raises `Conflict`, `RequestError`."""
    if case.status == "retired":
        raise Conflict("This case is retired.", code="case_retired", mend="Choose another.")
    played = variant_of(case, wish.variant)
    carried = await carried_to(given, person, played) if wish.carry else ()
    opened = Opened(
        new_encounter_id(),
        case.case_id,
        case.case_version,
        case.digest,
        wish.portrayal,
        wish.time_percent,
        variant=wish.variant,
        seed=wish.seed,
        carried={item.name: item.value for item in carried},
        acknowledged=wording_digest(played, given.engines) if wish.acknowledged else "",
    )
    return opened, carried


def base_url(connection: HTTPConnection, given: Services) -> str:
    """Where this client reaches us, without a slash at the end."""
    scheme = "https" if given.secure else "http"
    return (given.public_url or f"{scheme}://{connection.headers['host']}").rstrip("/")


def realtime_url(connection: HTTPConnection, given: Services, encounter_id: str) -> str:
    """Where the socket of an encounter is, as this client reaches us."""
    return f"{base_url(connection, given).replace('http', 'ws', 1)}/v1/realtime?encounter={encounter_id}"


def _card(found: EncounterInfo, phase: Phase, retry_of: str, course_id: str) -> EncounterCard:
    return EncounterCard(
        id=found.id,
        case_id=found.case_id,
        case_version=found.case_version,
        portrayal=found.portrayal,
        created_at=found.created_at,
        ended=found.ended,
        phase=phase,
        retry_of=retry_of,
        course_id=course_id,
    )


def view(encounter: Encounter) -> EncounterView:
    """Without the board, the plans and the observations: those are the patient's and the rater's."""
    return EncounterView(
        id=encounter.id,
        case_id=encounter.case.case_id,
        case_version=encounter.case.case_version,
        phase=encounter.phase,
        ended=encounter.ended,
        portrayal=encounter.portrayal,
        variant=encounter.case.variant,
        speakers=speakers(encounter.case),
        retry_of=encounter.retry.of if encounter.retry else "",
        turns=[_turn(encounter, turn) for turn in encounter.turns],
        timing=timing(encounter),
    )


def speakers(case: Case) -> dict[str, str]:
    """Who is who in a transcript."""
    return {LEARNER: case.logistics.learner_role, **{member.id: member.name for member in case.cast}}


def _turn(encounter: Encounter, turn: Turn) -> TurnView:
    return TurnView(
        id=turn.id,
        speaker=turn.speaker,
        text=turn.text,
        heard_ms=turn.heard_ms,
        kind=turn.kind,
        at_ms=turn.at_ms,
        confidence=turn.confidence,
        doubtful=list(doubtful_spans(turn)),
        murmurs=[murmur.text for murmur in encounter.murmurs if murmur.reply == turn.id],
        cut=turn.cut,
        failed=turn.failed,
    )
