"""Changing the rate of sound, with a library that has done nothing else for years (soxr, LGPL-2.1+, unmodified).

Quality `LQ` delays a stream by about 1 ms and `VHQ` by 39; speech at 16 kHz gains nothing from the difference.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import soxr

from server.core.audio import HEARING_HZ, Pcm

QUALITY = "MQ"


class InputResampler:
    """A microphone stream at any rate, to the rate of hearing."""

    def __init__(self, rate_hz: int) -> None:
        self._same = rate_hz == HEARING_HZ
        self._stream = (
            None if self._same else soxr.ResampleStream(rate_hz, HEARING_HZ, 1, dtype="int16", quality=QUALITY)
        )

    def feed(self, data: bytes) -> bytes:
        """PCM16 in, PCM16 at 16 kHz out; a few milliseconds stay inside until more comes."""
        if self._stream is None:
            return data
        return bytes(self._stream.resample_chunk(np.frombuffer(data, np.int16)).tobytes())


def to_rate(parts: Sequence[Pcm], rate_hz: int) -> Pcm:
    """The joined `parts`, which share one rate, at `rate_hz`."""
    data, rate = b"".join(part.data for part in parts), parts[0].rate_hz
    if rate == rate_hz:
        return Pcm(data, rate_hz)
    samples = soxr.resample(np.frombuffer(data, np.int16), rate, rate_hz, quality=QUALITY)
    return Pcm(samples.astype(np.int16).tobytes(), rate_hz)
