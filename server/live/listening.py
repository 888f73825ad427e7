"""Sound as numbers: what core's counting of presence and of microphone troubles is fed with, and the detector that
hears who is here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from server.core.sound.audio import BYTES_PER_SAMPLE, HEARING_HZ
from server.core.sound.levels import QUIETEST_DB, Heard, Presence
from server.core.sound.microphone import Chunk, Limits
from server.engines.protocols import FRAME_SAMPLES, Detector, DetectorFactory

_EDGES_HZ = (100, 200, 800, 1_500, 3_400, 7_900)
_EDGES = [round(hz * FRAME_SAMPLES / HEARING_HZ) for hz in _EDGES_HZ]
_TREBLE_HZ = 4_400
_CEILING = 32_700
_LOUD_POWER = Limits().loud_power
_LOOKED_AT = 1_024
"""Samples of a piece; a trouble is one of seconds, so a part of each is enough."""
_IDLE_FRAMES, _IDLE, _STEADY_DB = 60, 0.15, 2.25
"""After 2 s without a trace of speech in a steady room the detector begins anew (a fan moves 2 dB, music more). One
that has run for minutes is slow to believe a soft voice: of 0.95, 0.57 was left after five minutes of silence. Not amid
music or coughs, which one that begins is readier to take for speech.
"""
_SPEECH = 0.5
_OFFSET, _FOLLOW, _EVERY = 150.0, 0.1, 4
"""Of 32,768: a mean beyond this is an offset. It is followed over some ten frames, on every fourth sample."""
_KEPT = 0.995
"""Of an offset from one sample to the next: the corner is at 13 Hz."""


@lru_cache(maxsize=16)
def _window(length: int) -> NDArray[np.float32]:
    return np.hanning(length).astype(np.float32)


@lru_cache(maxsize=16)
def _scale(length: int) -> float:
    """From a windowed spectrum to mean squares."""
    return 2.0 / float(length * np.sum(np.square(_window(length))))


def _strengths(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Power in each line of the spectrum."""
    spectrum = np.fft.rfft(samples * _window(len(samples)))
    return (np.square(spectrum.real) + np.square(spectrum.imag)) * np.float32(_scale(len(samples)))


def measure(frame: bytes) -> Heard:
    """Level, peak and bands of `FRAME_SAMPLES` samples of 16 kHz PCM16."""
    whole = np.frombuffer(frame, "<i2")
    samples = whole.astype(np.float32) / np.float32(32_768.0)
    power = _mean_square(samples)
    first, second, third, fourth, fifth = np.add.reduceat(
        _strengths(samples)[: _EDGES[-1]], _EDGES[:-1], dtype=np.float64
    ).tolist()
    level = 10 * float(np.log10(power)) if power > 0 else QUIETEST_DB
    peak = max(int(whole.max()), -int(whole.min()))
    return Heard(max(level, QUIETEST_DB), peak, (first, second, third, fourth, fifth))


def examine(data: bytes, rate_hz: int) -> Chunk:
    """A piece of microphone sound as it came, PCM16 at `rate_hz`; half a sample at its end is left out. All of it is
    counted, and its beginning looked at.
    """
    count = len(data) // BYTES_PER_SAMPLE
    whole = np.frombuffer(data[: min(count, _LOOKED_AT) * BYTES_PER_SAMPLE], "<i2")
    if len(whole) < 4:
        return Chunk(len(whole), 0.0, 0.0, 0.0, not whole.any(), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    raw = whole.astype(np.float32) / np.float32(32_768.0)
    offset = float(raw.mean())
    samples = raw - np.float32(offset)
    chunk = Chunk(
        count, _mean_square(samples), offset, _at_the_ceiling(whole), not whole.any(), 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    )
    return chunk if chunk.power < _LOUD_POWER else _with_shape(chunk, raw, samples, rate_hz)


def _at_the_ceiling(whole: NDArray[np.int16]) -> float:
    if int(whole.max()) < _CEILING and int(whole.min()) > -_CEILING:
        return 0.0
    return float(np.mean((whole >= _CEILING) | (whole <= -_CEILING)))


def _with_shape(chunk: Chunk, raw: NDArray[np.float32], samples: NDArray[np.float32], rate_hz: int) -> Chunk:
    """What tells stereo from mono and a telephone from a microphone; looked at where there is sound enough."""
    steps = np.diff(samples)
    voice, treble = _voice_and_treble(samples, rate_hz)
    return replace(
        chunk,
        evens=_mean_square(raw[0::2]),
        odds=_mean_square(raw[1::2]),
        within=_mean_square(steps[0::2]),
        across=_mean_square(steps[1::2]),
        voice=voice,
        treble=treble,
    )


def _mean_square(samples: NDArray[np.float32]) -> float:
    return float(np.dot(samples, samples)) / len(samples)


def _voice_and_treble(samples: NDArray[np.float32], rate_hz: int) -> tuple[float, float]:
    strengths = _strengths(samples)
    line_hz = rate_hz / len(samples)
    voice = float(strengths[round(300 / line_hz) : round(3_400 / line_hz)].sum())
    if rate_hz < 2.5 * _TREBLE_HZ:
        return voice, voice
    return voice, float(strengths[round(_TREBLE_HZ / line_hz) :].sum())


class OffsetFilter:
    """Takes a constant offset, and what lies under 13 Hz, out of a stream of 16 kHz frames: a one-pole high-pass. A
    stream without an offset passes as it is.
    """

    def __init__(self) -> None:
        self._before = self._out = self._mean = 0.0
        self._works = False

    def feed(self, frame: bytes) -> bytes:
        """PCM16 in, PCM16 of the same length out."""
        whole = np.frombuffer(frame, "<i2")
        if not len(whole):
            return frame
        some = whole[::_EVERY]
        self._mean += _FOLLOW * (int(np.add.reduce(some, dtype=np.int64)) / len(some) - self._mean)
        if not self._works and abs(self._mean) < _OFFSET:
            return frame
        if not self._works:
            self._works, self._before = True, float(whole[0])
        return self._filtered(whole.astype(np.float64))

    def _filtered(self, samples: NDArray[np.float64]) -> bytes:
        steps = np.diff(samples, prepend=self._before)
        fading = _fading(len(samples))
        # y[n] = step[n] + kept * y[n-1], for all n at once
        found = fading * (np.cumsum(steps / fading) + _KEPT * self._out)
        self._before, self._out = float(samples[-1]), float(found[-1])
        return np.clip(np.rint(found), -32_768, 32_767).astype("<i2").tobytes()


@lru_cache(maxsize=16)
def _fading(length: int) -> NDArray[np.float64]:
    return np.power(_KEPT, np.arange(length, dtype=np.float64))


class NearDetector:
    """A `Detector` that leaves out what is said in another room."""

    def __init__(self, detector: Detector, interrupting: Callable[[], bool] = lambda: False) -> None:
        self._detector = detector
        self.interrupting = interrupting
        self.presence = Presence()
        self.level_db = QUIETEST_DB
        """Of the last frame."""
        self.spoke: Callable[[float, int], None] = lambda *_: None
        """Told of each frame in which this person speaks."""
        self._idle: list[float] = []

    def probability(self, frame: bytes) -> float:
        """Probability that somebody speaks at this microphone. Raises what the detector raises."""
        probability = self._detector.probability(frame)
        heard = measure(frame)
        self._begin_anew(probability, heard.level_db)
        self.level_db = heard.level_db
        near = self.presence.hear(heard, probability, interrupting=self.interrupting())
        if near >= _SPEECH:
            self.spoke(heard.level_db, FRAME_SAMPLES * 1000 // HEARING_HZ)
        return near

    def _begin_anew(self, probability: float, level_db: float) -> None:
        if probability >= _IDLE:
            self._idle.clear()
            return
        self._idle.append(level_db)
        if len(self._idle) < _IDLE_FRAMES:
            return
        if np.std(self._idle) <= _STEADY_DB:
            self._detector.reset()
            self._idle.clear()
        else:
            del self._idle[: _IDLE_FRAMES // 6]

    def begin(self) -> None:
        """An utterance has begun."""
        self.presence.begin()

    def believed(self) -> bool:
        """Whether the utterance so far was said here; to be asked once, at its end and before `reset`."""
        return self.presence.believed()

    def doubted(self) -> bool:
        """Whether it may have been no speech at all; to be asked when `believed` is."""
        return self.presence.doubted()

    def reset(self) -> None:
        """Forget the utterance, and keep what is known of the room and the person."""
        self._detector.reset()
        self.presence.forget()


class NearDetectors:
    """A `DetectorFactory` whose detectors leave out what is said in another room."""

    def __init__(self, detectors: DetectorFactory) -> None:
        self._detectors = detectors
        self.info = detectors.info

    def detector(self) -> Detector:
        return NearDetector(self._detectors.detector())
