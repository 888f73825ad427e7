"""Music by rule, in five styles; no singing."""

from __future__ import annotations

import numpy as np

from benchmarks.sounds import RATE, Sound, at_level, band, coloured, decaying, filtered, place, samples

STYLES = ("piano", "strings", "melody", "band", "radio")
_CHORDS = ((0, 4, 7), (9, 12, 16), (5, 9, 12), (7, 11, 14))
_SCALE = (0, 2, 4, 5, 7, 9, 11, 12)


def hz_of(step: int, base_hz: float = 220.0) -> float:
    """A tone `step` semitones over A."""
    return base_hz * 2 ** (step / 12)


def note(pitch_hz: float, seconds: float, *, vibrato: float = 0.0, partials: int = 8, fall: float = 1.2) -> Sound:
    """One tone with its harmonics; `vibrato` is its depth as a share of the pitch, at 5.5 Hz."""
    time = np.arange(samples(seconds)) / RATE
    phase = 2 * np.pi * np.cumsum(pitch_hz * (1 + vibrato * np.sin(2 * np.pi * 5.5 * time))) / RATE
    audible = [k for k in range(1, partials + 1) if k * pitch_hz < RATE / 2]
    return np.asarray(sum(np.sin(k * phase) / k**fall for k in audible))


def plucked(pitch_hz: float, seconds: float) -> Sound:
    tone = note(pitch_hz, seconds)
    return tone * decaying(len(tone), seconds * 1.3)


def bowed(pitch_hz: float, seconds: float) -> Sound:
    tone = note(pitch_hz, seconds, vibrato=0.006, partials=14, fall=0.9)
    return tone * np.minimum(1, np.minimum(np.arange(len(tone)), np.arange(len(tone))[::-1]) / samples(0.08))


def horn(rng: np.random.Generator, pitch_hz: float, seconds: float) -> Sound:
    """A singing tone with a vowel's resonances: the instrument that is likest to a voice."""
    tone = note(pitch_hz, seconds, vibrato=0.012, partials=20, fall=0.8)
    first = float(rng.uniform(450, 750))
    shaped = filtered(
        tone, lambda hz: 0.1 + np.exp(-(((hz - first) / 220) ** 2)) + np.exp(-(((hz - 1_400) / 350) ** 2))
    )
    return shaped * np.minimum(1, np.minimum(np.arange(len(tone)), np.arange(len(tone))[::-1]) / samples(0.05))


def drums(rng: np.random.Generator, seconds: float, beat_s: float) -> Sound:
    whole = np.zeros(samples(seconds))
    for beat in range(int(seconds / beat_s)):
        length = samples(0.2)
        kick = np.sin(2 * np.pi * 60 * np.arange(length) / RATE) * decaying(length, 0.2)
        snare = filtered(rng.standard_normal(length), band(200, 6_000)) * decaying(length, 0.15)
        place(whole, kick if beat % 2 == 0 else 0.5 * snare, beat * beat_s)
        hat = filtered(rng.standard_normal(length), band(5_000, 7_900)) * decaying(length, 0.05)
        place(whole, 0.3 * hat, (beat + 0.5) * beat_s)
    return whole


def chords(rng: np.random.Generator, seconds: float, beat_s: float, *, soft: bool) -> Sound:
    whole = np.zeros(samples(seconds))
    for bar in range(int(seconds / (4 * beat_s)) + 1):
        for step in _CHORDS[bar % len(_CHORDS)]:
            tone = bowed(hz_of(step), 4 * beat_s) if soft else plucked(hz_of(step), 4 * beat_s)
            place(whole, tone, bar * 4 * beat_s + (0.0 if soft else float(rng.uniform(0, 0.02))))
    return whole


def melody(rng: np.random.Generator, seconds: float, beat_s: float) -> Sound:
    whole, at_s = np.zeros(samples(seconds)), 0.0
    while at_s < seconds:
        length = beat_s * float(rng.choice((0.5, 1.0, 1.0, 2.0)))
        if rng.random() > 0.12:
            place(whole, horn(rng, hz_of(int(rng.choice(_SCALE))), length), at_s)
        at_s += length
    return whole


def music(rng: np.random.Generator, seconds: float, style: str, level_db: float) -> Sound:
    """`seconds` of music in one of `STYLES`; radio is the band from a small loudspeaker with hiss."""
    beat_s = float(rng.uniform(0.4, 0.7))
    parts = {
        "piano": lambda: chords(rng, seconds, beat_s, soft=False),
        "strings": lambda: chords(rng, seconds, beat_s, soft=True),
        "melody": lambda: melody(rng, seconds, beat_s),
    }
    if style in parts:
        return at_level(parts[style](), level_db)
    together = (
        at_level(parts["piano"](), -20) + at_level(parts["melody"](), -20) + at_level(drums(rng, seconds, beat_s), -20)
    )
    if style == "radio":
        together = filtered(together, band(350, 3_400)) + 0.05 * coloured(rng, len(together), 0.0)
    return at_level(together, level_db)
