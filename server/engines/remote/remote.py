"""What every engine behind an OpenAI-compatible address shares: where it is, its client, its clocks, its named faults.

Whatever such a server does ends in a value or in an `EngineError` with a code that begins with `remote_`. No message
holds a key, an address, or a word that was sent or came back.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from server.core.errors import EngineError, SetupError
from server.engines.protocols import Kind

if TYPE_CHECKING:
    import httpx2
    import openai

T = TypeVar("T")
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
RETRY_PAUSE_S = 0.2
WORTH_ANOTHER = {"remote_busy", "remote_failed", "remote_cut"}
"""Faults that may be gone a moment later."""


@dataclass(frozen=True)
class RemoteSettings:
    """Where the server is and how long it may take."""

    url: str
    """Base address, e.g. `http://127.0.0.1:8000/v1`."""
    model: str
    key: str = field(default="", repr=False)
    connect_s: float = 3.0
    slack_s: float = 4.0
    """Longest wait on an answer, beside the length of the sound it is about; a retry included."""
    parallel: int = 4
    """Requests under way at once."""


def place(url: str) -> tuple[Kind, str]:
    """Whether an address is this machine (`local`) or another one, and then the host. Raises `SetupError`."""
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SetupError("The address of a speech server must begin with http:// or https:// and name a host.")
    return ("local", "") if parts.hostname in LOOPBACK else ("remote", parts.hostname)


def client(settings: RemoteSettings, *, most_bytes: int) -> openai.AsyncOpenAI:
    """A client that follows no redirect, retries nothing by itself, and reads at most `most_bytes` of an answer.

    Answers are asked for unpacked, so that a small one cannot unpack into a huge one.
    """
    import httpx2
    import openai

    return openai.AsyncOpenAI(
        base_url=settings.url,
        api_key=settings.key or "none",
        max_retries=0,
        timeout=httpx2.Timeout(None, connect=settings.connect_s),
        default_headers={"Accept-Encoding": "identity"},
        http_client=openai.DefaultAsyncHttpxClient(
            follow_redirects=False, event_hooks={"response": [_limit(most_bytes)]}
        ),
    )


async def ask(server: str, request: Callable[[], Awaitable[T]], *, within_s: float) -> T:
    """The answer to `request`, tried once more where that may help and time is left.

    `server` names it in messages, e.g. `The hearing server`. Raises `EngineError`.
    """
    fault: EngineError | None = None
    try:
        async with asyncio.timeout(within_s):
            try:
                return await _named(server, request)
            except EngineError as error:
                if error.code not in WORTH_ANOTHER:
                    raise
                fault = error
            await asyncio.sleep(RETRY_PAUSE_S)
            return await _named(server, request)
    except TimeoutError:
        raise fault or EngineError(f"{server} did not answer in time.", code="remote_slow") from None


def fault_of(error: Exception, server: str) -> EngineError:
    """What the client raised, as an error of ours; the server's own words stay out of it."""
    import httpx2
    import openai

    if isinstance(error, openai.APIStatusError):
        return status_error(error.status_code, server)
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, _Unwanted):
        return EngineError(f"{server} sent an answer that is too long or packed.", code="remote_too_big")
    if isinstance(cause, (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.UnsupportedProtocol)):
        return EngineError(
            f"{server} cannot be reached: check its address and that it runs.", code="remote_unreachable"
        )
    if isinstance(cause, (httpx2.HTTPError, httpx2.StreamError)):
        return EngineError(f"{server} broke off its answer.", code="remote_cut")
    return EngineError(f"The request to {server[0].lower()}{server[1:]} failed.", code="remote_failed")


_BY_STATUS = {
    401: ("remote_key_refused", "refused the key: check the setting for it."),
    403: ("remote_key_refused", "refused the key: check the setting for it."),
    404: ("remote_not_found", "does not know the model or the address: check both settings."),
    413: ("remote_refused_request", "finds the recording too long."),
    429: ("remote_busy", "has too many requests."),
}


def status_error(status: int, server: str) -> EngineError:
    """A status other than success, as an error of ours."""
    if status in _BY_STATUS:
        code, what = _BY_STATUS[status]
        return EngineError(f"{server} {what}", code=code)
    if 300 <= status < 400:
        return EngineError(
            f"{server} sends us elsewhere, and we do not follow: set the final address.", code="remote_redirected"
        )
    if status >= 500:
        return EngineError(f"{server} failed with status {status}.", code="remote_failed")
    return EngineError(f"{server} refused the request with status {status}.", code="remote_refused_request")


async def _named(server: str, request: Callable[[], Awaitable[T]]) -> T:
    import httpx2
    import openai

    try:
        return await request()
    except (openai.OpenAIError, httpx2.HTTPError, httpx2.StreamError, httpx2.InvalidURL, _Unwanted) as error:
        raise fault_of(error, server) from None


class _Unwanted(Exception):
    """An answer longer than it may be, or packed though it was asked for unpacked."""


def _limit(most_bytes: int) -> Callable[[httpx2.Response], Awaitable[None]]:
    async def hook(response: httpx2.Response) -> None:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise _Unwanted
        response.stream = _bounded(response.stream, most_bytes)

    return hook


def _bounded(stream: Any, most_bytes: int) -> httpx2.AsyncByteStream:
    """`stream`, which fails when it has given more than `most_bytes`."""
    import httpx2

    class Bounded(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            left = most_bytes
            async for part in stream:
                left -= len(part)
                if left < 0:
                    raise _Unwanted
                yield part

        async def aclose(self) -> None:
            await stream.aclose()

    return Bounded()
