"""Sound as an engine made it, made fit to be played piece after piece: speech at once, and a pause where one belongs.

Engines differ: flite begins with 0.2 s of silence and ends with as much, espeak-ng and Piper with almost none.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from server.core.sound.audio import BYTES_PER_SAMPLE, Pcm, bytes_for

LEAD_MS = 30
"""Silence that is left before the first sound: soft consonants lie below what counts as sound."""
SENTENCE_MS, CLAUSE_MS, RUNNING_MS = 180, 90, 30
"""Pause after a sentence, after a clause, and where a text goes on in the next piece."""
_AFTER = "\"')}> "
"""What may stand behind a text's last mark."""
_SOFT, _SOFTEST = 0.01, 60
"""What is quieter than this share of the loudest sample, or than this, is silence."""


def pause_ms(spoken: str, stretch: float) -> int:
    """How long to be silent after `spoken`; who speaks slowly pauses longer."""
    last = spoken.rstrip(_AFTER)[-1:]
    pause = SENTENCE_MS if last in {".", "!", "?"} else CLAUSE_MS if last in {",", ";", ":"} else RUNNING_MS
    return round(pause * stretch)


def speech_span_ms(sound: Pcm) -> tuple[int, int]:
    """Where the first sound begins and where the last ends; both 0 where all is silence."""
    heard = _loud(sound)
    if not heard.size:
        return 0, 0
    return int(heard[0]) * 1000 // sound.rate_hz, -(-(int(heard[-1]) + 1) * 1000 // sound.rate_hz)


def settled(ends_ms: Sequence[float], sound: Pcm) -> list[float]:
    """`ends_ms`, each moved back to where the sound had stopped by then: an engine may count the pause after a word
    as its own.
    """
    heard = _loud(sound)
    found: list[float] = []
    for end in ends_ms:
        place = int(np.searchsorted(heard, end * sound.rate_hz / 1000))
        stop = (int(heard[place - 1]) + 1) * 1000 / sound.rate_hz if place else 0.0
        back = stop if stop < end - LEAD_MS else end
        found.append(max(back, found[-1] if found else 0.0))
    return found


def shaped(sound: Pcm, pause: int, not_before_ms: float = 0.0) -> tuple[Pcm, int]:
    """`sound` without long silence before it and with `pause` ms of silence after it, and how many ms it begins later.

    Nothing before `not_before_ms`, where the last word ends, is cut. Silence alone stays as it is.
    """
    start, end = speech_span_ms(sound)
    if end == 0:
        return sound, 0
    lead = max(0, start - LEAD_MS)
    close = min(max(end, int(not_before_ms)), sound.duration_ms)
    kept = sound.data[bytes_for(lead, sound.rate_hz) : bytes_for(close + pause, sound.rate_hz)]
    missing = bytes_for(close - lead + pause, sound.rate_hz) - len(kept)
    return Pcm(kept + bytes(max(0, missing) // BYTES_PER_SAMPLE * BYTES_PER_SAMPLE), sound.rate_hz), lead


def _loud(sound: Pcm) -> np.typing.NDArray[np.intp]:
    """The places of the samples that are no silence."""
    loudness = np.abs(np.frombuffer(sound.data, "<i2").astype(np.int32))
    return np.flatnonzero(loudness > max(_SOFTEST, _SOFT * loudness.max(initial=0)))
