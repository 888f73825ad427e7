"""A loudspeaker and a microphone made of time, as a browser has them: sound goes out and comes in at its own pace.

Held, the loudspeaker stops at the sample and goes on from it; what a cut takes back is never played. And a recording of
what was audible on both sides of the wire, each at its moment.
"""

from __future__ import annotations

import asyncio
import wave
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from server.core.sound.audio import BYTES_PER_SAMPLE, WIRE_HZ, Pcm
from server.live.clock import stopwatch_ms

STEP_MS = 20
REPORT_STEPS = 5
"""A played position is told every so many steps."""
CHUNK_MS = 40
"""Sent by the microphone at a time."""
Send = Callable[[bytes], Awaitable[None]]
Report = Callable[[str, int], Awaitable[None]]
"""Tells the service how many milliseconds of a reply have been played."""


@dataclass
class Recording:
    """Two tracks on one clock: the learner on the left, everybody whom they met on the right."""

    began: float = field(default_factory=stopwatch_ms)
    learner: bytearray = field(default_factory=bytearray)
    patient: bytearray = field(default_factory=bytearray)

    def now_ms(self) -> int:
        return int(stopwatch_ms() - self.began)

    def place(self, track: bytearray, at_ms: int, sound: Pcm) -> None:
        """Put `sound` (24 kHz) at its moment, or right after what is already there."""
        start = at_ms * WIRE_HZ // 1000 * BYTES_PER_SAMPLE
        track.extend(bytes(max(0, start - len(track))))
        track.extend(sound.data)

    def save(self, path: Path) -> None:
        """Write both tracks as stereo PCM16 at 24 kHz."""
        samples = max(len(self.learner), len(self.patient)) // BYTES_PER_SAMPLE
        both = np.zeros((samples, 2), "<i2")
        for side, track in enumerate((self.learner, self.patient)):
            found = np.frombuffer(bytes(track), "<i2")
            both[: len(found), side] = found
        with wave.open(str(path), "wb") as file:
            file.setnchannels(2)
            file.setsampwidth(BYTES_PER_SAMPLE)
            file.setframerate(WIRE_HZ)
            file.writeframes(both.tobytes())


class Loudspeaker:
    """Plays into a recording in real time, until it is cancelled."""

    def __init__(self, recording: Recording, report: Report) -> None:
        self._recording = recording
        self._report = report
        # bounded by the service, which sends no more than its lead ahead of what is played
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._played: dict[str, int] = {}
        self.held = False

    def take(self, reply: str, sound: bytes) -> None:
        """Sound of `reply` at 24 kHz, to be played after what waits."""
        self._waiting.append((reply, sound))

    def drop(self, reply: str) -> None:
        """The reply was cut: what has not been played is not."""
        self._waiting = deque(part for part in self._waiting if part[0] != reply)

    async def run(self) -> None:
        """Play what comes, step by step."""
        due, steps = stopwatch_ms(), 0
        while True:
            due += STEP_MS
            await asyncio.sleep(max(0.0, due - stopwatch_ms()) / 1000)
            reply, steps = self._step(), steps + 1
            if reply and (steps % REPORT_STEPS == 0 or not self._waiting):
                await self._report(reply, self._played[reply] * 1000 // (WIRE_HZ * BYTES_PER_SAMPLE))

    def _step(self) -> str:
        """Play one step; returns whose sound it was."""
        if self.held or not self._waiting:
            return ""
        reply, wanted, parts = self._waiting[0][0], STEP_MS * WIRE_HZ // 1000 * BYTES_PER_SAMPLE, bytearray()
        while self._waiting and self._waiting[0][0] == reply and len(parts) < wanted:
            _, sound = self._waiting.popleft()
            take = wanted - len(parts)
            parts += sound[:take]
            if sound[take:]:
                self._waiting.appendleft((reply, sound[take:]))
        self._played[reply] = self._played.get(reply, 0) + len(parts)
        self._recording.place(self._recording.patient, self._recording.now_ms(), Pcm(bytes(parts), WIRE_HZ))
        return reply


class Microphone:
    """Open all the time: sends what is said, and silence where nothing is, until it is cancelled."""

    def __init__(self, recording: Recording, send: Send) -> None:
        self._recording = recording
        self._send = send
        self._saying = b""
        self._said = asyncio.Event()
        self._said.set()

    async def say(self, sound: Pcm) -> None:
        """Say `sound` (24 kHz), and wait until it has been said."""
        self._saying = sound.data
        self._said.clear()
        await self._said.wait()

    async def run(self) -> None:
        """Send chunk by chunk, each when it is due."""
        due, size = stopwatch_ms(), CHUNK_MS * WIRE_HZ // 1000 * BYTES_PER_SAMPLE
        while True:
            chunk, self._saying = self._saying[:size], self._saying[size:]
            if chunk:
                self._recording.place(self._recording.learner, self._recording.now_ms(), Pcm(chunk, WIRE_HZ))
            await self._send(chunk.ljust(size, b"\0"))
            if not self._saying:
                self._said.set()
            due += CHUNK_MS
            await asyncio.sleep(max(0.0, due - stopwatch_ms()) / 1000)
