"""Input that no page of ours would send, tried on every route that there is, so that a new route is never forgotten.

The rows are those of a catalogue of 24; `ROWS` says where each is tested.
"""

import ast
from collections.abc import AsyncIterator, Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx2
import pytest
from fastapi import FastAPI

from server.api.permits import NOBODY, PERMITS
from server.api.services import Services
from tests.api.conftest import client
from tests.api.house import OWN, Clock
from tests.api.lab import signed_in_as

HERE = Path(__file__).parent
ROWS = {
    "R1 no, expired or tampered cookie": "test_a_cookie_that_is_none",
    "R2 a route of another role": "test_permits.py",
    "R3 somebody else's id": "test_permits.py::test_what_others_made_is_as_if_it_were_not",
    "R4 mass assignment": "test_no_body_takes_what_it_does_not_know",
    "R5 300 megabytes": "test_bodies.py::test_300_megabytes_are_refused_at_the_start",
    "R6 a length that lies": "test_bodies.py::test_a_claim_that_is_too_large_is_not_waited_for",
    "R7 another content type": "test_only_json_changes_anything_anywhere",
    "R8 a body that is not UTF-8": "test_bodies.py::test_what_cannot_be_read",
    "R9 queries out of bounds": "test_no_query_breaks_a_route",
    "R10 numbers that no database holds": "test_no_address_breaks_a_route",
    "R11 methods that are not there": "test_a_method_that_is_not_there_names_those_that_are",
    "R12 a mark that is none": "marking/test_marking.py::test_what_is_no_mark",
    "R13 two at once": "marking/test_marking.py::test_a_stale_page_is_told_what_has_changed",
    "R14 closing what is not finished": "marking/test_marking.py::test_what_is_no_mark",
    "R15 formulas in an export": "test_csv_text.py::test_no_cell_starts_a_formula",
    "R16 characters that no cell holds": "test_csv_text.py::test_what_no_cell_can_hold_is_replaced",
    "R17 wrong passwords": "people/test_passwords.py::test_five_tries_from_one_place",
    "R18 passwords that cannot be": "people/test_passwords.py::test_a_password_that_cannot_be_one",
    "R19 an invitation used twice": "people/test_invitations.py",
    "R20 deleting what is on hold": "people/test_own_data.py",
    "R21 reading what was deleted": "test_what_was_deleted_is_gone_from_every_route",
    "R22 ten thousand ranges": "test_many_ranges_are_one_answer",
    "R23 another folder's files": "test_no_file_outside_the_page",
    "R24 another host's name": "test_access.py::test_a_page_that_points_its_name_at_us_is_not_let_in",
}
ODD = {
    "a path": "..%2f..%2fetc%2fpasswd",
    "NUL": "%00",
    "no UTF-8": "%ff%fe",
    "a quote": "%27%20OR%201%3D1--",
    "2^63": str(2**63),
    "a long one": "x" * 3_000,
    "an emoji": quote("🫀"),
}
NOTHING_TO_FIND = {"DELETE /api/cases/{case_id}/carried"}
"""To forget what is not there is done."""
NUMBERS = ("-1", "1000000000", str(2**31), str(2**63), "1e9", "x", "", "%00", "1.5", "true")
WORDS = ("%27%3B+DROP+TABLE+events--", "%00", "%ff", "x" * 20_000, "%ED%A0%80", "")


def described(api: FastAPI) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every method and path with its description."""
    for path, methods in api.openapi()["paths"].items():
        for method, about in methods.items():
            yield method.upper(), path, about


def filled(path: str, word: str = "x") -> str:
    """An address of this form."""
    return "/".join(word if part.startswith("{") else part for part in path.split("/"))


def test_every_row_has_its_test() -> None:
    """And the tests that are named are there."""
    assert [row.split()[0] for row in ROWS] == [f"R{number}" for number in range(1, 25)]
    for where in ROWS.values():
        file, _, name = where.rpartition("::") if "::" in where else ("", "", where)
        source = HERE / (file or (name if name.endswith(".py") else Path(__file__).name))
        tests = {each.name for each in ast.walk(ast.parse(source.read_text())) if hasattr(each, "name")}
        assert name.endswith(".py") or name in tests, where


@pytest.fixture
async def admin(api: FastAPI, given: Services) -> AsyncIterator[httpx2.AsyncClient]:
    async with signed_in_as(api, given, ("student", "educator", "faculty", "administrator")) as (visitor, _):
        yield visitor


async def test_a_cookie_that_is_none(api: FastAPI, given: Services, clock: Clock) -> None:
    cookie = await given.tickets.admit("local")
    swapped = cookie[:-1] + ("A" if cookie[-1] != "A" else "B")
    async with client(api, Origin=OWN) as visitor:
        for bad in (swapped, "", "x" * 4_000, "deleted", cookie[::-1]):
            answer = await visitor.get("/api/encounters", headers={"Cookie": f"bedside={bad}"})
            assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
        good = {"Cookie": f"bedside={cookie}"}
        assert (await visitor.get("/api/encounters", headers=good)).status_code == 200
        clock.pass_time(days=60)
        assert (await visitor.get("/api/encounters", headers=good)).status_code == 401


def test_no_body_takes_what_it_does_not_know(api: FastAPI) -> None:
    """However deep; whatever names its own keys says what kind of value they have."""
    shapes = api.openapi()["components"]["schemas"]
    wanted = {str(ref) for _, _, about in described(api) for ref in _refs(about.get("requestBody", {}))}
    seen: set[str] = set()
    while wanted - seen:
        name = (wanted - seen).pop()
        seen.add(name)
        wanted |= set(_refs(shapes[name]))
    objects = {name: shapes[name] for name in seen if shapes[name].get("type") == "object"}
    assert len(objects) > 20
    assert not [name for name, shape in objects.items() if shape.get("additionalProperties") is not False]


def _refs(shape: Any) -> Iterator[str]:
    if isinstance(shape, dict):
        if "$ref" in shape:
            yield shape["$ref"].rpartition("/")[2]
        for value in shape.values():
            yield from _refs(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from _refs(value)


async def test_only_json_changes_anything_anywhere(api: FastAPI, admin: httpx2.AsyncClient) -> None:
    for method, path, _ in described(api):
        if method != "GET":
            answer = await admin.request(method, filled(path), content=b"a=1", headers={"Content-Type": "text/plain"})
            assert (answer.status_code, answer.json()["code"]) == (415, "wrong_content_type"), path


async def test_no_query_breaks_a_route(api: FastAPI, admin: httpx2.AsyncClient) -> None:
    """A number out of bounds is refused by its name; a text is looked for as it stands, or refused."""
    tried = 0
    for method, path, about in described(api):
        for each in about.get("parameters", ()):
            if each["in"] != "query" or method != "GET":
                continue
            whole = "integer" in str(each["schema"])
            for value in NUMBERS if whole else WORDS:
                answer = await admin.get(f"{filled(path)}?{each['name']}={value}")
                assert answer.status_code < 500, (path, each["name"], value, answer.text)
                assert answer.status_code != 200 or not whole or value in ("1000000000", str(2**31)), (path, value)
                tried += 1
    assert tried > 40


async def test_no_address_breaks_a_route(api: FastAPI, admin: httpx2.AsyncClient) -> None:
    """Whatever stands in place of an id: it is not there, or it cannot be one."""
    tried = 0
    for (method, path, _), (name, word) in product(list(described(api)), ODD.items()):
        if "{" not in path or method not in ("GET", "DELETE"):
            continue
        answer = await admin.request(method, filled(path, word))
        refused = answer.status_code in (400, 403, 404, 405, 409, 410, 422)
        assert refused or f"{method} {path}" in NOTHING_TO_FIND, (method, path, name, answer.status_code)
        assert answer.status_code == 404 or name != "NUL", "no database of ours is asked for it"
        tried += 1
    assert tried > 200


async def test_a_method_that_is_not_there_names_those_that_are(api: FastAPI, admin: httpx2.AsyncClient) -> None:
    for path, methods in api.openapi()["paths"].items():
        for method in ("TRACE", "PATCH", "BREW"):
            if method.lower() in methods:
                continue
            answer = await admin.request(method, filled(path))
            assert (answer.status_code, bool(answer.headers.get("allow"))) == (405, True), (method, path)


async def test_what_was_deleted_is_gone_from_every_route(api: FastAPI, script: httpx2.AsyncClient) -> None:
    made = (await script.post("/api/encounters", json={"case_id": "ada-brook"})).json()["id"]
    assert (await script.get(f"/api/encounters/{made}")).status_code == 200
    assert (await script.delete(f"/api/encounters/{made}")).status_code == 204
    for method, path, _ in described(api):
        if "{encounter_id}" in path and method in ("GET", "DELETE"):
            answer = await script.request(method, filled(path.replace("{encounter_id}", made)))
            assert answer.status_code in (404, 422), (method, path, answer.status_code)
    assert made not in (await script.get("/api/encounters")).text


@pytest.mark.parametrize("ranges", ["0-," * 10_000, "-1," * 10_000, "5-2", "x", "0-0,0-0," * 5_000])
async def test_many_ranges_are_one_answer(anonymous: httpx2.AsyncClient, ranges: str) -> None:
    answer = await anonymous.get("/main.js", headers={"Range": f"bytes={ranges}"})
    assert answer.status_code in (200, 206, 400, 416)
    assert len(answer.content) < 2_000


@pytest.mark.parametrize(
    "path",
    ["/..%2f..%2fetc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/main.js%00.html", "/....//token",
     "/..%5c..%5ctoken", "/%c0%ae%c0%ae/token", "/" + "a" * 5_000, "/.git/config"],
)  # fmt: skip
async def test_no_file_outside_the_page(anonymous: httpx2.AsyncClient, path: str) -> None:
    assert (await anonymous.get(f"{OWN}{path}")).status_code in (404, 405)


def test_routes_that_anybody_may_call_are_few() -> None:
    """Each of these is reached by people whom nobody knows."""
    assert sum(NOBODY in row.roles for row in PERMITS.values()) < 12
