"""What somebody says of themselves: kept with an account, off until switched on, and nobody else's business."""

import asyncio
from functools import partial
from typing import Any

import httpx2
from fastapi import FastAPI

from server.api.services import Services
from tests.api.lab import signed_in_as


async def test_it_is_off_until_it_is_switched_on(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given, name="Ann") as (ann, _), signed_in_as(api, given, name="Bo") as (bo, _):
        empty = {"use": False, "practise": "", "kept": True}
        assert (await ann.get("/api/me/background")).json() == empty
        ask = {"use": True, "practise": " Waiting\u202e after a hard answer.\x00 "}
        kept = {"use": True, "practise": "Waiting after a hard answer.", "kept": True}
        assert (await ann.put("/api/me/background", json=ask)).json() == kept
        assert (await ann.get("/api/me/background")).json() == kept
        assert (await bo.get("/api/me/background")).json() == empty
        await ann.put("/api/me/erasure", json={"wanted": True})
        assert (await ann.get("/api/me/background")).json() == kept
        assert (await ann.get("/api/me/data.json")).json()["person"]["about"]["background"]["use"] is True


def _say(name: str, about: dict[str, Any]) -> dict[str, Any]:
    return about | {name: True}


async def test_what_is_said_at_once_is_all_kept(api: FastAPI, given: Services) -> None:
    """Each of these writes the same row."""
    async with signed_in_as(api, given) as (ann, account):
        asks = [
            ann.put("/api/me/background", json={"use": True, "practise": "Waiting."}),
            ann.put("/api/me/erasure", json={"wanted": True}),
            *[given.store.people.tell(account.id, partial(_say, f"said_{n}")) for n in range(5)],
        ]
        await asyncio.gather(*asks)
        found = await given.store.people.account(account.id)
        assert found is not None
        assert {*found.about} == {"background", "erasure_asked_at", *(f"said_{n}" for n in range(5))}


async def test_what_is_not_asked_for_is_refused(api: FastAPI, given: Services) -> None:
    async with signed_in_as(api, given) as (ann, _):
        for wrong in ({"use": True, "age": 20}, {"use": "yes"}, {"use": True, "practise": "x" * 401}, {}):
            answer = await ann.put("/api/me/background", json=wrong)
            assert (answer.status_code, answer.json()["field"] != "") == (422, True), wrong


async def test_without_an_account_there_is_nothing_to_keep_it_with(browser: httpx2.AsyncClient) -> None:
    assert (await browser.get("/api/me/background")).json()["kept"] is False
    refused = await browser.put("/api/me/background", json={"use": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "no_account")
