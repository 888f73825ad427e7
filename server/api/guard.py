"""What every request passes before any route: host, size, content type; and the headers on every answer.

Bytes are counted as they come, because `Content-Length` is only a claim.
"""

from __future__ import annotations

import asyncio
import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server.api.problems import TooLarge, TooSlow, WrongType, problem, problem_of
from server.api.strict_json import parse
from server.core.errors import BedsideError

MAX_BODY = 65_536
"""Bytes of one request's body."""
LARGER = {"/api/transcripts": 800_000, "/api/case-files": 800_000, "/api/accounts/roster": 800_000}
"""Paths that take more, and what lies under them: a transcript of people, at most 400,000 bytes of it, or a case of
262,144, with what JSON adds.
"""
BODY_WAIT_S = 30
UNSAFE = frozenset({"POST", "PUT", "PATCH", "DELETE"})
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?")


class Guard:
    """ASGI middleware round everything."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app = app
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return None
        host = Headers(scope=scope).get("host", "")
        if not self._welcomes(host):
            return await _refuse_host(scope, receive, send)
        if scope["type"] == "websocket":
            return await self._app(scope, receive, send)
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return await _refuse_nul(scope, receive, send)
        return await self._answer(scope, receive, _Answer(send, scope["path"], host))

    def _welcomes(self, host: str) -> bool:
        """A page that points its own name at this machine is not let in by it."""
        if not _HOST.fullmatch(host):
            return False
        return not self._hosts or host_name(host) in self._hosts

    async def _answer(self, scope: Scope, receive: Receive, send: _Answer) -> None:
        try:
            if scope["method"] in UNSAFE:
                receive = await _checked_body(Headers(scope=scope), receive, most_bytes(scope["path"]))
            await self._app(scope, receive, send)
        except Exception as error:
            if not send.begun:
                await problem_of(error)(scope, receive, send)
            elif not isinstance(error, BedsideError):
                raise


def most_bytes(path: str) -> int:
    """That a body sent to this path may have."""
    return next((most for room, most in LARGER.items() if path == room or path.startswith(f"{room}/")), MAX_BODY)


def host_name(host: str) -> str:
    """A `Host` header without its port."""
    return host.rpartition(":")[0] if re.search(r":\d+$", host) else host


async def _refuse_nul(scope: Scope, receive: Receive, send: Send) -> None:
    """One database takes it and finds nothing, the other fails: neither is asked."""
    says = "There is nothing at this address: it holds the character NUL."
    await problem(404, "not_found", says)(scope, receive, send)


async def _refuse_host(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 1008})
        return
    message = "This server does not answer to that name. Use the address that `bedside up` printed."
    await problem(400, "wrong_host", message)(scope, receive, send)


async def _checked_body(headers: Headers, receive: Receive, most: int) -> Receive:
    """Read the whole body, at most `most` bytes of JSON. Raises `RequestError`."""
    kind = headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("", "application/json"):
        raise WrongType("The body must be JSON, sent as Content-Type: application/json.")
    claimed = headers.get("content-length", "")
    if claimed.isdigit() and int(claimed[:20]) > most:
        raise _too_large(most)
    body = await _read(receive, most)
    if body and not kind:
        raise WrongType("The body must be JSON, sent as Content-Type: application/json.")
    if body:
        parse(body)
    return _replay(body, receive)


async def _read(receive: Receive, most: int) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_WAIT_S):
            while (message := await receive())["type"] == "http.request":
                body += message.get("body", b"")
                if len(body) > most:
                    raise _too_large(most)
                if not message.get("more_body", False):
                    break
    except TimeoutError:
        raise TooSlow(f"The body did not come within {BODY_WAIT_S} seconds.") from None
    return bytes(body)


def _too_large(most: int) -> TooLarge:
    return TooLarge(f"The body is larger than {most:,} bytes.")


def _replay(body: bytes, receive: Receive) -> Receive:
    """Give the body that was read once more, then whatever comes."""
    first: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return first.pop() if first else await receive()

    return again


class _Answer:
    """Sends on, with the headers that every answer carries."""

    def __init__(self, send: Send, path: str, host: str) -> None:
        self._send = send
        self._path = path
        self._host = host
        self.begun = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.begun = True
            headers = MutableHeaders(scope=message)
            for name, value in security_headers(self._host).items():
                headers.setdefault(name, value)
            headers.setdefault("Cache-Control", "no-store" if self._path.startswith("/api/") else "no-cache")
        await self._send(message)


def security_headers(host: str) -> dict[str, str]:
    """For a page that runs only its own files and talks only to this host."""
    policy = [
        "default-src 'self'", f"connect-src 'self' ws://{host} wss://{host}", "object-src 'none'", "base-uri 'none'",
        "form-action 'self'", "frame-ancestors 'none'",
    ]  # fmt: skip
    return {
        "Content-Security-Policy": "; ".join(policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "microphone=(self), camera=(), geolocation=()",
    }
