"""Signing in with a password: what may be chosen, what is told, and how often it may be tried."""

import asyncio
import threading
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Literal

import httpx2
import pytest
import pytest_asyncio
from argon2 import PasswordHasher
from fastapi import FastAPI

from server.api.people.passwords import AT_ONCE, MOST_WAITING, Passwords
from server.api.services import Services
from server.core.errors import Busy
from server.store.people.accounts import Account
from tests.api.conftest import client
from tests.api.house import FOREIGN, OWN, Clock
from tests.api.lab import QUICK, at_the_door, with_account

RIGHT, OTHER = "seven lamps in Tromsø", "a kettle nobody fills"


@pytest.fixture
def given(given: Services) -> Services:
    return replace(given, passwords=Passwords(QUICK))


@pytest_asyncio.fixture
async def ann(given: Services) -> Account:
    """Somebody who has chosen a password."""
    kept = await given.passwords.hashed(RIGHT, ())
    return await with_account(given, sign_in="ann@uni.example", password=kept)


@pytest_asyncio.fixture
async def door(api: FastAPI) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser on our page, in which nobody is signed in."""
    async with client(api, Origin=OWN) as visitor:
        yield visitor


async def sign_in(visitor: httpx2.AsyncClient, name: str, password: str, **headers: str) -> httpx2.Response:
    body = {"sign_in": name, "password": password}
    return await visitor.post("/api/sign-in", json=body, headers=headers)


async def actions(given: Services) -> list[tuple[str, str]]:
    return [(row.action, row.subject) for row in reversed(await given.store.audit.rows())]


async def test_a_name_and_a_password_let_somebody_in(given: Services, door: httpx2.AsyncClient, ann: Account) -> None:
    answer = await sign_in(door, "  Ann@UNI.example ", RIGHT)
    assert (answer.status_code, answer.content) == (204, b"")
    parts = [{part.strip() for part in each.split(";")} for each in answer.headers.get_list("set-cookie")]
    assert all(each >= {"HttpOnly", "SameSite=strict", "Path=/"} for each in parts)
    me = (await door.get("/api/me")).json()
    assert (me["id"], me["name"], me["roles"], me["one_person"], me["sign_in"]) == (
        ann.id, "Ann", ["student"], False, "ann@uni.example",
    )  # fmt: skip
    assert await actions(given) == [("signed_in", ann.id)]
    found = await given.store.people.account(ann.id)
    assert found is not None and found.seen_at == given.tickets.now()


async def test_one_answer_after_the_same_work(
    given: Services, door: httpx2.AsyncClient, ann: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whether the name is anybody's, closed, or has no password yet cannot be told from outside."""
    looked: list[str] = []
    made = 0
    right, hash_ = PasswordHasher.verify, PasswordHasher.hash

    def hashed(self: PasswordHasher, password: Any) -> str:
        nonlocal made
        made += 1
        return hash_(self, password)

    def verify(self: PasswordHasher, kept: str, password: Any) -> Any:
        looked.append(kept)
        return right(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "verify", verify)
    monkeypatch.setattr(PasswordHasher, "hash", hashed)
    await with_account(given, sign_in="closed", password=ann.password, active=False)
    await with_account(given, sign_in="invited")
    asks = [("ann@uni.example", OTHER), ("nobody", RIGHT), ("closed", RIGHT), ("invited", RIGHT)]
    answers = [await sign_in(door, *ask) for ask in asks]
    assert len({answer.text.replace(answer.json()["ref"], "") for answer in answers}) == 1
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(401, "sign_in_wrong")}
    assert len(looked) == 4 and len({kept.rpartition("$")[0].rpartition("$")[0] for kept in looked}) == 1
    assert looked[0].startswith("$argon2id$") and made == 1, "one decoy, of the same cost, for all of them"
    assert len(await actions(given)) == 4
    assert "set-cookie" not in answers[0].headers


async def test_five_tries_from_one_place(given: Services, door: httpx2.AsyncClient, ann: Account, clock: Clock) -> None:
    codes = [(await sign_in(door, ann.sign_in, OTHER)).status_code for _ in range(5)]
    late = await sign_in(door, ann.sign_in, RIGHT)
    assert codes == [401] * 5 and late.status_code == 429
    assert late.headers["retry-after"] == str(15 * 60)
    assert "in 15 minutes" in late.json()["message"]
    assert (await sign_in(door, "ben", OTHER)).status_code == 401
    clock.pass_time(minutes=15)
    assert (await sign_in(door, ann.sign_in, RIGHT)).status_code == 204


async def test_what_is_right_clears_what_was_wrong(door: httpx2.AsyncClient, ann: Account) -> None:
    for _ in range(3):
        wrong = [(await sign_in(door, ann.sign_in, OTHER)).status_code for _ in range(4)]
        assert (wrong, (await sign_in(door, ann.sign_in, RIGHT)).status_code) == ([401] * 4, 204)


async def test_twenty_tries_from_everywhere_do_not_lock_the_owner_out(
    api: FastAPI, given: Services, door: httpx2.AsyncClient, ann: Account
) -> None:
    """In a browser in which they have signed in before, what others try with their name does not count."""
    await sign_in(door, ann.sign_in, RIGHT)
    await door.post("/api/sign-out")
    for number in range(20):
        elsewhere = httpx2.ASGITransport(app=api, client=(f"10.0.0.{number}", 5000))
        async with httpx2.AsyncClient(transport=elsewhere, base_url=OWN, headers={"Origin": OWN}) as visitor:
            assert (await sign_in(visitor, ann.sign_in, OTHER)).status_code == 401
    async with client(api, Origin=OWN) as stranger:
        assert (await sign_in(stranger, ann.sign_in, RIGHT)).status_code == 429
    assert (await sign_in(door, ann.sign_in, RIGHT)).status_code == 204
    await door.post("/api/sign-out")
    assert [(await sign_in(door, ann.sign_in, OTHER)).status_code for _ in range(6)] == [401] * 5 + [429]


async def test_an_accent_is_one_letter_however_it_is_typed(given: Services, door: httpx2.AsyncClient) -> None:
    kept = await given.passwords.hashed("cafe\u0301 under the moss", ())
    await with_account(given, sign_in="ann", password=kept)
    assert (await sign_in(door, "ann", "caf\u00e9 under the moss")).status_code == 204


async def test_a_hash_of_older_parameters_is_renewed(given: Services, door: httpx2.AsyncClient) -> None:
    old = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1).hash(RIGHT)
    account = await with_account(given, sign_in="ann", password=old)
    assert (await sign_in(door, "ann", RIGHT)).status_code == 204
    found = await given.store.people.account(account.id)
    assert found is not None and found.password != old
    assert not QUICK.check_needs_rehash(found.password) and QUICK.verify(found.password, RIGHT)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("x7kq2", "at least 8"), ("a" * 257, "at most 256"), ("password1", "very common"), ("abcdefgh", "Sequences"),
        ("aaaaaaaaaaaa", "Repeats"), ("annberry", "easy to guess"), ("ann.berry", "easy to guess"),
    ],
)  # fmt: skip
async def test_a_password_that_is_refused(given: Services, ann: Account, api: FastAPI, password: str, why: str) -> None:
    await given.store.people.change(ann.id, sign_in="ann.berry@uni.example", name="Ann Berry")
    async with at_the_door(api, given, ann.id) as visitor:
        answer = await visitor.put("/api/me/password", json={"current": RIGHT, "password": password})
        assert (answer.status_code, answer.json()["field"]) == (422, "password")
        assert why in answer.json()["message"] and password not in answer.json()["message"]
        assert (await visitor.get("/api/me")).status_code == 200
    assert await given.store.people.account(ann.id) == replace(ann, sign_in="ann.berry@uni.example", name="Ann Berry")


async def test_new_passwords_that_are_refused_lock_nobody_out(api: FastAPI, given: Services, ann: Account) -> None:
    """The one that they have was right each time, so there was no failure to sign in."""
    async with at_the_door(api, given, ann.id) as visitor:
        for _ in range(6):
            refused = await visitor.put("/api/me/password", json={"current": RIGHT, "password": "password1"})
            assert (refused.status_code, refused.json()["field"]) == (422, "password")
        wrong = [await visitor.put("/api/me/password", json={"current": OTHER, "password": OTHER}) for _ in range(6)]
        assert [each.status_code for each in wrong] == [422] * 5 + [429]


async def test_another_password_ends_every_other_sign_in(api: FastAPI, given: Services, ann: Account) -> None:
    async with at_the_door(api, given, ann.id) as here, at_the_door(api, given, ann.id) as there:
        wrong = await here.put("/api/me/password", json={"current": OTHER, "password": OTHER})
        assert (wrong.status_code, wrong.json()["field"]) == (422, "current")
        changed = await here.put("/api/me/password", json={"current": RIGHT, "password": OTHER})
        assert changed.status_code == 204
        assert [(await each.get("/api/me")).status_code for each in (here, there)] == [200, 401]
        assert (await sign_in(there, ann.sign_in, RIGHT)).status_code == 401
        assert (await sign_in(there, ann.sign_in, OTHER)).status_code == 204


@pytest.mark.parametrize(("keep", "status"), [(True, 200), (False, 401)])
async def test_signed_out_everywhere(api: FastAPI, given: Services, ann: Account, keep: bool, status: int) -> None:
    async with at_the_door(api, given, ann.id) as here, at_the_door(api, given, ann.id) as there:
        assert (await here.post("/api/me/sign-out", json={"keep_this": keep})).status_code == 204
        assert [(await each.get("/api/me")).status_code for each in (here, there)] == [status, 401]


async def test_the_start_link_has_no_password(browser: httpx2.AsyncClient) -> None:
    answer = await browser.put("/api/me/password", json={"current": RIGHT, "password": OTHER})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_account")


async def test_the_page_knows_whether_there_is_a_name_to_ask_for(given: Services, door: httpx2.AsyncClient) -> None:
    nobody = {"me": None, "why": ""}
    assert (await door.get("/api/sign-in")).json() == {"accounts": False, **nobody}
    await with_account(given)
    assert (await door.get("/api/sign-in")).json() == {"accounts": True, **nobody}
    assert (await door.get("/api/sign-in", headers={"Origin": FOREIGN})).status_code == 403


async def test_the_page_asks_once_who_is_here(api: FastAPI, given: Services, ann: Account) -> None:
    """That nobody is here is no error; that an account was closed is told to whoever still holds its cookie."""
    async with at_the_door(api, given, ann.id) as visitor:
        assert (await visitor.get("/api/sign-in")).json()["me"] == (await visitor.get("/api/me")).json()
        await given.store.admissions.alter("local", ann.id, 1, active=False)
        told = await visitor.get("/api/sign-in")
        assert (told.status_code, told.json()["me"]) == (200, None) and "closed" in told.json()["why"]
        visitor.cookies.set("bedside", "nobody's")
        assert (await visitor.get("/api/sign-in")).json() == {"accounts": True, "me": None, "why": ""}


async def test_a_foreign_page_signs_nobody_in(door: httpx2.AsyncClient, ann: Account) -> None:
    assert (await sign_in(door, ann.sign_in, RIGHT, Origin=FOREIGN)).status_code == 403
    assert (await sign_in(door, ann.sign_in, RIGHT)).status_code == 204


@pytest.mark.parametrize("password", ["", "x" * 1_025, None, 5])
async def test_a_password_that_cannot_be_one(door: httpx2.AsyncClient, ann: Account, password: object) -> None:
    body = {"sign_in": ann.sign_in, "password": password}
    answer = await door.post("/api/sign-in", json=body)
    assert (answer.status_code, answer.json()["field"]) == (422, "password")


class Slow(PasswordHasher):
    """Says when it has begun, and is done when it is let."""

    def __init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.begun, self.most, self.running = threading.Semaphore(0), 0, 0
        self.let = threading.Event()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        self.running += 1
        self.most = max(self.most, self.running)
        self.begun.release()
        self.let.wait()
        self.running -= 1
        return super().verify(hash, password)


async def test_two_are_looked_at_at_once_and_few_may_wait() -> None:
    """A crowd at the sign-in costs two cores and 128 MB at most, and the loop goes on meanwhile."""
    hasher = Slow()
    passwords, kept = Passwords(hasher), hasher.hash(RIGHT)
    asks = [asyncio.create_task(passwords.right(kept, RIGHT)) for _ in range(MOST_WAITING)]
    for _ in range(AT_ONCE):
        await asyncio.to_thread(hasher.begun.acquire)
    with pytest.raises(Busy, match="Try again in a few seconds"):
        await passwords.right(kept, RIGHT)
    hasher.let.set()
    assert await asyncio.gather(*asks) == [True] * MOST_WAITING
    assert hasher.most == AT_ONCE
