"""The link by which somebody comes in for the first time, or after a reset: good once, for seven days."""

import csv
import io
from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI

from server.api.people.passwords import Passwords
from server.api.services import Services
from tests.api.conftest import client
from tests.api.house import OWN, Clock
from tests.api.lab import QUICK, at_the_door, signed_in_as

PASSWORD, OTHER = "seven lamps in Tromsø", "a kettle nobody fills"
ANN = {"name": "Ann Berry", "sign_in": "Ann@uni.example", "roles": ["student"]}


@pytest.fixture
def given(given: Services) -> Services:
    return replace(given, passwords=Passwords(QUICK))


async def invited(script: httpx2.AsyncClient, **changes: object) -> tuple[str, str]:
    """A new account's id, and the ticket of its link."""
    link = (await script.post("/api/accounts", json={**ANN, **changes})).json()
    assert link["address"].startswith(f"{OWN}/#ticket=") and link["address"].endswith("&invite=1")
    return link["id"], link["address"].removeprefix(f"{OWN}/#ticket=").removesuffix("&invite=1")


async def choose(api: FastAPI, ticket: str, password: str = PASSWORD) -> httpx2.Response:
    """In a browser of its own; asks who it is afterwards where it was let in."""
    async with client(api, Origin=OWN) as visitor:
        answer = await visitor.post("/api/invitations", json={"ticket": ticket, "password": password})
        return await visitor.get("/api/me") if answer.status_code == 204 else answer


async def test_whoever_has_the_link_chooses_a_password(api: FastAPI, script: httpx2.AsyncClient) -> None:
    account, ticket = await invited(script)
    for _ in range(2):
        shown = await script.post("/api/invitations/read", json={"ticket": ticket})
        assert shown.json() == {"name": "Ann Berry", "sign_in": "ann@uni.example"}
    refused = await choose(api, ticket, "password1")
    assert (refused.status_code, refused.json()["field"]) == (422, "password")
    assert (await choose(api, ticket)).json()["id"] == account
    async with client(api, Origin=OWN) as visitor:
        body = {"sign_in": "ann@uni.example", "password": PASSWORD}
        assert (await visitor.post("/api/sign-in", json=body)).status_code == 204
    assert (await script.get(f"/api/accounts/{account}")).json()["has_password"] is True


async def test_one_answer_for_every_link_that_is_not_good(
    api: FastAPI, script: httpx2.AsyncClient, clock: Clock
) -> None:
    """Used, replaced, of a closed account, too old, or nobody's: nothing tells them apart."""
    old = (await invited(script, sign_in="old"))[1]
    clock.pass_time(days=7)
    used = (await invited(script, sign_in="used"))[1]
    await choose(api, used)
    replaced_id, replaced = await invited(script, sign_in="replaced")
    await script.post(f"/api/accounts/{replaced_id}/link")
    closed_id, closed = await invited(script, sign_in="closed")
    await script.put(f"/api/accounts/{closed_id}", json={"active": False, "edition": 1})
    reads = [await script.post("/api/invitations/read", json={"ticket": each}) for each in (old, used, closed, "x")]
    answers = [*reads, *[await choose(api, each) for each in (old, used, replaced, closed, "x")]]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "invitation_not_good")}
    assert len({answer.text.replace(answer.json()["ref"], "") for answer in answers}) == 1


async def test_of_two_who_use_a_link_at_once_one_gets_in(
    api: FastAPI, given: Services, script: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    account, ticket = await invited(script)
    hashed = given.passwords.hashed
    others: list[httpx2.Response] = []

    async def while_hashing(password: str, about: tuple[str, ...]) -> str:
        if password == PASSWORD:
            others.append(await choose(api, ticket, OTHER))
        return await hashed(password, about)

    monkeypatch.setattr(given.passwords, "hashed", while_hashing)
    assert (await choose(api, ticket)).status_code == 404
    assert others[0].json()["id"] == account


async def test_it_does_not_sign_anybody_else_out(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    """Whoever invites tries the link in their own browser sooner or later."""
    account, ticket = await invited(script)
    async with signed_in_as(api, given, ("administrator",)) as (admin, who):
        answer = await admin.post("/api/invitations", json={"ticket": ticket, "password": PASSWORD})
        assert (answer.status_code, answer.json()["code"]) == (409, "signed_in_here")
        assert (await admin.get("/api/me")).json()["id"] == who.id
    async with at_the_door(api, given, account) as themselves:
        answer = await themselves.post("/api/invitations", json={"ticket": ticket, "password": PASSWORD})
        assert answer.status_code == 204


async def test_a_reset_ends_what_there_was(api: FastAPI, given: Services, script: httpx2.AsyncClient) -> None:
    account, ticket = await invited(script)
    await choose(api, ticket)
    async with at_the_door(api, given, account) as browser:
        link = (await script.post(f"/api/accounts/{account}/link")).json()
        assert (await browser.get("/api/me")).status_code == 401
        body = {"sign_in": "ann@uni.example", "password": PASSWORD}
        assert (await browser.post("/api/sign-in", json=body)).status_code == 401
    fresh = link["address"].removeprefix(f"{OWN}/#ticket=").removesuffix("&invite=1")
    assert (await choose(api, fresh, OTHER)).json()["id"] == account


async def test_who_forgot_their_password_is_not_kept_waiting(api: FastAPI, script: httpx2.AsyncClient) -> None:
    """Their own failed tries stand against a password, not against the link that replaces it."""
    account, ticket = await invited(script)
    async with client(api, Origin=OWN) as visitor:
        body = {"sign_in": "ann@uni.example", "password": OTHER}
        codes = [(await visitor.post("/api/sign-in", json=body)).status_code for _ in range(6)]
        assert codes == [401] * 5 + [429]
        chosen = await visitor.post("/api/invitations", json={"ticket": ticket, "password": PASSWORD})
        me = (await visitor.get("/api/me")).json()
        assert (chosen.status_code, me["id"]) == (204, account), "in the same browser"
        assert (await visitor.post("/api/sign-out")).status_code == 204
        assert (await visitor.post("/api/sign-in", json=body | {"password": PASSWORD})).status_code == 204


async def test_it_buys_nothing_as_a_start_link(api: FastAPI, script: httpx2.AsyncClient) -> None:
    """Without a password chosen, it signs nobody in."""
    _, ticket = await invited(script)
    async with client(api, Origin=OWN) as visitor:
        answer = await visitor.post("/api/tickets", json={"ticket": ticket})
        assert (answer.status_code, answer.json()["code"]) == (401, "ticket_used")
    assert (await choose(api, ticket)).status_code == 200


async def test_new_links_for_all_who_wait_and_for_nobody_else(
    api: FastAPI, given: Services, script: httpx2.AsyncClient, clock: Clock
) -> None:
    """A week after a class was invited; whoever has chosen by now keeps the password that they have."""
    made = {name: await invited(script, sign_in=name, name=name.title()) for name in ("zoe", "ann", "chose", "closed")}
    ids = {name: account for name, (account, _) in made.items()}
    await choose(api, made["chose"][1])
    before = await given.store.people.account(ids["chose"])
    await script.put(f"/api/accounts/{ids['closed']}", json={"active": False, "edition": 1})
    page = (await script.get("/api/accounts", params={"state": "waiting"})).json()["accounts"]
    assert {each["sign_in"]: each["link_until"] is not None for each in page} == {"ann": True, "zoe": True}
    clock.pass_time(days=7)
    assert (await script.get(f"/api/accounts/{ids['ann']}")).json()["link_until"] is None
    renewed = (await script.post("/api/accounts/links", json={"accounts": [*ids.values(), "acc_x"]})).json()
    assert ([each["sign_in"] for each in renewed["links"]], renewed["left"]) == (["ann", "zoe"], 3)
    rows = list(csv.reader(io.StringIO(renewed["file"].removeprefix("\ufeff"))))
    assert rows[1] == ["Ann", "ann", renewed["links"][0]["address"], "2026-01-15 00:00 UTC"]
    again = (await script.post("/api/accounts/links", json={"accounts": [ids["ann"]]})).json()["links"][0]
    replaced, fresh = [
        each["address"].partition("ticket=")[2].partition("&")[0] for each in (*renewed["links"], again)
    ][::2]
    assert (await choose(api, replaced)).status_code == 404, "a newer link ends the one before"
    assert (await choose(api, fresh)).json()["id"] == ids["ann"]
    assert await given.store.people.account(ids["chose"]) == before
    nobody = (await script.post("/api/accounts/links", json={"accounts": [ids["chose"]]})).json()
    assert (nobody["links"], nobody["file"], nobody["left"]) == ([], "", 1)
    told = [row.body for row in await given.store.audit.rows() if row.action == "accounts_invited"]
    assert told == [{"invited": [ids["ann"]]}, {"invited": sorted([ids["ann"], ids["zoe"]])}]
