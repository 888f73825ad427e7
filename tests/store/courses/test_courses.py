"""Courses, attempts and shares as they are stored, by both databases."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.core.assigning.terms import Retention, Study, Terms
from server.core.case import Case
from server.core.errors import BedsideError, Conflict, NotFound
from server.core.events import Ended, Entered
from server.core.log import Entry
from server.store.courses.assignments import Assignment
from server.store.courses.attempt_rows import tries_of
from server.store.courses.attempts import Wanted
from server.store.courses.courses import Course
from server.store.people.accounts import Account
from server.store.people.course_people import Member
from server.store.store import Store
from tests.store.samples import opened

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
TEACHER, ANN, BO = "acc_teacher", "acc_ann", "acc_bo"


async def a_course(store: Store, case: Case, **terms: Any) -> Assignment:
    """With two learners and one published assignment."""
    await store.courses.add(Course("crs_1", TEACHER, "Year 1", groups=("A",), made_at=NOW))
    await store.courses.enrol([Member("crs_1", ANN, "learner"), Member("crs_1", BO, "learner", "A")], TEACHER)
    made = Assignment(
        "asg_1", "crs_1", Terms("Meet Ada", case.case_id, published=True, **terms), digest=case.digest, made_at=NOW
    )
    await store.assignments.add(made, case)
    return made


def wanted(case: Case, number: int, learner: str = ANN, lot: int = 0) -> Wanted:
    return Wanted("asg_1", learner, case, opened(case, f"enc_{number:022}"), lot)


async def test_a_course_comes_back_as_it_was_and_is_saved_by_who_saw_it_last(store: Store, case: Case) -> None:
    made = await a_course(store, case, zone="Europe/Berlin", closes="2026-04-01T09:00")
    assert await store.assignments.assignment("asg_1") == made
    assert await store.courses.of(ANN) == [(await store.courses.course("crs_1"), "learner")]
    assert await store.courses.counts(["crs_1"]) == {"crs_1": {"learner": 2, "staff": 1, "assignments": 1}}
    saved = await store.courses.change("crs_1", 1, TEACHER, title="Year 2", retention=Retention("debrief_only", 3))
    assert (saved.edition, await store.courses.course("crs_1")) == (2, saved)
    with pytest.raises(Conflict, match="since you opened it"):
        await store.courses.change("crs_1", 1, TEACHER, title="Year 3")
    changed = await store.assignments.change("asg_1", 1, TEACHER, lambda old, _: replace(old, kept=Retention()))
    with pytest.raises(Conflict):
        await store.assignments.change("asg_1", 1, TEACHER, lambda old, _: old)
    assert changed.edition == 2
    told = [row.action for row in await store.audit.rows()]
    assert told == ["course_retention_changed", "course_staff_added"]


async def test_of_two_pages_that_begin_at_once_one_is_told_to_go_on_in_the_other_s(store: Store, case: Case) -> None:
    await a_course(store, case)
    asked = [store.attempts.begin(wanted(case, number), NOW) for number in range(1, 6)]
    answers = await asyncio.gather(*asked, return_exceptions=True)
    refused = [each for each in answers if isinstance(each, BedsideError)]
    assert (len(refused), {each.code for each in refused}) == (4, {"attempt_running"})
    kept = await store.attempts.of_assignment("asg_1")
    assert [each.number for each in kept] == [1]
    assert len(await store.list_encounters(ANN)) == 1


async def test_who_is_no_learner_of_the_course_begins_nothing(store: Store, case: Case) -> None:
    await a_course(store, case)
    for person in ("acc_stranger", TEACHER):
        with pytest.raises(NotFound):
            await store.attempts.begin(wanted(case, 1, person), NOW)
        assert await store.list_encounters(person) == []


async def test_an_erased_attempt_has_been_made_all_the_same(store: Store, case: Case) -> None:
    await a_course(store, case, attempts=1)
    made = await store.attempts.begin(wanted(case, 1), NOW)
    await store.erase(made.encounter_id)
    assert await store.attempts.of_assignment("asg_1") == []
    with pytest.raises(Conflict) as refused:
        await store.attempts.begin(wanted(case, 2), NOW)
    assert refused.value.code == "no_attempts_left"
    await store.courses.change_member("crs_1", ANN, TEACHER, extra_attempts=1, time_percent=150)
    assert (await store.attempts.begin(wanted(case, 3), NOW)).number == 2


async def test_learners_are_spread_over_the_arms_and_stay_where_they_are(store: Store, case: Case) -> None:
    study = Study(("personalised", "delayed"), "REC 1", "2026-05-01T09:00")
    await a_course(store, case, study=study)
    first = await store.attempts.begin(wanted(case, 1, ANN, lot=1), NOW)
    second = await store.attempts.begin(wanted(case, 2, BO, lot=1), NOW)
    assert (first.arm, second.arm) == ("delayed", "personalised")
    await store.erase(first.encounter_id)
    assert (await store.attempts.begin(wanted(case, 3, ANN, lot=0), NOW)).arm == "delayed"


async def test_who_comes_back_is_in_the_arm_and_at_the_attempt_they_were(store: Store, case: Case) -> None:
    await a_course(store, case, study=Study(("personalised", "delayed"), "REC 1", "2026-05-01T09:00"), attempts=1)
    first = await store.attempts.begin(wanted(case, 1, ANN, lot=1), NOW)
    await store.erase(first.encounter_id)
    await store.courses.drop_member("crs_1", ANN, TEACHER)
    assert await store.courses.member("crs_1", ANN) is None
    assert await store.courses.part_in(ANN, ("crs_1",)) is None
    assert (await store.attempts.begin(wanted(case, 2, BO, lot=1), NOW)).arm == "personalised", "evenly, whoever left"
    await store.courses.enrol([Member("crs_1", ANN, "learner", extra_attempts=1)], TEACHER)
    again = await store.attempts.begin(wanted(case, 3, ANN, lot=0), NOW)
    assert (again.number, again.arm) == (2, "delayed")
    told = [row.action for row in await store.audit.rows()]
    assert "course_left" in told


async def test_what_is_noted_of_an_attempt_comes_back(store: Store, case: Case) -> None:
    await a_course(store, case)
    made = await store.attempts.begin(wanted(case, 1), NOW)
    later = NOW + timedelta(days=1)
    await store.attempts.note_opened(made.encounter_id, TEACHER)
    for at in (NOW, later):
        await store.attempts.note_read(made.encounter_id, at)
    await store.staff_steps.hold(made.encounter_id, TEACHER, held=True, until=later, why="An appeal is coming.")
    found = await store.attempts.attempt(made.encounter_id)
    assert found is not None
    kept = found[0]
    assert (kept.opened, kept.read_at, kept.held, kept.held_until) == ((TEACHER,), NOW, True, later)
    assert await store.attempts.everyone() == [found]
    lifted = await store.staff_steps.hold(made.encounter_id, TEACHER, held=False, until=None, why="")
    assert (lifted.held, lifted.held_until, lifted.held_why) == (False, None, "")
    with pytest.raises(NotFound):
        await store.staff_steps.hold("enc_none", TEACHER, held=True, until=None, why="")


async def test_what_holds_attempts_cannot_be_dropped(store: Store, case: Case) -> None:
    await a_course(store, case)
    made = await store.attempts.begin(wanted(case, 1), NOW)
    for drop in (store.courses.drop("crs_1"), store.assignments.drop("asg_1")):
        with pytest.raises(Conflict) as refused:
            await drop
        assert refused.value.code == "has_attempts"
    await store.erase(made.encounter_id)
    await store.courses.drop("crs_1")
    assert await store.assignments.assignment("asg_1") is None


async def test_a_course_keeps_somebody_on_its_staff(store: Store, case: Case) -> None:
    await a_course(store, case)
    for step in (
        store.courses.change_member("crs_1", TEACHER, TEACHER, part="learner"),
        store.courses.drop_member("crs_1", TEACHER, TEACHER),
    ):
        with pytest.raises(Conflict) as refused:
            await step
        assert refused.value.code == "last_of_the_staff"
    await store.courses.change_member("crs_1", BO, TEACHER, part="staff")
    with pytest.raises(Conflict):
        await store.courses.drop_member("crs_1", TEACHER, BO)
    await store.people.add([Account(BO, "bo", "Bo", ("faculty",))])
    await store.courses.drop_member("crs_1", TEACHER, BO)
    assert [(each.person, each.part) for each in await store.courses.people("crs_1")] == [
        (ANN, "learner"),
        (BO, "staff"),
    ]


async def test_practice_is_shown_and_taken_back_and_an_attempt_need_not_be(store: Store, case: Case) -> None:
    await a_course(store, case)
    practice = opened(case, f"enc_{7:022}")
    await store.create(case, practice, ANN)
    for _ in range(2):
        await store.shares.add(practice.encounter_id, "crs_1", ANN)
    assert [info.owner for _, info in await store.shares.of_course("crs_1")] == [ANN]
    assert (await store.courses.belonging(practice.encounter_id)).courses == ("crs_1",)
    await store.shares.drop(practice.encounter_id, "crs_1")
    assert (await store.courses.belonging(practice.encounter_id)).courses == ()
    with pytest.raises(NotFound):
        await store.shares.add(practice.encounter_id, "crs_1", "acc_stranger")
    attempt = await store.attempts.begin(wanted(case, 1), NOW)
    with pytest.raises(Conflict):
        await store.shares.add(attempt.encounter_id, "crs_1", ANN)


async def test_that_somebody_stopped_the_case_outlives_it_and_their_leaving(store: Store, case: Case) -> None:
    await a_course(store, case, attempts=1, kind="summative", equivalent="dated")
    made = await store.attempts.begin(wanted(case, 1), NOW)
    await store.append(made.encounter_id, [Entry(2, Entered(), 0), Entry(3, Ended("stop"), 1)])
    await store.mark_ended(made.encounter_id, "stop")
    await store.courses.drop_member("crs_1", ANN, TEACHER)
    await store.erase(made.encounter_id)
    await store.courses.enrol([Member("crs_1", ANN, "learner")], TEACHER)
    member = await store.courses.member("crs_1", ANN)
    assert member is not None
    tries = tries_of("asg_1", member, await store.attempts.of_learner(ANN, ["asg_1"]))
    assert (tries.used("summative"), tries.used("summative", instead=True)) == (1, 0)
