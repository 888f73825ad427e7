"""/api/grading/calibration: how far colleagues, oneself and the draft agree on what was marked blind."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from server.api.access import Person, Someone
from server.api.grading.calibration_in_force import Study, in_force, proposal
from server.api.grading.calibration_shapes import CalibrationView, RubricChoice
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.tickets import LOCAL
from server.assess.calibrating.as_json import as_record
from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.drafts import as_marks
from server.assess.calibrating.encounters import marked_twice
from server.assess.calibrating.findings import Basis, Findings, calibrate
from server.assess.calibrating.marks import DRAFT, Mark, raters_of, scales
from server.assess.calibrating.record import rater_of
from server.assess.calibrating.study import ENOUGH
from server.assess.draft import rubric_for
from server.core.errors import NotFound
from server.core.rubric import Rubric
from server.store.marking.grading import Waiting

router = APIRouter(prefix="/api/grading", tags=["grading"], responses=responses(401, 403))
Id = Annotated[str, Query(max_length=200)]
SOURCE = "Encounters of your courses that two or more people have marked, each before seeing anything."
HOUSE = (
    "Attempts and shared practice of all courses that two or more of the staff have marked, "
    "each before seeing anything."
)


@router.get("/calibration", responses=responses(404))
async def read_calibration(given: Given, person: Someone, rubric: Id = "") -> CalibrationView:
    """Of the courses on whose staff you are; an administrator's is of the whole house. Names of other raters are shown
    to whoever leads every course that this is of; to nobody else.
    """
    found = await study_of(given, person, rubric)
    return CalibrationView(
        rubrics=[RubricChoice(id=r.rubric_id, title=r.title, version=r.rubric_version) for r in _rubrics(given)],
        rubric=found.rubric.rubric_id, you=found.you, named=found.named, least=LEAST, enough=ENOUGH,
        unreadable=found.unreadable, findings=as_record(found.findings) if found.findings else None,
        in_force=await in_force(given, person, found.rubric), proposal=await proposal(given, person, found),
    )  # fmt: skip


async def study_of(given: Services, person: Person, rubric: str) -> Study:
    """Raises `NotFound` for a rubric that is not on the shelf; empty: the one that most of it was marked on."""
    every = await given.store.grading.waiting(person.id)
    chosen = _chosen(given, rubric or _commonest(given, every))
    marks, cards, unread = await _gathered(given, every, chosen, person)
    theirs = {mark.transcript for mark in marks} <= {each.encounter_id for each in every}
    leads = theirs and await given.store.grading.leads(person.id, {each.course_id for each in every})
    named = person.id == LOCAL or leads
    shown = _as_shown(marks, person.name, named=named)
    source = HOUSE if "administrator" in person.roles else SOURCE
    basis = Basis(chosen, given.clock().date().isoformat(), source, rater_of(chosen))
    findings = await _found(given, shown, cards, basis) if shown else None
    you = person.name if person.name in raters_of(marks) else ""
    return Study(chosen, findings, you, named, leads, unread)


async def _found(given: Services, marks: Sequence[Mark], cards: Mapping[str, Any], basis: Basis) -> Findings:
    async with given.scoring:
        return await asyncio.to_thread(calibrate, [*marks, *as_marks(cards)], basis)


def _rubrics(given: Services) -> list[Rubric]:
    return sorted(given.shelf.rubrics.values(), key=lambda each: each.rubric_id)


def _commonest(given: Services, every: Sequence[Waiting]) -> str:
    """The rubric on which most of these are marked; empty where there are none."""
    cases = [case for each in every if (case := given.shelf.cases.get(each.case_id))]
    found: Counter[str] = Counter()
    for case in cases:
        with suppress(NotFound):
            found[rubric_for(case, given.shelf.rubrics).rubric_id] += 1
    return next((name for name, _ in found.most_common(1)), "")


def _chosen(given: Services, name: str) -> Rubric:
    """Raises `NotFound`."""
    found = given.shelf.rubrics.get(name) if name else next(iter(_rubrics(given)), None)
    if found is None:
        raise NotFound("There is no such rubric.", code="rubric_not_found", field="rubric", mend="Leave it out.")
    return found


async def _gathered(
    given: Services, every: Sequence[Waiting], rubric: Rubric, person: Person
) -> tuple[list[Mark], Mapping[str, Any], int]:
    """Of their courses; an administrator's, and of one person who is everybody, is of all that two people marked."""
    owners = {each.encounter_id: each.learner for each in every if each.ended and each.ended != "stop"}
    if "administrator" in person.roles:
        owners |= await given.store.grading.marked_by_two()
    return await marked_twice(given.store, owners, rubric, scales(rubric))


def _scattered(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _as_shown(marks: Sequence[Mark], own: str, *, named: bool) -> list[Mark]:
    """With letters in place of the names of others, in an order that says nothing."""
    if named:
        return list(marks)
    others = sorted((name for name in raters_of(marks) if name not in (own, DRAFT)), key=_scattered)
    letters = {name: f"rater {chr(ord('A') + at % 26)}{at // 26 or ''}" for at, name in enumerate(others)}
    return [replace(mark, rater=letters.get(mark.rater, mark.rater)) for mark in marks]
