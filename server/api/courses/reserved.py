"""Cases that are kept: for an assignment that counts, and while marks of somebody's own attempt are withheld."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from server.api.access import Person
from server.api.services import Services
from server.core.assigning.attempting import why_not
from server.core.assigning.opening import why_withheld
from server.core.assigning.reserving import kept_until
from server.core.errors import Conflict
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import Attempt, tries_of
from server.store.people.course_people import Member


async def reserved_for(given: Services, person: Person) -> Mapping[str, str]:
    """By case id, why this person cannot practise it now; most people are kept from none."""
    asked = await given.store.assignments.of_learner(person.id)
    if not asked:
        return {}
    made = await given.store.attempts.of_learner(person.id, [each.id for each in asked])
    now = given.clock()
    members = {name: await given.store.courses.member(name, person.id) for name in {each.course_id for each in asked}}
    kept: dict[str, str] = {}
    for each in asked:
        own = [one for one in made if one.assignment_id == each.id]
        member = members[each.course_id]
        ahead = member is not None and _may_opt_out(each, member, own, now)
        kept[each.terms.case_id] = _kept(each, own, now, begun=bool(own)) or kept.get(each.terms.case_id, "")
        instead = _kept(each, own, now, begun=bool(own) and not ahead)
        kept[each.terms.equivalent] = instead or kept.get(each.terms.equivalent, "")
    return {case_id: why for case_id, why in kept.items() if case_id and why}


def _may_opt_out(assignment: Assignment, member: Member, own: Sequence[Attempt], now: datetime) -> bool:
    """They have not met the equivalent, and may still begin with it; who is in the case may stop it and do so."""
    stopped = [replace(each, ended=each.ended or "stop") for each in own]
    code, _ = why_not(assignment.terms, tries_of(assignment.id, member, stopped), now, instead=True)
    return not code and not any(each.equivalent and each.began for each in own)


def _kept(assignment: Assignment, own: Sequence[Attempt], now: datetime, *, begun: bool) -> str:
    marked = [each for each in own if each.began and each.ended != "stop"]
    whys = (why_withheld(assignment.terms, each.stand, now) for each in marked)
    return kept_until(assignment.terms, now, begun=begun, withheld=next(filter(None, whys), ""))


async def refuse_reserved(given: Services, person: Person, case_id: str) -> None:
    """Raises `Conflict` for a case that is kept from them."""
    why = (await reserved_for(given, person)).get(case_id)
    if why:
        raise Conflict(why, code="case_reserved", mend="Choose another case to practise.")
