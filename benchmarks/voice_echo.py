"""Echo: how often a patient is interrupted by its own voice, and how soon a learner is let in over it.

    python -m benchmarks.voice_echo --encounters 40 --out RESULT.json

A loudspeaker without echo cancellation stands before the microphone. The real detector and ear listen; what they notice
holds the reply and lets it go again, as in a live encounter, so that a reply that is held makes no echo. Rooms are
simulated and voices synthetic: no recordings of people.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from benchmarks.rounds import percentile
from benchmarks.sounds import RATE, Sound, at_level, band, filtered, to_pcm16
from benchmarks.sounds_voices import Phrase, say_all
from server.core.sound.audio import WIRE_HZ, Pcm
from server.core.sound.endpoint import Patience, Sign
from server.engines.detecting import SileroDetectors
from server.engines.embedded.espeak import EspeakVoice
from server.engines.embedded.flite import FliteVoice
from server.engines.protocols import FRAME_SAMPLES
from server.live.ear import FRAME_MS, Ear
from server.live.echoing import EchoGuard
from server.live.playout import Sounded

PATIENT = (
    "I have been feeling rather poorly since Tuesday, and nobody tells me what is going on here.",
    "My daughter lives in Leeds and she has two small children, so I do not want to trouble her.",
    "They said it might be my heart, but then the other doctor said it was only the stomach.",
    "I cannot sleep at night because of the noise, and I keep thinking about going home alone.",
)
LEARNER = (
    "Sorry to interrupt you, can I just ask when that started?",
    "Wait a moment please, I would like to check your name first.",
    "It sounds as if you are worried about your daughter.",
    "Hold on, let me get the nurse for you.",
)
LEVELS_DB = (-6, -10, -14, -18, -24, -30)
"""Of the echo, against the patient's own level."""
SPEECH_DB, FAN_DB = -22.0, -55.0
REPLIES, LEARNS = 5, 2
"""Replies of one encounter; the learner speaks over one of them that is not among the first `LEARNS`."""
QUIET_S = 1.0
REFLECTIONS = 6


@dataclass
class Loudspeaker:
    """What has sounded, as the echo guard is told it."""

    now_ms: float = 0.0
    sounded: list[Sounded] = field(default_factory=list)

    def lately(self) -> list[Sounded]:
        return [each for each in self.sounded if each.end_ms > self.now_ms - 4_000]

    def play(self, frame: Sound) -> None:
        data = soxr.resample(frame, RATE, WIRE_HZ)
        self.sounded.append(Sounded(self.now_ms, Pcm((np.clip(data, -1, 1) * 32_767).astype("<i2").tobytes(), WIRE_HZ)))


class Way:
    """From the loudspeaker to the microphone: a delay, a few reflections, and a band."""

    def __init__(self, chance: np.random.Generator, echo_db: float) -> None:
        delay_ms = chance.uniform(80, 560)
        taps = [(0.0, 1.0), *((chance.uniform(3, 60), chance.uniform(-0.4, 0.4)) for _ in range(REFLECTIONS))]
        self.taps = [(int((delay_ms + after) * RATE / 1000), gain) for after, gain in taps]
        self.gain = 10 ** (echo_db / 20) / np.sqrt(sum(gain**2 for _, gain in taps))
        self._hard = chance.random() < 0.5

    def band(self, sound: Sound) -> Sound:
        """A small loudspeaker: neither bass nor treble."""
        if self._hard:
            return filtered(sound, band(250, 5_000))
        return filtered(
            sound, lambda hz: 1 / np.sqrt(1 + (250 / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / 5e3) ** 6)
        )


def _soft_band(hz: Sound) -> Sound:
    return np.asarray(1 / np.sqrt(1 + (250 / np.maximum(hz, 1)) ** 4) / np.sqrt(1 + (hz / 5_000) ** 6))


@dataclass
class Meeting:
    """One encounter with its microphone."""

    chance: np.random.Generator
    echo_db: int
    guarded: bool
    held: bool = False
    over: bool = False
    """A reply sounds."""
    holds: int = 0
    cut_ms: list[float] = field(default_factory=list)
    """When somebody was let in over a reply."""

    def __post_init__(self) -> None:
        self.loudspeaker, numbers = Loudspeaker(), count()
        guard = EchoGuard(lambda: self.loudspeaker.now_ms)
        guard.follow(self.loudspeaker if self.guarded else Loudspeaker())
        self.ear = Ear(
            DETECTORS.detector(), self, lambda: f"clip_{next(numbers)}", Patience(), rate_hz=RATE, echo=guard,
            over_speech=lambda: self.over,
        )  # fmt: skip
        self._way = Way(self.chance, self.echo_db)
        self._coming = np.zeros(0)
        self._cut = False

    def sound(self, clip: str, sound: bytes) -> None: ...

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:  # noqa: ARG002 - what an ear tells
        if sign is Sign.ONSET and self.over:
            self.held, self.holds = True, self.holds + 1
        elif sign in (Sign.WITHDRAWN, Sign.BURST):
            self.held = False
            self.ear.forget(clip)  # the words of a short echo are the patient's own, and are known by that
        elif sign is Sign.START and self.over:
            self._cut = True
            self.cut_ms.append(self.loudspeaker.now_ms)

    def reply(self, said: Sound, learner: Sound | None = None, begins_s: float = 0.0) -> float:
        """The patient speaks, and somebody over it perhaps. Returns when they began, on the loudspeaker's clock."""
        played, coming = self._way.band(said), learner if learner is not None else np.zeros(0)
        at, spoken, began_ms, self.over, self._cut, self.held = 0, 0, 0.0, True, False, False
        while at < len(said) and not self._cut:
            frame, out = said[at : at + FRAME_SAMPLES], played[at : at + FRAME_SAMPLES]
            if self.held:
                frame = out = np.zeros(0)
            at += len(frame)
            voice = np.zeros(0)
            if len(coming) and at >= begins_s * RATE:
                began_ms = began_ms or self.loudspeaker.now_ms
                voice, spoken = coming[spoken : spoken + FRAME_SAMPLES], spoken + FRAME_SAMPLES
            self._frame(frame, out, voice)
        self.over = False
        for _ in range(int(QUIET_S * 1000 / FRAME_MS)):
            self._frame(np.zeros(0), np.zeros(0), np.zeros(0))
        return began_ms

    def _frame(self, said: Sound, out: Sound, voice: Sound) -> None:
        if len(said):
            self.loudspeaker.play(said)
        heard = self._arriving(out)
        heard[: len(voice)] += voice
        self.loudspeaker.now_ms += FRAME_MS
        self.ear.feed(to_pcm16(heard))

    def _arriving(self, out: Sound) -> Sound:
        """What of all that has sounded comes in during the next frame, over a fan."""
        need = FRAME_SAMPLES + max(delay for delay, _ in self._way.taps) + len(out)
        coming = np.concatenate([self._coming, np.zeros(max(0, need - len(self._coming)))])
        for delay, gain in self._way.taps:
            coming[delay : delay + len(out)] += gain * self._way.gain * out
        self._coming = coming[FRAME_SAMPLES:]
        return coming[:FRAME_SAMPLES] + self.chance.standard_normal(FRAME_SAMPLES) * 10 ** (FAN_DB / 20)


DETECTORS = SileroDetectors()


def alone(patients: Sequence[Sound], seed: int, echo_db: int, *, guarded: bool) -> tuple[int, int]:
    """One encounter in which nobody speaks but the patient: replies cut by themselves, and held for a moment."""
    chance = np.random.default_rng(seed)
    meeting = Meeting(chance, echo_db, guarded)
    for _ in range(REPLIES):
        meeting.reply(patients[int(chance.integers(len(patients)))])
    return len(meeting.cut_ms), meeting.holds


def interrupted(patients: Sequence[Sound], learners: Sequence[Sound], seed: int, echo_db: int) -> tuple[float, float]:
    """Ms from a learner's first sound until they were let in (below 0: not while the reply lasted), and their level."""
    chance = np.random.default_rng(seed)
    meeting = Meeting(chance, echo_db, guarded=True)
    for _ in range(LEARNS):
        meeting.reply(patients[int(chance.integers(len(patients)))])
    said, level = patients[int(chance.integers(len(patients)))], float(chance.uniform(-12, 6))
    speech = learners[int(chance.integers(len(learners)))] * 10 ** (level / 20)
    before = len(meeting.cut_ms)
    began = meeting.reply(said, speech, float(chance.uniform(0.8, max(0.9, len(said) / RATE - 2.0))))
    after = [at for at in meeting.cut_ms[before:] if at >= began > 0]
    return (after[0] - began if after else -1.0), level


def voices() -> tuple[list[Sound], list[Sound]]:
    """Patients and learners, all at one level."""
    flite, espeak = FliteVoice(), EspeakVoice()
    try:
        patients = [*say_all(flite, PATIENT, ("female old",)), *say_all(espeak, PATIENT, ("male old",))]
        learners = [*say_all(flite, LEARNER, ("male young",)), *say_all(espeak, LEARNER, ("female young",))]
    finally:
        flite.close()
        espeak.close()
    return _levelled(patients), _levelled(learners)


def _levelled(phrases: Sequence[Phrase]) -> list[Sound]:
    return [at_level(phrase.sound, SPEECH_DB) for phrase in phrases]


def measure(encounters: int) -> dict[str, Any]:
    """So many encounters at each level of echo, and as many with a learner."""
    patients, learners = voices()
    rows: dict[int, dict[str, int]] = defaultdict(lambda: {"replies": 0, "cut_without": 0, "cut": 0, "held": 0})
    waits: list[float] = []
    missed: list[dict[str, float]] = []
    for echo_db in LEVELS_DB:
        for number in range(encounters):
            bare, _ = alone(patients, number, echo_db, guarded=False)
            cut, held = alone(patients, number, echo_db, guarded=True)
            for name, value in (("replies", REPLIES), ("cut_without", bare), ("cut", cut), ("held", held)):
                rows[echo_db][name] += value
            wait, level = interrupted(patients, learners, 1_000 + number, echo_db)
            if wait >= 0:
                waits.append(wait)
            else:
                missed.append({"echo_db": echo_db, "learner_db": round(level, 1)})
    found = {f"p{share}": round(percentile(waits, share / 100)) for share in (50, 90, 99)}
    return {"echo": dict(rows), "learners": {"n": len(waits) + len(missed), "let_in_ms": found, "not_let_in": missed}}


def main() -> None:
    parser = argparse.ArgumentParser(description="A patient's own voice, come back from a loudspeaker.")
    parser.add_argument("--encounters", type=int, default=40, help="at each level of echo")
    parser.add_argument("--out", type=Path, help="file for the result; without it, it is printed")
    options = parser.parse_args()
    text = json.dumps(measure(options.encounters), indent=1)
    if options.out:
        options.out.write_text(text + "\n", encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
