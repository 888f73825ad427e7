"""CPU of taking microphone sound with engines that do nothing: the whole way of a message, and the ear alone."""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks.ours.stage import NobodySpeaks, NullEngines, append, rate, stage
from benchmarks.rounds import answer_async
from server.core.sound.endpoint import Sign
from server.live.ear import Ear

FRAME_MS, RATE_HZ = 20, 16_000
FRAME = bytes(FRAME_MS * RATE_HZ // 1000 * 2)
BURST = 50
"""Frames put before others may run, as in the peer's program."""


class Nobody:
    def sound(self, clip: str, sound: bytes) -> None: ...

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        pass


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    seconds = request["frames"] * FRAME_MS / 1000
    wired, alone = await with_wire(request["frames"]), without_wire(request["frames"])
    return {"wired_ms": wired / seconds, "alone_ms": alone / seconds}


async def with_wire(frames: int) -> float:
    """CPU milliseconds from the text of a message (JSON, base64) to the endpointer's decision."""
    detectors = NobodySpeaks()
    async with stage(NullEngines(), detectors) as there:
        there.wire.send(**rate(RATE_HZ))
        there.wire.put(append(FRAME * 2))
        while not detectors.frames:  # noqa: ASYNC110 - it looks in from outside
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.3)  # the encounter has begun, and what it says has been said
        text, wanted = append(FRAME), detectors.frames + frames * len(FRAME) // 1024 - 1
        began = time.process_time()
        for number in range(frames):
            there.wire.put(text)
            if number % BURST == 0:
                await asyncio.sleep(0)
        while detectors.frames < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.005)
        return (time.process_time() - began) * 1000


def without_wire(frames: int) -> float:
    ear = Ear(NobodySpeaks(), Nobody(), lambda: "clip", rate_hz=RATE_HZ)
    began = time.process_time()
    for _ in range(frames):
        ear.feed(FRAME)
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    answer_async(measure)
