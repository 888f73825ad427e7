"""Noises nobody said anything in, made by rule: the same seed gives the same sound. 16 kHz, full scale is 1.0.

They are models of noises, not recordings. What they leave out is said beside the figures they lead to.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from server.core.sound.audio import HEARING_HZ

Sound = NDArray[np.float64]
RATE = HEARING_HZ


def samples(seconds: float) -> int:
    return round(seconds * RATE)


def to_pcm16(sound: Sound) -> bytes:
    """As a microphone sends it; what is over full scale is clipped."""
    return (np.clip(sound, -1.0, 32_767 / 32_768) * 32_768).astype("<i2").tobytes()


def dbfs(sound: Sound) -> float:
    """Root mean square against full scale, in decibels; -120 for nothing at all."""
    return 20 * float(np.log10(max(np.sqrt(np.mean(np.square(sound))), 1e-6))) if sound.size else -120.0


def at_level(sound: Sound, level_db: float) -> Sound:
    """The same sound at `level_db` dBFS on average."""
    return sound * 10 ** ((level_db - dbfs(sound)) / 20)


def filtered(sound: Sound, gain: Callable[[Sound], Sound]) -> Sound:
    """`sound` with each frequency (in Hz) multiplied by `gain` of it."""
    spectrum = np.fft.rfft(sound)
    return np.fft.irfft(spectrum * gain(np.asarray(np.fft.rfftfreq(len(sound), 1 / RATE), np.float64)), len(sound))


def band(low_hz: float, high_hz: float) -> Callable[[Sound], Sound]:
    """A band with soft edges, third order at each end."""
    return lambda hz: np.asarray(1 / np.sqrt((1 + (low_hz / np.maximum(hz, 1.0)) ** 6) * (1 + (hz / high_hz) ** 6)))


def coloured(rng: np.random.Generator, length: int, slope_db: float) -> Sound:
    """Noise that falls by `slope_db` decibels an octave: 0 is white, 3 pink, 6 brown."""
    white = rng.standard_normal(length)
    return at_level(
        filtered(white, lambda hz: np.asarray(np.maximum(hz, 20.0) ** (-slope_db / 6.02), np.float64)), -20.0
    )


def place(target: Sound, sound: Sound, at_s: float) -> None:
    """Add `sound` to `target` from `at_s` on; what lies beyond the end falls away."""
    start = samples(at_s)
    part = sound[: max(0, len(target) - start)]
    target[start : start + len(part)] += part


def decaying(length: int, seconds: float) -> Sound:
    """An envelope that falls to a thousandth in `seconds`."""
    return np.asarray(np.exp(-6.9 * np.arange(length) / (seconds * RATE)))


# --- rooms and machines -----------------------------------------------------------------------------------------------


def room_tone(rng: np.random.Generator, seconds: float, level_db: float | None) -> Sound:
    """A quiet room with a microphone's own hiss; None is a stream of zeros."""
    if level_db is None:
        return np.zeros(samples(seconds))
    return at_level(coloured(rng, samples(seconds), 3.0) + coloured(rng, samples(seconds), 0.0) * 0.3, level_db)


def fan(rng: np.random.Generator, seconds: float, level_db: float, blade_hz: float = 118.0) -> Sound:
    """Moving air, mains hum, and blades whose tone wavers and beats."""
    time = np.arange(samples(seconds)) / RATE
    air = coloured(rng, len(time), 4.0)
    waver = np.cumsum(1 + 0.01 * np.sin(2 * np.pi * 0.3 * time)) / RATE
    blades = sum(np.sin(2 * np.pi * blade_hz * k * waver) / k**1.3 for k in range(1, 7))
    hum = np.sin(2 * np.pi * 50 * time) + 0.4 * np.sin(2 * np.pi * 150 * time)
    swing = 1 + 0.15 * np.sin(2 * np.pi * 0.7 * time)
    return at_level(swing * (air + 0.05 * blades + 0.03 * hum), level_db)


def door_slam(rng: np.random.Generator) -> Sound:
    """A thud with a rattle after it."""
    length = samples(0.6)
    thud = filtered(rng.standard_normal(length), band(40, 220)) * decaying(length, 0.35)
    rattle = filtered(rng.standard_normal(length), band(600, 3_000)) * decaying(length, 0.12) * 0.2
    return at_level(thud + rattle, -20.0)


def key_press(rng: np.random.Generator) -> Sound:
    """Two clicks, down and up."""
    press = np.zeros(samples(0.16))
    for at_s, loud in ((0.0, 1.0), (float(rng.uniform(0.06, 0.11)), 0.5)):
        length = samples(0.03)
        click = filtered(rng.standard_normal(length), band(1_200, 6_000)) * decaying(length, 0.02)
        place(press, click * loud, at_s)
    return at_level(press, -34.0)


def chair_scrape(rng: np.random.Generator) -> Sound:
    """Stick and slip on a floor: a rough tone in the range of voices."""
    length = samples(float(rng.uniform(0.3, 0.9)))
    time = np.arange(length) / RATE
    pitch = float(rng.uniform(140, 420)) * (1 + 0.15 * np.sin(2 * np.pi * rng.uniform(2, 6) * time))
    teeth = np.sign(np.sin(2 * np.pi * np.cumsum(pitch) / RATE)) + 0.6 * rng.standard_normal(length)
    return at_level(filtered(teeth, band(300, 4_000)) * np.hanning(length), -26.0)


def cough(rng: np.random.Generator) -> Sound:
    """250 to 450 ms: a burst, turbulent air, and more often than not a voiced end."""
    length = samples(float(rng.uniform(0.25, 0.45)))
    time = np.arange(length) / RATE
    burst = filtered(rng.standard_normal(length), band(250, 5_000)) * decaying(length, 0.09)
    air = filtered(rng.standard_normal(length), throat) * np.exp(-(((time - 0.12) / 0.09) ** 2)) * 0.7
    whole = burst + air
    if rng.random() < 0.65:
        pitch = float(rng.uniform(130, 330)) * (1 - 0.5 * time)
        buzz = sum(np.sin(2 * np.pi * k * np.cumsum(pitch) / RATE) / k for k in range(1, 18))
        late = np.clip((time - 0.14) / 0.04, 0, 1) * np.clip((length / RATE - time) / 0.08, 0, 1)
        whole = whole + filtered(np.asarray(buzz), throat) * late * float(rng.uniform(0.1, 0.5))
    return np.asarray(whole / np.max(np.abs(whole)))


def throat(hz: Sound) -> Sound:
    """An open mouth: three broad resonances."""
    return np.asarray(
        sum(np.exp(-(((hz - at) / width) ** 2)) for at, width in ((500, 250), (1_500, 400), (2_600, 600)))
    )


def throat_clearing(rng: np.random.Generator) -> Sound:
    """Two rough, low, creaking syllables."""
    length = samples(float(rng.uniform(0.5, 0.9)))
    time = np.arange(length) / RATE
    pitch = 70 * (1 + 0.25 * rng.standard_normal(length // 160 + 1).repeat(160)[:length])
    creak = sum(np.sin(2 * np.pi * k * np.cumsum(pitch) / RATE) / k**0.7 for k in range(1, 25))
    rough = filtered(np.asarray(creak) + 2.0 * rng.standard_normal(length), throat)
    beats = np.abs(np.sin(np.pi * 2 * time / (length / RATE)))
    return np.asarray(rough * beats / np.max(np.abs(rough)))


def scattered(
    rng: np.random.Generator, seconds: float, make: Callable[[np.random.Generator], Sound], gap_s: tuple[float, float]
) -> Sound:
    """One sound again and again, with gaps that vary."""
    whole = np.zeros(samples(seconds))
    at_s = float(rng.uniform(0.2, gap_s[1]))
    while at_s < seconds:
        one = make(rng)
        place(whole, one, at_s)
        at_s += len(one) / RATE + float(rng.uniform(*gap_s))
    return whole


def fit_of_coughs(rng: np.random.Generator) -> Sound:
    """Two to six coughs, close together."""
    count = int(rng.integers(2, 7))
    return np.concatenate(
        [part for _ in range(count) for part in (cough(rng), np.zeros(samples(rng.uniform(0.05, 0.3))))]
    )
