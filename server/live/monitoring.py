"""Watches the sound of one connection for troubles of its microphone: ten times a second it looks at a part of it."""

from __future__ import annotations

from server.core.sound.audio import BYTES_PER_SAMPLE
from server.core.sound.microphone import Microphone, MicTrouble
from server.live.listening import examine

LOOK_MS = 100
WAIT_MS = 200
"""What came is looked at after this, however little it is, so that slow sound is seen to be slow."""


class Monitor:
    """Fed with what a connection receives, as it is received."""

    def __init__(self, microphone: Microphone | None = None) -> None:
        self.microphone = microphone or Microphone()
        self._rate_hz = 0
        self._kept = bytearray()
        self._looked_ms: int | None = None

    def feed(self, data: bytes, rate_hz: int, at_ms: int) -> list[MicTrouble]:
        """PCM16 at the rate that the client declared, and when it came, on a clock that does not jump."""
        if rate_hz != self._rate_hz:
            self._kept.clear()
            self._rate_hz, self._looked_ms = rate_hz, None
        self._kept += data
        if self._looked_ms is None:
            self._looked_ms = at_ms
        enough = len(self._kept) >= LOOK_MS * rate_hz // 1000 * BYTES_PER_SAMPLE
        if not enough and at_ms - self._looked_ms < WAIT_MS:
            return []
        whole = len(self._kept) - len(self._kept) % BYTES_PER_SAMPLE
        sound, self._looked_ms = bytes(self._kept[:whole]), at_ms
        del self._kept[:whole]
        return self.microphone.hear(examine(sound, rate_hz), rate_hz, at_ms)
