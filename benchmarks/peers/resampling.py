"""Delay of pipecat's resampler, as its transports and its Piper use it: a soxr stream of quality VHQ."""

from __future__ import annotations

import asyncio
from typing import Any

from loguru import logger  # type: ignore[import-not-found]
from pipecat.audio.resamplers.soxr_stream_resampler import SOXRStreamAudioResampler  # type: ignore[import-not-found]

from benchmarks.rounds import answer
from benchmarks.signals import delay_ms


def measure(request: dict[str, Any]) -> dict[str, Any]:
    resampler, from_hz, to_hz = SOXRStreamAudioResampler(), request["from_hz"], request["to_hz"]
    return delay_ms(lambda data: asyncio.run(resampler.resample(data, from_hz, to_hz)), from_hz, to_hz)


if __name__ == "__main__":
    logger.remove()
    answer(measure)
