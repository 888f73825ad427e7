"""What an administrator does with accounts, and how soon it is felt."""

import httpx2
import pytest
from fastapi import FastAPI

from server.api.services import Services
from tests.api.lab import signed_in_as, with_account

BEN = {"name": "Ben Ode", "sign_in": "ben@uni.example", "roles": ["student"]}


async def test_accounts_are_looked_for(script: httpx2.AsyncClient, given: Services) -> None:
    await with_account(given, ("student",), "Zoë Ångström", sign_in="zoe")
    await with_account(given, ("faculty", "educator"), "ben", sign_in="ben@uni.example")
    await with_account(given, ("student",), "Ann", sign_in="ann", active=False)

    async def names(**query: object) -> list[str]:
        page = (await script.get("/api/accounts", params=query)).json()  # type: ignore[arg-type]
        assert page["total"] >= len(page["accounts"])
        return [each["name"] for each in page["accounts"]]

    assert await names() == ["Ann", "Zoë Ångström", "ben"]
    assert await names(text="ÅNG") == ["Zoë Ångström"] and await names(text="UNI.example") == ["ben"]
    assert await names(role="educator") == ["ben"] and await names(active="false") == ["Ann"]
    assert await names(limit=1, offset=1) == ["Zoë Ångström"]
    assert (await script.get("/api/accounts", params={"role": "dean"})).status_code == 422


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sign_in": "b"}, "sign_in"), ({"sign_in": "two words"}, "sign_in"), ({"sign_in": "a,b"}, "sign_in"),
        ({"name": "\u202e \n"}, "name"), ({"roles": []}, "roles"), ({"roles": ["dean"]}, "roles"),
        ({"time_percent": 99}, "time_percent"), ({"time_percent": 301}, "time_percent"),
        ({"password": "x"}, "password"),
    ],
)  # fmt: skip
async def test_an_account_that_cannot_be_made(
    script: httpx2.AsyncClient, change: dict[str, object], field: str
) -> None:
    answer = await script.post("/api/accounts", json={**BEN, **change})
    assert answer.status_code == 422 and answer.json()["field"].startswith(field)
    assert (await script.get("/api/accounts")).json()["total"] == 0


async def test_a_name_belongs_to_one(script: httpx2.AsyncClient) -> None:
    ids = [(await script.post("/api/accounts", json={**BEN, "sign_in": name})).json()["id"] for name in ("ann", "ben")]
    again = await script.post("/api/accounts", json={**BEN, "sign_in": " BEN "})
    changed = await script.put(f"/api/accounts/{ids[0]}", json={"sign_in": "Ben", "name": "Other"})
    assert [(each.status_code, each.json()["field"]) for each in (again, changed)] == [(409, "sign_in")] * 2
    assert (await script.get(f"/api/accounts/{ids[0]}")).json()["name"] == "Ben Ode"
    same = await script.put(f"/api/accounts/{ids[1]}", json={"sign_in": "BEN", "name": "Ben  O."})
    assert (same.status_code, same.json()["name"]) == (200, "Ben O.")


async def test_roles_take_effect_at_once(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    async with signed_in_as(api, given, ("student",)) as (browser, ann):
        assert (await browser.get("/api/accounts")).json()["code"] == "not_your_role"
        body = {"roles": ["administrator", "student"], "time_percent": 150}
        changed = (await script.put(f"/api/accounts/{ann.id}", json=body)).json()
        assert (changed["roles"], changed["time_percent"]) == (["student", "administrator"], 150)
        assert (await browser.get("/api/accounts")).status_code == 200
        await script.put(f"/api/accounts/{ann.id}", json={"roles": ["student"]})
        assert (await browser.get("/api/accounts")).status_code == 403
    rows = [row for row in await given.store.audit.rows() if row.action == "account_changed"]
    assert rows[-1].body == {"roles": [["student"], ["student", "administrator"]], "time_percent": [100, 150]}
    assert (rows[-1].actor, rows[-1].subject) == ("local", ann.id)


async def test_a_closed_account_is_out_at_once(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    async with signed_in_as(api, given) as (browser, ann):
        assert (await script.put(f"/api/accounts/{ann.id}", json={"active": False})).json()["active"] is False
        assert (await browser.get("/api/me")).json()["code"] == "account_closed"
        assert (await script.post(f"/api/accounts/{ann.id}/link")).json()["code"] == "account_closed"
        await script.put(f"/api/accounts/{ann.id}", json={"active": True})
        assert (await browser.get("/api/me")).status_code == 401, "opened again, one signs in again"


async def test_nobody_takes_themselves_the_way_back(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("administrator", "faculty")) as (browser, ann):
        for change in ({"active": False}, {"roles": ["faculty"]}):
            answer = await browser.put(f"/api/accounts/{ann.id}", json=change)
            assert (answer.status_code, answer.json()["code"]) == (409, "own_account")
        assert (await browser.put(f"/api/accounts/{ann.id}", json={"name": "A. B."})).status_code == 200


async def test_the_audit_keeps_no_name(script: httpx2.AsyncClient, given: Services) -> None:
    """It is kept for ever, and somebody may be erased."""
    made = (await script.post("/api/accounts", json=BEN)).json()
    await script.put(f"/api/accounts/{made['id']}", json={"name": "Benedict Ode", "sign_in": "benedict"})
    rows = await given.store.audit.rows()
    assert [row.action for row in rows] == ["account_changed", "accounts_made"]
    assert not any(name in str(row) for row in rows for name in ("Ben", "ben@", "Ode"))
    assert rows[0].body == {"renamed": [False, True]}


async def test_an_account_that_is_not_there(script: httpx2.AsyncClient) -> None:
    for ask in (script.get("/api/accounts/acc_x"), script.put("/api/accounts/acc_x", json={"name": "X"})):
        assert (await ask).json()["code"] == "account_not_found"
    assert (await script.post("/api/accounts/acc_x/link")).json()["code"] == "account_not_found"
