"""What answers on this machine is named for what it says, and is told nothing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from server.engines.remote.local_servers import LocalServer, local_servers, recognised

Answer = Callable[[bytes], bytes | None]
Serve = Callable[[Answer], Awaitable[int]]
PATIENT_S = 20.0


def listing(**fields: object) -> bytes:
    return json.dumps({"object": "list", "data": [{"id": "qwen3:4b", "object": "model", **fields}]}).encode()


@pytest.fixture
def asked() -> list[bytes]:
    return []


@pytest.fixture
async def serve(asked: list[bytes]) -> AsyncIterator[Serve]:
    """Start something on a free port: `answer` maps a path to a body, or to None for silence."""
    async with AsyncExitStack() as stack:

        async def start(answer: Answer) -> int:
            async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                request = await reader.readuntil(b"\r\n\r\n")
                asked.append(request)
                body = answer(request.split()[1])
                if body is None:
                    await reader.read()
                else:
                    head = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(body)
                    writer.write(head + body)
                    await writer.drain()
                writer.close()

            server = await asyncio.start_server(speak, "127.0.0.1", 0)
            stack.callback(server.close)
            return int(server.sockets[0].getsockname()[1])

        yield start


def answers(home: bytes, listed: bytes) -> Answer:
    return lambda path: listed if path == b"/v1/models" else home


async def test_all_are_found_at_once_and_only_asked(serve: Serve, asked: list[bytes]) -> None:
    ollama = await serve(answers(b"Ollama is running", listing(owned_by="library")))
    vllm = await serve(answers(b"{}", listing(owned_by="vllm")))
    page = await serve(answers(b"<html>my own work</html>", b"<html>not found</html>"))
    found = {server.port: server for server in await local_servers((ollama, vllm, page, 1), PATIENT_S)}
    assert {port: server.name for port, server in found.items()} == {ollama: "Ollama", vllm: "vLLM", page: ""}
    assert found[ollama].models == ("qwen3:4b",)
    assert found[ollama].url == f"http://127.0.0.1:{ollama}/v1"
    assert len(asked) == 6
    assert all(request.startswith((b"GET / ", b"GET /v1/models ")) for request in asked)
    assert not any(b"content-length" in request.lower() for request in asked)


async def test_silence_and_noise_are_left_out(serve: Serve) -> None:
    silent = await serve(lambda _: None)
    assert await local_servers((silent,), 0.2) == ()

    async def shout(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP\r\n")
        await writer.drain()
        writer.close()

    mail = await asyncio.start_server(shout, "127.0.0.1", 0)
    async with mail:
        assert await local_servers((mail.sockets[0].getsockname()[1],), PATIENT_S) == ()


@pytest.mark.parametrize(
    ("home", "listed", "name"),
    [
        (b"Ollama is running", b"", "Ollama"),
        (b"", listing(owned_by="llamacpp"), "llama.cpp"),
        (b"", listing(owned_by="organization_owner"), "LM Studio"),
        (b"", listing(owned_by="me", task="automatic-speech-recognition"), "speaches"),
        (b"", listing(), "OpenAI-compatible server"),
        (b"I wrote about Ollama is running", b"[]", ""),
        (b"", b'{"data": "vllm"}', ""),
        (b"", b'{"data": [{"id": 7, "owned_by": "vllm"}]}', ""),
        (b"", b"\xff", ""),
    ],
)
def test_a_server_is_named_for_what_it_says(home: bytes, listed: bytes, name: str) -> None:
    assert recognised(8000, home, listed).name == name


def test_what_a_server_says_cannot_move_the_cursor() -> None:
    hostile = json.dumps({"data": [{"id": "a\x1b[2Jb" + "c" * 500, "task": "text-to-speech"}]}).encode()
    found = recognised(1, b"", hostile)
    assert found == LocalServer(1, "speaches", (found.models[0],), (), found.models)
    assert found.models[0].startswith("a[2Jb")
    assert len(found.models[0]) == 100
