"""Spoken fixtures: 16 kHz clips made once with flite and committed, so tests need no speech program.

To make one again: `python -m tests.speech going-home`, with libflite1 installed, and listen to it before committing.
"""

from __future__ import annotations

import wave
from pathlib import Path

from server.core.sound.audio import Pcm

TEXTS = {
    "going-home": ("rms", "How are you feeling about going home tomorrow?"),
    "hear-me": ("rms", "Can you hear me all right?"),
    "on-your-own": ("slt", "You sound worried about being on your own."),
    "take-your-time": ("rms", "Take your time, I am here to listen."),
}
"""Voice and words of each clip."""


def path(name: str) -> Path:
    """Where a clip lies."""
    return Path(__file__).with_name(f"{name}.wav")


def clip(name: str) -> Pcm:
    """A clip's sound."""
    with wave.open(str(path(name))) as sound:
        return Pcm(sound.readframes(sound.getnframes()), sound.getframerate())


def words(name: str) -> str:
    """What is said in a clip, in small letters without marks."""
    return "".join(char for char in TEXTS[name][1].lower() if char.isalpha() or char == " ")
