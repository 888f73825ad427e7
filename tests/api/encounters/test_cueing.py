"""Who may bring moments forward: the course's staff, and whom somebody has invited to who may know the case."""

from __future__ import annotations

import httpx2
from fastapi import FastAPI

from server.api.access import Person, new_observer_id
from server.api.encounters.cueing import may_cue
from server.api.encounters.transcripts import lines_of
from server.api.services import Services
from server.store.encounters.event_log import StoredEntry
from server.store.encounters.observers import OBSERVER
from tests.api.encounters.test_encounters import made
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as, with_account

LOG = ("Entered", "Typed", "Cued", "CueTakenBack", "SentenceReady")


async def test_staff_may_and_the_learner_never(given: Services) -> None:
    staff, learner = await with_account(given, ("faculty",)), await with_account(given)
    course = await a_course(given, staff)
    await enrolled(given, course.id, learner)
    encounter_id = await an_attempt(given, await an_assignment(given, course.id), learner)
    assert await may_cue(given, Person(staff.id), encounter_id)
    assert not await may_cue(given, Person(learner.id), encounter_id)


async def test_an_observer_may_if_the_invitation_says_so(given: Services, script: httpx2.AsyncClient) -> None:
    path = f"/api/encounters/{await made(script)}/observers"
    for allowed in (False, True):
        invited = (await script.post(path, json={"may_cue": allowed})).json()
        assert await may_cue(given, Person(OBSERVER + invited["id"]), path.split("/")[3]) is allowed
    assert [each["may_cue"] for each in (await script.get(path)).json()] == [False, True]
    assert not await may_cue(given, Person(OBSERVER + new_observer_id(may_cue=True)), path.split("/")[3])


async def test_a_student_lets_nobody_see_what_is_hidden(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("student",)) as (student, _):
        path = f"/api/encounters/{await made(student)}/observers"
        answer = await student.post(path, json={"may_cue": True})
        assert (answer.status_code, answer.json()["code"]) == (403, "staff_only")
        assert (await student.get(path)).json() == []
        assert (await student.post(path)).status_code == 201


async def test_what_a_learner_reads_of_the_log_has_no_gap_where_a_cue_stood(given: Services) -> None:
    stored = [StoredEntry(seq, kind, {"text": kind}, seq * 10) for seq, kind in enumerate(LOG, 1)]
    assert [(line.seq, line.text) for line in lines_of(stored)] == [(2, "Typed"), (3, "SentenceReady")]
