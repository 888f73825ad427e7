"""CPU of the ear on real speech: cutting into frames, Silero, the endpointer."""

from __future__ import annotations

import time
import wave
from pathlib import Path
from typing import Any

from benchmarks.ours.orchestration import Nobody
from benchmarks.rounds import answer
from server.engines.detecting import SileroDetectors
from server.live.ear import Ear

DETECTORS = SileroDetectors()
CHUNK = 640
"""20 ms at 16 kHz, as the peer is fed."""


def measure(request: dict[str, Any]) -> dict[str, Any]:
    with wave.open(str(Path(request["wav"])), "rb") as file:
        sound = file.readframes(file.getnframes())
    ear = Ear(DETECTORS.detector(), Nobody(), lambda: "clip", rate_hz=16_000)
    began = time.process_time()
    for start in range(0, len(sound), CHUNK):
        ear.feed(sound[start : start + CHUNK])
    return {"ms": (time.process_time() - began) * 1000 / (len(sound) / 32_000)}


if __name__ == "__main__":
    answer(measure)
