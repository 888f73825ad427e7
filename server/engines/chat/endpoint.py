"""One OpenAI-compatible chat endpoint: requests to it, and every way in which it does not begin to answer.

A failure is an `EngineError` with a code; the server's own words stay out of it, as they may quote the request.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from server.core.errors import EngineError
from server.engines.chat.clocks import Clocks, Slow
from server.engines.chat.messages import Message
from server.engines.chat.settings import ChatSettings

if TYPE_CHECKING:
    import httpx2

RETRY_PAUSE_S = 0.2
WORTH_ANOTHER = frozenset({"model_unreachable", "model_busy", "model_failed", "prompt_too_long"})
"""Codes after which the same request may do better."""
REFUSED = "model_refused_request"
_STREAM = "text/event-stream"
_BY_STATUS = {
    401: ("model_key_refused", "The model refused the key: check the setting for it."),
    403: ("model_key_refused", "The model refused the key: check the setting for it."),
    404: ("model_not_found", "The model or its address does not exist: check both settings."),
    429: ("model_busy", "The model has too many requests."),
}


class Endpoint:
    """The connections to one endpoint, and what was learnt about it."""

    def __init__(self, settings: ChatSettings) -> None:
        import openai

        self.settings = settings
        self._counts: bool | None = None
        self._client = openai.AsyncOpenAI(
            base_url=settings.url,
            api_key=settings.key or "none",
            max_retries=0,
            timeout=settings.total_s,
            # what is packed may unpack to anything
            default_headers={"Accept-Encoding": "identity"},
            http_client=openai.DefaultAsyncHttpxClient(follow_redirects=False),
        )

    @property
    def counts(self) -> bool:
        """Whether token counts are asked for: as long as the server has not refused to be asked."""
        return self._counts is not False

    async def close(self) -> None:
        await self._client.close()

    async def open(self, messages: Sequence[Message], clocks: Clocks, **options: Any) -> httpx2.Response:
        """The answer to one request, its body unread. `options` are fields of the request. Raises `EngineError`."""
        known, counted = self._counts, {"stream_options": {"include_usage": True}} if self.counts else {}
        try:
            response = await self._ask(messages, clocks, options | counted)
            self._counts = self.counts
        except EngineError as error:
            if error.code != REFUSED or known is not None:
                raise
            response = await self._ask(messages, clocks, options)
            self._counts = False
        return response

    async def _ask(self, messages: Sequence[Message], clocks: Clocks, options: dict[str, Any]) -> httpx2.Response:
        import openai

        try:
            response = await clocks.wait(self._request(list(messages), options))
        except Slow:
            raise slow() from None
        except openai.APIStatusError as error:
            raise _status_error(error.status_code, error.code) from None
        except openai.APIConnectionError:
            message = "The model cannot be reached: check its address and that it runs."
            raise EngineError(message, code="model_unreachable") from None
        except openai.OpenAIError:
            raise EngineError("The request to the model failed.", code="model_failed") from None
        if not _is_stream(response):
            await response.aclose()
            message = "The model's address answered, but not with a stream: check that it is a chat endpoint."
            raise EngineError(message, code="not_a_stream")
        return response

    async def _request(self, messages: Any, options: dict[str, Any]) -> httpx2.Response:
        given: Any = {"max_tokens": self.settings.max_tokens, "temperature": self.settings.temperature} | options
        stream: Any = await self._client.chat.completions.create(
            model=self.settings.model, messages=messages, stream=True, **given
        )
        response: httpx2.Response = stream.response
        return response


def slow() -> EngineError:
    """No text in time."""
    return EngineError("The model did not begin to answer in time.", code="model_slow")


def _is_stream(response: httpx2.Response) -> bool:
    plain = response.headers.get("content-encoding", "identity").strip().lower() in {"", "identity"}
    return plain and str(response.headers.get("content-type", "")).startswith(_STREAM)


def _status_error(status: int, code: str | None) -> EngineError:
    """A status as an error of ours."""
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
    return EngineError(f"The model refused the request with status {status}.", code=REFUSED)
