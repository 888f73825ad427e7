"""A chat model's answer as data that fits a schema, from servers that can be held to one and from those that cannot.

Asked first with a strict schema, then for any JSON object, then in plain words; what a server refuses is not tried
with it again. What comes is held against the schema here in every case, and mended once by the model itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any, Generic, Literal, TypeVar

from pydantic import TypeAdapter

from server.core.errors import EngineError
from server.engines.chat.clocks import Clocks
from server.engines.chat.endpoint import REFUSED, RETRY_PAUSE_S, WORTH_ANOTHER, Endpoint
from server.engines.chat.fitting import Unfit, read, strict
from server.engines.chat.messages import Message
from server.engines.chat.reply import StreamedReply
from server.engines.chat.reply_text import ThoughtFilter
from server.engines.chat.settings import ChatSettings
from server.engines.chat.usage import Spending, Usage

A = TypeVar("A")
Way = Literal["schema", "object", "plain"]
WAYS: tuple[Way, ...] = ("schema", "object", "plain")
MAX_CHARS = 30_000
"""More than this is a model that does not stop."""
SEED = 7
"""The same question is to get the same answer, where a server can."""
_JSON_ONLY = "Answer with one JSON object and nothing else. It must fit this JSON schema:\n"
_MEND = "That answer does not fit the schema. Wrong: {faults}. Answer again with the whole object, put right."


@dataclass(frozen=True)
class Answer(Generic[A]):
    """What was answered, and what it cost."""

    value: A
    usage: Usage
    """As the server counted, over all attempts; nought where it does not."""
    way: Way
    mended: bool = False


@dataclass
class _Question:
    """One question, and what it has cost so far."""

    messages: tuple[Message, ...]
    schema: dict[str, Any]
    name: str
    usage: Usage = field(default_factory=Usage)

    def options(self, way: Way) -> dict[str, Any]:
        """Fields of the request."""
        steady = {"temperature": 0, "seed": SEED}
        if way == "schema":
            form = {"name": self.name, "strict": True, "schema": self.schema}
            return {**steady, "response_format": {"type": "json_schema", "json_schema": form}}
        return {**steady, "response_format": {"type": "json_object"}} if way == "object" else steady

    def worded(self, way: Way) -> list[Message]:
        """The messages; a server that takes no schema is told it in words."""
        first, *rest = self.messages
        if way == "schema":
            return [first, *rest]
        told = f"{first['content']}\n\n{_JSON_ONLY}{json.dumps(self.schema, ensure_ascii=False)}"
        return [Message(role=first["role"], content=told), *rest]


class StructuredChat:
    """Asks one chat model for data; remembers how its server can be asked."""

    def __init__(self, settings: ChatSettings) -> None:
        self.settings = settings
        self.spending = Spending(settings.price_in, settings.price_out)
        self._endpoint = Endpoint(settings)
        self._ways = WAYS

    async def close(self) -> None:
        """Close the connections."""
        await self._endpoint.close()

    async def ask(self, messages: Sequence[Message], schema: TypeAdapter[A], name: str = "answer") -> Answer[A]:
        """The answer to `messages`, of which the first is the system's.

        Each of the two attempts has the clocks of a whole reply. Raises `EngineError`: `answer_unusable` where the
        answer does not fit even when mended, or the code of whatever kept it from coming.
        """
        question = _Question(tuple(messages), strict(schema.json_schema()), name)
        text = await self._text(question)
        for mended in (False, True):
            try:
                return Answer(read(text, schema), question.usage, self._ways[0], mended)
            except Unfit as unfit:
                told = Message(role="user", content=_MEND.format(faults=unfit))
            if not mended:
                question.messages += (Message(role="assistant", content=text or "{}"), told)
                text = await self._text(question)
        message = "The model's answer does not fit the form that it was asked for, even when it was told where."
        raise EngineError(message, code="answer_unusable")

    async def _text(self, question: _Question) -> str:
        """The text of one answer, in the best way that the server takes."""
        while True:
            way = self._ways[0]
            try:
                return await self._asked(question, way)
            except EngineError as error:
                if error.code != REFUSED or way == WAYS[-1]:
                    raise
            if self._ways[0] == way:
                self._ways = self._ways[1:]

    async def _asked(self, question: _Question, way: Way) -> str:
        for retried in (False, True):
            try:
                return await self._one(question, way)
            except EngineError as error:
                if retried or error.code not in WORTH_ANOTHER - {"prompt_too_long"}:
                    raise
            await asyncio.sleep(RETRY_PAUSE_S)
        raise AssertionError  # pragma: no cover - the second time returns or raises

    async def _one(self, question: _Question, way: Way) -> str:
        clocks, messages = Clocks(self.settings), question.worded(way)
        reply = StreamedReply(await self._endpoint.open(messages, clocks, **question.options(way)), clocks)
        try:
            text = await _whole(reply, counts=self._endpoint.counts)
        finally:
            self.spending.add(reply.usage, sum(len(message["content"]) for message in messages), reply.chars)
            question.usage += reply.usage or Usage()
            await reply.close()
        return text


async def _whole(reply: StreamedReply, *, counts: bool) -> str:
    """All of a reply, without what was only thought."""
    thoughts, text = ThoughtFilter(), ""
    async with aclosing(reply.texts()) as pieces:
        async for piece in pieces:
            passed = thoughts.feed(piece)
            text = passed if thoughts.orphaned else text + passed
            thoughts.orphaned = False
            if reply.chars > MAX_CHARS:
                break
    if counts:
        await reply.read_counts()
    if error := reply.error():
        raise error
    return text + thoughts.rest()
