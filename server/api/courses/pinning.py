"""The case that everybody meets who does an assignment: the same for all, whatever becomes of it in the library."""

from __future__ import annotations

from dataclasses import replace

from server.api.access import access_case
from server.api.encounters.public_case import variant_of
from server.api.services import Services
from server.core.assigning.terms import Terms
from server.core.case import Case
from server.core.errors import NotFound, RequestError, StoreError
from server.store.courses.assignments import Assignment


def chosen_case(given: Services, terms: Terms) -> Case:
    """The case as the library has it now, drafted with the rubric that was chosen. Raises `RequestError`."""
    try:
        case = access_case(given, terms.case_id)
    except NotFound:
        mend = "Choose one of the list."
        raise RequestError("There is no such case.", code="case_not_found", field="case_id", mend=mend) from None
    if case.status == "retired":
        raise RequestError("This case is retired.", code="case_retired", field="case_id", mend="Choose another.")
    variant_of(case, terms.variant)
    return _rated_by(given, case, terms.rubric)


def rubrics_of(given: Services, case: Case) -> list[str]:
    """Ids of the rubrics that a draft of this case may be made with, the case's first choice first."""
    named = [each.ref for each in case.assessment.instruments if each.kind == "rubric" and "draft" in each.rater]
    return [name for name in named if name in given.shelf.rubrics]


def _rated_by(given: Services, case: Case, rubric: str) -> Case:
    """The first rubric that a case names makes its draft, so the chosen one is put first."""
    offered = rubrics_of(given, case)
    if not rubric or offered[:1] == [rubric]:
        return case
    if rubric not in offered:
        mend = f"Choose one of: {', '.join(offered)}." if offered else "Leave it empty: nothing is scored here."
        raise RequestError("This case is not scored by that rubric.", code="no_rubric", field="rubric", mend=mend)
    ordered = sorted(case.assessment.instruments, key=lambda each: each.ref != rubric)
    return replace(case, assessment=replace(case.assessment, instruments=tuple(ordered)))


async def case_of(given: Services, assignment: Assignment) -> Case | None:
    """The pinned one; before, the one of the library. None where it cannot be read, or is gone."""
    if not assignment.digest:
        return given.shelf.cases.get(assignment.terms.case_id)
    try:
        return await given.store.assignments.case(assignment.digest)
    except StoreError:
        return None
