"""CPU of pipecat's voice detection on real speech: `SileroVADAnalyzer.analyze_audio`, 20 ms frames."""

from __future__ import annotations

import time
import wave
from typing import Any

from loguru import logger  # type: ignore[import-not-found]
from pipecat.audio.vad.silero import SileroVADAnalyzer  # type: ignore[import-not-found]

from benchmarks.rounds import answer_async

CHUNK = 640


async def measure(request: dict[str, Any]) -> dict[str, Any]:
    with wave.open(request["wav"], "rb") as file:
        sound = file.readframes(file.getnframes())
    analyzer = SileroVADAnalyzer(sample_rate=16_000)
    analyzer.set_sample_rate(16_000)
    await analyzer.analyze_audio(sound[:CHUNK])
    began = time.process_time()
    for start in range(0, len(sound), CHUNK):
        await analyzer.analyze_audio(sound[start : start + CHUNK])
    return {"ms": (time.process_time() - began) * 1000 / (len(sound) / 32_000)}


if __name__ == "__main__":
    logger.remove()
    answer_async(measure)
