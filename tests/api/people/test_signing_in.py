"""Tickets and cookies: once, for a while, and never kept in the clear."""

from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI

from server.api.routes import build_api
from server.api.services import Services
from server.store.store import Store
from tests.api.conftest import client
from tests.api.house import FOREIGN, OWN, Clock


async def sign_in(visitor: httpx2.AsyncClient, ticket: str) -> httpx2.Response:
    return await visitor.post("/api/tickets", json={"ticket": ticket})


async def test_a_ticket_signs_in_once(given: Services, anonymous: httpx2.AsyncClient) -> None:
    ticket = await given.tickets.issue()
    first, second = [await sign_in(anonymous, ticket) for _ in range(2)]
    assert (first.status_code, second.status_code) == (204, 401)
    assert second.json()["code"] == "ticket_used"
    assert (await anonymous.get("/api/cases")).status_code == 200


async def test_a_ticket_lives_ten_minutes(given: Services, anonymous: httpx2.AsyncClient, clock: Clock) -> None:
    early, late = await given.tickets.issue(), await given.tickets.issue()
    clock.pass_time(minutes=9, seconds=59)
    assert (await sign_in(anonymous, early)).status_code == 204
    clock.pass_time(seconds=1)
    assert (await sign_in(anonymous, late)).status_code == 401


async def test_a_sign_in_lives_twelve_hours(browser: httpx2.AsyncClient, clock: Clock) -> None:
    clock.pass_time(hours=11, minutes=59)
    assert (await browser.get("/api/cases")).status_code == 200
    clock.pass_time(minutes=1)
    answer = await browser.get("/api/cases")
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_needed")


async def test_the_cookie_is_for_this_page_only(given: Services, anonymous: httpx2.AsyncClient) -> None:
    answer = await sign_in(anonymous, await given.tickets.issue())
    parts = {part.strip() for part in answer.headers["set-cookie"].split(";")}
    assert parts >= {"HttpOnly", "SameSite=strict", "Path=/", "Max-Age=43200"}
    assert next(part for part in parts if part.startswith("bedside="))


async def test_behind_tls_the_cookie_is_bound_to_the_host(given: Services) -> None:
    async with client(build_api(replace(given, secure=True)), Origin=OWN) as visitor:
        answer = await sign_in(visitor, await given.tickets.issue())
    assert answer.headers["set-cookie"].startswith("__Host-bedside=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "Domain" not in answer.headers["set-cookie"]


async def test_signing_out_ends_it_wherever_the_cookie_was_copied(api: FastAPI, browser: httpx2.AsyncClient) -> None:
    copied = {"Cookie": f"bedside={browser.cookies['bedside']}"}
    answer = await browser.post("/api/sign-out")
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["set-cookie"]
    async with client(api) as elsewhere:
        assert (await elsewhere.get("/api/cases", headers=copied)).status_code == 401


async def test_a_foreign_page_cannot_use_up_a_ticket(given: Services, anonymous: httpx2.AsyncClient) -> None:
    ticket = await given.tickets.issue()
    refused = await anonymous.post("/api/tickets", json={"ticket": ticket}, headers={"Origin": FOREIGN})
    assert refused.status_code == 403
    assert (await sign_in(anonymous, ticket)).status_code == 204


async def test_the_database_keeps_no_secret(given: Services, store: Store, anonymous: httpx2.AsyncClient) -> None:
    ticket = await given.tickets.issue()
    kept = await store.database.read(lambda c: [str(row) for row in c.exec_driver_sql("SELECT * FROM sign_ins")])
    assert len(kept) == 1
    assert ticket not in kept[0]


@pytest.mark.parametrize("ticket", ["", "x" * 201, 5, None, ["a"], {}])
async def test_a_ticket_that_cannot_be_one(anonymous: httpx2.AsyncClient, ticket: object) -> None:
    answer = await anonymous.post("/api/tickets", json={"ticket": ticket})
    assert (answer.status_code, answer.json()["field"]) == (422, "ticket")
