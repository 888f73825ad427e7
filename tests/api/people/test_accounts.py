"""What an administrator does with accounts, and how soon it is felt."""

import asyncio

import httpx2
import pytest
from fastapi import FastAPI

from server.api.services import Services
from tests.api.lab import at_the_door, signed_in_as, with_account

BEN = {"name": "Ben Ode", "sign_in": "ben@uni.example", "roles": ["student"]}


async def change(visitor: httpx2.AsyncClient, given: Services, account_id: str, **values: object) -> httpx2.Response:
    """As somebody does who has just looked at it."""
    found = await given.store.people.account(account_id)
    return await visitor.put(f"/api/accounts/{account_id}", json={"edition": found.edition if found else 1, **values})


async def test_accounts_are_looked_for(script: httpx2.AsyncClient, given: Services) -> None:
    await with_account(given, ("student",), "Zoë Ångström", sign_in="zoe")
    await with_account(given, ("faculty", "educator"), "ben", sign_in="ben@uni.example")
    await with_account(given, ("student",), "Ann", sign_in="ann", active=False)
    await with_account(given, ("educator",), "Cy", sign_in="cy", password="$argon2id$x")

    async def names(**query: object) -> list[str]:
        page = (await script.get("/api/accounts", params=query)).json()  # type: ignore[arg-type]
        assert page["total"] >= len(page["accounts"])
        return [each["name"] for each in page["accounts"]]

    assert await names() == ["Ann", "ben", "Cy", "Zoë Ångström"]
    assert await names(text="ÅNG") == ["Zoë Ångström"] and await names(text="UNI.example") == ["ben"]
    assert await names(role="educator") == ["ben", "Cy"] and await names(state="closed") == ["Ann"]
    assert await names(state="open") == ["ben", "Cy", "Zoë Ångström"]
    assert await names(state="waiting") == ["ben", "Zoë Ångström"]
    assert await names(limit=1, offset=3) == ["Zoë Ångström"]
    for wrong in ({"role": "dean"}, {"state": "lost"}):
        assert (await script.get("/api/accounts", params=wrong)).status_code == 422


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


async def test_a_name_belongs_to_one(script: httpx2.AsyncClient, given: Services) -> None:
    ids = [(await script.post("/api/accounts", json={**BEN, "sign_in": name})).json()["id"] for name in ("ann", "ben")]
    again = await script.post("/api/accounts", json={**BEN, "sign_in": " BEN "})
    changed = await change(script, given, ids[0], sign_in="Ben", name="Other")
    assert [(each.status_code, each.json()["field"]) for each in (again, changed)] == [(409, "sign_in")] * 2
    assert (await script.get(f"/api/accounts/{ids[0]}")).json()["name"] == "Ben Ode"
    same = await change(script, given, ids[1], sign_in="BEN", name="Ben  O.")
    assert (same.status_code, same.json()["name"]) == (200, "Ben O.")


async def test_roles_take_effect_at_once(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    async with signed_in_as(api, given, ("student",)) as (browser, ann):
        assert (await browser.get("/api/accounts")).json()["code"] == "not_your_role"
        body = {"roles": ["administrator", "student"], "time_percent": 150}
        changed = (await change(script, given, ann.id, **body)).json()
        assert (changed["roles"], changed["time_percent"]) == (["student", "administrator"], 150)
        assert (await browser.get("/api/accounts")).status_code == 200
        await change(script, given, ann.id, roles=["student"])
        assert (await browser.get("/api/accounts")).status_code == 403
    rows = [row for row in await given.store.audit.rows() if row.action == "account_changed"]
    assert rows[-1].body == {"roles": [["student"], ["student", "administrator"]], "time_percent": [100, 150]}
    assert (rows[-1].actor, rows[-1].subject) == ("local", ann.id)


async def test_a_closed_account_is_out_at_once(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    async with signed_in_as(api, given) as (browser, ann):
        assert (await change(script, given, ann.id, active=False)).json()["active"] is False
        assert (await browser.get("/api/me")).json()["code"] == "account_closed"
        assert (await script.post(f"/api/accounts/{ann.id}/link")).json()["code"] == "account_closed"
        await change(script, given, ann.id, active=True)
        assert (await browser.get("/api/me")).status_code == 401, "opened again, one signs in again"


async def test_nobody_takes_themselves_the_way_back(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, ("administrator", "faculty")) as (browser, ann):
        for values in ({"active": False}, {"roles": ["faculty"]}):
            answer = await change(browser, given, ann.id, **values)
            assert (answer.status_code, answer.json()["code"]) == (409, "own_account")
        assert (await change(browser, given, ann.id, name="A. B.")).status_code == 200


async def test_two_administrators_who_close_each_other_leave_one(api: FastAPI, given: Services) -> None:
    one, other = [await with_account(given, ("administrator",), name) for name in ("Ann", "Bo")]
    async with at_the_door(api, given, one.id) as ann, at_the_door(api, given, other.id) as bo:
        answers = await asyncio.gather(
            change(ann, given, other.id, active=False), change(bo, given, one.id, roles=["student"])
        )
    # whoever came second may have been out already when they asked
    assert sorted(each.status_code for each in answers) in ([200, 409], [200, 401], [200, 403])
    leading = [each.id for each in (await given.store.people.accounts()) if each.leads]
    assert leading in ([one.id], [other.id])
    assert (await given.store.admissions.alter("local", leading[0], 1, active=False)).active is False, "the owner may"


async def test_of_two_who_change_one_account_the_second_is_told(script: httpx2.AsyncClient, given: Services) -> None:
    """Whatever their owner does meanwhile is no change of an administrator's."""
    ann = await with_account(given)
    path = f"/api/accounts/{ann.id}"
    edition = (await script.get(path)).json()["edition"]
    await given.store.people.tell(ann.id, lambda about: about | {"background": {"use": True}})
    first = await script.put(path, json={"edition": edition, "time_percent": 150})
    late = await script.put(path, json={"edition": edition, "name": "Ann B.", "time_percent": 100})
    assert (first.status_code, late.status_code, late.json()["code"]) == (200, 409, "changed_meanwhile")
    now = (await script.get(path)).json()
    assert (now["name"], now["time_percent"], now["edition"]) == ("Ann", 150, first.json()["edition"])
    assert (await script.put(path, json={"edition": now["edition"], "name": "Ann B."})).json()["time_percent"] == 150
    assert (await script.put(path, json={"name": "Ann"})).json()["field"] == "edition"


async def test_what_was_erased_stays_so(script: httpx2.AsyncClient, given: Services) -> None:
    ann = await with_account(given)
    await given.store.erasure.erase_person(ann.id, "local")
    for answer in (
        await change(script, given, ann.id, active=True),
        await change(script, given, ann.id, name="Ann", roles=["student"]),
        await script.post(f"/api/accounts/{ann.id}/link"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "account_erased")
    shown = (await script.get(f"/api/accounts/{ann.id}")).json()
    assert (shown["name"], shown["active"], shown["erased"]) == ("", False, True)


async def test_the_audit_keeps_no_name(script: httpx2.AsyncClient, given: Services) -> None:
    """It is kept for ever, and somebody may be erased."""
    made = (await script.post("/api/accounts", json=BEN)).json()
    await change(script, given, made["id"], name="Benedict Ode", sign_in="benedict")
    rows = await given.store.audit.rows()
    assert [row.action for row in rows] == ["account_changed", "accounts_made"]
    assert not any(name in str(row) for row in rows for name in ("Ben", "ben@", "Ode"))
    assert rows[0].body == {"renamed": [False, True]}


async def test_an_account_that_is_not_there(script: httpx2.AsyncClient) -> None:
    changed = await script.put("/api/accounts/acc_x", json={"name": "X", "edition": 1})
    for answer in (await script.get("/api/accounts/acc_x"), changed):
        assert answer.json()["code"] == "account_not_found"
    assert (await script.post("/api/accounts/acc_x/link")).json()["code"] == "account_not_found"
