"""The real detector and the real ear: students at every distance, a wall, an opening, a fan, coughs."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count

import numpy as np
import pytest

from benchmarks import sounds, sounds_music
from benchmarks.sounds import Sound, at_level, to_pcm16
from benchmarks.sounds_voices import in_a_room, narrow, over_noise, through_a_wall
from server.core.sound.endpoint import Patience, Sign
from server.engines.detecting import SileroDetectors
from server.live.ear import Ear
from server.live.listening import NearDetector
from tests.speech import TEXTS, clip

DETECTORS = SileroDetectors()


class Room:
    """An ear in a room, and the turns that it would hand on."""

    def __init__(self) -> None:
        numbers = count()
        near = NearDetector(DETECTORS.detector())
        self.turns = self.withdrawn = self.doubted = 0
        self.ear = Ear(near, self, lambda: f"clip_{next(numbers)}", Patience(), rate_hz=16_000)
        self.ear.believed, self.ear.doubted, self.ear.begun = near.believed, near.doubted, near.begin

    def sound(self, clip: str, sound: bytes) -> None: ...

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        if sign is Sign.END:
            self.turns += 1
            self.doubted += clip in self.ear.doubtful
        elif sign is Sign.WITHDRAWN and clip:
            self.withdrawn += 1

    def turns_of(self, sound: Sound) -> int:
        before = self.turns
        self.ear.feed(to_pcm16(np.concatenate((sound, sounds.room_tone(np.random.default_rng(1), 1.4, -68.0)))))
        return self.turns - before


@cache
def said(name: str) -> Sound:
    return np.frombuffer(clip(name).data, "<i2") / 32_768


def rng() -> np.random.Generator:
    return np.random.default_rng(3)


def at_the_desk(level_db: float) -> Callable[[Sound], Sound]:
    return lambda sound: over_noise(rng(), at_level(sound, level_db), 0.8, 0.4, -70.0, blades=False)


STUDENTS: dict[str, Callable[[Sound], Sound]] = {
    "loud": at_the_desk(-12.0),
    "soft": at_the_desk(-38.0),
    "far": at_the_desk(-45.0),
    "telephone": lambda sound: at_the_desk(-28.0)(narrow(sound)),
    "fan 20": lambda sound: over_noise(rng(), at_level(sound, -28.0), 0.8, 0.4, -48.0, blades=True),
    "fan 10": lambda sound: over_noise(rng(), at_level(sound, -28.0), 0.8, 0.4, -38.0, blades=True),
}


@pytest.mark.parametrize("how", STUDENTS)
def test_a_student_is_heard(how: str) -> None:
    room = Room()
    assert [room.turns_of(STUDENTS[how](said(name))) for name in TEXTS] == [1] * len(TEXTS)
    assert room.doubted == 0


def next_room(seconds: float, level_db: float, corner_hz: float) -> Sound:
    """The fixtures one after another, with hardly a pause, behind a wall."""
    whole, at_s, number = np.zeros(sounds.samples(seconds)), 0.0, 0
    names = list(TEXTS)
    while at_s < seconds:
        one = said(names[number % len(names)])
        sounds.place(whole, at_level(one, -20.0), at_s)
        at_s, number = at_s + len(one) / 16_000, number + 1
    behind = through_a_wall(in_a_room(rng(), whole, 0.6, 0.3)[: len(whole)], corner_hz)
    return at_level(behind, level_db) + sounds.room_tone(rng(), seconds, -62.0)


@pytest.mark.parametrize("level_db", [-30.0, -40.0])
def test_a_voice_in_the_next_room_is_no_turn(level_db: float) -> None:
    room, ungated = Room(), Room()
    ungated.ear.detector, ungated.ear.believed = DETECTORS.detector(), lambda: True
    sound = next_room(20, level_db, 200.0)
    assert room.turns_of(sound) == 0
    assert ungated.turns_of(sound) >= 1, "without the gate it is one: the test says something"


def test_a_student_is_heard_while_the_next_room_goes_on() -> None:
    """And the turn ends, though they do not."""
    room = Room()
    behind = next_room(12, -48.0, 200.0)
    sounds.place(behind, at_level(said("on-your-own"), -22.0), 5.0)
    room.ear.feed(to_pcm16(behind))
    assert room.turns == 1


def test_fan_coughs_music_and_knocks_are_no_turns() -> None:
    parts = [
        sounds.fan(rng(), 4, -30.0),
        sounds.scattered(rng(), 6, sounds.fit_of_coughs, (0.5, 1.0)) * 0.5,
        sounds.scattered(rng(), 4, sounds.throat_clearing, (0.5, 1.0)) * 0.3,
        *(sounds_music.music(rng(), 4, style, -22.0) for style in sounds_music.STYLES),
        sounds.scattered(rng(), 4, sounds.chair_scrape, (0.2, 0.6)),
        sounds.scattered(rng(), 3, sounds.key_press, (0.02, 0.2)),
        sounds.scattered(rng(), 3, sounds.door_slam, (0.4, 0.8)),
        sounds.room_tone(rng(), 1, -68.0),
    ]
    room = Room()
    assert sum(room.turns_of(part) for part in parts) == 0
    assert room.turns_of(STUDENTS["soft"](said("hear-me"))) == 1, "and whoever speaks after all that is heard"


class Counting:
    """A detector that answers what it is told to and counts how often it began anew."""

    def __init__(self, answer: float = 0.01) -> None:
        self.answer, self.resets = answer, 0

    def probability(self, frame: bytes) -> float:
        return self.answer

    def reset(self) -> None:
        self.resets += 1


def resets_in(sound: Sound, answer: float = 0.01) -> int:
    counting = Counting(answer)
    near, data = NearDetector(counting), to_pcm16(sound)
    for at in range(0, len(data) - 1_023, 1_024):
        near.probability(data[at : at + 1_024])
    return counting.resets


def test_in_a_steady_room_the_detector_begins_anew_every_two_seconds() -> None:
    assert resets_in(np.zeros(16_000 * 10)) == 5
    assert resets_in(sounds.fan(rng(), 10, -40.0)) == 5
    assert resets_in(np.zeros(16_000)) == 0


def test_never_amid_speech_music_or_coughs() -> None:
    assert resets_in(np.zeros(16_000 * 10), answer=0.4) == 0
    assert resets_in(sounds_music.music(rng(), 10, "band", -22.0)) == 0
    assert resets_in(sounds.scattered(rng(), 10, sounds.cough, (0.6, 2.0)) + sounds.room_tone(rng(), 10, -60.0)) == 0
