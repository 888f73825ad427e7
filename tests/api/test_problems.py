"""Every refusal has one shape, and tells nothing of the inside."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from server.api.problems import Problem
from server.api.routes import build_api
from server.api.services import Services
from server.core.encounter import Encounter
from server.core.errors import BedsideError, Busy, ContentError, IllegalEvent, SetupError, StoreError
from server.core.errors import Problem as Fault
from server.store.store import Store
from tests.api.conftest import client
from tests.api.house import OWN, TOKEN, FoldingRooms
from tests.api.test_access import is_open

INSIDE = "SELECT words FROM /var/lib/bedside"


class BrokenRooms(FoldingRooms):
    """Fail in the way they were told to."""

    error: Exception

    async def snapshot(self, encounter_id: str) -> Encounter:
        raise self.error


def checked(answer: httpx2.Response) -> dict[str, Any]:
    """The problem, after its shape was looked at."""
    assert answer.headers["content-type"] == "application/problem+json"
    told: dict[str, Any] = answer.json()
    assert set(told) == set(Problem.model_fields)
    assert told["status"] == answer.status_code
    assert told["type"] == f"urn:bedside:problem:{told['code']}"
    assert told["message"].strip().endswith(".")
    assert told["ref"].startswith("e-")
    return told


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/nothing", 404), ("GET", "/nothing", 404), ("GET", "/api/cases/unknown", 404),
        ("GET", "/..%2f..%2fetc%2fpasswd", 404), ("GET", "//etc/passwd", 404), ("GET", "/%00", 404),
        ("PUT", "/api/cases", 405), ("POST", "/index.html", 405), ("POST", "/api/encounters", 422),
    ],
)  # fmt: skip
async def test_one_shape(script: httpx2.AsyncClient, method: str, path: str, status: int) -> None:
    answer = await script.request(method, path)
    assert answer.status_code == status
    checked(answer)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (RuntimeError(INSIDE), 500, "internal"),
        (ValueError(INSIDE), 500, "internal"),
        (IllegalEvent(INSIDE), 410, "played_by_older_version"),
        (KeyError(INSIDE), 410, "played_by_older_version"),
        (StoreError(INSIDE, code="log_version"), 410, "played_by_older_version"),
        (StoreError(INSIDE, code="case_unreadable"), 410, "played_by_older_version"),
        (SetupError(INSIDE), 500, "setup_error"),
        (ContentError([Fault(INSIDE)]), 500, "content_error"),
        (BedsideError(INSIDE), 500, "bedside_error"),
        (StoreError("The disk is full.", code="store_full"), 503, "store_full"),
        (Busy("All rooms are in use."), 503, "busy"),
    ],
)
async def test_our_own_faults_are_told_without_the_inside(
    given: Services,
    script: httpx2.AsyncClient,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    status: int,
    code: str,
) -> None:
    made = (await script.post("/api/encounters", json={"case_id": "ada-brook"})).json()["id"]
    rooms = BrokenRooms(given.store, given.drafts)
    rooms.error = error
    async with client(build_api(replace(given, rooms=rooms)), Authorization=f"Bearer {TOKEN}") as visitor:
        answer = await visitor.get(f"/api/encounters/{made}")
    told = checked(answer)
    assert (answer.status_code, told["code"]) == (status, code)
    assert "SELECT" not in answer.text
    assert "Traceback" not in answer.text
    assert (made if status == 410 else told["ref"]) in caplog.text
    assert ("retry-after" in answer.headers) is (status == 503)


async def test_a_database_that_is_gone_makes_health_fail(
    given: Services, anonymous: httpx2.AsyncClient, tmp_path: Path
) -> None:
    closed = await Store.open(f"sqlite:///{tmp_path / 'other.db'}")
    await closed.close()
    assert (await anonymous.get("/api/health")).status_code == 200
    async with client(build_api(replace(given, store=closed))) as visitor:
        assert (await visitor.get("/api/health")).status_code == 503


async def test_a_message_never_repeats_what_was_sent(script: httpx2.AsyncClient) -> None:
    answer = await script.post("/api/encounters", json={"case_id": "ada-brook", "portrayal": "<script>" + "x" * 500})
    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/main.js", "/api/health", "/api/cases", "/api/nothing", "/docs", "/openapi.json"]
)
async def test_every_answer_is_guarded(anonymous: httpx2.AsyncClient, path: str) -> None:
    headers = (await anonymous.get(path)).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; connect-src 'self' ws://127.0.0.1:8710 wss://127.0.0.1:8710;")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "no-referrer")
    assert headers["cache-control"] == ("no-store" if path.startswith("/api/") else "no-cache")
    assert "access-control-allow-origin" not in headers


async def test_the_page_comes_with_its_etag(anonymous: httpx2.AsyncClient) -> None:
    first = await anonymous.get("/")
    assert first.text.startswith("<!doctype html>")
    again = await anonymous.get("/", headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304


async def test_without_a_page_the_api_still_answers(given: Services) -> None:
    async with client(build_api(replace(given, static=None))) as visitor:
        assert (await visitor.get("/")).status_code == 404
        assert (await visitor.get("/api/health")).status_code == 200


async def test_the_description_is_complete(api: FastAPI, anonymous: httpx2.AsyncClient) -> None:
    """Every route says what it is for, and which problems it may answer with."""
    described = (await anonymous.get("/openapi.json")).json()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert operation["description"], (method, path)
            problems = {status for status in operation["responses"] if int(status) >= 400}
            assert is_open(method.upper(), path) or problems >= {"401", "403"}
    assert "HTTPValidationError" not in described["components"]["schemas"]
    fields = [field for shape in described["components"]["schemas"].values() for field in shape["properties"].values()]
    assert fields


async def test_the_api_can_be_read_without_scripts_and_hosts(anonymous: httpx2.AsyncClient) -> None:
    page = (await anonymous.get("/docs")).text
    assert "POST /api/encounters" in page
    assert "<script" not in page
    assert "http" not in page.replace(OWN, "")
