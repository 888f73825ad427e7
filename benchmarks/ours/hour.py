"""Growth of memory while one encounter is spoken to: real detector, the whole way of a message, a hearing that is told
what it heard. Sound comes as fast as it is read; encounter time is the time that this takes.
"""

from __future__ import annotations

import asyncio
import gc
import wave
from pathlib import Path
from typing import Any

from benchmarks.ours.stage import NullEngines, Parrot, Stage, append, rate, stage
from benchmarks.rounds import answer_async, rss_mib
from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ
from server.engines.detecting import SileroDetectors

FRAME = HEARING_HZ * 32 // 1000 * BYTES_PER_SAMPLE
WAIT_S = 10.0


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    with wave.open(str(Path(request["wav"])), "rb") as file:
        minute = file.readframes(60 * file.getframerate())
    frames = [append(minute[start : start + FRAME]) for start in range(0, len(minute), FRAME)]
    parrot = Parrot("Tell me how you have been.", "That sounds hard.", "Who is at home with you?")
    sizes = []
    async with stage(NullEngines(transcriber=parrot), SileroDetectors()) as there:
        there.wire.send(**rate(HEARING_HZ))
        for _ in range(request["minutes"]):
            await _feed(there, frames)
            gc.collect()
            sizes.append(rss_mib())
        encounter = await there.encounter()
    warm = request["warm"]
    return {
        "growth": sizes[-1] - sizes[warm - 1], "warm_mib": sizes[warm - 1], "sizes": sizes[:: max(1, len(sizes) // 12)],
        "clips": parrot.heard, "turns": len(encounter.turns), "phase": encounter.phase, "messages": there.wire.kinds,
    }  # fmt: skip


async def _feed(there: Stage, frames: list[str]) -> None:
    """A minute, read to its end."""
    for number, frame in enumerate(frames):
        there.wire.put(frame)
        if number % 30 == 0:
            await _read(there)
    await _read(there)


async def _read(there: Stage) -> None:
    async with asyncio.timeout(WAIT_S):
        while there.wire.waiting:  # noqa: ASYNC110 - it looks in from outside
            await asyncio.sleep(0.001)


if __name__ == "__main__":
    answer_async(measure)
