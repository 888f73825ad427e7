"""The audit over the API, and as sentences: nothing that the house notes goes without."""

import ast
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from string import Formatter
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from server.api.house.audit_words import WORDS, sentence, who_did, words_for
from server.api.services import Services
from server.store.audit import AuditRow
from server.store.sql.tables_of_a_lab import audit
from tests.api.lab import signed_in_as, with_account

SERVER = Path(__file__).resolve().parent.parent.parent / "server"
NOTING = {"note", "note_looks", "note_reading"}
NAMES = {"acc_fay": "Fay", "acc_ann": "Ann Ode", "acc_gone": "removed user", "asg_1": "Meet Ada", "enc_1": "Ann Ode",
         "crs_1": "Year 1"}  # fmt: skip


def row(actor: str, action: str, subject: str = "", **body: Any) -> AuditRow:
    return AuditRow(7, datetime(2026, 3, 1, tzinfo=UTC), actor, action, subject, body, "", "")


def noted() -> Iterator[str]:
    """Every action that the server's code names where it notes something."""
    for path in (path for room in ("api", "store") for path in (SERVER / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] in NOTING:
                yield from _literals(node.args[1:3])


def _literals(args: list[ast.expr]) -> Iterator[str]:
    """The first of them that is text: whoever is handed a connection as well names the action one later."""
    for each in args:
        texts = [n.value for n in ast.walk(each) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        if isinstance(each, ast.Constant | ast.IfExp) and texts and texts[0]:
            yield from texts
            return


def test_everything_that_is_noted_has_words() -> None:
    found = set(noted())
    assert {"signed_in", "hold_lifted", "backups_expired", "encounter_watched"} <= found
    assert found - set(WORDS) == set()


@pytest.mark.parametrize("action", WORDS)
def test_a_row_that_lacks_what_its_sentence_names_is_a_sentence_still(action: str) -> None:
    """Rows of earlier versions stay as they are for good."""
    told = sentence(row("", action), {})
    assert told.endswith(".")
    assert "{" not in told
    fields = {name for _, name, _, _ in Formatter().parse(WORDS[action][1]) if name}
    strange = sentence(row("acc_fay", action, "x", **dict.fromkeys(fields - {"who", "about", "what"})), NAMES)
    assert strange.endswith(".")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (row("acc_ann", "signed_in", "acc_ann"), "Ann Ode signed in."),
        (row("nobody", "sign_in_failed"), "Somebody gave a wrong password for a name that nobody has."),
        (row("acc_fay", "marks_released", "enc_1", assignment="asg_1"),
         "Fay released the marks of Ann Ode for “Meet Ada”."),
        (row("acc_fay", "accounts_made", "", made=[["acc_ann", "student"]]), "Fay made 1 account."),
        (row("acc_fay", "accounts_made", "acc_ann", made=[["acc_ann", "student"]]), "Fay made 1 account (Ann Ode)."),
        (row("local", "course_staff_added", "crs_1", person="local"),
         "Whoever has the start link made themselves staff of “Year 1”."),
        (row("acc_fay", "course_part_changed", "crs_1", person="acc_ann", old="learner", new="staff"),
         "Fay changed the part of Ann Ode in “Year 1”: learner to staff."),
        (row("acc_fay", "account_changed", "acc_fay", roles={"old": 1, "new": 2}, active={}),
         "Fay changed the account of themselves: roles, active."),
        (row("local", "person_erased", "acc_gone", practice=2),
         "Whoever has the start link erased an account, with 2 practice encounters."),
        (row("acc_gone", "encounter_read", "enc_gone"),
         "A removed user opened an encounter of somebody (it is erased)."),
        (row("", "rule_changed", "upkeep", old={"hour": 2}, new={"hour": 3, "keep_backups_days": 0}),
         "Bedside changed the rule “upkeep”: hour, keep backups days."),
        (row("acc_fay", "freeze_set", until="2026-11-24T18:00:00+00:00"),
         "Fay froze the house until 24 November 2026, 18:00 UTC."),
        (row("observer:abc", "a_new_deed", "crs_1"), "An invited observer: a new deed: Year 1."),
    ],
)  # fmt: skip
def test_sentences(given: AuditRow, told: str) -> None:
    assert sentence(given, NAMES) == told


def test_what_has_no_words_yet_is_called_by_its_name() -> None:
    assert words_for("brand_new") == "Brand new"
    assert who_did("acc_unknown", {}) == "Somebody who is gone"


@pytest.fixture
async def admin(api: FastAPI, given: Services) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in_as(api, given, ("administrator",), "Root") as (visitor, _):
        yield visitor


async def test_the_audit_is_filtered_paged_and_verified(admin: httpx2.AsyncClient, given: Services) -> None:
    ann = await with_account(given, name="Ann")
    for number in range(7):
        await given.store.audit.note(ann.id, "odd" if number % 2 else "even", f"thing {number}", number=number)
    first = (await admin.get("/api/house/audit", params={"action": "even", "limit": 3})).json()
    assert [row["says"] for row in first["rows"]] == [f"Ann: even: thing {number}." for number in (6, 4, 2)]
    assert {row["name"] for row in first["rows"]} == {"Ann"}
    rest = (await admin.get("/api/house/audit", params={"action": "even", "before": first["next"]})).json()
    assert [row["subject"] for row in rest["rows"]] == ["thing 0"]
    assert rest["next"] is None
    assert first["kinds"] == [{"action": "even", "words": "Even"}, {"action": "odd", "words": "Odd"}]
    assert (await admin.post("/api/house/audit/verify")).json()["broken_at"] is None
    change = audit.update().where(audit.c.seq == 3).values(actor="nobody")
    await given.store.database.write(lambda connection: connection.execute(change))
    assert (await admin.post("/api/house/audit/verify")).json()["broken_at"] == 3
    no_zone, no_moment = {"since": "2026-11-01T10:00"}, {"until": "9999-12-31T23:59:59-23:59"}
    beyond = ({"limit": 0}, {"limit": 10**9}, {"before": -1}, {"before": 2**63}, {"action": "x" * 101})
    for each in (*beyond, no_zone, no_moment):
        assert (await admin.get("/api/house/audit", params=each)).status_code == 422, each


async def test_the_audit_of_one_person_and_one_day(admin: httpx2.AsyncClient, given: Services) -> None:
    ann, ben = await with_account(given, name="Ann"), await with_account(given, name="Ben")
    for actor in (ann.id, ben.id, ""):
        await given.store.audit.note(actor, "backup_made", "monday")
    for day in (1, 2, 3):
        change = audit.update().where(audit.c.seq == day).values(at=datetime(2026, 3, day, 12, tzinfo=UTC))
        await given.store.database.write(lambda connection, change=change: connection.execute(change))  # type: ignore[misc]

    async def told(**which: str) -> list[str]:
        page = (await admin.get("/api/house/audit", params=which)).json()
        file = (await admin.get("/api/house/audit/file.csv", params=which)).text
        assert [row["says"] in file for row in page["rows"]] == [True] * len(page["rows"])
        return [row["says"].split()[0] for row in page["rows"]]

    assert await told(actor=ann.id) == ["Ann"]
    assert await told(actor="bedside") == ["Bedside"]
    assert await told(since="2026-03-02T12:00:00Z", until="2026-03-03T12:00:00Z") == ["Ben"]
    actors = (await admin.get("/api/house/audit")).json()["actors"]
    assert [each["name"] for each in actors] == ["Ann", "Bedside", "Ben", "Root"], "and Root, who took the files"
