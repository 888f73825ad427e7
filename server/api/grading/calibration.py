"""GET /api/grading/calibration: how far colleagues, oneself and the draft agree on what was marked blind."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query

from server.api.access import Someone
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.shapes import Answer
from server.api.tickets import LOCAL
from server.assess.calibrating.as_json import as_record
from server.assess.calibrating.comparing import LEAST
from server.assess.calibrating.drafts import as_marks
from server.assess.calibrating.encounters import marked_twice
from server.assess.calibrating.findings import Basis, calibrate
from server.assess.calibrating.marks import DRAFT, Mark, raters_of, scales
from server.assess.calibrating.record import rater_of
from server.assess.calibrating.study import ENOUGH
from server.assess.draft import rubric_for
from server.core.errors import NotFound
from server.core.rubric import Rubric
from server.store.marking.grading import Waiting
from server.store.sql.clock import utc_now

router = APIRouter(prefix="/api/grading", tags=["grading"], responses=responses(401, 403))
Id = Annotated[str, Query(max_length=200)]
MOST_OWN = 5_000
SOURCE = "Encounters of your courses that two or more people have marked, each before seeing anything."


class RubricChoice(Answer):
    """A rubric that something could be marked on."""

    id: str
    title: str
    version: str


class CalibrationView(Answer):
    """What `bedside calibrate` computes, of the courses on whose staff you are."""

    rubrics: list[RubricChoice]
    rubric: str
    you: str
    """Your name among the raters; empty where you have marked nothing of it."""
    named: bool
    """False: other raters are called rater A, rater B."""
    least: int
    """Transcripts below which no figure is shown, and below which nothing is decided."""
    enough: int
    unreadable: int
    """Marked encounters that could not be read and are left out."""
    findings: dict[str, Any] | None
    """As in report.json; None: no encounter was marked by two people yet."""


@router.get("/calibration", responses=responses(404))
async def read_calibration(given: Given, person: Someone, rubric: Id = "") -> CalibrationView:
    """Names of other raters are shown to whoever owns every course that this is of; to nobody else."""
    every = await given.store.grading.waiting(person.id)
    chosen = _chosen(given, rubric or _commonest(given, every))
    marks, cards, unread = await _gathered(given, every, chosen, person.id)
    named = person.id == LOCAL or await given.store.grading.leads(person.id, {each.course_id for each in every})
    shown = _as_shown(marks, person.name, named=named)
    findings = None
    if shown:
        basis = Basis(chosen, utc_now().date().isoformat(), SOURCE, rater_of(chosen))
        async with given.scoring:
            findings = await asyncio.to_thread(lambda: as_record(calibrate([*shown, *as_marks(cards)], basis)))
    return CalibrationView(
        rubrics=[RubricChoice(id=r.rubric_id, title=r.title, version=r.rubric_version) for r in _rubrics(given)],
        rubric=chosen.rubric_id, you=person.name if person.name in raters_of(marks) else "", named=named,
        least=LEAST, enough=ENOUGH, unreadable=unread, findings=findings,
    )  # fmt: skip


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
    given: Services, every: Sequence[Waiting], rubric: Rubric, person_id: str
) -> tuple[list[Mark], Mapping[str, Any], int]:
    """Of their courses; one person who is everybody has their own as well, with those whom they invited."""
    ids = [each.encounter_id for each in every if each.ended and each.ended != "stop"]
    if person_id == LOCAL:
        ids += [each.id for each in await given.store.list_encounters(LOCAL, MOST_OWN) if each.ended]
    return await marked_twice(given.store, dict.fromkeys(ids), rubric, scales(rubric))


def _scattered(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()


def _as_shown(marks: Sequence[Mark], own: str, *, named: bool) -> list[Mark]:
    """With letters in place of the names of others, in an order that says nothing."""
    if named:
        return list(marks)
    others = sorted((name for name in raters_of(marks) if name not in (own, DRAFT)), key=_scattered)
    letters = {name: f"rater {chr(ord('A') + at % 26)}{at // 26 or ''}" for at, name in enumerate(others)}
    return [replace(mark, rater=letters.get(mark.rater, mark.rater)) for mark in marks]
