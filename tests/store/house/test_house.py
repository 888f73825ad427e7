"""What the house counts, freezes and forgets, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from server.core.assigning.retention import Due
from server.core.assigning.terms import Retention, Terms
from server.core.case import Case
from server.core.errors import Conflict, NotFound
from server.core.events import Ended, Event, ReplyWritten, Typed
from server.store.courses.assignments import Assignment
from server.store.courses.attempts import Wanted
from server.store.courses.courses import Course
from server.store.house import called as naming
from server.store.house.rules import Freeze, refuse_frozen
from server.store.house.usage import InUse
from server.store.people.accounts import Account
from server.store.people.course_people import Member
from server.store.sql.clock import utc_now
from server.store.sql.tables_of_a_lab import attempts, course_people
from server.store.store import Store
from tests.store.samples import entries, opened

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
WORD = "unmistakable-word-of-a-learner"


async def attempt_of(store: Store, case: Case, learner: str) -> str:
    """An attempt that ended, in a course that keeps it fourteen days."""
    await store.courses.add(Course("crs_1", "local", "Year 1"))
    await store.courses.enrol([Member("crs_1", learner, "learner", group=WORD, time_percent=150)], by="local")
    terms = Terms(title="Meet Ada", case_id=case.case_id, published=True, retention=Retention("days", 14))
    await store.assignments.add(Assignment("asg_1", "crs_1", terms, digest=case.digest), case)
    await store.attempts.begin(Wanted("asg_1", learner, case, opened(case, "enc_attempt"), 0), NOW)
    await store.append("enc_attempt", entries(2, [Typed("c", WORD), Ended("learner")]))
    return "enc_attempt"


async def test_a_freeze_is_seen_by_the_unit_that_would_change_something(store: Store) -> None:
    now = utc_now()
    await store.house.put_freeze(Freeze(now, now + timedelta(hours=1), ("cases",), "exam"), "local")
    with pytest.raises(Conflict, match=r"\(exam\)"):
        await store.database.write(lambda connection: refuse_frozen(connection, "cases"))
    await store.database.write(lambda connection: refuse_frozen(connection, "rubrics"))
    await store.house.lift_freeze("local")
    await store.database.write(lambda connection: refuse_frozen(connection, "cases"))
    with pytest.raises(NotFound):
        await store.house.lift_freeze("local")
    assert [row.action for row in await store.audit.rows()] == ["freeze_lifted", "freeze_set"]


async def test_of_many_who_look_one_does_the_night(store: Store) -> None:
    assert sum(await asyncio.gather(*[store.house.begin_night(None, NOW) for _ in range(5)])) == 1
    assert not await store.house.begin_night(None, NOW + timedelta(days=1)), "it saw nothing of the first"
    assert await store.house.begin_night(NOW, NOW + timedelta(days=1))


async def test_rules_are_noted_with_the_old_ones(store: Store) -> None:
    await store.house.put_rule("upkeep", "local", hour=2, backup=False)
    await store.house.put_rule("upkeep", "local", hour=3)
    assert await store.house.rule("upkeep") == {"hour": 3, "backup": False}
    assert (await store.audit.rows(1))[0].body == {"old": {"hour": 2}, "new": {"hour": 3}}


async def test_counts(store: Store, case: Case) -> None:
    for number in range(3):
        await store.create(case, opened(case, f"enc_{number}"), "local")
        log: list[Event] = [Typed("c", WORD), ReplyWritten("r", "model", tokens_in=100, tokens_out=7), Ended("learner")]
        await store.append(f"enc_{number}", entries(2, log))
    await store.mark_ended("enc_0", "learner")
    card = {"status": "draft", "rubric": {"id": "small", "version": "1"}, "provenance": {"rater": "lexical-5"}}
    for _ in range(2):
        await store.put_scorecard("enc_0", "0" * 64, card)
    (used,) = await store.usage.by_month()
    assert (used.encounters, used.ended, used.tokens_in, used.tokens_out) == (3, 1, 300, 21)
    (version,) = await store.usage.cases_in_use()
    assert isinstance(version, InUse)
    assert (version.encounters, version.running, version.digest) == (3, 2, case.digest)
    (rated,) = await store.usage.rated_with()
    assert (rated.rater, rated.encounters) == ("lexical-5", 1), "the newest card of an encounter counts"


async def test_what_is_due_goes_with_a_row_of_evidence(store: Store, case: Case) -> None:
    await store.people.add([Account("acc_ann", "ann", "Ann", ("student",))])
    attempt = await attempt_of(store, case, "acc_ann")
    due = [Due(attempt, "it is kept for 14 days", NOW), Due("enc_gone_already", "", NOW)]
    assert await store.erasure.erase_due(due, "acc_root", NOW) == [attempt]
    assert await store.erasure.scrub_owed()
    await store.erasure.scrub()
    assert not await store.erasure.scrub_owed()
    row = (await store.audit.rows(1))[0]
    assert (row.action, row.actor, row.subject) == ("attempt_erased", "acc_root", attempt)
    assert row.body["learner"] == "acc_ann"
    assert await store.erasure.erase_due(due, "acc_root", NOW) == []


async def test_what_was_put_on_hold_after_the_preview_stays(store: Store, case: Case) -> None:
    await store.people.add([Account("acc_ann", "ann", "Ann", ("student",))])
    attempt = await attempt_of(store, case, "acc_ann")
    change = update(attempts).where(attempts.c.encounter_id == attempt).values(held=True)
    await store.database.write(lambda connection: connection.execute(change))
    assert await store.erasure.erase_due([Due(attempt, "it is kept for 14 days", NOW)], "acc_root", NOW) == []
    assert not await store.erasure.scrub_owed()
    assert len((await store.read(attempt))[1]) == 3


async def test_a_person_is_forgotten_and_their_attempt_is_kept_without_a_name(store: Store, case: Case) -> None:
    about = {"erasure_asked_at": NOW.isoformat()}
    await store.people.add([Account("acc_ann", "ann", "Ann", ("student",), about=about, seen_at=NOW)])
    attempt = await attempt_of(store, case, "acc_ann")
    await store.create(case, opened(case, "enc_practice"), "acc_ann")
    await store.add_sign_in("cookie", "hash", "acc_ann", NOW, NOW + timedelta(days=1))
    assert [each.id for each in await store.erasure.asked()] == ["acc_ann"]
    found = await store.erasure.belongings("ANN ")
    assert (found.practice, found.attempts) == (("enc_practice",), (attempt,))
    await store.erasure.erase_person("acc_ann", "acc_root")
    assert await store.find_sign_in("cookie", "hash", NOW) is None
    assert await store.people.named("ann") is None
    assert await store.erasure.asked() == []
    member = await store.database.read(lambda c: c.execute(select(course_people)).all())
    assert [(row.person, row.body) for row in member if row.person == "acc_ann"] == [("acc_ann", "{}")]
    assert len((await store.read(attempt))[1]) == 3
    with pytest.raises(NotFound):
        await store.info("enc_practice")
    assert (await store.attempts.everyone())[0][0].learner == "acc_ann"


async def test_what_ids_are_called(store: Store, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(naming, "AT_ONCE", 2)
    people = [Account("acc_ann", "ann", "Ann", ("student",)), Account("acc_gone", "gone", "Gone", ("student",))]
    await store.people.add(people)
    attempt = await attempt_of(store, case, "acc_ann")
    await store.erasure.erase_person("acc_gone", "acc_root")
    ids = [attempt, "asg_1", "crs_1", "acc_ann", "acc_gone", "acc_never", "enc_never", "", "upkeep"]
    assert await naming.called(store.database, ids) == {
        attempt: "Ann", "asg_1": "Meet Ada", "crs_1": "Year 1", "acc_ann": "Ann", "acc_gone": "removed user",
    }  # fmt: skip
