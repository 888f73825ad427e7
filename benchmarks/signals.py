"""A test signal and how late it comes out of a stream. numpy only: it is imported in the peers' environment too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

CHUNK_MS = 20
SECONDS = 1


def chirp(rate_hz: int) -> NDArray[np.int16]:
    """A second from 100 to 3,000 Hz, which every rate from 8 kHz on can hold."""
    t = np.arange(SECONDS * rate_hz) / rate_hz
    phase = 2 * np.pi * (100 * t + (3_000 - 100) / (2 * SECONDS) * t**2)
    return (np.sin(phase) * 16_000).astype(np.int16)


def delay_ms(feed: Callable[[bytes], bytes], from_hz: int, to_hz: int) -> dict[str, Any]:
    """Feed the chirp in chunks of `CHUNK_MS`. `withheld_ms`: the most that has gone in and not come out at the end of a
    chunk, once it runs; `shift_ms`: where the output lies against the same chirp made at its rate; `ms`: both.
    """
    parts = np.array_split(chirp(from_hz), SECONDS * 1000 // CHUNK_MS)
    out, withheld, went_in = bytearray(), 0.0, 0
    for number, part in enumerate(parts):
        out += feed(part.tobytes())
        went_in += len(part)
        if number >= len(parts) // 2:
            withheld = max(withheld, went_in / from_hz - len(out) / 2 / to_hz)
    shift = shift_ms(np.frombuffer(bytes(out), "<i2"), to_hz)
    return {"ms": withheld * 1000 + max(0.0, shift), "withheld_ms": withheld * 1000, "shift_ms": shift}


def shift_ms(made: NDArray[np.int16], rate_hz: int) -> float:
    """By how much `made` is later than the chirp, by cross-correlation; negative: earlier."""
    wanted = chirp(rate_hz)[: len(made)].astype(float)
    length = 2 ** int(np.ceil(np.log2(2 * len(wanted))))
    product = np.fft.rfft(made[: len(wanted)].astype(float), length) * np.conj(np.fft.rfft(wanted, length))
    found = int(np.argmax(np.fft.irfft(product, length)))
    return (found if found < length // 2 else found - length) * 1000 / rate_hz
