"""What one account may use at once, and what happens to one more."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect

from server.api import limits
from server.api.services import Services
from server.core.events import Opened
from tests.api.encounters.test_realtime import BEARER, WIRE
from tests.api.house import OWN, TOKEN, Clock, TellingDoor
from tests.api.lab import with_account


class StayingDoor(TellingDoor):
    """A wire that stays open until the client goes."""

    async def serve(self, socket: WebSocket, encounter_id: str, after: int | None) -> None:
        await socket.accept()
        await socket.send_json({"encounter": encounter_id})
        await socket.receive()


@pytest.fixture
def wire(api: FastAPI, given: Services) -> Iterator[TestClient]:
    api.state.services = replace(given, live=StayingDoor())
    with TestClient(api, base_url=OWN) as made:
        yield made


def somebody(wire: TestClient, given: Services) -> tuple[str, dict[str, str]]:
    """An account's id, and headers of their browser."""
    assert wire.portal is not None
    account = wire.portal.call(with_account, given)
    cookie = wire.portal.call(given.tickets.admit, account.id)
    return account.id, {"Cookie": f"bedside={cookie}", "Origin": OWN}


def encounters(wire: TestClient, given: Services, owner: str, count: int) -> list[str]:
    case = given.shelf.cases["ada-brook"]
    ids = [f"enc_{number:022}" for number in range(count)]
    assert wire.portal is not None
    for each in ids:
        opened = Opened(each, case.case_id, case.case_version, case.digest)
        wire.portal.call(given.store.create, case, opened, owner)
    return ids


def test_a_third_encounter_at_once_is_refused_and_told_why(wire: TestClient, given: Services) -> None:
    person, headers = somebody(wire, given)
    first, second, third = encounters(wire, given, person, 3)
    with ExitStack() as open_ones:
        for each in (first, second, first):
            line = open_ones.enter_context(wire.websocket_connect(f"{WIRE}?encounter={each}", headers=headers))
            assert line.receive_json() == {"encounter": each}, "a second window is no second encounter"
        with (
            wire.websocket_connect(f"{WIRE}?encounter={third}", headers=headers) as line,
            pytest.raises(WebSocketDisconnect) as told,
        ):
            line.receive_json()
        assert (told.value.code, told.value.reason) == (1013, limits.TOO_MANY)
    with wire.websocket_connect(f"{WIRE}?encounter={third}", headers=headers) as line:
        assert line.receive_json() == {"encounter": third}, "the others have been left"


def test_whoever_runs_the_installation_is_not_limited(wire: TestClient, given: Services) -> None:
    with ExitStack() as open_ones:
        for each in encounters(wire, given, "local", 4):
            line = open_ones.enter_context(wire.websocket_connect(f"{WIRE}?encounter={each}", headers=BEARER))
            assert line.receive_json() == {"encounter": each}


def test_one_encounter_too_many_in_a_day(
    wire: TestClient, given: Services, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_A_DAY", 3)
    _, headers = somebody(wire, given)
    answers = [wire.post("/api/encounters", json={"case_id": "ada-brook"}, headers=headers) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429]
    assert "3 encounters within a day" in answers[3].json()["message"]
    owner = {"Authorization": f"Bearer {TOKEN}"}
    for _ in range(4):
        assert wire.post("/api/encounters", json={"case_id": "ada-brook"}, headers=owner).status_code == 201
