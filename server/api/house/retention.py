"""/api/house/retention: what is due for erasure and why, and the task that erases it.

The rules are those of courses and assignments (`server.core.assigning.retention`); nothing is erased that somebody has
put on hold, that is appealed, or for which a study still owes feedback. Practice is the learner's own and never due.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import islice
from typing import Any

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tasks.kinds import Kind, register
from server.api.tasks.progress import Progress
from server.core.assigning.retention import Due, Kept, due, on_hold
from server.core.errors import RequestError
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt
from server.store.house.retention import BATCH
from server.store.house.tasks import Task

router = APIRouter(prefix="/api/house/retention", tags=["house"], responses=responses(401, 403))
SHOWN = 200


class DueView(Answer):
    """One attempt that the next run erases."""

    encounter_id: str
    assignment: str
    why: str
    since: datetime


class RetentionView(Answer):
    """What the next run would do."""

    due: int
    shown: list[DueView]
    """The longest due first, at most 200."""
    attempts: int
    """That there are."""
    held: int
    """Of these, on hold."""
    server_time: datetime


@router.get("")
async def read_retention(given: Given, _: Someone) -> RetentionView:
    """A preview; nothing is erased by looking."""
    everyone, now = await given.store.attempts.everyone(), given.clock()
    titles = {attempt.encounter_id: assignment.terms.title for attempt, assignment in everyone}
    found = due((kept_of(*each) for each in everyone), now)
    return RetentionView(
        due=len(found), attempts=len(everyone), server_time=now,
        held=sum(on_hold(attempt.held, attempt.held_until, now) for attempt, _ in everyone),
        shown=[_due_view(each, titles[each.encounter_id]) for each in found[:SHOWN]],
    )  # fmt: skip


def _due_view(each: Due, assignment: str) -> DueView:
    return DueView(encounter_id=each.encounter_id, assignment=assignment, why=each.why, since=each.since)


def kept_of(attempt: Attempt, assignment: Assignment) -> Kept:
    """What the rule is asked about."""
    return Kept(
        attempt.encounter_id, assignment.terms, assignment.kept, attempt.stand, attempt.read_at, attempt.held,
        attempt.held_until, attempt.appealed,
    )  # fmt: skip


async def what_is_due(given: Services) -> list[Due]:
    """By the server's clock, now."""
    return due([kept_of(*each) for each in await given.store.attempts.everyone()], given.clock())


async def _allow(_given: Services, _person: Person, about: str, asked: Mapping[str, Any]) -> str:
    if about or asked:
        raise RequestError("Retention takes no words: it erases whatever is due.", code="bad_field", field="about")
    return "Erase what its time is over for"


async def run_retention(given: Services, task: Task, progress: Progress) -> dict[str, Any]:
    """A few in one transaction, each with its row in the audit; scrubbed once at the end."""
    found = await what_is_due(given)
    left, gone = iter(found), list[str]()
    while batch := list(islice(left, BATCH)):
        progress(len(gone), len(found) + 1, "erasing")
        erased = await given.store.erasure.erase_due(batch, task.owner, given.clock())
        for each in erased:
            await given.rooms.drop(each)
        gone += erased
    if gone or await given.store.erasure.scrub_owed():
        progress(len(found), len(found) + 1, "emptying what deletion left behind")
        await given.store.erasure.scrub()
    await given.store.audit.note(task.owner, "retention_run", "", due=len(found), erased=len(gone))
    return {"due": len(found), "erased": len(gone)}


register("retention", Kind(run_retention, _allow, roles=frozenset({"administrator"})))
