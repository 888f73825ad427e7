"""The patient's own voice in the learner's microphone, and the learner's over it: real speech, a simple room."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from server.core.sound.audio import HEARING_HZ, WIRE_HZ, Pcm
from server.core.sound.endpoint import Endpointer, Sign
from server.engines.detecting import SileroDetectors
from server.live.ear import Ear
from server.live.echoing import (
    ENOUGH_MS,
    ENOUGH_SURE_MS,
    FRAME_MS,
    LATEST_MS,
    LIKELY,
    LIKELY_KNOWN,
    SURE,
    WINDOW_MS,
    EchoGuard,
    envelope,
    likeness,
)
from server.live.playout import CHUNK_MS, Playout, Sounded
from tests.live.test_playout import Clock, Speaker
from tests.speech import TEXTS, clip

Sound = NDArray[np.float64]
FRAME = FRAME_MS * HEARING_HZ // 1000
BEFORE_MS = 1_024
"""Of an empty room before the patient speaks: whole frames."""
DETECTORS = SileroDetectors()


def voice(name: str, level_db: float = -22.0) -> Sound:
    samples = np.frombuffer(clip(name).data, "<i2") / 32_768
    return np.asarray(samples / np.sqrt((samples**2).mean()) * 10 ** (level_db / 20))


def room(sound: Sound, delay_ms: float, level_db: float) -> Sound:
    """A loudspeaker without bass or treble, six reflections, and the way there."""
    chance = np.random.default_rng(int(delay_ms))
    heard = np.zeros(len(sound) + HEARING_HZ)
    for after_ms, gain in [(0.0, 1.0), *((chance.uniform(3, 60), chance.uniform(-0.4, 0.4)) for _ in range(6))]:
        start = int((delay_ms + after_ms) * HEARING_HZ / 1000)
        heard[start : start + len(sound)] += gain * sound
    spectrum, hz = np.fft.rfft(heard), np.fft.rfftfreq(len(heard), 1 / HEARING_HZ)
    spectrum[(hz < 250) | (hz > 5_000)] = 0
    return np.asarray(np.fft.irfft(spectrum, len(heard)) * 10 ** (level_db / 20))


def as_bytes(sound: Sound) -> bytes:
    return (np.clip(sound, -1, 1) * 32_767).astype("<i2").tobytes()


@dataclass
class Played:
    """A reply that sounds from time 0 on."""

    pcm: Pcm
    now_ms: float = 0.0

    def lately(self) -> list[Sounded]:
        chunks = [
            Sounded(at_ms, self.pcm.between(at_ms, at_ms + CHUNK_MS))
            for at_ms in range(0, self.pcm.duration_ms, CHUNK_MS)
        ]
        return [
            chunk if chunk.end_ms <= self.now_ms else chunk.split(self.now_ms)[0]
            for chunk in chunks
            if chunk.at_ms < self.now_ms
        ]


def listen(said: Sound, microphone: Sound, *, guarded: bool = True) -> list[tuple[float, Sign]]:
    """What the ear notices, and when, while `said` sounds and `microphone` hears."""
    played = Played(Pcm(as_bytes(soxr.resample(said, HEARING_HZ, WIRE_HZ)), WIRE_HZ))
    guard, detector, endpointer = EchoGuard(lambda: played.now_ms), DETECTORS.detector(), Endpointer()
    guard.follow(played)
    noise = np.random.default_rng(5).standard_normal(BEFORE_MS * 16 + len(microphone)) * 10 ** (-55 / 20)
    heard = as_bytes(noise + np.concatenate((np.zeros(BEFORE_MS * 16), microphone)))
    signs: list[tuple[float, Sign]] = []
    for number in range(len(heard) // 2 // FRAME):
        played.now_ms = (number + 1) * FRAME_MS - BEFORE_MS
        frame = heard[number * FRAME * 2 : (number + 1) * FRAME * 2]
        guard.hear(frame)
        probability = detector.probability(frame)
        if guarded and probability >= endpointer.patience.threshold and guard.is_echo():
            probability = 0.0
        found = endpointer.process(probability, FRAME_MS, over_speech=True)
        if Sign.WITHDRAWN in found or Sign.BURST in found:
            guard.came_to_nothing()
        signs += [(played.now_ms, sign) for sign in found]
    return signs


PATIENT = np.concatenate([voice("going-home"), voice("take-your-time")])


@pytest.mark.parametrize("delay_ms", [80, 240, 500])
@pytest.mark.parametrize("level_db", [-6, -14, -24])
def test_a_loudspeaker_beside_the_microphone_does_not_interrupt_the_patient(delay_ms: int, level_db: int) -> None:
    echo = room(PATIENT, delay_ms, level_db)
    assert Sign.START in [sign for _, sign in listen(PATIENT, echo, guarded=False)], "it would have"
    noticed = [sign for _, sign in listen(PATIENT, echo)]
    assert Sign.START not in noticed
    assert noticed.count(Sign.ONSET) <= 1, "a first echo may hold the reply for a moment"


@pytest.mark.parametrize("begins_ms", [250, 400, 600])
def test_who_begins_right_after_the_patient_on_a_quiet_microphone_is_noticed_at_once(begins_ms: int) -> None:
    microphone = np.concatenate((np.zeros(begins_ms * 16), voice("on-your-own"), np.zeros(HEARING_HZ)))
    first = next(at_ms for at_ms, sign in listen(PATIENT, microphone) if sign is Sign.ONSET)
    unguarded = next(at_ms for at_ms, sign in listen(PATIENT, microphone, guarded=False) if sign is Sign.ONSET)
    assert first == unguarded


def test_an_echo_that_was_found_out_is_known_from_then_on() -> None:
    guard = EchoGuard(lambda: 0.0)
    guard.likely_echo = lambda: 0.9  # type: ignore[method-assign]
    assert not guard.is_echo()
    guard.came_to_nothing()
    assert guard.is_echo()


@pytest.mark.parametrize("level_db", [-6, -14, -30])
@pytest.mark.parametrize("begins_ms", [600, 1_400, 2_300])
def test_a_learner_who_speaks_over_the_patient_is_let_in(level_db: int, begins_ms: int) -> None:
    microphone = room(PATIENT, 180, level_db)
    learner = voice("on-your-own")
    microphone = np.concatenate((microphone, np.zeros(3 * HEARING_HZ)))
    microphone[begins_ms * 16 : begins_ms * 16 + len(learner)] += learner
    started = [at_ms for at_ms, sign in listen(PATIENT, microphone) if sign is Sign.START]
    assert started
    assert begins_ms < started[0] < begins_ms + 1_200


def test_without_echo_the_learner_is_noticed_exactly_as_without_a_guard() -> None:
    microphone = np.concatenate((np.zeros(HEARING_HZ), voice("on-your-own"), np.zeros(HEARING_HZ)))
    assert listen(PATIENT, microphone) == listen(PATIENT, microphone, guarded=False)


def test_a_learner_who_repeats_the_words_in_another_voice_is_no_echo() -> None:
    """The same words at another time, by the same voice even: what was played so long ago cannot come back."""
    said = voice("on-your-own")
    late = np.concatenate((np.zeros(len(said) + (LATEST_MS + WINDOW_MS) * 16), said))
    assert Sign.START in [sign for _, sign in listen(said, late)]


def a_guard(now_ms: float, said: Sound) -> EchoGuard:
    guard = EchoGuard(lambda: now_ms)
    guard.follow(Played(Pcm(as_bytes(soxr.resample(said, HEARING_HZ, WIRE_HZ)), WIRE_HZ), now_ms))
    return guard


def hear(guard: EchoGuard, sound: Sound) -> None:
    data = as_bytes(sound)
    for start in range(0, len(data) - FRAME * 2 + 1, FRAME * 2):
        guard.hear(data[start : start + FRAME * 2])


def test_before_anything_is_known_nothing_is_echo() -> None:
    said = voice("going-home")
    fresh = EchoGuard(lambda: 1_000.0)
    hear(fresh, said)
    assert fresh.likely_echo() == 0.0, "nothing was played"
    deaf = a_guard(1_000.0, said)
    hear(deaf, said[: FRAME * 5])
    assert deaf.likely_echo() == 0.0, "hardly anything was heard"
    silent = a_guard(1_000.0, said)
    hear(silent, np.zeros(HEARING_HZ))
    assert silent.likely_echo() == 0.0, "silence is like nothing"


def test_an_echo_is_known_until_the_last_of_it_can_have_come_and_no_longer() -> None:
    said = voice("going-home")
    length_ms = len(said) / 16
    for after_ms, known in ((200, True), (LATEST_MS - 50, True), (LATEST_MS + 50, False)):
        guard = a_guard(length_ms + after_ms, said)
        whole = np.concatenate((np.zeros(int(after_ms * 16)), said))
        hear(guard, whole[-((len(whole) // FRAME) * FRAME) :])
        assert (guard.likely_echo() >= LIKELY) is known


async def test_it_follows_a_real_reply_through_a_hold() -> None:
    clock = Clock()
    playout = Playout("reply_1", Speaker(clock), clock, clock.sleep)
    guard = EchoGuard(clock)
    guard.follow(playout)
    clock.alarms = [(500, lambda: playout.hold(True)), (900, lambda: playout.hold(False))]
    await playout.play(Pcm(as_bytes(soxr.resample(PATIENT[: 16 * 1_600], HEARING_HZ, WIRE_HZ)), WIRE_HZ))
    while clock.now_ms < 1_900:
        await clock.sleep(0.01)
    sounded = np.zeros(int(clock.now_ms) * 16)
    for one in playout.lately():
        samples = soxr.resample(np.frombuffer(one.pcm.data, "<i2") / 32_768, WIRE_HZ, HEARING_HZ)
        start = int(one.at_ms * 16)
        sounded[start : start + len(samples)] = samples[: len(sounded) - start]
    hear(guard, sounded)
    assert guard.likely_echo() > 0.9


def test_likeness_is_one_for_the_same_and_symmetric_in_loudness() -> None:
    loud = np.frombuffer(clip("hear-me").data, "<i2")
    heard = envelope(loud, HEARING_HZ)
    assert likeness(heard[20:60], heard) == pytest.approx(1.0)
    quiet = envelope((loud // 20).astype(np.int16), HEARING_HZ)
    assert likeness(quiet[20:60], heard) > 0.95
    assert likeness(heard[:0], heard) == likeness(heard, heard[:5]) == 0.0


def test_the_voices_of_this_test_are_two() -> None:
    assert TEXTS["going-home"][0] == TEXTS["take-your-time"][0] != TEXTS["on-your-own"][0]


class Judging(EchoGuard):
    """A guard with a likeness, and an amount of sound, of a test's choosing."""

    def __init__(self, likely: float, active_ms: int) -> None:
        super().__init__()
        self.likely, self.active_ms = likely, active_ms

    def likely_echo(self) -> float:
        return self.likely

    def _active_ms(self) -> int:
        return self.active_ms


@pytest.mark.parametrize(
    ("likely", "active_ms", "known", "echo"),
    [
        (LIKELY, ENOUGH_MS, False, True),
        (LIKELY, ENOUGH_MS - 32, False, False),
        (SURE, ENOUGH_SURE_MS, False, True),
        (SURE, ENOUGH_SURE_MS - 32, False, False),
        (LIKELY_KNOWN, 0, True, True),
        (LIKELY_KNOWN, 800, False, False),
        (LIKELY_KNOWN - 0.01, 800, True, False),
    ],
)
def test_the_surer_it_is_the_sooner_it_is_taken_for_echo(
    likely: float, active_ms: int, known: bool, echo: bool
) -> None:
    guard = Judging(likely, active_ms)
    guard.known = known
    assert guard.is_echo() is echo


def test_a_short_echo_that_came_to_nothing_is_remembered() -> None:
    """A reply that is held falls silent, and so does its echo: what is left of it is as short as a word."""
    guard = Judging(LIKELY, ENOUGH_MS - 32)
    ear = Ear(DETECTORS.detector(), Heeding(), lambda: "clip_1", echo=guard)
    assert not guard.is_echo()
    ear.burst = "clip_1"
    ear.forget("another")
    assert not guard.known
    ear.forget("clip_1")
    assert guard.known
    assert guard.is_echo()


class Heeding:
    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None: ...

    def sound(self, clip: str, sound: bytes) -> None: ...
