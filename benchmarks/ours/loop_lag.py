"""Lag of the event loop while two clips are being recognised at any moment, by the real faster-whisper engine."""

from __future__ import annotations

import asyncio
import time
import wave
from pathlib import Path
from typing import Any

from benchmarks.rounds import answer_async, percentile
from server.core.sound.audio import Pcm
from server.engines import catalog
from server.engines.catalog import EngineChoice
from server.engines.protocols import Transcriber

TICK_S = 0.01
AT_ONCE = 2
HINTS = ("medication", "discharge", "daughter")


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    engine = catalog.hearing(EngineChoice(hearing="faster-whisper", hearing_model=request["model"]))
    await catalog.warm(engine)
    clip = _clip(Path(request["wav"]), request["clip_s"])
    lags: list[float] = []
    try:
        await _hear(engine, clip)
        ticking = asyncio.create_task(_tick(lags))
        took = await asyncio.gather(*(_repeat(engine, clip, request["clips"]) for _ in range(AT_ONCE)))
        ticking.cancel()
    finally:
        await catalog.close(engine)
    heard = [each for one in took for each in one]
    return {
        "p99": percentile(lags, 0.99), "p50": percentile(lags, 0.5), "max": max(lags), "n": len(lags),
        "clips": len(heard), "clip_ms": sum(heard) / len(heard),
    }  # fmt: skip


def _clip(path: Path, seconds: int) -> Pcm:
    with wave.open(str(path), "rb") as file:
        return Pcm(file.readframes(seconds * file.getframerate()), file.getframerate())


async def _tick(lags: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(TICK_S)
        lags.append((time.perf_counter() - began - TICK_S) * 1000)


async def _repeat(engine: Transcriber, clip: Pcm, times: int) -> list[float]:
    took = []
    for _ in range(times):
        began = time.perf_counter()
        await _hear(engine, clip)
        took.append((time.perf_counter() - began) * 1000)
    return took


async def _hear(engine: Transcriber, clip: Pcm) -> None:
    await engine.transcribe(clip, language="en", hints=HINTS)


if __name__ == "__main__":
    answer_async(measure)
