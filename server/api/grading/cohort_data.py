"""From the store to what a cohort is made of: for each attempt its marks, its learner's own, and who marked it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from server.api.services import Services
from server.assess.cohorts.seen import Seen
from server.assess.draft import rubric_for
from server.assess.signing import marking_of
from server.core.case import Case
from server.core.debriefing.nameless import without_names
from server.core.errors import NotFound
from server.core.marking.marking import Sheet
from server.core.rubric import Rubric
from server.store.courses.assignments import Assignment
from server.store.marking.grading import About
from server.store.people.course_people import Member

ROLE = "the learner"
"""What stands in place of a learner's name."""


async def seen_of(given: Services, assignment: Assignment) -> list[Seen]:
    """Every attempt that has ended, oldest first; not those at the equivalent case, which has other moments."""
    every = await given.store.attempts.of_assignment(assignment.id)
    made = [each for each in every if each.ended and not each.equivalent]
    people = {each.person: each for each in await given.store.courses.people(assignment.course_id)}
    about = await given.store.grading.about(each.encounter_id for each in made)
    return [_seen(each.encounter_id, each.learner, people.get(each.learner), about[each.encounter_id]) for each in made]


async def left_out(given: Services, assignment: Assignment, group: str) -> int:
    """How many attempts at the equivalent case have ended, in this group (empty: everybody), and are not counted."""
    every = await given.store.attempts.of_assignment(assignment.id)
    made = [each.learner for each in every if each.ended and each.equivalent]
    groups = {each.person: each.group for each in await given.store.courses.people(assignment.course_id)}
    return sum(not group or groups.get(each) == group for each in made)


def _seen(encounter_id: str, learner: str, member: Member | None, about: About) -> Seen:
    marking = marking_of(about.steps)
    blind = {} if marking.draft_shown else marking.sheets
    return Seen(
        encounter_id=encounter_id,
        learner=learner,
        group=member.group if member else "",
        card=about.signed or about.draft,
        draft=about.draft,
        self_rating=about.self_rating or {},
        sheets=tuple((author, _own(sheet)) for author, sheet in sorted(blind.items()) if sheet.closed),
        may_show=member is not None and member.may_show,
    )


def _own(sheet: Sheet) -> dict[str, int | None]:
    """As they were given before the draft was seen."""
    return {name: value.line.level for name, value in sheet.own.items()}


async def met_by(given: Services, assignment: Assignment) -> tuple[Case, Rubric]:
    """The case that everybody met, and the rubric it is marked by. Raises `NotFound`."""
    terms = assignment.terms
    case = await given.store.assignments.case(assignment.digest) if assignment.digest else None
    case = case or given.shelf.cases.get(terms.case_id)
    if case is None:
        raise NotFound("The case of this assignment is not here any more.", code="case_not_found")
    rubric = given.shelf.rubrics.get(terms.rubric) if terms.rubric else None
    return case, rubric or rubric_for(case, given.shelf.rubrics)


async def nameless(given: Services, learners: Sequence[str]) -> Callable[[str, str], str]:
    """Of a learner and some words: the words without that learner's name."""
    accounts = await given.store.people.several(learners)
    masks: Mapping[str, Callable[[str], str]] = {
        each.id: without_names([each.name, each.sign_in.partition("@")[0]], ROLE) for each in accounts.values()
    }
    return lambda learner, words: masks[learner](words) if learner in masks else words
