"""Asking a real HTTP server for its models: each way in which it is not what the settings say has its own sentence."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from server.engines import asking, catalog
from server.engines.asking import Asked, ask_for_models
from server.engines.catalog import EngineChoice

PAGE = b"<!doctype html><title>Sign in</title>"
CLOSED = "http://127.0.0.1:9/v1"


@dataclass
class Server:
    """Answers everything with one status and body, and keeps what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    silent: bool = False
    requests: list[bytes] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.requests.append(await reader.readuntil(b"\r\n\r\n"))
        if self.silent:
            await reader.read()
        else:
            head = f"HTTP/1.1 {self.status} X\r\nLocation: {CLOSED}\r\nContent-Length: {len(self.body)}\r\n"
            writer.write(f"{head}Connection: close\r\n\r\n".encode() + self.body)
        writer.close()

    async def ask(self, model: str = "b", key: str = "") -> Asked:
        return await ask_for_models(self.url, model, key, "CHAT")


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Server]:
    monkeypatch.setattr(asking, "WITHIN_S", 20.0)
    state = Server()
    listening = await asyncio.start_server(state.answer, "127.0.0.1", 0)
    state.url = f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/v1"
    yield state
    listening.close()


def listing(*names: str, **fields: object) -> bytes:
    return json.dumps({"object": "list", "data": [{"id": name, **fields} for name in names]}).encode()


@pytest.mark.parametrize("names", [("a", "b"), ("b:latest",), ("models/b",)])
async def test_a_model_that_is_listed_is_there(server: Server, names: tuple[str, ...]) -> None:
    server.body = listing(*names)
    assert await server.ask() == Asked()


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (401, b"", "it wants one, set BEDSIDE_CHAT_KEY"),
        (403, b"", "refused the key"),
        (302, b"", "set BEDSIDE_CHAT_URL to the final address"),
        (503, b"", "failed with status 503"),
        (200, PAGE, "a web page: check BEDSIDE_CHAT_URL"),
        (200, b"", "not that of an API"),
        (200, b"[" * 100_000, "not that of an API"),
        (200, listing("a", "c"), "no model b: set BEDSIDE_CHAT_MODEL to one of a, c."),
        (200, listing(*"acdefghi"), "and 2 more"),
        (200, listing("\x1b[2Jbb"), "one of [2Jbb."),
        (200, b'{"data": null}', "no model at all"),
        (200, b'{"data": [{"id": 7}, 8]}', "no model at all"),
    ],
)
async def test_what_keeps_it_from_working_is_a_fault(server: Server, status: int, body: bytes, said: str) -> None:
    server.status, server.body = status, body
    asked = await server.ask()
    assert said in asked.fault
    assert not asked.doubt


@pytest.mark.parametrize(
    ("status", "body", "said"),
    [
        (404, PAGE, "no list of models (status 404)"),
        (405, b"", "status 405"),
        (501, b"", "status 501"),
        (429, b"", "too many requests"),
        (200, b'{"status": "ok"}', "no list of models"),
        (200, b"[]", "no list of models"),
        (200, b'{"data": [{"id": "a"}], "has_more": true}', "some of its models"),
        (200, listing("a.gguf", owned_by="llamacpp"), "one model whatever it is called: a.gguf"),
    ],
)
async def test_what_cannot_be_found_out_is_only_a_doubt(server: Server, status: int, body: bytes, said: str) -> None:
    server.status, server.body = status, body
    asked = await server.ask()
    assert said in asked.doubt
    assert not asked.fault


async def test_a_list_without_end_is_left(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_MOST_BYTES", 1_000)
    server.body = listing(*["m"] * 100)
    assert "too long" in (await server.ask()).doubt


async def test_silence_ends(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WITHIN_S", 0.05)
    server.silent = True
    assert "did not answer within" in (await server.ask()).fault


async def test_nobody_there_and_no_key_at_all() -> None:
    assert "cannot be reached" in (await ask_for_models(CLOSED, "b", "", "CHAT")).fault
    assert "cannot be reached" in (await ask_for_models("http://[::1", "b", "", "CHAT")).fault
    for key in ("clé", "two\nlines"):
        assert "copy it again" in (asked := await ask_for_models(CLOSED, "b", key, "CHAT")).fault
        assert key not in asked.fault


async def test_it_is_one_request_without_a_body(server: Server) -> None:
    server.status = 401
    asked = await server.ask(key="sk-secret")
    assert "check BEDSIDE_CHAT_KEY" in asked.fault and "sk-secret" not in asked.fault
    (request,) = server.requests
    assert request.startswith(b"GET /v1/models HTTP/1.1\r\n")
    assert b"bearer sk-secret" in request.lower()
    assert b"content-length" not in request.lower()


async def test_every_engine_behind_an_address_can_be_asked_and_no_other_is(server: Server) -> None:
    server.body = listing("other")
    choice = EngineChoice(
        hearing_url=server.url, hearing_model="h", speaking_url=server.url, speaking_model="s", acting="chat",
        chat_url=server.url, chat_model="c",
    )  # fmt: skip
    engines = [catalog.hearing(choice), catalog.speaking(choice), catalog.acting(choice)]
    for engine, part in zip(engines, ("HEARING", "SPEAKING", "CHAT"), strict=True):
        assert f"set BEDSIDE_{part}_MODEL" in (await catalog.ask(engine)).fault
    await catalog.close(*engines)
    assert len(server.requests) == 3
    assert await catalog.ask(catalog.acting(EngineChoice())) == Asked()
