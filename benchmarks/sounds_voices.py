"""Speech for the measurements: a student at the microphone, and people in another room. Synthetic voices."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import numpy as np
import soxr

from benchmarks.sounds import RATE, Sound, at_level, band, decaying, fan, filtered, place, room_tone, samples
from server.engines.protocols import Voice

SENTENCES = (
    "Good morning, my name is Alex and I am one of the student nurses.",
    "How are you feeling about going home tomorrow?",
    "You sound worried about being on your own.",
    "Take your time, I am here to listen.",
    "Can you tell me a little more about the pain?",
    "I am sorry, that must have been very hard for you.",
    "What matters most to you at the moment?",
    "Is there anybody at home who could help with that?",
)
SHORT = ("Yes.", "Okay.", "I see.", "Go on.", "Why?")
"""Answers of one or two syllables, which count as much as sentences do."""
GOSSIP = (
    "So I told him that the bus was late again and he did not believe me.",
    "They have changed the menu, there is soup on Mondays now.",
    "No, the other one, on the second shelf behind the door.",
    "We went to the coast last weekend and it rained all the time.",
    "Did you see the match yesterday, it went on for hours.",
    "The meeting was moved to half past three, somebody should have told us.",
    "And now the weather for tomorrow, with showers in the north and sunshine later.",
    "She laughed so much that she had to sit down on the stairs.",
)
SPEAKERS = ("female adult", "male adult", "male old", "female young", "kal16", "awb")


@dataclass(frozen=True)
class Phrase:
    """What somebody said, at full strength and without a room."""

    text: str
    voice: str
    sound: Sound


async def _say(voice: Voice, text: str, speaker: str) -> Sound:
    parts = [speech.pcm async for speech in voice.speak(text, voice=speaker)]
    joined = np.frombuffer(b"".join(part.data for part in parts), "<i2") / 32_768.0
    return np.asarray(soxr.resample(joined, parts[0].rate_hz, RATE), np.float64)


def say_all(voice: Voice, texts: tuple[str, ...], speakers: tuple[str, ...]) -> list[Phrase]:
    """Every text by every speaker. Raises what the engine raises."""

    async def all_of_it() -> list[Phrase]:
        return [Phrase(text, who, trimmed(await _say(voice, text, who))) for who in speakers for text in texts]

    return asyncio.run(all_of_it())


def trimmed(sound: Sound) -> Sound:
    """Without the silence before the first sound and after the last, so that an onset's time is known."""
    loud = np.flatnonzero(np.abs(sound) > 0.02 * np.max(np.abs(sound)))
    return sound[loud[0] : loud[-1] + 1]


# --- another room -----------------------------------------------------------------------------------------------------


def through_a_wall(sound: Sound, corner_hz: float = 300.0) -> Sound:
    """A light partition: from `corner_hz` on each octave loses 6 dB more, as the mass law has it."""
    return filtered(sound, lambda hz: 1 / np.sqrt(1 + (hz / corner_hz) ** 2))


def in_a_room(rng: np.random.Generator, sound: Sound, reverberation_s: float, direct: float) -> Sound:
    """With a diffuse tail; `direct` is the share of the sound that comes straight."""
    tail = samples(reverberation_s)
    echo = rng.standard_normal(tail) * decaying(tail, reverberation_s)
    size = 1 << (len(sound) + tail).bit_length()
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(echo, size), size)[: len(sound) + tail]
    dry = np.concatenate((sound, np.zeros(tail)))
    return direct * at_level(dry, -20) + (1 - direct) * at_level(wet, -20)


def conversation(rng: np.random.Generator, phrases: list[Phrase], seconds: float, pause_s: float) -> Sound:
    """One speaker's phrases in any order, with pauses of up to `pause_s`."""
    whole, at_s = np.zeros(samples(seconds)), float(rng.uniform(0, pause_s))
    while at_s < seconds:
        phrase = phrases[int(rng.integers(len(phrases)))]
        place(whole, at_level(phrase.sound, -20), at_s)
        at_s += len(phrase.sound) / RATE + float(rng.uniform(0.1, pause_s))
    return whole


def babble(
    rng: np.random.Generator, phrases: list[Phrase], seconds: float, voices: int, level_db: float, corner_hz: float
) -> Sound:
    """`voices` people next door, each saying other things. One is a television."""
    speakers = [phrase.voice for phrase in phrases]
    ways = sorted(set(speakers))
    together = np.zeros(samples(seconds))
    for index in range(voices):
        mine = [phrase for phrase in phrases if phrase.voice == ways[index % len(ways)]]
        together += conversation(rng, mine, seconds, 0.4 if voices == 1 else 3.0)
    behind = through_a_wall(in_a_room(rng, together, 0.6, 0.3)[: samples(seconds)], corner_hz)
    return at_level(behind, level_db) + room_tone(rng, seconds, -62.0)


# --- the student ------------------------------------------------------------------------------------------------------


def near(phrase: Sound, level_db: float) -> Sound:
    return at_level(phrase, level_db)


def narrow(sound: Sound) -> Sound:
    """A telephone's band, at a telephone's rate and back."""
    low = soxr.resample(filtered(sound, band(250, 3_500)), RATE, 8_000)
    return np.asarray(soxr.resample(low, 8_000, RATE), np.float64)


def whispered(rng: np.random.Generator, sound: Sound) -> Sound:
    """The same mouth without a voice: each 20 ms keep their smoothed spectrum and lose their pitch."""
    size, hop = 512, 128
    window = np.hanning(size)
    whole = np.zeros(len(sound) + size)
    for start in range(0, len(sound) - size, hop):
        strength = np.abs(np.fft.rfft(sound[start : start + size] * window))
        smooth = np.convolve(strength, np.ones(13) / 13, "same") * np.linspace(0.3, 2.0, len(strength))
        turned = smooth * np.exp(2j * np.pi * rng.random(len(smooth)))
        whole[start : start + size] += np.fft.irfft(turned) * window
    return whole[: len(sound)]


def hesitant(first: Sound, second: Sound, pause_s: float) -> Sound:
    return np.concatenate((first, np.zeros(samples(pause_s)), second))


def over_noise(
    rng: np.random.Generator, sound: Sound, lead_s: float, tail_s: float, noise_db: float, *, blades: bool
) -> Sound:
    """Speech in a room that goes on before and after it; `blades`: with a fan, else only the room's tone."""
    seconds = lead_s + len(sound) / RATE + tail_s
    ground = fan(rng, seconds, noise_db) if blades else room_tone(rng, seconds, noise_db)
    place(ground, sound, lead_s)
    return ground
