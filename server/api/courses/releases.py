"""What the staff do about attempts: release marks, give feedback that a study owes, put on hold."""

from __future__ import annotations

from datetime import UTC, datetime

from fastapi import APIRouter

from server.api.access import Someone, access_encounter
from server.api.courses.course_people import names_of
from server.api.courses.doors import access_assignment
from server.api.courses.status_shapes import HoldAsk, HoldView, OwedView, ReleaseAsk, Released
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.core.assigning.retention import Due, on_hold
from server.core.assigning.terms import withheld
from server.core.assigning.zones import told
from server.core.errors import Conflict, NotFound, RequestError
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt

router = APIRouter(prefix="/api", tags=["assignments"], responses=responses(401, 403, 404))


@router.post("/assignments/{assignment_id}/release", responses=responses(409, 422))
async def release_marks(assignment_id: str, ask: ReleaseAsk, given: Given, person: Someone) -> Released:
    """Marks that were each opened and signed. 409 names those that were not, and then nothing is released."""
    found, _ = await access_assignment(given, person, assignment_id)
    done = await given.store.staff_steps.release(found, ask.encounter_ids, person.id, given.clock())
    return Released(released=[each.encounter_id for each in done])


@router.get("/assignments/{assignment_id}/owed")
async def list_owed(assignment_id: str, given: Given, person: Someone) -> list[OwedView]:
    """Attempts whose arm withholds feedback, until their learner has read it."""
    found, _ = await access_assignment(given, person, assignment_id)
    return await _owed(given, found)


@router.post("/assignments/{assignment_id}/owed", responses=responses(409, 422))
async def give_feedback(assignment_id: str, ask: ReleaseAsk, given: Given, person: Someone) -> list[OwedView]:
    """Open withheld feedback to these learners before its day. Whatever else waits for a signature still does."""
    found, _ = await access_assignment(given, person, assignment_id)
    await given.store.staff_steps.give(found, ask.encounter_ids, person.id, given.clock())
    return await _owed(given, found)


async def _owed(given: Services, found: Assignment) -> list[OwedView]:
    made = await given.store.attempts.of_assignment(found.id)
    owed = [each for each in made if withheld(each.arm) and each.ended and not each.read_at]
    names, now = await names_of(given, {each.learner for each in owed}), given.clock()
    views = [_owed_view(found, each, names[each.learner], now) for each in owed]
    return sorted(views, key=lambda each: (each.name.casefold(), each.encounter_id))


def _owed_view(found: Assignment, each: Attempt, name: str, now: datetime) -> OwedView:
    by = found.terms.owed_at
    return OwedView(
        encounter_id=each.encounter_id, person=each.learner, name=name, arm=each.arm, by=by,
        overdue=by is not None and by <= now, given_at=each.given_at, read_at=each.read_at,
    )  # fmt: skip


@router.put("/encounters/{encounter_id}/hold", responses=responses(409, 422))
async def put_on_hold(encounter_id: str, ask: HoldAsk, given: Given, person: Someone) -> HoldView:
    """No rule of retention erases it as long as the hold lasts."""
    await access_encounter(given, person, encounter_id)
    until = _until(ask, given.clock())
    why = " ".join(storable(ask.why).split())
    kept = await given.store.staff_steps.hold(encounter_id, person.id, ask.held, until, why)
    return HoldView(held=kept.held, until=kept.held_until, why=kept.held_why)


def _until(ask: HoldAsk, now: datetime) -> datetime | None:
    if not ask.until or not ask.held:
        return None
    try:
        said = datetime.fromisoformat(ask.until)
        until = said.astimezone(UTC) if said.tzinfo else None
    except (ValueError, OverflowError):  # the latter: a zone that leads out of the years 1 to 9999
        until = None
    if until is None or until <= now:
        mend = "Write it like 2027-05-01T00:00:00Z, or leave it empty."
        raise RequestError("until must be a moment to come, with its zone.", code="bad_time", field="until", mend=mend)
    return until


@router.delete("/encounters/{encounter_id}/attempt", status_code=204, responses=responses(409))
async def erase_attempt(encounter_id: str, given: Given, person: Someone) -> None:
    """Before its time, with its retries; it has been made all the same. 409 on hold, or while an appeal waits. There is
    no way back.
    """
    await access_encounter(given, person, encounter_id)
    await refuse_held(given, encounter_id)
    now = given.clock()
    gone = await given.store.erasure.erase_due([Due(encounter_id, "by its staff", now)], person.id, now)
    if not gone:
        mend = "Answer the appeal or lift the hold first."
        raise Conflict("Something waits for this encounter, so it was not erased.", code="cannot_erase", mend=mend)
    for each in gone:
        await given.rooms.drop(each)
    await given.store.erasure.scrub()


async def refuse_held(given: Services, encounter_id: str) -> None:
    """For whoever is about to erase an attempt. Raises `Conflict` while it is on hold, `NotFound` for practice."""
    both = await given.store.attempts.attempt(encounter_id)
    if both is None:
        raise NotFound("This encounter was made for no assignment.", code="not_assigned")
    if not on_hold(both[0].held, both[0].held_until, given.clock()):
        return
    until = f"until {told(both[0].held_until, 'UTC')}" if both[0].held_until else "until the hold is lifted"
    raise Conflict(f"This encounter is on hold {until}.", code="on_hold", mend="Ask the staff of its course.")
