"""The door of the wire: refused before it opens, or told why after."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient, WebSocketDenialResponse
from starlette.websockets import WebSocketDisconnect

from server.api import welcome
from server.api.services import Services
from server.core.events import Opened, ReplyWritten
from server.core.log import Entry
from tests.api.house import FOREIGN, OWN, TOKEN
from tests.api.test_access import HOSTILE

BEARER = {"Authorization": f"Bearer {TOKEN}"}
WIRE = f"{OWN.replace('http', 'ws')}/v1/realtime"
NO_NUMBER = ("", "-1", "1.5", "x", "true", "null", "%D9%A3", "9" * 16, "1e3", "+1", "0x1")
ENCOUNTER = f"enc_{'0' * 22}"


@pytest.fixture
def wire(api: FastAPI) -> Iterator[TestClient]:
    with TestClient(api, base_url=OWN) as made:
        yield made


@pytest.fixture
def cookie(wire: TestClient, given: Services) -> dict[str, str]:
    """Signed in, as a Cookie header."""
    assert wire.portal is not None
    ticket = wire.portal.call(given.tickets.issue)
    wire.post("/api/tickets", json={"ticket": ticket})
    secret = wire.cookies["bedside"]
    wire.cookies.clear()
    return {"Cookie": f"bedside={secret}"}


@pytest.fixture
def encounter(wire: TestClient, given: Services) -> str:
    """One that exists."""
    case = given.shelf.cases["ada-brook"]
    opened = Opened(ENCOUNTER, case.case_id, case.case_version, case.digest)
    assert wire.portal is not None
    wire.portal.call(given.store.create, case, opened, "local")
    return ENCOUNTER


def refused(wire: TestClient, query: str, headers: dict[str, str]) -> int:
    """The HTTP status with which the handshake ends."""
    with (
        pytest.raises(WebSocketDenialResponse) as denied,
        wire.websocket_connect(f"{WIRE}?{query}", headers=headers),
    ):
        pass
    assert denied.value.headers["content-type"] == "application/problem+json"
    return denied.value.status_code


def welcomed(wire: TestClient, query: str, headers: dict[str, str]) -> dict[str, Any]:
    """What the wire says first."""
    with wire.websocket_connect(f"{WIRE}?{query}", headers=headers) as socket:
        told: dict[str, Any] = socket.receive_json()
    return told


def turned_away(wire: TestClient, query: str) -> tuple[int, str]:
    """Close code and the error before it."""
    with wire.websocket_connect(f"{WIRE}?{query}", headers=BEARER) as socket:
        told = socket.receive_json()
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert told["type"] == "error"
    assert set(told["error"]) == {"type", "code", "message", "param", "event_id"}
    return closed.value.code, told["error"]["code"]


def test_who_may_connect(wire: TestClient, cookie: dict[str, str], encounter: str) -> None:
    query = f"encounter={encounter}"
    for headers in (BEARER, {**BEARER, "Origin": OWN}, {**cookie, "Origin": OWN}):
        assert welcomed(wire, query, headers) == {"encounter": encounter, "after": None}
    for headers, status in [
        ({}, 401),
        ({"Origin": OWN}, 401),
        ({"Authorization": "Bearer no"}, 401),
        ({"Cookie": "bedside=no", "Origin": OWN}, 401),
        (cookie, 403),
        ({**cookie, "Origin": FOREIGN}, 403),
        ({**BEARER, "Origin": FOREIGN}, 403),
    ]:
        assert refused(wire, query, headers) == status


@pytest.mark.parametrize("origin", HOSTILE)
def test_no_origin_but_ours(wire: TestClient, cookie: dict[str, str], origin: str) -> None:
    assert refused(wire, f"encounter={ENCOUNTER}", {**cookie, "Origin": origin}) == 403
    assert refused(wire, f"encounter={ENCOUNTER}", {**BEARER, "Origin": origin}) == 403


def test_a_foreign_host_is_not_served(wire: TestClient) -> None:
    with (
        pytest.raises(WebSocketDisconnect),
        wire.websocket_connect("ws://evil.example/v1/realtime?model=ada-brook", headers=BEARER),
    ):
        pass


def test_a_case_alone_makes_an_encounter_for_practice(wire: TestClient, given: Services) -> None:
    told = welcomed(wire, "model=ada-brook", BEARER)
    assert wire.portal is not None
    case, entries = wire.portal.call(given.store.read, told["encounter"])
    assert case.case_id == "ada-brook"
    assert isinstance(entries[0].event, Opened)


def test_resuming(wire: TestClient, encounter: str) -> None:
    assert welcomed(wire, f"encounter={encounter}&after=0", BEARER)["after"] == 0
    assert welcomed(wire, f"encounter={encounter}&after=17&model=whatever", BEARER)["after"] == 17


@pytest.mark.parametrize(
    ("query", "code", "error"),
    [
        ("model=unknown", 4404, "case_not_found"),
        ("model=retired-case", 4400, "case_retired"),
        (f"encounter=enc_{'9' * 22}", 4404, "encounter_not_found"),
        ("encounter=%00", 4404, "encounter_not_found"),
        ("", 4400, "bad_query"),
        ("model=", 4400, "bad_query"),
        ("model=a&model=b", 4400, "bad_query"),
        ("model=ada-brook&after=3", 4400, "bad_query"),
        *[(f"encounter={ENCOUNTER}&after={after}", 4400, "bad_query") for after in NO_NUMBER],
        *[(f"encounter={ENCOUNTER}&observe={observe}", 4400, "bad_query") for observe in ("0", "2", "", "true")],
        ("model=ada-brook&observe=1", 4400, "bad_query"),
        (f"encounter={ENCOUNTER}&observe=1&after=0", 4400, "bad_query"),
        (f"encounter={ENCOUNTER}&observe=1&observe=1", 4400, "bad_query"),
        (f"encounter=enc_{'9' * 22}&observe=1", 4404, "encounter_not_found"),
    ],
)
def test_turned_away_with_the_reason(wire: TestClient, query: str, code: int, error: str) -> None:
    assert turned_away(wire, query) == (code, error)


def test_what_is_not_yours_does_not_exist(wire: TestClient, given: Services) -> None:
    case = given.shelf.cases["ada-brook"]
    opened = Opened(ENCOUNTER, case.case_id, case.case_version, case.digest)
    assert wire.portal is not None
    wire.portal.call(given.store.create, case, opened, "somebody else")
    assert turned_away(wire, f"encounter={ENCOUNTER}") == (4404, "encounter_not_found")


@pytest.fixture
def observer(wire: TestClient, given: Services, encounter: str) -> dict[str, str]:
    """Invited to watch, as headers."""
    assert wire.portal is not None
    wire.portal.call(given.store.add_observer, "obs_1", encounter)
    ticket, _ = wire.portal.call(given.tickets.invite, "obs_1")
    wire.post("/api/tickets", json={"ticket": ticket})
    secret = wire.cookies["bedside"]
    wire.cookies.clear()
    return {"Cookie": f"bedside={secret}", "Origin": OWN}


def test_an_observer_watches_and_does_not_take_the_learners_seat(
    wire: TestClient, observer: dict[str, str], encounter: str
) -> None:
    assert refused(wire, f"encounter={encounter}", observer) == 403
    assert refused(wire, "model=ada-brook", observer) == 403
    with wire.websocket_connect(f"{WIRE}?encounter={encounter}&observe=1", headers=observer) as socket:
        assert socket.receive_json() == {"watching": encounter}
        socket.send_text("anything")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 1000


def test_the_learner_may_look_on(wire: TestClient, encounter: str) -> None:
    with wire.websocket_connect(f"{WIRE}?encounter={encounter}&observe=1", headers=BEARER) as socket:
        assert socket.receive_json() == {"watching": encounter}


def test_watching_ends_when_the_invitation_is_taken_back(
    wire: TestClient, given: Services, observer: dict[str, str], encounter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(welcome, "STILL_WELCOME_EVERY_S", 0.01)
    assert wire.portal is not None
    with wire.websocket_connect(f"{WIRE}?encounter={encounter}&observe=1", headers=observer) as socket:
        assert socket.receive_json() == {"watching": encounter}
        wire.portal.call(given.store.drop_observer, encounter, "obs_1")
        with pytest.raises(WebSocketDisconnect) as closed:
            socket.receive_json()
    assert closed.value.code == 4403


def test_an_observer_of_another_encounter_finds_none(wire: TestClient, given: Services, encounter: str) -> None:
    case = given.shelf.cases["ada-brook"]
    other = f"enc_{'o' * 22}"
    assert wire.portal is not None
    wire.portal.call(given.store.create, case, Opened(other, case.case_id, case.case_version, case.digest), "ann")
    wire.portal.call(given.store.add_observer, "obs_1", other)
    ticket, _ = wire.portal.call(given.tickets.invite, "obs_1")
    wire.post("/api/tickets", json={"ticket": ticket})
    headers = {"Cookie": f"bedside={wire.cookies['bedside']}", "Origin": OWN}
    wire.cookies.clear()
    with wire.websocket_connect(f"{WIRE}?encounter={encounter}&observe=1", headers=headers) as socket:
        assert socket.receive_json()["error"]["code"] == "encounter_not_found"


def test_a_log_that_cannot_be_followed_is_not_served(wire: TestClient, given: Services, encounter: str) -> None:
    illegal = Entry(2, ReplyWritten("turn_of_nobody"), 10)
    assert wire.portal is not None
    wire.portal.call(given.store.append, encounter, [illegal])
    for query in (f"encounter={encounter}", f"encounter={encounter}&observe=1"):
        assert turned_away(wire, query) == (4410, "played_by_older_version")
