"""/api/assignments/{id}/cohort: what the encounters of an assignment say together, for the staff of its course.

Nobody is named and nobody can be ranked; small groups are not shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from server.api.access import Person, Someone
from server.api.courses.doors import access_assignment
from server.api.csv_text import answer_csv
from server.api.grading.cohort_data import left_out, met_by, nameless, seen_of
from server.api.grading.cohort_rows import COLUMNS, rows_of
from server.api.grading.cohort_shapes import CohortRow, CohortView, FiguresView, Marks
from server.api.problems import responses
from server.api.services import Given, Services
from server.assess.cohorts.seen import Seen, groups_shown, newest_scored, signed_shown
from server.assess.cohorts.view import View, view
from server.assess.reporting.cohort import FEWEST, cohort, cohort_html
from server.core.case import Case
from server.core.errors import Conflict, NotFound
from server.core.rubric import Rubric
from server.store.courses.assignments import Assignment
from server.store.courses.courses import Course

router = APIRouter(prefix="/api", tags=["grading"], responses=responses(401, 403))
Group = Annotated[str, Query(max_length=200, description="of the course; empty: everybody")]


@dataclass(frozen=True)
class Found:
    """One assignment, with the encounters that are looked at."""

    assignment: Assignment
    course: Course
    case: Case
    rubric: Rubric
    groups: tuple[str, ...]
    group: str
    marks: Marks
    signed_shown: bool
    counted: Sequence[Seen]
    equivalents: int

    @property
    def enough(self) -> bool:
        return len(self.counted) >= FEWEST


@router.get("/cohorts")
async def list_cohorts(given: Given, person: Someone) -> list[CohortRow]:
    """The published assignments of the courses on whose staff you are, newest course first."""
    rows: list[CohortRow] = []
    for course, part in await given.store.courses.of(person.id):
        if part == "staff":
            learners = (await given.store.courses.counts([course.id]))[course.id].get("learner", 0)
            made = await given.store.assignments.of_course(course.id)
            rows += [await _row(given, each, course, learners) for each in made if each.terms.published]
    return rows


async def _row(given: Services, assignment: Assignment, course: Course, learners: int) -> CohortRow:
    case = given.shelf.cases.get(assignment.terms.case_id)
    scored = len(newest_scored(await seen_of(given, assignment)))
    return CohortRow(
        id=assignment.id, title=assignment.terms.title, course=course.title,
        case_title=case.title if case else assignment.terms.case_id, learners=learners, scored=scored,
        enough=scored >= FEWEST,
    )  # fmt: skip


@router.get("/assignments/{assignment_id}/cohort", responses=responses(404, 409))
async def read_cohort(
    assignment_id: str, given: Given, person: Someone, group: Group = "", marks: Marks = "all"
) -> CohortView:
    """404 for a group that is too small to be looked at by itself, or none, and for signed marks where they are."""
    found = await _found(given, person, assignment_id, group, marks)
    figures, quoted = await _figures(given, found) if found.enough else (None, [])
    await given.store.audit.note_looks(person.id, "quoted_to_staff", quoted)
    return CohortView(
        id=found.assignment.id,
        title=found.assignment.terms.title,
        course_id=found.course.id,
        course=found.course.title,
        case_title=found.case.title,
        case_version=found.case.case_version,
        groups=list(found.groups),
        group=found.group,
        marks=found.marks,
        signed_shown=found.signed_shown,
        scored=len(found.counted),
        equivalents=found.equivalents,
        fewest=FEWEST,
        figures=FiguresView(**asdict(figures)) if figures else None,
    )


@router.get("/assignments/{assignment_id}/cohort.csv", responses=responses(404, 409), response_class=Response)
async def cohort_csv(
    assignment_id: str, given: Given, person: Someone, group: Group = "", marks: Marks = "all"
) -> Response:
    """One row a figure, with n and its interval; no row tells of one learner. The download is written down."""
    found = await _enough(await _found(given, person, assignment_id, group, marks))
    rows = rows_of((await _figures(given, found))[0], found.equivalents)
    await given.store.audit.note(person.id, "cohort_exported", assignment_id, learners=len(found.counted), file="csv")
    return answer_csv(f"cohort-{assignment_id}.csv", COLUMNS, rows)


@router.get("/assignments/{assignment_id}/cohort.pdf", responses=responses(404, 409, 503), response_class=Response)
async def cohort_pdf(
    assignment_id: str, given: Given, person: Someone, group: Group = "", marks: Marks = "all"
) -> Response:
    """On A4, in black and white. 503 where this machine lacks the library that lays out PDF."""
    found = await _enough(await _found(given, person, assignment_id, group, marks))
    cards = [each.card for each in found.counted if each.card is not None]
    html = await asyncio.to_thread(lambda: cohort_html(cohort(found.case, found.rubric, cards)))
    made = await given.press.print(html)
    await given.store.audit.note(person.id, "cohort_exported", assignment_id, learners=len(found.counted), file="pdf")
    headers = {"Content-Disposition": f"attachment; filename=cohort-{assignment_id}.pdf"}
    return Response(made, media_type="application/pdf", headers=headers)


async def _found(given: Services, person: Person, assignment_id: str, group: str, marks: Marks) -> Found:
    """Raises `NotFound`, and `NotAllowed` for learners."""
    assignment, course = await access_assignment(given, person, assignment_id)
    case, rubric = await met_by(given, assignment)
    every = [each for each in newest_scored(await seen_of(given, assignment)) if _is_by(each, rubric)]
    groups, signed = groups_shown(every), signed_shown(every, group)
    if group and group not in groups:
        says = "This group cannot be looked at by itself: it is too small, or what is left would be."
        raise NotFound(says, code="group_not_shown", mend=f"A group needs {FEWEST} learners, and the rest as many.")
    if marks == "signed" and not signed:
        says = "What is signed cannot be looked at by itself: it is too little, or the drafts that are left would be."
        raise NotFound(says, code="signed_not_shown", mend=f"It takes {FEWEST} signed, and {FEWEST} drafts or none.")
    counted = [each for each in every if (not group or each.group == group) and (marks == "all" or each.signed)]
    equivalents = await left_out(given, assignment, group)
    return Found(assignment, course, case, rubric, groups, group, marks, signed, counted, equivalents)


def _is_by(seen: Seen, rubric: Rubric) -> bool:
    return bool((seen.card or {}).get("rubric", {}).get("id") == rubric.rubric_id)


async def _enough(found: Found) -> Found:
    """Raises `Conflict` for too few."""
    if not found.enough:
        says = f"{len(found.counted)} learners are scored; fewer than {FEWEST} are not shown together."
        raise Conflict(says, code="too_few", mend="Wait for more.")
    return found


async def _figures(given: Services, found: Found) -> tuple[View, list[str]]:
    """With the ids of the encounters from which words are quoted."""
    mask = await nameless(given, [each.learner for each in found.counted if each.may_show])
    said: dict[str, set[str]] = {}

    def told(learner: str, words: str) -> str:
        masked = mask(learner, words)
        said.setdefault(masked, set()).add(learner)
        return masked

    figures = await asyncio.to_thread(view, found.case, found.rubric, found.counted, told)
    whose = {learner for each in figures.exemplars for learner in said[each.quote]}
    return figures, [each.encounter_id for each in found.counted if each.learner in whose]
