"""The embedded actor: says the authored lines that the director chose, word for word. No model, no key."""

from __future__ import annotations

from collections.abc import AsyncIterator

from server.core.errors import ReplyRefused
from server.core.prompt import Prompt
from server.engines.protocols import Bill, EngineInfo


class ScriptedActor:
    """An `Actor` that improvises nothing."""

    info = EngineInfo(
        part="acting",
        name="scripted",
        kind="embedded",
        version="1",
        licence="Apache-2.0",
        ready=True,
        notice="The patient says the lines of the case and nothing else.",
    )

    async def act(self, prompt: Prompt, bill: Bill | None = None) -> AsyncIterator[str]:  # noqa: ARG002
        """Yield the lines as one text. Raises `ReplyRefused` where the director chose none: never silence."""
        text = " ".join(line.strip() for line in prompt.lines if line.strip())
        if not text:
            raise ReplyRefused("The director chose no line for this turn.", code="reply_empty")
        yield text
