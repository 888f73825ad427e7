"""Cases that are kept: for an assignment that counts, and while marks of somebody's own attempt are withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from server.api.access import Person
from server.api.services import Services
from server.core.assigning.opening import why_withheld
from server.core.assigning.reserving import kept_until
from server.core.errors import Conflict
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt


async def reserved_for(given: Services, person: Person) -> Mapping[str, str]:
    """By case id, why this person cannot practise it now; most people are kept from none."""
    asked = await given.store.assignments.of_learner(person.id)
    if not asked:
        return {}
    made = await given.store.attempts.of_learner(person.id, [each.id for each in asked])
    now = given.clock()
    told = [((each.terms.case_id, each.terms.equivalent), _kept(each, made, now)) for each in asked]
    return {case_id: why for both, why in told if why for case_id in both if case_id}


def _kept(assignment: Assignment, made: Sequence[Attempt], now: datetime) -> str:
    own = [each for each in made if each.assignment_id == assignment.id]
    marked = [each for each in own if each.began and each.ended != "stop"]
    whys = (why_withheld(assignment.terms, each.stand, now) for each in marked)
    return kept_until(assignment.terms, now, begun=bool(own), withheld=next(filter(None, whys), ""))


async def refuse_reserved(given: Services, person: Person, case_id: str) -> None:
    """Raises `Conflict` for a case that is kept from them."""
    why = (await reserved_for(given, person)).get(case_id)
    if why:
        raise Conflict(why, code="case_reserved", mend="Choose another case to practise.")
