"""Acting by a language model behind any OpenAI-compatible chat endpoint.

A reply ends in one of three ways: text; text and then `ReplyRefused` (what was yielded stands: `reply_truncated` marks
a reply that broke off); or an `EngineError` with a code. It never ends in silence, and no message holds reply text.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, contextmanager
from typing import TYPE_CHECKING

from server.core.errors import EngineError, ReplyRefused
from server.core.prompt import Prompt
from server.engines.asking import Asked, ask_for_models
from server.engines.chat.circuit import Circuit
from server.engines.chat.clocks import Clocks
from server.engines.chat.endpoint import RETRY_PAUSE_S, WORTH_ANOTHER, Endpoint, slow
from server.engines.chat.messages import messages_for
from server.engines.chat.reply import StreamedReply
from server.engines.chat.reply_check import ReplyCheck, expected, refusal
from server.engines.chat.settings import ChatSettings
from server.engines.chat.usage import Spending
from server.engines.protocols import Bill, EngineInfo
from server.engines.scripted import ScriptedActor

if TYPE_CHECKING:
    import httpx2

__all__ = ["ChatActor", "ChatSettings"]

LEAST_S = 0.3
"""With less than this left of the wait for the first text, a second answer is not asked for."""


class ChatActor:
    """An `Actor` that asks a chat model and passes on only what survives `ReplyCheck`."""

    def __init__(self, settings: ChatSettings, now: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self.spending = Spending(settings.price_in, settings.price_out)
        self.trouble = ""
        """The code of what kept the last reply from coming, e.g. `model_key_refused`; empty where one came."""
        self._reader = ScriptedActor()
        self._endpoint = Endpoint(settings)
        self._circuit = Circuit(now)
        self.info = EngineInfo(
            part="acting",
            name="chat",
            kind="remote" if settings.remote_host else "local",
            version=settings.model,
            licence="as the model's own",
            ready=True,
            notice="A language model words what the patient says; what may be said is still decided by the case.",
            host=settings.remote_host,
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.close()

    async def ask(self) -> Asked:
        """Whether the server is there, takes the key and has the model; it is sent nothing else."""
        return await ask_for_models(self.settings.url, self.settings.model, self.settings.key, "CHAT")

    async def act(self, prompt: Prompt, bill: Bill | None = None) -> AsyncGenerator[str]:
        """Yield whole sentences that have passed the check, as they come. Raises `ReplyRefused`, `EngineError`."""
        if prompt.exact:
            async for text in self._reader.act(prompt):
                yield text
            return
        bill = bill or Bill()
        if bill.waited_s > self.settings.first_s - LEAST_S:
            raise slow()
        with self._circuit.request(), self._noting_trouble():
            async with aclosing(self._reply(prompt, bill)) as sentences:
                async for text in sentences:
                    self._circuit.worked()
                    yield text

    @contextmanager
    def _noting_trouble(self) -> Iterator[None]:
        try:
            yield
            self.trouble = ""
        except EngineError as error:
            self.trouble = "" if isinstance(error, ReplyRefused) else error.code
            raise

    async def _reply(self, prompt: Prompt, bill: Bill) -> AsyncGenerator[str]:
        clocks = Clocks(self.settings, bill.waited_s)
        bill.attempts += 1
        try:
            reply = StreamedReply(await self._open(prompt, bill.why, clocks), clocks)
            try:
                async with aclosing(self._checked(prompt, reply)) as sentences:
                    async for text in sentences:
                        yield text
            finally:
                self._charge(prompt, reply, bill)
                await reply.close()
        finally:
            bill.waited_s = clocks.spent_s

    async def _checked(self, prompt: Prompt, reply: StreamedReply) -> AsyncGenerator[str]:
        """The sentences with a blank after each, as it is known that each is whole."""
        check = ReplyCheck(expected(prompt))
        async with aclosing(reply.texts()) as texts:
            async for text in texts:
                if said := check.feed(text):
                    yield f"{said.strip()} "
                if check.full:
                    break
        try:
            rest = check.finish(complete=reply.complete)
        except ReplyRefused:
            await self._read_counts(reply)
            raise
        if rest:
            yield f"{rest.strip()} "
        await self._read_counts(reply)
        if reply.filtered:
            raise refusal("reply_filtered")
        if error := reply.error():
            raise error
        check.judge(complete=reply.complete)

    async def _read_counts(self, reply: StreamedReply) -> None:
        if self._endpoint.counts:
            await reply.read_counts()

    async def _open(self, prompt: Prompt, why: str, clocks: Clocks) -> httpx2.Response:
        """The answer to the request, its body unread; tried twice where that may help."""
        history = self.settings.history_chars
        try:
            return await self._endpoint.open(messages_for(prompt, history, why), clocks)
        except EngineError as error:
            if error.code not in WORTH_ANOTHER:
                raise
            if error.code == "prompt_too_long":
                history = sum(len(line.text) for line in prompt.conversation) // 2
        await asyncio.sleep(RETRY_PAUSE_S)
        return await self._endpoint.open(messages_for(prompt, history, why), clocks)

    def _charge(self, prompt: Prompt, reply: StreamedReply, bill: Bill) -> None:
        """Counts are the server's; where it gives none only this process's own sum holds an estimate."""
        sent = sum(len(message["content"]) for message in messages_for(prompt, self.settings.history_chars, bill.why))
        self.spending.add(reply.usage, sent, reply.chars)
        if reply.usage:
            bill.tokens_in += reply.usage.tokens_in
            bill.tokens_out += reply.usage.tokens_out
