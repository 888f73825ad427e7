"""Sound as a value: 16-bit mono samples and their rate, and the arithmetic between bytes and milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

BYTES_PER_SAMPLE = 2
HEARING_HZ = 16_000
"""Rate that every recogniser and the voice detector take."""
WIRE_HZ = 24_000
"""Rate of `audio/pcm` in the OpenAI Realtime protocol."""
LOWEST_HZ, HIGHEST_HZ = 8_000, 48_000
"""Input rates a client may declare."""


@dataclass(frozen=True)
class Pcm:
    """Mono, signed 16-bit little-endian samples."""

    data: bytes
    rate_hz: int = HEARING_HZ

    @property
    def samples(self) -> int:
        return len(self.data) // BYTES_PER_SAMPLE

    @property
    def duration_ms(self) -> int:
        return self.samples * 1000 // self.rate_hz

    def __add__(self, other: Pcm) -> Pcm:
        if other.rate_hz != self.rate_hz:
            raise ValueError(f"cannot join {other.rate_hz} Hz to {self.rate_hz} Hz")
        return Pcm(self.data + other.data, self.rate_hz)

    def between(self, start_ms: int, end_ms: int) -> Pcm:
        """The part from `start_ms` to `end_ms`; bounds outside the sound are clipped."""
        return Pcm(self.data[bytes_for(start_ms, self.rate_hz) : bytes_for(end_ms, self.rate_hz)], self.rate_hz)


def bytes_for(duration_ms: int, rate_hz: int) -> int:
    """Bytes that hold `duration_ms` at `rate_hz`, always a whole number of samples; never negative."""
    return max(0, duration_ms) * rate_hz // 1000 * BYTES_PER_SAMPLE


def silence(duration_ms: int, rate_hz: int = HEARING_HZ) -> Pcm:
    return Pcm(bytes(bytes_for(duration_ms, rate_hz)), rate_hz)
