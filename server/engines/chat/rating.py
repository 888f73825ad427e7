"""Rating by a language model behind any OpenAI-compatible chat endpoint: it answers items with quotes, never a level.

What is asked, and what becomes of the answers, is `server.assess.model.rating`'s; this is only the way there.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from pydantic import TypeAdapter

from server.engines.asking import Asked, ask_for_models
from server.engines.chat.messages import Message
from server.engines.chat.settings import ChatSettings
from server.engines.chat.structured import Answer, StructuredChat
from server.engines.protocols import EngineInfo

FIRST_S, IDLE_S, TOTAL_S = 90.0, 60.0, 300.0
"""Nobody waits for a rating: a model that thinks for a minute first may."""
MOST_TOKENS = 8_000
"""Of one answer. The longest, with an entry for each of 50 items and some for several turns, takes about half."""


class RatingModel:
    """One chat model that is asked for evidence."""

    def __init__(self, url: str, model: str, key: str = "", *, first_s: float = FIRST_S) -> None:
        self.settings = ChatSettings(
            url, model, key, first_s=first_s, idle_s=IDLE_S, total_s=TOTAL_S, max_tokens=MOST_TOKENS
        )
        self._chat = StructuredChat(self.settings)
        remote = self.settings.remote_host
        self.info = EngineInfo(
            part="rating",
            name="chat",
            kind="remote" if remote else "local",
            version=model,
            licence="as the model's own",
            ready=True,
            notice="A language model looks for evidence; levels are computed by the rubric's rules, twice over.",
            host=remote,
        )

    @property
    def model(self) -> str:
        return self.settings.model

    @property
    def host(self) -> str:
        """The name or number in the address, this machine's own included."""
        return urlsplit(self.settings.url).hostname or ""

    async def answer(self, messages: Sequence[Message], schema: TypeAdapter[Any], name: str) -> Answer[Any]:
        """Data that fits `schema`. Raises `EngineError`."""
        return await self._chat.ask(messages, schema, name)

    async def ask(self) -> Asked:
        """Whether the server is there, takes the key and has the model; it is sent nothing else."""
        return await ask_for_models(self.settings.url, self.settings.model, self.settings.key, "RATING")

    async def close(self) -> None:
        """Close the connections."""
        await self._chat.close()
