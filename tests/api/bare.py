"""Requests at the bare protocol: thousands of them in the time that a client takes for hundreds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI

HOST = "127.0.0.1:8710"


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: tuple[tuple[str, str], ...]
    text: str

    @property
    def code(self) -> str:
        """Of the problem; empty where it is none."""
        problem = ("content-type", "application/problem+json") in self.headers
        return str(json.loads(self.text)["code"]) if problem else ""


async def http(api: FastAPI, method: str, path: str, query: str, body: Any, headers: dict[str, str]) -> Reply:
    """One request; `body` None: without one."""
    more = {} if body is None else {"content-type": "application/json"}
    sent = b"" if body is None else json.dumps(body).encode()
    asks = iter([{"type": "http.request", "body": sent, "more_body": False}])
    told = await _given(api, _scope("http", path, query, {**more, **headers}) | {"method": method}, asks)
    found = tuple(sorted((name.decode(), value.decode()) for name, value in told[0]["headers"]))
    return Reply(
        told[0]["status"], found, b"".join(each.get("body", b"") for each in told[1:]).decode("utf-8", "replace")
    )


async def wire(api: FastAPI, query: str, headers: dict[str, str]) -> tuple[int, str]:
    """The status of a refusal and its code; or 101, with the code of the error that follows, empty for none."""
    scope = _scope("websocket", "/v1/realtime", query, headers) | {"subprotocols": []}
    told = await _given(api, scope, iter([{"type": "websocket.connect"}]))
    if told[0]["type"] == "websocket.http.response.start":
        return told[0]["status"], json.loads(told[1]["body"])["code"]
    said = [json.loads(message["text"]) for message in told if message["type"] == "websocket.send"]
    return 101, next((each["error"]["code"] for each in said if each.get("type") == "error"), "")


async def _given(api: FastAPI, scope: dict[str, Any], asks: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Everything that is sent."""
    told: list[dict[str, Any]] = []
    left = iter(asks)

    async def receive() -> dict[str, Any]:
        return next(left, {"type": f"{scope['type']}.disconnect", "code": 1000})

    async def send(message: Any) -> None:
        told.append(message)

    await api(scope, receive, send)
    return told


def _scope(kind: str, path: str, query: str, headers: dict[str, str]) -> dict[str, Any]:
    named = [(name.lower().encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()]
    return {
        "type": kind, "asgi": {"version": "3.0"}, "http_version": "1.1", "scheme": kind.replace("websocket", "ws"),
        "path": path, "raw_path": path.encode(), "query_string": query.encode(), "root_path": "", "headers": named,
        "client": ("127.0.0.1", 5000), "server": ("127.0.0.1", 8710), "extensions": {"websocket.http.response": {}},
    }  # fmt: skip
