"""What a recogniser asks of a clip before it spends anything on it."""

from __future__ import annotations

import numpy as np

from server.core.errors import EngineError
from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ, Pcm

SHORTEST_MS = 150
"""Less than this holds no word."""
QUIETEST_PEAK = 250
"""Of 32,768. Below it there is no speech; the decoder would hear words in silence all the same."""


def check_clip(pcm: Pcm) -> None:
    """Raises `EngineError` where a clip is not whole samples at 16 kHz."""
    if pcm.rate_hz != HEARING_HZ or len(pcm.data) % BYTES_PER_SAMPLE:
        raise EngineError(f"A clip is whole 16-bit samples at {HEARING_HZ} Hz.", code="wrong_clip")


def nothing_said(pcm: Pcm) -> bool:
    """Whether the clip is too short or too quiet to hold a word."""
    if pcm.duration_ms < SHORTEST_MS:
        return True
    samples = np.frombuffer(pcm.data, "<i2")
    return max(int(samples.max()), -int(samples.min())) < QUIETEST_PEAK
