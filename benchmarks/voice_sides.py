"""What every measurement is given: the peers, a folder, how long it may take; and how a row is made of answers."""

from __future__ import annotations

import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.peer_house import ROOT, Peers
from benchmarks.voice_bars import Row

SPEECH = ROOT / "tests" / "speech"
MINUTE_S, GAP_S, RATE_HZ = 60, 10, 16_000


@dataclass(frozen=True)
class Bench:
    """The circumstances of one run."""

    peers: Callable[[], Peers]
    """Asked for by those who need one: the first to ask waits for the installation."""
    folder: Path
    quick: bool
    """Fewer rounds: to see that all works; its figures are not for publishing."""

    def rounds(self, full: int, quick: int = 1) -> int:
        return quick if self.quick else full


Rows = Callable[[Bench], list[Row]]


def minute_of_speech(folder: Path) -> Path:
    """A minute in which a person says a sentence every ten seconds, and is silent otherwise; made once."""
    path = folder / "minute.wav"
    if not path.exists():
        spoken = [_samples(file) for file in sorted(SPEECH.glob("*.wav"))]
        parts = [spoken[n % len(spoken)].ljust(GAP_S * RATE_HZ * 2, b"\0") for n in range(MINUTE_S // GAP_S)]
        with wave.open(str(path), "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE_HZ)
            out.writeframes(b"".join(parts))
    return path


def _samples(path: Path) -> bytes:
    with wave.open(str(path), "rb") as file:
        if (file.getframerate(), file.getnchannels()) != (RATE_HZ, 1):
            raise ValueError(f"{path.name} is not mono speech at {RATE_HZ} Hz")
        return file.readframes(file.getnframes())
