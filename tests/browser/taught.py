"""A course whose learners have met somebody: written into an empty data folder before the server starts.

What they said are the case's own rehearsals, so a whole cohort takes a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from server.api.access import new_encounter_id
from server.assess.draft import Drafts
from server.content.folders import load_library
from server.core.advance import replay
from server.core.assigning.terms import Terms
from server.core.events import Event, Opened, Reflected, Typed
from server.core.log import Entry
from server.core.rehearsing import rehearse
from server.store.courses.assignments import Assignment
from server.store.courses.attempts import Wanted
from server.store.courses.courses import Course
from server.store.people.accounts import ACCOUNT, Account
from server.store.people.course_people import Member
from server.store.sql.clock import utc_now
from server.store.store import Store
from tests.browser.serving import ROOT

CASE = "novak-discharge"
SKILLS = ("skilled", "average", "average", "poor", "skilled", "poor", "average")


@dataclass(frozen=True)
class Taught:
    """What was written."""

    course: str
    assignment: str
    encounters: Sequence[str]
    learners: Sequence[Account]


async def taught(data: Path, skills: Sequence[str] = SKILLS, owner: str = "local") -> Taught:
    """A course of `owner`, an assignment, and one encounter of each learner, drafted."""
    library = load_library(ROOT / "personas", ROOT / "rubrics")
    case, now = library.cases[CASE], utc_now()
    store = await Store.open(f"sqlite:///{data / 'bedside.db'}")
    course = Course(f"crs_{'c' * 22}", owner, "Nursing, year 1", groups=("Monday", "Friday"))
    await store.courses.add(course)
    assignment = Assignment(f"asg_{'a' * 22}", course.id, Terms("Going home", CASE, published=True), digest=case.digest)
    await store.assignments.add(assignment, case)
    learners = [Account(f"{ACCOUNT}{number:022d}", f"l{number}", name, ("student",)) for number, name in _names(skills)]
    await store.people.add(learners)
    await store.courses.enrol([_member(course.id, each.id, n) for n, each in enumerate(learners)], owner)
    drafts, made = Drafts(store, library.rubrics), []
    rehearsed = {skill: rehearse(case, skill).log for skill in set(skills)}
    for number, (learner, skill) in enumerate(zip(learners, skills, strict=True)):
        log = _log(rehearsed[skill], learner.name, number)
        await store.attempts.begin(Wanted(assignment.id, learner.id, case, log[0][0], 0), now)  # type: ignore[arg-type]
        entries = [Entry(place, event, at_ms) for place, (event, at_ms) in enumerate(log, 1)]
        await store.append(log[0][0].encounter_id, entries[1:])  # type: ignore[union-attr]
        await drafts(replay(case, log))
        made.append(log[0][0].encounter_id)  # type: ignore[union-attr]
    await store.close()
    return Taught(course.id, assignment.id, made, learners)


def _member(course_id: str, person: str, number: int) -> Member:
    """All but the last agreed to be shown."""
    group = "Monday" if number % 2 else "Friday"
    return Member(course_id, person, "learner", group, may_show=number != len(SKILLS) - 1)


def _names(skills: Sequence[str]) -> list[tuple[int, str]]:
    given = ("Zuzana", "Tomas", "Ines", "Oluwaseun", "Mirjam", "Padraig", "Katya", "Rosalind")
    return [(number, f"{given[number % len(given)]} Learner{number}") for number in range(len(skills))]


def _log(rehearsed: Sequence[tuple[Event, int]], name: str, number: int) -> list[tuple[Event, int]]:
    """The rehearsal under an id of its own; its learner says their name first, and marks themself at the end."""
    log = list(rehearsed)
    opened = log[0][0]
    assert isinstance(opened, Opened)
    log[0] = (replace(opened, encounter_id=new_encounter_id()), 0)
    at = next(place for place, (event, _) in enumerate(log) if isinstance(event, Typed))
    first = log[at][0]
    assert isinstance(first, Typed)
    log[at] = (replace(first, text=f"Hello, I'm {name.split()[0]}. {first.text}"), log[at][1])
    own = {"responsiveness": 2 + number % 3, "understanding": number % 4, "support": 3}
    return [(replace(e, self_rating=own) if isinstance(e, Reflected) else e, at_ms) for e, at_ms in log]
