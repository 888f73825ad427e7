"""Bodies that no page of ours would send. Each ends in a problem that says what is wrong; none costs memory or time."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from server.api.guard import MAX_BODY

JSON = {"Content-Type": "application/json"}
GOOD = b'{"case_id": "ada-brook"}'
UNREADABLE = {
    "not JSON": b"{",
    "nothing but a brace": b"}",
    "text": b"hello",
    "single quotes": b"{'case_id': 'ada-brook'}",
    "a trailing comma": b'{"case_id": "ada-brook",}',
    "not UTF-8": b'{"case_id": "\xff"}',
    "UTF-16": '{"case_id": "ada-brook"}'.encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf" + GOOD,
    "NaN": b'{"case_id": "ada-brook", "time_percent": NaN}',
    "Infinity": b'{"case_id": "ada-brook", "time_percent": -Infinity}',
    "a number too large": b'{"case_id": "ada-brook", "time_percent": 1e999}',
    "5,000 digits": b'{"case_id": "ada-brook", "time_percent": ' + b"9" * 5_000 + b"}",
    "a key twice": b'{"case_id": "ada-brook", "case_id": "other"}',
    "half a character": b'{"case_id": "\\ud800"}',
    "30,000 lists": b"[" * 30_000,
    "NUL": b'{"case_id": "a\x00"}',
}
UNFIT = {
    "a list": (b"[]", ""),
    "a number": (b"5", ""),
    "null": (b"null", ""),
    "nothing": (b"", ""),
    "no case": (b"{}", "case_id"),
    "a number for a case": (b'{"case_id": 5}', "case_id"),
    "null for a case": (b'{"case_id": null}', "case_id"),
    "mass assignment": (b'{"case_id": "ada-brook", "owner": "me"}', "owner"),
    "a role": (b'{"case_id": "ada-brook", "role": "admin"}', "role"),
    "an unknown portrayal": (b'{"case_id": "ada-brook", "portrayal": "easy"}', "portrayal"),
    "a text for a number": (b'{"case_id": "ada-brook", "time_percent": "150"}', "time_percent"),
    "true for a number": (b'{"case_id": "ada-brook", "time_percent": true}', "time_percent"),
    "a fraction": (b'{"case_id": "ada-brook", "time_percent": 150.5}', "time_percent"),
    "a whole fraction": (b'{"case_id": "ada-brook", "time_percent": 150.0}', "time_percent"),
    "below": (b'{"case_id": "ada-brook", "time_percent": -1}', "time_percent"),
    "2^31": (b'{"case_id": "ada-brook", "time_percent": 2147483648}', "time_percent"),
    "2^63": (b'{"case_id": "ada-brook", "time_percent": 9223372036854775808}', "time_percent"),
}


async def post(script: httpx2.AsyncClient, body: bytes) -> httpx2.Response:
    return await script.post("/api/encounters", content=body, headers=JSON)


@pytest.mark.parametrize("what", UNREADABLE)
async def test_what_cannot_be_read(script: httpx2.AsyncClient, what: str) -> None:
    answer = await post(script, UNREADABLE[what])
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_json")


@pytest.mark.parametrize("what", UNFIT)
async def test_what_is_not_asked_for(script: httpx2.AsyncClient, what: str) -> None:
    body, field = UNFIT[what]
    answer = await post(script, body)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "bad_field", field)
    assert (await script.get("/api/encounters")).json() == []


@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/jsonx", "*/*"],
)
async def test_only_json_changes_anything(script: httpx2.AsyncClient, kind: str) -> None:
    """A form on a foreign page can send these without asking first."""
    for path in ("/api/encounters", "/api/tickets", "/api/sign-out"):
        for body in (GOOD, b""):
            answer = await script.post(path, content=body, headers={"Content-Type": kind})
            assert (answer.status_code, answer.json()["code"]) == (415, "wrong_content_type")


async def test_a_body_without_a_type(script: httpx2.AsyncClient) -> None:
    assert (await script.post("/api/encounters", content=GOOD)).status_code == 415


@pytest.mark.parametrize("kind", ["application/json", "Application/JSON", "application/json; charset=utf-8"])
async def test_json_by_any_of_its_names(script: httpx2.AsyncClient, kind: str) -> None:
    answer = await script.post("/api/encounters", content=GOOD, headers={"Content-Type": kind})
    assert answer.status_code == 201


async def test_300_megabytes_are_refused_at_the_start(script: httpx2.AsyncClient) -> None:
    """Counted as they come: there is no Content-Length to believe."""
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(300):
            sent += 1
            yield b"x" * 1_000_000

    answer = await script.post("/api/encounters", content=flood(), headers=JSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert sent <= 2


async def test_a_claim_that_is_too_large_is_not_waited_for(script: httpx2.AsyncClient) -> None:
    answer = await script.post("/api/encounters", content=GOOD, headers={**JSON, "Content-Length": "9" * 30})
    assert answer.status_code == 413


async def test_the_limit_is_a_limit(script: httpx2.AsyncClient) -> None:
    exactly = GOOD + b" " * (MAX_BODY - len(GOOD))
    assert (await post(script, exactly)).status_code == 201
    assert (await post(script, exactly + b" ")).status_code == 413


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=1000000000", "limit=x", "limit=-1", "offset=-1", "offset=1e3"]
)
async def test_a_query_out_of_bounds(script: httpx2.AsyncClient, query: str) -> None:
    answer = await script.get(f"/api/encounters?{query}")
    assert (answer.status_code, answer.json()["field"]) == (422, query.partition("=")[0])


@pytest.mark.parametrize("method", ["TRACE", "PUT", "PATCH", "BREW"])
async def test_a_method_that_is_not_there(script: httpx2.AsyncClient, method: str) -> None:
    answer = await script.request(method, "/api/encounters")
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in answer.headers["allow"]
