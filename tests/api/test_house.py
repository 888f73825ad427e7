"""The administrator's house: its health, freezes, backups, nights, audit and figures."""

import sqlite3
import zipfile
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from server.api.house.backups import backups_in
from server.api.house.upkeep import one_look
from server.api.premises import Checked, Premises
from server.api.services import Services
from server.core.assigning.terms import Retention
from server.core.errors import Conflict
from server.core.events import Ended, Entered, Event, ReplyFailed, ReplyWritten, SpeechUnclear, Typed
from server.store.house.backup import usual_name
from server.store.house.restoring import examine
from server.store.house.rules import refuse
from server.store.sql.tables_of_a_lab import attempts
from tests.api.house import Clock
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as, with_account
from tests.store.samples import entries, opened


async def ask_nobody() -> list[Checked]:
    return [Checked("acting", "fault", "The server cannot be reached: check BEDSIDE_CHAT_URL and that it runs.")]


@pytest.fixture
def given(given: Services, tmp_path: Path, clock: Clock) -> Services:
    """With a data folder, a clock that a test moves, and a price."""
    clock.now = datetime.now(UTC)
    premises = Premises(tmp_path, ask=ask_nobody, problems=("broken.yaml: line 3.",), price_in=2.0, price_out=8.0)
    return replace(given, premises=premises, clock=clock)


@pytest.fixture
async def admin(api: FastAPI, given: Services) -> AsyncIterator[httpx2.AsyncClient]:
    api.state.services = given
    async with signed_in_as(api, given, ("administrator",), "Root") as (visitor, _):
        yield visitor


async def done(given: Services, visitor: httpx2.AsyncClient, kind: str, about: str = "") -> dict[str, Any]:
    """Begin a task and wait for its end."""
    begun = await visitor.post("/api/tasks", json={"kind": kind, "about": about})
    assert begun.status_code == 202, begun.text
    task_id = begun.json()["id"]
    if (running := given.tasks.running.get(task_id)) is not None:
        await running
    found: dict[str, Any] = (await visitor.get(f"/api/tasks/{task_id}")).json()
    return found


async def test_health_says_what_is_wrong_and_what_mends_it(admin: httpx2.AsyncClient) -> None:
    told = (await admin.get("/api/house/health")).json()
    assert told["findings"][0]["says"].endswith("check BEDSIDE_CHAT_URL and that it runs.")
    says = [each["says"] for each in told["findings"]]
    assert "broken.yaml: line 3." in says
    assert any("bedside backup" in each for each in says), "nothing was ever saved"
    assert (told["running"], told["version"], told["storage"]["kind"]) == (0, "0.1.0", "sqlite")
    assert told["storage"]["database_bytes"] > 50_000


async def test_a_freeze_holds_what_it_names_until_it_ends(
    admin: httpx2.AsyncClient, given: Services, clock: Clock
) -> None:
    ask = {"until": (clock.now + timedelta(days=2)).isoformat(), "what": ["cases"], "why": "OSCE week"}
    begins = {"begins": (clock.now + timedelta(days=1)).isoformat()}
    set_ = (await admin.put("/api/house/freeze", json=ask | begins)).json()
    assert (set_["in_force"], set_["by"]) == (False, "Root")
    freeze = await given.store.house.freeze()
    refuse(freeze, "cases", clock.now)
    clock.pass_time(days=1)
    says = r"^Until .+ UTC no case is published or retired \(OSCE week\)\. Root froze it\. Do it afterwards"
    with pytest.raises(Conflict, match=says) as told:
        refuse(freeze, "cases", clock.now)
    assert told.value.code == "frozen"
    refuse(freeze, "engines", clock.now)
    clock.pass_time(days=1)
    refuse(freeze, "cases", clock.now)


async def test_a_freeze_says_what_changed_since(admin: httpx2.AsyncClient, given: Services, api: FastAPI) -> None:
    until = (given.clock() + timedelta(days=1)).isoformat()
    await admin.put("/api/house/freeze", json={"until": until, "what": ["engines", "cases"]})
    changed = tuple(replace(info, version="6") for info in given.engines)
    api.state.services = replace(given, engines=changed)
    told = (await admin.get("/api/house/freeze")).json()["freeze"]
    assert told["differs"] == ["engines: hearing was pocketsphinx 5 and is pocketsphinx 6."]
    assert (await admin.delete("/api/house/freeze")).status_code == 204
    assert (await admin.delete("/api/house/freeze")).status_code == 404


@pytest.mark.parametrize(
    ("begins", "until", "what", "field"),
    [
        (0, -1, ["cases"], "until"),
        (3, 2, ["cases"], "begins"),
        (0, 93, ["cases"], "until"),
        (0, 1, [], "what"),
        (0, 1, ["coffee"], "what.0"),
    ],
)
async def test_a_freeze_that_cannot_be(
    admin: httpx2.AsyncClient, clock: Clock, begins: int, until: int, what: list[str], field: str
) -> None:
    ask = {
        name: (clock.now + timedelta(days=days)).isoformat() for name, days in (("begins", begins), ("until", until))
    }
    answer = await admin.put("/api/house/freeze", json=ask | {"what": what})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await admin.get("/api/house/freeze")).json() == {"freeze": None}


@pytest.mark.parametrize(
    ("begins", "until", "field"),
    [
        ("0001-01-01T00:00:00+14:00", "2099-01-01T10:00:00Z", "begins"),
        ("2098-12-31T10:00:00Z", "9999-12-31T23:59:59-23:59", "until"),
        ("9999-12-31T23:59:59-23:59", "2099-01-01T10:00:00Z", "begins"),
        ("2098-12-31T10:00:00Z", "0001-01-01T00:00:00+14:00", "until"),
    ],
)
async def test_a_freeze_at_the_ends_of_time(admin: httpx2.AsyncClient, begins: str, until: str, field: str) -> None:
    answer = await admin.put("/api/house/freeze", json={"begins": begins, "until": until, "what": ["cases"]})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await admin.get("/api/house/freeze")).json() == {"freeze": None}


async def test_a_freeze_needs_a_time_zone(admin: httpx2.AsyncClient) -> None:
    answer = await admin.put("/api/house/freeze", json={"until": "2099-01-01T10:00", "what": ["cases"]})
    assert (answer.status_code, answer.json()["field"]) == (422, "until")


async def test_only_administrators_and_staff_may_know_of_a_freeze(api: FastAPI, given: Services) -> None:
    api.state.services = given
    async with (
        signed_in_as(api, given, ("student",)) as (student, _),
        signed_in_as(api, given, ("faculty",)) as (
            teacher,
            _,
        ),
    ):
        assert (await student.get("/api/house/freeze")).status_code == 403
        assert (await teacher.get("/api/house/freeze")).status_code == 200
        assert (await teacher.delete("/api/house/freeze")).status_code == 403
        refused = await teacher.post("/api/tasks", json={"kind": "backup"})
        assert refused.status_code == 403


async def test_a_backup_that_is_old_is_told(
    admin: httpx2.AsyncClient, given: Services, clock: Clock, tmp_path: Path
) -> None:
    (tmp_path / "backups").mkdir()
    seen: list[list[str]] = []
    for days in (8, 6):
        (tmp_path / "backups" / usual_name(clock.now - timedelta(days=days))).touch()
        told = (await admin.get("/api/house/health")).json()["findings"]
        seen.append([each["says"] for each in told if each["what"] == "backup"])
    says = "The newest backup here is 8 days old. Make one, or have one made every night under Keeping."
    assert seen == [[says], []]


async def test_a_backup_from_the_page(admin: httpx2.AsyncClient, given: Services, tmp_path: Path) -> None:
    case = given.shelf.cases["ada-brook"]
    await given.store.create(case, opened(case, "enc_1"), "local")
    task = await done(given, admin, "backup")
    assert (task["state"], task["done"], task["result"]["encounters"]) == ("done", 100, 1), task["why"]
    listed = (await admin.get("/api/house/backups")).json()
    (file,) = listed["files"]
    assert f"bedside restore '{tmp_path}/backups/{file['name']}'" in listed["restore"]
    taken = await admin.get(f"/api/house/backups/{file['name']}")
    (tmp_path / "taken").write_bytes(taken.content)
    assert examine(tmp_path / "taken").manifest.encounters == 1
    assert (await admin.delete(f"/api/house/backups/{file['name']}")).status_code == 204
    assert (await admin.get(f"/api/house/backups/{file['name']}")).status_code == 404
    noted = [row.action for row in await given.store.audit.rows(3)]
    assert noted == ["backup_deleted", "backup_taken", "backup_made"]


@pytest.mark.parametrize("name", ["..%2Ftoken", "token", "a.bedside-backup", "%2e%2e%2fbedside.db", "x" * 300])
async def test_no_other_file_is_handed_out(admin: httpx2.AsyncClient, tmp_path: Path, name: str) -> None:
    (tmp_path / "backups").mkdir()
    (tmp_path / "token").write_text("secret")
    (tmp_path / "backups" / "token").write_text("secret")
    answer = await admin.get(f"/api/house/backups/{name}")
    assert answer.status_code == 404
    assert "secret" not in answer.text


async def test_nights(admin: httpx2.AsyncClient, given: Services, clock: Clock) -> None:
    assert not await one_look(given), "a new house has nothing to look after"
    rules = {"retention": True, "backup": True, "hour": 3, "keep_backups_days": 2}
    assert (await admin.put("/api/house/upkeep", json=rules)).status_code == 200
    clock.now = (clock.now + timedelta(days=1)).replace(hour=3, minute=0)
    made: list[int] = []
    for _ in range(4):
        assert await one_look(given)
        assert not await one_look(given), "once a night"
        for running in list(given.tasks.running.values()):
            await running
        made.append(len(backups_in(given.premises.backups)))  # type: ignore[union-attr]
        clock.pass_time(days=1)
    assert made == [1, 2, 2, 2], "the third is made as the first goes"


async def test_a_scrub_that_a_crash_kept_from_being_done_is_made_up_for(given: Services) -> None:
    ann = await with_account(given, name=CANARY)
    await given.store.erasure.erase_person(ann.id, "local")
    assert sightings(given) > 0, "and here the server stopped"
    await one_look(given)
    assert sightings(given) == 0


async def test_the_last_backup_goes_only_when_another_is_there(
    admin: httpx2.AsyncClient, given: Services, clock: Clock
) -> None:
    await one_look(given)
    await done(given, admin, "backup")
    (first,) = backups_in(given.premises.backups)  # type: ignore[union-attr]
    seen = []
    for days in (40, 1):
        clock.pass_time(days=days)
        await one_look(given)
        for running in list(given.tasks.running.values()):
            await running
        seen.append([path == first for path in backups_in(given.premises.backups)])  # type: ignore[union-attr]
    assert seen == [[False, True], [False]]


async def test_usage_counts_and_names_nobody(admin: httpx2.AsyncClient, given: Services) -> None:
    case = given.shelf.cases["ada-brook"]
    ann = await with_account(given, name="Ann")
    await given.store.create(case, opened(case, "enc_1"), ann.id)
    log: list[Event] = [
        Entered(),
        Typed("c", "a secret word"),
        ReplyWritten("r", "model", tokens_in=900_000, tokens_out=25_000),
        ReplyWritten("r2", "fallback", "late"),
        ReplyFailed("r3", "x"),
        SpeechUnclear("c2", "engine_failed"),
        SpeechUnclear("c3", "no_words"),
        Ended("learner"),
    ]
    await given.store.append("enc_1", entries(2, log))
    await given.store.mark_ended("enc_1", "learner")
    answer = await admin.get("/api/house/usage")
    told = answer.json()
    (month,) = told["months"]
    expected = {"encounters": 1, "ended": 1, "replies_failed": 1, "replies_refused": 1, "hearing_failed": 1}
    assert {name: month[name] for name in expected} == expected
    assert (month["tokens_in"], month["cost"]) == (900_000, 2.0)
    assert [(each["version"], each["running"], each["on_shelf"]) for each in told["cases"]] == [("1.0.0", 0, True)]
    held = await admin.get(f"/api/house/usage/versions/{case.digest}")
    assert [(each["id"], each["ended"]) for each in held.json()] == [("enc_1", "learner")]
    assert ann.id not in answer.text + held.text
    assert "secret" not in answer.text
    assert (await admin.get("/api/house/usage/file.csv")).text.count("\n") == 2


async def an_old_attempt(given: Services, **terms: Any) -> tuple[str, str]:
    """One that is over for good, with its learner."""
    teacher = await with_account(given, ("faculty",), "Tess")
    course = await a_course(given, teacher)
    learner = await with_account(given, name="Ann", about={"year": "two"})
    await enrolled(given, course.id, learner, group="B", time_percent=150)
    assignment = await an_assignment(given, course.id, **terms)
    encounter_id = await an_attempt(given, assignment, learner)
    await given.store.append(encounter_id, entries(2, [Typed("c", CANARY), Ended("learner")]))
    await given.store.mark_ended(encounter_id, "learner")
    return encounter_id, learner.id


CANARY = "unmistakable-canary-of-a-learner"


def sightings(given: Services, *more: Path) -> int:
    """In every file of the database, and in some more."""
    file = given.store.database.file
    assert file is not None
    files = [path for path in (file, Path(f"{file}-wal"), *more) if path.exists()]
    return sum(path.read_bytes().count(CANARY.encode()) for path in files)


async def test_what_is_due_is_erased_and_what_is_held_is_not(
    api: FastAPI, script: httpx2.AsyncClient, given: Services, clock: Clock
) -> None:
    api.state.services = given
    rule = Retention("days", 14)
    gone, _ = await an_old_attempt(given, retention=rule)
    held, _ = await an_old_attempt(given, retention=rule)
    young, _ = await an_old_attempt(given, retention=Retention("days", 60))
    await hold(given, held)
    assert (await script.get("/api/house/retention")).json()["due"] == 0
    clock.pass_time(days=15)
    preview = (await script.get("/api/house/retention")).json()
    assert [(each["encounter_id"], each["why"]) for each in preview["shown"]] == [(gone, "it is kept for 14 days")]
    assert (preview["attempts"], preview["held"]) == (3, 1)
    task = await done(given, script, "retention")
    assert task["result"] == {"due": 1, "erased": 1}, task["why"]
    there = {attempt.encounter_id for attempt, _ in await given.store.attempts.everyone()}
    assert there == {held, young}
    assert given.rooms.dropped == [gone]  # type: ignore[attr-defined]
    rows = {row.action: row for row in await given.store.audit.rows(10)}
    assert (rows["attempt_erased"].subject, rows["attempt_erased"].body["why"]) == (gone, "it is kept for 14 days")
    assert not await given.store.erasure.scrub_owed()


async def hold(given: Services, encounter_id: str) -> None:
    change = attempts.update().where(attempts.c.encounter_id == encounter_id).values(held=True)
    await given.store.database.write(lambda connection: connection.execute(change))


async def test_somebody_who_leaves(admin: httpx2.AsyncClient, given: Services, tmp_path: Path) -> None:
    encounter_id, learner = await an_old_attempt(given)
    case = given.shelf.cases["ada-brook"]
    await given.store.create(case, opened(case, "enc_practice"), learner)
    await given.store.append("enc_practice", entries(2, [Typed("c", f"{CANARY} too")]))
    cookie = await given.tickets.admit(learner)
    before = sightings(given)
    preview = (await admin.get(f"/api/house/erasures/{learner}")).json()
    assert (preview["practice"], preview["attempts"], preview["name"]) == (1, 1, "Ann")
    task = await done(given, admin, "erasure", learner)
    assert task["result"] == {"practice": 1, "attempts_left": 1}, task["why"]
    assert await given.tickets.owner(cookie) is None
    account = await given.store.people.account(learner)
    assert account is not None
    assert (account.name, account.active, account.roles, account.about) == ("", False, (), {})
    assert before > sightings(given) >= 1, "the attempt is its course's"
    rule = (await given.store.own_data.encounters(learner))[0]
    assert rule.id == encounter_id
    named = (await admin.get("/api/house/audit", params={"action": "person_erased"})).json()["rows"][0]
    assert (named["subject"], named["subject_name"]) == (learner, "removed user")
    assert "Ann" not in str(named)


async def test_no_byte_is_left_of_somebody_without_attempts(
    admin: httpx2.AsyncClient, given: Services, tmp_path: Path
) -> None:
    ann = await with_account(given, name=CANARY, about={"year": CANARY})
    case = given.shelf.cases["ada-brook"]
    await given.store.create(case, opened(case, "enc_practice"), ann.id)
    await given.store.append("enc_practice", entries(2, [Typed(f"c{n}", f"{CANARY} {n}" * 9) for n in range(40)]))
    assert sightings(given) > 300
    assert (await done(given, admin, "erasure", ann.id))["state"] == "done"
    assert sightings(given) == 0, "also not in the task's title"
    name = (await done(given, admin, "backup"))["result"]["file"]
    copy = tmp_path / "copy.db"
    with zipfile.ZipFile(tmp_path / "backups" / name) as packed:
        copy.write_bytes(packed.read("bedside.db"))
    assert CANARY.encode() not in copy.read_bytes()
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT count(*) FROM accounts").fetchone() == (2,)


async def test_who_cannot_be_erased(admin: httpx2.AsyncClient, given: Services) -> None:
    tess = await with_account(given, ("faculty",), "Tess")
    await a_course(given, tess)
    answer = await admin.post("/api/tasks", json={"kind": "erasure", "about": tess.id})
    assert (answer.status_code, answer.json()["code"]) == (409, "last_of_the_staff")
    own = (await admin.get("/api/me")).json()["id"]
    answer = await admin.post("/api/tasks", json={"kind": "erasure", "about": own})
    assert (answer.status_code, answer.json()["code"]) == (409, "erasing_oneself")
    assert (await admin.post("/api/tasks", json={"kind": "erasure", "about": "acc_none"})).status_code == 404
