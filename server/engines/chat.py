"""Acting by a language model behind any OpenAI-compatible chat endpoint.

A reply ends in one of three ways: text; text and then `ReplyRefused` (what was yielded stands: `reply_truncated` marks
a reply that broke off); or an `EngineError` with a code. It never ends in silence, and no message holds reply text.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from server.core.errors import EngineError
from server.core.prompt import Prompt
from server.engines.chat_messages import messages_for
from server.engines.chat_stream import DONE, Malformed, event_data, read_chunk
from server.engines.protocols import EngineInfo
from server.engines.reply_check import ReplyCheck, expected, refusal
from server.engines.scripted import ScriptedActor

if TYPE_CHECKING:
    import httpx2

T = TypeVar("T")
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_RETRY_PAUSE_S = 0.2


@dataclass(frozen=True)
class ChatSettings:
    """Where the model is and how long it may take."""

    url: str
    """Base address, e.g. `http://127.0.0.1:11434/v1`."""
    model: str
    key: str = field(default="", repr=False)
    first_s: float = 4.0
    """Longest wait for the first text, a retry included."""
    idle_s: float = 3.0
    """Longest wait between two texts."""
    total_s: float = 15.0
    """Longest wait on one reply in all; time the caller takes between pieces is not counted."""
    max_tokens: int = 300
    temperature: float = 0.7
    history_chars: int = 12_000
    """How much of the conversation is sent; the oldest turns are left out first."""


class _Slow(Exception):
    """One of the three clocks ran out."""


class _Clocks:
    """Time spent waiting on the endpoint for one reply."""

    def __init__(self, settings: ChatSettings) -> None:
        self._settings = settings
        self._total = settings.total_s
        self._patience = settings.first_s

    def heard(self) -> None:
        """Text came: from now on the idle clock runs."""
        self._patience = self._settings.idle_s

    async def wait(self, step: Awaitable[T]) -> T:
        """Await `step` within what is left. Raises `_Slow`."""
        now = asyncio.get_running_loop().time
        began = now()
        try:
            async with asyncio.timeout(min(self._total, self._patience)):
                return await step
        except TimeoutError:
            raise _Slow from None
        finally:
            self._total -= now() - began
            self._patience -= now() - began


class ChatActor:
    """An `Actor` that asks a chat model and passes on only what survives `ReplyCheck`."""

    def __init__(self, settings: ChatSettings) -> None:
        import openai

        host = urlsplit(settings.url).hostname or ""
        self.settings = settings
        self._reader = ScriptedActor()
        self.info = EngineInfo(
            part="acting",
            name="chat",
            kind="local" if host in _LOOPBACK else "remote",
            version=settings.model,
            licence="as the model's own",
            ready=True,
            notice="A language model words what the patient says; what may be said is still decided by the case.",
            host="" if host in _LOOPBACK else host,
        )
        self._client = openai.AsyncOpenAI(
            base_url=settings.url,
            api_key=settings.key or "none",
            max_retries=0,
            timeout=settings.total_s,
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._client.close()

    async def act(self, prompt: Prompt) -> AsyncGenerator[str]:
        """Yield whole sentences that have passed the check, as they come. Raises `ReplyRefused`, `EngineError`."""
        if prompt.exact:
            async for text in self._reader.act(prompt):
                yield text
            return
        check, clocks = ReplyCheck(expected(prompt)), _Clocks(self.settings)
        response = await self._open(prompt, clocks)
        ending = _Ending()
        try:
            async with aclosing(_texts(response, clocks, ending)) as texts:
                async for text in texts:
                    if said := check.feed(text):
                        yield said
                    if check.full:
                        break
        finally:
            await response.aclose()
        if rest := check.finish(complete=ending.complete):
            yield rest
        if ending.filtered:
            raise refusal("reply_filtered")
        if ending.nothing_came:
            raise ending.error()
        check.judge(complete=ending.complete)

    async def _open(self, prompt: Prompt, clocks: _Clocks) -> httpx2.Response:
        """The answer to the request, its body unread; tried twice where that may help."""
        history = self.settings.history_chars
        error = await self._try(prompt, history, clocks)
        if isinstance(error, EngineError) and error.code in _WORTH_ANOTHER:
            if error.code == "prompt_too_long":
                history = sum(len(line.text) for line in prompt.conversation) // 2
            await asyncio.sleep(_RETRY_PAUSE_S)
            error = await self._try(prompt, history, clocks)
        if isinstance(error, EngineError):
            raise error
        return error

    async def _try(self, prompt: Prompt, history: int, clocks: _Clocks) -> httpx2.Response | EngineError:
        import openai

        try:
            response = await clocks.wait(self._request(messages_for(prompt, history)))
        except _Slow:
            return EngineError("The model did not begin to answer in time.", code="model_slow")
        except openai.APIStatusError as error:
            return _status_error(error.status_code, error.code)
        except openai.APIConnectionError:
            return EngineError(
                "The model cannot be reached: check its address and that it runs.", code="model_unreachable"
            )
        except openai.OpenAIError:
            return EngineError("The request to the model failed.", code="model_failed")
        if not response.headers.get("content-type", "").startswith("text/event-stream"):
            await response.aclose()
            return EngineError(
                "The model's address answered, but not with a stream: check that it is a chat endpoint.",
                code="not_a_stream",
            )
        return response

    async def _request(self, messages: Any) -> httpx2.Response:
        stream = await self._client.chat.completions.create(
            model=self.settings.model,
            messages=messages,
            stream=True,
            max_tokens=self.settings.max_tokens,
            temperature=self.settings.temperature,
        )
        return stream.response


@dataclass
class _Ending:
    """How a stream ended."""

    complete: bool = False
    """A finish reason other than `length`, or `[DONE]` without one."""
    filtered: bool = False
    failed: bool = False
    slow: bool = False
    heard: bool = False
    events: int = 0

    @property
    def nothing_came(self) -> bool:
        return not self.heard and (self.slow or self.failed or not self.events)

    def error(self) -> EngineError:
        """Why no text came at all."""
        if self.slow:
            return EngineError("The model did not begin to answer in time.", code="model_slow")
        if self.failed:
            return EngineError("The model reported an error in place of a reply.", code="model_failed")
        return EngineError("The model closed its stream without a reply.", code="model_silent")


async def _texts(response: httpx2.Response, clocks: _Clocks, ending: _Ending) -> AsyncGenerator[str]:
    """The texts of a stream until it ends in any way; `ending` then says how."""
    import httpx2

    try:
        async with aclosing(event_data(response.aiter_bytes())) as events:
            while (data := await clocks.wait(anext(events, None))) is not None and data != DONE:
                chunk = read_chunk(data)
                ending.events += 1
                _note(ending, chunk.finish, failed=chunk.failed)
                if chunk.text:
                    ending.heard = True
                    clocks.heard()
                    yield chunk.text
                if chunk.finish or chunk.failed:
                    return
            ending.complete = data == DONE
    except _Slow:
        ending.slow = True
    except (Malformed, httpx2.HTTPError, httpx2.StreamError):
        ending.failed = True


def _note(ending: _Ending, finish: str, *, failed: bool) -> None:
    ending.failed = failed
    ending.filtered = finish == "content_filter"
    ending.complete = finish not in {"", "length", "content_filter"}


_WORTH_ANOTHER = {"model_unreachable", "model_busy", "model_failed", "prompt_too_long"}
_BY_STATUS = {
    401: ("model_key_refused", "The model refused the key: check the setting for it."),
    403: ("model_key_refused", "The model refused the key: check the setting for it."),
    404: ("model_not_found", "The model or its address does not exist: check both settings."),
    429: ("model_busy", "The model has too many requests."),
}


def _status_error(status: int, code: str | None) -> EngineError:
    """A status as an error of ours; the server's own words stay out of it, as they may quote the request."""
    if code == "context_length_exceeded":
        return EngineError("The conversation is too long for the model.", code="prompt_too_long")
    if status in _BY_STATUS:
        name, message = _BY_STATUS[status]
        return EngineError(message, code=name)
    if 300 <= status < 400:
        return EngineError(
            "The model's address sends us elsewhere, and we do not follow: set the final address.",
            code="model_redirected",
        )
    if status >= 500:
        return EngineError(f"The model failed with status {status}.", code="model_failed")
    return EngineError(f"The model refused the request with status {status}.", code="model_refused_request")
