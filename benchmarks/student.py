"""A student at the other end of the wire: a microphone that is always open, at real-time pace, and a note of when each
message came. Times are seconds of `time.monotonic`.
"""

from __future__ import annotations

import asyncio
import base64
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from server.core.sound.audio import WIRE_HZ, Pcm, silence

FRAME_MS = 32
"""What the page's microphone sends at a time."""
AUDIBLE = 0.02
"""Share of the loudest sample from which on a sound counts as begun, and until which as not yet ended."""
TRIES, TRY_LATER = 60, 1013
"""Tries, a second apart, after a refusal that says that the service is busy."""
AUDIO, SPOKEN = "response.output_audio.delta", "conversation.item.input_audio_transcription.completed"


class TooLong(Exception):
    """What was waited for did not come."""


@dataclass(frozen=True)
class Message:
    at: float
    kind: str
    fields: dict[str, Any]


@dataclass(frozen=True)
class Said:
    """When an utterance was audible."""

    onset: float
    end: float


@dataclass
class Student:
    """One end of one wire."""

    wire: ClientConnection
    messages: list[Message] = field(default_factory=list)
    _to_say: asyncio.Queue[tuple[Pcm, asyncio.Future[float]]] = field(default_factory=asyncio.Queue)
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, **message: Any) -> None:
        await self.wire.send(json.dumps(message))

    async def say(self, sound: Pcm) -> Said:
        """Say `sound` (at the wire's rate) and return when its last sample has been sent."""
        begun: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        onset_ms, end_ms = audible(sound)
        self._to_say.put_nowait((sound, begun))
        start = await begun
        await asyncio.sleep(max(0.0, start + sound.duration_ms / 1000 - time.monotonic()))
        return Said(start + onset_ms / 1000, start + end_ms / 1000)

    async def until(self, holds: Callable[[Message], bool], *, since: float, limit_s: float) -> Message:
        """The first message from `since` on for which `holds`. Raises `TooLong`."""
        try:
            async with asyncio.timeout(limit_s):
                while True:
                    self._moved.clear()
                    for message in self.messages:
                        if message.at >= since and holds(message):
                            return message
                    await self._moved.wait()
        except TimeoutError:
            raise TooLong from None

    def first(self, kind: str, since: float, **fields: object) -> Message | None:
        """The first message of a kind from `since` on."""
        return next((m for m in self.messages if m.at >= since and m.kind == kind and _has(m, fields)), None)

    async def until_quiet(self, quiet_s: float, limit_s: float = 60.0) -> None:
        """Until no sound has come for `quiet_s`, which is longer than the lead. Raises `TooLong`."""
        began = time.monotonic()
        while time.monotonic() - began < limit_s:
            last = next((m.at for m in reversed(self.messages) if m.kind == AUDIO), began)
            if time.monotonic() - max(last, began) >= quiet_s:
                return
            await asyncio.sleep(0.05)
        raise TooLong

    async def listen(self) -> None:
        """Note what comes, and report sound as played when it has had time to be."""
        try:
            async for frame in self.wire:
                at, message = time.monotonic(), json.loads(frame)
                self.messages.append(Message(at, message["type"], message))
                self._moved.set()
        except ConnectionClosed:
            return

    async def microphone(self) -> None:
        """Silence, and what is to be said, at the pace of speech; each frame leaves when its last sample is there."""
        due, frame, rest = time.monotonic(), silence(FRAME_MS, WIRE_HZ).data, b""
        try:
            while True:
                if not rest and not self._to_say.empty():
                    sound, begun = self._to_say.get_nowait()
                    rest = sound.data
                    begun.set_result(due)
                chunk, rest = (rest[: len(frame)] or frame).ljust(len(frame), b"\0"), rest[len(frame) :]
                due += FRAME_MS / 1000
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                await self.send(type="input_audio_buffer.append", audio=base64.b64encode(chunk).decode())
        except ConnectionClosed:
            return


def _has(message: Message, fields: dict[str, object]) -> bool:
    return all(message.fields.get(name) == value for name, value in fields.items())


def audible(sound: Pcm) -> tuple[float, float]:
    """Milliseconds of the first and the last sample that can be heard."""
    samples = np.abs(np.frombuffer(sound.data, "<i2").astype(np.int32))
    loud = np.flatnonzero(samples > AUDIBLE * max(1, int(samples.max(initial=0))))
    if not loud.size:
        raise ValueError("this sound is silent")
    return float(loud[0]) * 1000 / sound.rate_hz, float(loud[-1]) * 1000 / sound.rate_hz


async def admitted(link: str, token: str) -> tuple[ClientConnection, dict[str, Any]]:
    """A connection that was let in, and its first message. A service that is busy for the moment is asked again.

    Raises `ConnectionClosed`.
    """
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    for left in range(TRIES, -1, -1):
        wire = await connect(link, additional_headers=headers, max_size=None)
        try:
            return wire, json.loads(await wire.recv())
        except ConnectionClosed as end:
            if not left or end.rcvd is None or end.rcvd.code != TRY_LATER:
                raise
            await asyncio.sleep(1)
    raise AssertionError("the last try returns or raises")


@asynccontextmanager
async def student(link: str, token: str) -> AsyncIterator[Student]:
    """Connected, entered, with an open microphone."""
    wire, first = await admitted(link, token)
    async with wire:
        here = Student(wire, [Message(time.monotonic(), first["type"], first)])
        tasks = [asyncio.create_task(here.listen())]
        try:
            await here.send(type="bedside.enter")
            tasks.append(asyncio.create_task(here.microphone()))
            yield here
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
