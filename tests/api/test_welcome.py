"""Who is on the wire stays there only while they may: what was taken from them ends it within seconds."""

from collections.abc import Callable, Coroutine, Iterator
from dataclasses import replace
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api import welcome
from server.api.access import new_encounter_id
from server.api.services import Services
from server.core.events import Opened
from server.store.people.accounts import Account
from server.store.people.admissions import Admissions
from tests.api.house import OWN, Clock, TellingDoor
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, with_account

WIRE = f"{OWN.replace('http', 'ws')}/v1/realtime"


class StayingDoor(TellingDoor):
    """A wire that says whom it serves, and stays."""

    async def serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        await self.observe(socket, encounter_id)


@pytest.fixture
def given(given: Services, monkeypatch: pytest.MonkeyPatch) -> Services:
    monkeypatch.setattr(welcome, "STILL_WELCOME_EVERY_S", 0.01)
    return replace(given, live=StayingDoor())


@pytest.fixture
def wire(api: FastAPI) -> Iterator[TestClient]:
    with TestClient(api, base_url=OWN) as made:
        yield made


def now(wire: TestClient, work: Coroutine[Any, Any, Any]) -> Any:
    """Let the server's own loop do it."""

    async def done() -> Any:
        return await work

    assert wire.portal is not None
    return wire.portal.call(done)


async def own_encounter(given: Services, account: Account) -> str:
    case, encounter_id = given.shelf.cases["ada-brook"], new_encounter_id()
    await given.store.create(case, Opened(encounter_id, case.case_id, case.case_version, case.digest), account.id)
    return encounter_id


def headers(wire: TestClient, given: Services, account: Account) -> dict[str, str]:
    return {"Cookie": f"bedside={now(wire, given.tickets.admit(account.id))}", "Origin": OWN}


def closed_by(wire: TestClient, given: Services, account: Account, query: str, deed: Callable[[], Any]) -> int:
    """The code with which a socket that was let in is closed after `deed`."""
    with wire.websocket_connect(f"{WIRE}?{query}", headers=headers(wire, given, account)) as socket:
        assert "watching" in socket.receive_json()
        now(wire, deed())
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    return closed.value.code


DEEDS: dict[str, Callable[[Admissions, str], Coroutine[Any, Any, Any]]] = {
    "closed": lambda door, account: door.alter("local", account, 1, active=False),
    "signed out everywhere": lambda door, account: door.end(account, account),
}


@pytest.mark.parametrize("what", DEEDS)
def test_the_learner_is_shown_out(wire: TestClient, given: Services, what: str) -> None:
    ann = now(wire, with_account(given))
    query = f"encounter={now(wire, own_encounter(given, ann))}"
    deed = lambda: DEEDS[what](given.store.admissions, ann.id)  # noqa: E731
    assert closed_by(wire, given, ann, query, deed) == 4401


def test_a_sign_in_that_runs_out_ends_no_encounter(wire: TestClient, given: Services, clock: Clock) -> None:
    ann = now(wire, with_account(given))
    query, cookie = f"encounter={now(wire, own_encounter(given, ann))}", headers(wire, given, ann)
    with wire.websocket_connect(f"{WIRE}?{query}", headers=cookie) as socket:
        socket.receive_json()
        clock.pass_time(hours=13)
        now(wire, given.tickets.admit("somebody else"))
        assert wire.get("/api/me", headers=cookie).status_code == 401
        now(wire, asked_again(given))
        socket.send_text("still here")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 1000, "the door itself ended it"


async def asked_again(given: Services) -> None:
    """Until every socket was looked at once more."""
    seen, account = [], given.store.people.account

    async def counting(account_id: str) -> Account | None:
        seen.append(account_id)
        return await account(account_id)

    given.store.people.account = counting  # type: ignore[method-assign]
    try:
        while len(seen) < 3:
            await given.store.ready()
    finally:
        del given.store.people.account


async def off_the_course(given: Services, course_id: str, account: Account) -> None:
    await given.store.courses.drop_member(course_id, account.id, "local")


async def without_the_role(given: Services, course_id: str, account: Account) -> None:
    await given.store.admissions.alter("local", account.id, 1, roles=("student",))


@pytest.mark.parametrize("deed", [off_the_course, without_the_role])
def test_staff_watch_until_they_are_staff_no_more(
    wire: TestClient, given: Services, deed: Callable[[Services, str, Account], Coroutine[Any, Any, None]]
) -> None:
    eve, ann = now(wire, with_account(given, ("faculty",), "Eve")), now(wire, with_account(given))
    course = now(wire, a_course(given, "local"))
    now(wire, enrolled(given, course.id, ann))
    now(wire, enrolled(given, course.id, eve, "staff"))
    attempt = now(wire, an_attempt(given, now(wire, an_assignment(given, course.id)), ann))
    query = f"encounter={attempt}&observe=1"
    assert closed_by(wire, given, eve, query, lambda: deed(given, course.id, eve)) == 4403
