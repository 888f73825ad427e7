"""Cases that are kept for an assignment that counts: its learners do not practise them beforehand."""

from __future__ import annotations

from collections.abc import Mapping

from server.api.access import Person
from server.api.services import Services
from server.core.assigning.reserving import kept_until
from server.core.errors import Conflict


async def reserved_for(given: Services, person: Person) -> Mapping[str, str]:
    """By case id, why this person cannot practise it now; most people are kept from none."""
    asked = [each for each in await given.store.assignments.of_learner(person.id) if each.terms.kind == "summative"]
    if not asked:
        return {}
    made = await given.store.attempts.of_learner(person.id, [each.id for each in asked])
    begun, now = {each.assignment_id for each in made}, given.clock()
    told = {each.terms.case_id: kept_until(each.terms, now, begun=each.id in begun) for each in asked}
    return {case_id: why for case_id, why in told.items() if why}


async def refuse_reserved(given: Services, person: Person, case_id: str) -> None:
    """Raises `Conflict` for a case that is kept from them."""
    why = (await reserved_for(given, person)).get(case_id)
    if why:
        raise Conflict(why, code="case_reserved", mend="Choose another case to practise.")
