"""Delay of our resamplers: what a stream withholds, and what it shifts."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.rounds import answer
from benchmarks.signals import CHUNK_MS, chirp, delay_ms
from server.core.sound.audio import Pcm
from server.live.resampling import InputResampler, to_rate

HEARING_HZ = 16_000


def measure(request: dict[str, Any]) -> dict[str, Any]:
    if request["way"] == "in":
        stream = InputResampler(request["from_hz"])
        return delay_ms(stream.feed, request["from_hz"], HEARING_HZ)
    return whole(request["from_hz"], request["to_hz"])


def whole(from_hz: int, to_hz: int) -> dict[str, Any]:
    """A clip is resampled at once, so nothing is withheld; what remains is the shift."""
    made = to_rate([Pcm(chirp(from_hz).tobytes(), from_hz)], to_hz)
    shift = delay_ms(_given_out(made.data), from_hz, to_hz)
    return {"ms": shift["shift_ms"], "withheld_ms": 0.0, "shift_ms": shift["shift_ms"]}


def _given_out(data: bytes) -> Any:
    """`data` as if it had come by the chunk."""
    parts = iter(np.array_split(np.frombuffer(data, "<i2"), 1000 // CHUNK_MS))
    return lambda _: next(parts).tobytes()


if __name__ == "__main__":
    answer(measure)
