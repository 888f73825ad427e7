"""The noises are what they say they are, and the measurement can find a ghost."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest

from benchmarks import sounds, sounds_music, voice_ghosts
from benchmarks.sounds import RATE, Sound, dbfs, to_pcm16
from benchmarks.sounds_voices import narrow, say_all, through_a_wall, whispered
from benchmarks.voice_ghosts import Listener, Taken, at_the_desk, hear_students, say_to
from server.core.errors import EngineError
from server.core.sound.audio import Pcm
from server.engines.protocols import EngineInfo, Errand, Speech, Transcription
from tests.speech import TEXTS, clip


class Fixtures:
    """A voice that says what is on file, whatever it is asked."""

    info = EngineInfo("speaking", "fixtures", "embedded", "1", "Apache-2.0", ready=True)

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Speech]:
        yield Speech(clip(text))


@dataclass
class Hears:
    """A recogniser that finds the same words in everything."""

    text: str
    fails: bool = False
    sure: float = 0.9
    info: EngineInfo = field(
        default_factory=lambda: EngineInfo("hearing", "fixed", "embedded", "1", "Apache-2.0", ready=True)
    )

    async def transcribe(
        self, pcm: Pcm, *, language: str, hints: Sequence[str], errand: Errand | None = None
    ) -> Transcription:
        if self.fails:
            raise EngineError("no answer", code="engine_timeout")
        return Transcription(self.text, self.sure)


def rng(seed: int = 1) -> np.random.Generator:
    return np.random.default_rng(seed)


def power_between(sound: Sound, low_hz: float, high_hz: float) -> float:
    spectrum = np.square(np.abs(np.fft.rfft(sound)))
    hz = np.fft.rfftfreq(len(sound), 1 / RATE)
    return float(spectrum[(hz >= low_hz) & (hz < high_hz)].sum())


def test_the_same_seed_makes_the_same_sound() -> None:
    for make in (sounds.cough, sounds.throat_clearing, sounds.chair_scrape, sounds.key_press, sounds.door_slam):
        assert np.array_equal(make(rng()), make(rng()))
        assert not np.array_equal(make(rng())[:400], make(rng(2))[:400])


def test_noises_have_the_levels_that_are_asked_for() -> None:
    for level in (-60.0, -25.0):
        assert dbfs(sounds.fan(rng(), 2, level)) == pytest.approx(level, abs=0.1)
        assert dbfs(sounds.room_tone(rng(), 2, level)) == pytest.approx(level, abs=0.1)
        assert dbfs(sounds_music.music(rng(), 2, "band", level)) == pytest.approx(level, abs=0.1)
    assert not sounds.room_tone(rng(), 1, None).any()


def test_a_cough_lasts_as_long_as_coughs_do() -> None:
    lengths = [len(sounds.cough(rng(seed))) / RATE for seed in range(40)]
    assert 0.25 <= min(lengths) < 0.3
    assert 0.4 < max(lengths) <= 0.45


def test_pink_falls_by_three_decibels_an_octave() -> None:
    noise = sounds.coloured(rng(), RATE * 8, 3.0)
    # equal power in each octave is what makes it pink
    assert power_between(noise, 400, 800) == pytest.approx(power_between(noise, 1_600, 3_200), rel=0.1)


def test_a_wall_takes_the_high_tones_and_a_telephone_both_ends() -> None:
    noise = sounds.coloured(rng(), RATE * 4, 0.0)
    wall, line = through_a_wall(noise, 300.0), narrow(noise)
    loss = power_between(wall, 2_990, 3_010) / power_between(noise, 2_990, 3_010)
    assert loss == pytest.approx(1 / 101, rel=0.02)
    assert power_between(line, 4_400, 8_000) < 1e-4 * power_between(line, 500, 3_000)


def test_a_whisper_has_no_pitch() -> None:
    def pitch_strength(sound: Sound) -> float:
        part = sound[4_000:8_000] - sound[4_000:8_000].mean()
        again = np.correlate(part, part, "full")[len(part) - 1 :]
        return float(again[RATE // 300 : RATE // 70].max() / again[0])

    spoken = np.frombuffer(clip("hear-me").data, "<i2") / 32_768
    assert pitch_strength(whispered(rng(), spoken)) < 0.5 * pitch_strength(spoken)


def test_full_scale_is_clipped_and_no_more() -> None:
    assert np.frombuffer(to_pcm16(np.array([2.0, -2.0, 0.5])), "<i2").tolist() == [32_767, -32_768, 16_384]


def test_students_are_counted_one_by_one() -> None:
    phrases = say_all(Fixtures(), tuple(TEXTS), ("one",))
    found = hear_students(at_the_desk(-22.0), phrases)
    assert (found["utterances"], found["heard"], found["heard_without_gate"], found["doubted"]) == (4, 4, 4, 0)


def test_a_ghost_is_found_where_there_is_one() -> None:
    """A voice at the microphone, taken for noise: the measurement must count it."""
    spoken = np.frombuffer(clip("going-home").data, "<i2") / 32_768
    listener = Listener()
    turns, begun = say_to(listener, at_the_desk(-25.0)(rng(), spoken))
    assert turns == 1
    assert begun > 800
    assert listener.onsets >= 1


@pytest.mark.parametrize(("text", "counted"), [("hello", 1), ("", 0)])
async def test_a_turn_without_words_is_no_ghost(text: str, counted: int) -> None:
    assert await voice_ghosts.with_words(Hears(text), [Taken(Pcm(bytes(32_000)))]) == counted


async def test_a_turn_that_recognition_gives_up_on_counts() -> None:
    assert await voice_ghosts.with_words(Hears("", fails=True), [Taken(Pcm(bytes(32_000)))]) == 1


@pytest.mark.parametrize(("sure", "counted"), [(0.9, 1), (0.4, 0)])
async def test_doubtful_sound_counts_where_its_words_are_sure(sure: float, counted: int) -> None:
    turn = Taken(Pcm(bytes(32_000)), doubted=True)
    assert await voice_ghosts.with_words(Hears("hello", sure=sure), [turn]) == counted
