"""Is what the microphone hears only the patient's own voice, come back from a loudspeaker?

A browser cancels echo; where it does not, or not enough, the patient would interrupt itself. What was played lately is
known, so the last of the microphone is held against it: how loudness in a few bands went up and down. Echo goes up and
down with what was played, some time later; somebody else's speech does not, and soon spoils the likeness.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from server.core.sound.audio import HEARING_HZ, WIRE_HZ
from server.engines.protocols import FRAME_SAMPLES
from server.live.clock import stopwatch_ms
from server.live.playout import Sounded

LIKELY = 0.75
"""From here on it is taken for echo (docs/flow.md has the table that this is read from)."""
WINDOW_MS = 800
"""Of the microphone, ending now."""
LATEST_MS = 800
"""From when a sound was due until it is heard: the page's start threshold, loudspeaker, room, and two networks."""
LIKELY_KNOWN = 0.65
"""The same for a microphone that is known to bring echo."""
ENOUGH_MS = 480
"""Of sound that is alike, to tell echo from the beginning of anything."""
SURE, ENOUGH_SURE_MS = 0.85, 352
"""Of sound that is very much alike less is enough; speech is believed after half a second."""
HOP_MS = 16
BANDS_HZ = (180, 400, 650, 950, 1_350, 1_900, 2_600, 3_600, 5_000)
LOUDNESS = 0.4
"""Power to this power: loud parts count more than quiet ones, but not alone. In decibels a fan's noise in a pause is as
large as a vowel; with those, echo is taken for speech several times as often."""
FRAME_MS = FRAME_SAMPLES * 1000 // HEARING_HZ
TINY = 1e-9
Envelope = NDArray[np.float64]
"""Loudness, one row a hop, one column a band."""


class Sounding(Protocol):
    """A reply on its way to the ear; `Playout` is one."""

    def lately(self) -> list[Sounded]:
        """What has sounded in the last seconds, in order."""
        ...


class EchoGuard:
    """The echo of one encounter in one microphone."""

    def __init__(self, clock: Callable[[], float] = stopwatch_ms) -> None:
        self._clock = clock
        self._heard: deque[bytes] = deque(maxlen=WINDOW_MS // FRAME_MS)
        self._reply: Sounding | None = None
        self._suspected = False
        self.known = False
        """This microphone has brought the patient's own sound."""

    def follow(self, reply: Sounding) -> None:
        """From now on this reply sounds; it is remembered after its end, for its last words are still on their way."""
        self._reply = reply

    def hear(self, frame: bytes) -> None:
        """A frame of the microphone, as the detector takes it. Costs nothing."""
        self._heard.append(frame)

    def likely_echo(self) -> float:
        """0 to 1: how much of what was heard last is what was played last; 0 when nothing was. Takes under 1 ms."""
        now = self._clock()
        since = now - WINDOW_MS - LATEST_MS
        played = [one for one in self._reply.lately() if one.end_ms > since] if self._reply else []
        if not played or played[-1].end_ms < now - LATEST_MS or len(self._heard) < WINDOW_MS // FRAME_MS:
            return 0.0
        heard = np.frombuffer(b"".join(self._heard), "<i2")
        return likeness(envelope(heard, HEARING_HZ), envelope(_timeline(played, since, now), WIRE_HZ))

    def is_echo(self) -> bool:
        """Whether speech that is heard now is most likely the patient's own.

        The first moments of any sound are alike. Until this microphone has been found to bring echo, they are given to
        the learner: whoever speaks is noticed at once, and a first echo holds a reply for a moment.
        """
        likely = self.likely_echo()
        if likely < (LIKELY_KNOWN if self.known else LIKELY):
            return False
        self._suspected = True
        return self.known or self._active_ms() >= (ENOUGH_SURE_MS if likely >= SURE else ENOUGH_MS)

    def was_speech(self) -> None:
        """Somebody has spoken over the reply: what was like it was not it."""
        self.known = self._suspected = False

    def came_to_nothing(self) -> None:
        """What was noticed last was no speech: if it was like the patient's own sound, it was that."""
        self.known = self.known or self._suspected
        self._suspected = False

    def _active_ms(self) -> int:
        """How much of what was heard last is sound."""
        loud = [int(np.abs(np.frombuffer(frame, "<i2").astype(np.int32)).max(initial=0)) for frame in self._heard]
        return sum(peak * 10 > max(loud) for peak in loud) * FRAME_MS


def _timeline(played: Sequence[Sounded], since_ms: float, until_ms: float) -> NDArray[np.int16]:
    """What sounded in a stretch of time, with silence where nothing did."""
    samples = np.zeros(int((until_ms - since_ms) * WIRE_HZ / 1000), np.int16)
    for sounded in played:
        data = np.frombuffer(sounded.pcm.data, "<i2")
        start = int((sounded.at_ms - since_ms) * WIRE_HZ / 1000)
        data, start = data[max(0, -start) :], max(0, start)
        data = data[: len(samples) - start]
        samples[start : start + len(data)] = data
    return samples


def envelope(samples: NDArray[np.int16], rate_hz: int) -> Envelope:
    """How loud each band was in each hop."""
    hop = rate_hz * HOP_MS // 1000
    frames = samples[: len(samples) // hop * hop].reshape(-1, hop) * _window(hop)
    spectrum = np.fft.rfft(frames)
    power = spectrum.real**2 + spectrum.imag**2
    edges = np.array(BANDS_HZ) * hop // rate_hz
    return np.asarray(np.add.reduceat(power, edges, axis=1)[:, :-1] ** LOUDNESS)


@cache
def _window(hop: int) -> NDArray[np.float64]:
    return np.hanning(hop) / 32_768


def likeness(heard: Envelope, played: Envelope) -> float:
    """How well `heard` follows any stretch of `played` of its length, each band by a gain of its own; 1: entirely.

    The root of the part of its ups and downs that is explained. 0 where nothing was played or nothing is heard.
    """
    length = len(heard)
    if length == 0 or len(played) < length:
        return 0.0
    a = heard - heard.mean(axis=0)
    together = np.einsum("sbl,lb->sb", np.lib.stride_tricks.sliding_window_view(played, length, axis=0), a)
    varied = _sums(played**2, length) - _sums(played, length) ** 2 / length
    explained = np.where(varied > TINY, np.maximum(together, 0.0) ** 2 / np.maximum(varied, TINY), 0.0)
    return float(np.sqrt(explained.sum(axis=1).max() / max((a**2).sum(), TINY)))


def _sums(values: Envelope, length: int) -> Envelope:
    """Sums over every stretch of `length` rows."""
    total = np.cumsum(np.vstack((np.zeros(values.shape[1]), values)), axis=0)
    return np.asarray(total[length:] - total[:-length])
