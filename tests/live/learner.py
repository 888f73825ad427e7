"""A learner with the official `openai` client: says, types, waits, and remembers everything that was answered."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import numpy as np
from openai import AsyncOpenAI
from openai.resources.realtime.realtime import AsyncRealtimeConnection
from websockets.exceptions import ConnectionClosed

from tests.live.room import Service

PATIENCE_S = 15.0
"""A bound for a machine under load; nothing waits this long when all is well."""


class Learner:
    def __init__(self, connection: AsyncRealtimeConnection) -> None:
        self.connection = connection
        self.events: list[Any] = []
        self.closed: tuple[int, str] | None = None
        self._moved = asyncio.Condition()
        self._reading = asyncio.create_task(self._read())
        self.rate_hz = 24_000

    async def _read(self) -> None:
        try:
            while True:
                event = await self.connection.recv()
                async with self._moved:
                    self.events.append(event)
                    self._moved.notify_all()
        except ConnectionClosed as end:
            async with self._moved:
                self.closed = (end.rcvd.code, end.rcvd.reason) if end.rcvd else (1006, "")
                self._moved.notify_all()

    # what was answered

    async def when(self, holds: Callable[[], object]) -> None:
        async with asyncio.timeout(PATIENCE_S), self._moved:
            await self._moved.wait_for(lambda: bool(holds()))

    async def until(self, kind: str, nth: int = 1, **fields: object) -> Any:
        """The `nth` event of this type with these fields, now or when it comes."""
        try:
            await self.when(lambda: len(self.all(kind, **fields)) >= nth or self.closed)
        except TimeoutError:
            raise AssertionError(f"no {kind} {fields} among {self.kinds()}") from None
        found = self.all(kind, **fields)
        assert len(found) >= nth, f"closed {self.closed} before {kind} {fields}: {self.kinds()}"
        return found[nth - 1]

    async def until_closed(self) -> tuple[int, str]:
        await self.when(lambda: self.closed)
        assert self.closed
        return self.closed

    def all(self, kind: str, **fields: object) -> list[Any]:
        return [
            event
            for event in self.events
            if event.type == kind and all(getattr(event, name, None) == value for name, value in fields.items())
        ]

    def kinds(self) -> list[str]:
        return [event.type for event in self.events]

    def first(self, kind: str) -> int:
        return self.kinds().index(kind)

    def audio_of(self, item_id: str) -> bytes:
        deltas = self.all("response.output_audio.delta", item_id=item_id)
        return b"".join(base64.b64decode(event.delta) for event in deltas)

    def captions_of(self, item_id: str) -> str:
        return "".join(event.delta for event in self.all("response.output_audio_transcript.delta", item_id=item_id))

    def last_seq(self) -> int:
        return max(int(event.event_id.split("_")[1]) for event in self.events)

    # what is asked for

    async def send(self, kind: str, **fields: object) -> None:
        await self.connection.send({"type": kind, **fields})  # type: ignore[arg-type]

    async def enter(self) -> None:
        """Go in, and hear the opening words out."""
        await self.send("bedside.enter")
        await self.until("response.done")

    async def type_item(self, text: str, item_id: str | None = None) -> None:
        item: dict[str, Any] = {"type": "message", "role": "user", "content": [{"type": "input_text", "text": text}]}
        if item_id:
            item["id"] = item_id
        await self.connection.conversation.item.create(item=item)  # type: ignore[arg-type]

    async def type(self, text: str, item_id: str | None = None) -> None:
        """A typed turn."""
        await self.type_item(text, item_id)
        await self.connection.response.create()

    async def speak(self, duration_ms: int) -> None:
        samples = np.arange(duration_ms * self.rate_hz // 1000)
        await self.sound((np.sin(samples * 0.2) * 9000).astype(np.int16).tobytes())

    async def quiet(self, duration_ms: int) -> None:
        await self.sound(bytes(duration_ms * self.rate_hz // 1000 * 2))

    async def sound(self, pcm: bytes) -> None:
        await self.connection.input_audio_buffer.append(audio=base64.b64encode(pcm).decode())

    async def leave(self) -> None:
        """Close, and read on until the other side has answered that."""
        await self.connection.close()
        await self._reading


@asynccontextmanager
async def meet(service: Service, encounter_id: str, after: int | None = None) -> AsyncIterator[Learner]:
    """Connect as any Realtime client would."""
    query = {"encounter": encounter_id} | ({} if after is None else {"after": str(after)})
    async with _connected(service, query) as learner:
        yield learner


@asynccontextmanager
async def watch(service: Service, encounter_id: str, *, may_cue: bool = False) -> AsyncIterator[Learner]:
    """Connect as somebody who watches."""
    cue = {"cue": "1"} if may_cue else {}
    async with _connected(service, {"encounter": encounter_id, "observe": "1", **cue}) as observer:
        yield observer


@asynccontextmanager
async def _connected(service: Service, query: dict[str, str]) -> AsyncIterator[Learner]:
    client = AsyncOpenAI(api_key="unused", base_url="http://127.0.0.1:1/v1", websocket_base_url=service.url)
    async with client, client.realtime.connect(model="small-case", extra_query=query) as connection:
        learner = Learner(connection)
        try:
            yield learner
        finally:
            await learner.leave()
