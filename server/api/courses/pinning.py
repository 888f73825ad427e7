"""The cases that those meet who do an assignment: the same for all, whatever becomes of them in the library.

Most meet the case that was set; where its staff named an equivalent, a learner may take that one instead.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from server.api.access import access_case
from server.api.encounters.public_case import variant_of
from server.api.services import Services
from server.core.assigning.terms import Terms
from server.core.case import Case
from server.core.errors import NotFound, RequestError, StoreError
from server.store.courses.assignments import Assignment


@dataclass(frozen=True)
class Chosen:
    """What is met."""

    case: Case
    equivalent: Case | None = None
    """None: none is offered."""

    @property
    def both(self) -> tuple[Case, ...]:
        """All that is to be kept."""
        return (self.case, self.equivalent) if self.equivalent else (self.case,)


async def chosen_cases(given: Services, terms: Terms, old: Assignment | None = None, *, begun: bool = False) -> Chosen:
    """As the library has them now; what `old` pinned and nobody changed may have left it. Once somebody has `begun`,
    all meet what was pinned, whatever the library has. Raises `RequestError`.
    """
    case = await _case(given, terms, old, begun=begun)
    if begun and (kept := await _kept(given, old, same=_offered(terms, old), equivalent=True)):
        return Chosen(case, kept)
    try:
        return Chosen(case, _equivalent(given, terms, case))
    except RequestError:
        if kept := await _kept(given, old, same=_offered(terms, old), equivalent=True):
            return Chosen(case, kept)
        raise


async def _case(given: Services, terms: Terms, old: Assignment | None, *, begun: bool) -> Case:
    if begun and (kept := await _kept(given, old, same=_same(terms, old))):
        return kept
    try:
        return _chosen(given, terms)
    except RequestError:
        if kept := await _kept(given, old, same=_same(terms, old)):
            return kept
        raise


def _offered(terms: Terms, old: Assignment | None) -> bool:
    """Nobody chose another equivalent since, nor another case."""
    return old is not None and _same(terms, old) and old.terms.equivalent == terms.equivalent


def _same(terms: Terms, old: Assignment | None) -> bool:
    """Nobody chose another case since."""
    names = ("case_id", "variant", "rubric")
    return old is not None and all(getattr(terms, name) == getattr(old.terms, name) for name in names)


async def _kept(given: Services, old: Assignment | None, *, same: bool, equivalent: bool = False) -> Case | None:
    if old is None or not same or not (old.equivalent if equivalent else old.digest):
        return None
    return await case_of(given, old, equivalent=equivalent)


def _chosen(given: Services, terms: Terms) -> Case:
    """The case that is set, drafted with the rubric that was chosen. Raises `RequestError`."""
    case = _in_library(given, terms.case_id, "case_id")
    variant_of(case, terms.variant)
    return _rated_by(given, case, terms.rubric)


def _equivalent(given: Services, terms: Terms, case: Case) -> Case | None:
    """Equal is only what is scored by the same rubric. Raises `RequestError`."""
    if not terms.equivalent:
        return None
    found = _in_library(given, terms.equivalent, "equivalent")
    rubric, offered = next(iter(rubrics_of(given, case)), ""), rubrics_of(given, found)
    if rubric not in offered and (rubric or offered):
        mend = f"Choose a case that is scored by {rubric}." if rubric else "Choose one in which nothing is scored."
        raise RequestError(
            "The two cases are not scored by the same rubric.", code="no_rubric", field="equivalent", mend=mend
        )
    return _rated_by(given, found, rubric)


def _in_library(given: Services, case_id: str, field: str) -> Case:
    try:
        case = access_case(given, case_id)
    except NotFound:
        mend = "Choose one of the list."
        raise RequestError("There is no such case.", code="case_not_found", field=field, mend=mend) from None
    if case.status == "retired":
        raise RequestError("This case is retired.", code="case_retired", field=field, mend="Choose another.")
    return case


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


async def case_of(given: Services, assignment: Assignment, *, equivalent: bool = False) -> Case | None:
    """The pinned one; before, the one of the library. None where it cannot be read, or is gone, or none is offered."""
    terms = assignment.terms
    digest, case_id = (assignment.equivalent, terms.equivalent) if equivalent else (assignment.digest, terms.case_id)
    if not digest:
        return given.shelf.cases.get(case_id)
    try:
        return await given.store.assignments.case(digest)
    except StoreError:
        return None
