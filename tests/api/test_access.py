"""Who gets in: every route, discovered from the application. As what they get in: test_permits.py."""

from dataclasses import replace

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from server.api.encounters.realtime import MEETING, WATCHING
from server.api.permits import NOBODY, PERMITS
from server.api.routes import build_api
from server.api.services import Services
from tests.api.conftest import client
from tests.api.house import FOREIGN, OWN, TOKEN

PAGES = {("GET", "/docs"), ("GET", "/openapi.json")}
BODIES: dict[str, dict[str, object]] = {
    "/corrections": {"turn": "clip_1", "start_word": 0, "end_word": 1, "words": "so"},
    "/corrections/1/settle": {"accepted": True},
    "/markers": {"name": "Dr Berg"},
    "/marking/steps": {"kind": "sheet_closed", "expected_step": 0},
    "/marking/appeals": {"dimension": "support", "turn": "turn_sit", "reason": "I did."},
    "/remarks": {"kind": "bookmark"},
}
"""Where every body needs something in it."""
OWN_DOOR = ("/api/me", "/api/sign-out")
"""Whoever is signed in as anything learns as what, and gets out."""
HOSTILE = [
    "null", "", "http://127.0.0.1", "http://127.0.0.1:8711", "https://127.0.0.1:8710", "http://127.0.0.1:8710/",
    "http://127.0.0.1:8710.", "http://127.0.0.1.:8710", "HTTP://127.0.0.1:8710", "http://localhost:8710",
    "http://127.0.0.1:8710.evil.example", "http://127.0.0.1:8710@evil.example", "http://evil.example#127.0.0.1:8710",
    "http://evil.example", "http://0.0.0.0:8710", "http://[::1]:8710", "file://", "chrome-extension://abc",
    "http://127.0.0.1:8710 http://evil.example", "http://127.1:8710", "//127.0.0.1:8710", "*",
]  # fmt: skip


def is_open(method: str, path: str) -> bool:
    return NOBODY in PERMITS[f"{method} {path}"].roles


def routes(api: FastAPI) -> list[tuple[str, str]]:
    """Every method and path of the API, whatever it is nested in."""
    described = api.openapi()["paths"]
    return [(method.upper(), path) for path, methods in described.items() for method in methods]


def test_every_route_has_its_permit_and_every_permit_its_route(api: FastAPI) -> None:
    wire = {key for key in PERMITS if key.startswith("WS ")}
    assert {f"{method} {path}" for method, path in {*routes(api), *PAGES}} == set(PERMITS) - wire
    assert wire == {MEETING, WATCHING}
    hidden = [route for route in api.routes if isinstance(route, APIRoute) and not route.include_in_schema]
    assert {path for _, path in PAGES} >= {route.path for route in hidden}


def test_a_route_without_a_permit_is_not_served(given: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(PERMITS, "GET /api/me")
    with pytest.raises(LookupError, match=r"GET /api/me has no row in server/api/permits\.py"):
        build_api(given)


async def asked(visitor: httpx2.AsyncClient, method: str, path: str, **headers: str) -> httpx2.Response:
    """A request that gets as far as the visitor may."""
    path = path.replace("{encounter_id}", f"enc_{'0' * 22}").replace("{case_id}", "ada-brook")
    body: dict[str, str] | None = {} if method in ("POST", "PUT") and "sign-out" not in path else None
    return await visitor.request(method, path, headers=headers, json=body)


async def test_without_a_sign_in_nothing_is_told(api: FastAPI, anonymous: httpx2.AsyncClient) -> None:
    for method, path in routes(api):
        for headers in ({}, {"Origin": OWN}, {"Cookie": "bedside=guess"}, {"Authorization": "Bearer guess"}):
            answer = await asked(anonymous, method, path, **headers)
            refused = answer.status_code in (401, 403)
            assert refused is not is_open(method, path), (method, path, headers)
            assert not refused or answer.headers["content-type"] == "application/problem+json"


async def test_the_bearer_token_opens_everything_but_to_a_foreign_page(
    api: FastAPI, script: httpx2.AsyncClient
) -> None:
    for method, path in routes(api):
        assert (await asked(script, method, path)).status_code not in (401, 403), (method, path)
        assert (await asked(script, method, path, Origin=OWN)).status_code not in (401, 403)
        foreign = await asked(script, method, path, Origin=FOREIGN)
        assert foreign.status_code == (200 if path == "/api/health" else 403)


async def test_a_cookie_changes_something_only_from_our_page(api: FastAPI, browser: httpx2.AsyncClient) -> None:
    cookie = {"Cookie": f"bedside={browser.cookies['bedside']}"}
    async with client(api) as elsewhere:
        for method, path in routes(api):
            if is_open(method, path):
                continue
            bare = await asked(elsewhere, method, path, **cookie)
            assert (bare.status_code == 403) is (method != "GET"), (method, path)
            assert (await asked(elsewhere, method, path, **cookie, Origin=FOREIGN)).status_code == 403
        for method, path in sorted(routes(api)):
            if path not in ("/api/sign-out", "/api/tickets"):
                assert (await asked(elsewhere, method, path, **cookie, Origin=OWN)).status_code not in (401, 403)


@pytest.mark.parametrize("origin", HOSTILE)
async def test_no_origin_but_ours(browser: httpx2.AsyncClient, script: httpx2.AsyncClient, origin: str) -> None:
    for visitor in (browser, script):
        for method in ("GET", "POST"):
            answer = await visitor.request(method, "/api/encounters", headers={"Origin": origin})
            assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")


async def test_two_origins_are_none_of_ours(script: httpx2.AsyncClient) -> None:
    headers = [("Origin", OWN), ("Origin", OWN), ("Authorization", f"Bearer {TOKEN}")]
    assert (await script.get("/api/cases", headers=headers)).status_code == 403


@pytest.mark.parametrize(
    "header",
    [f"bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, "Bearer ", "Bearer", "", f"Bearer {TOKEN[:-1]}", "Bearer \xff\xfe"],
)
async def test_a_token_that_is_not_right(anonymous: httpx2.AsyncClient, header: str) -> None:
    answer = await anonymous.get("/api/cases", headers=[(b"Authorization", header.encode("latin-1"))])
    assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


async def test_no_token_is_not_the_empty_token(given: Services) -> None:
    async with client(build_api(replace(given, token="")), Authorization="Bearer ") as visitor:
        assert (await visitor.get("/api/cases")).status_code == 401


@pytest.mark.parametrize(
    "name", ["x", "enc_", "enc_%00" + "a" * 21, "..%2f..%2fetc", "enc_" + "a" * 10_000, "'%20OR%201=1", "%F0%9F%A9%BA"]
)
async def test_an_id_that_cannot_be_one(script: httpx2.AsyncClient, name: str) -> None:
    answer = await script.get(f"/api/encounters/{name}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost:1@evil.example", "", "a b", "[::1"]
)
async def test_a_page_that_points_its_name_at_us_is_not_let_in(script: httpx2.AsyncClient, host: str) -> None:
    for path in ("/", "/api/health", "/api/cases"):
        answer = await script.get(path, headers={"Host": host})
        assert (answer.status_code, answer.json()["code"]) == (400, "wrong_host")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8710", "localhost:1"])
async def test_our_own_names(script: httpx2.AsyncClient, host: str) -> None:
    assert (await script.get("/api/cases", headers={"Host": host})).status_code == 200
