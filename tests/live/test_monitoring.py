"""Troubles of a microphone, from generated sound; and sound that is no trouble at all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import numpy as np
import pytest
import soxr

from benchmarks import sounds
from benchmarks.sounds import Sound, to_pcm16
from benchmarks.sounds_voices import near, over_noise, whispered
from server.core.sound.audio import HEARING_HZ
from server.core.sound.microphone import ADVICE, Microphone, Trouble
from server.live.listening import OffsetFilter, examine, measure
from server.live.monitoring import Monitor
from tests.speech import TEXTS, clip

HZ = 24_000
CHUNK_MS = 20


def told(sound: Sound, *, rate_hz: int = HZ, pace: float = 1.0, times: Iterable[float] | None = None) -> list[Trouble]:
    """What a page would be told of `sound`, which is at `rate_hz` and comes `pace` times as fast as it sounds."""
    data, size = to_pcm16(sound), rate_hz * CHUNK_MS // 1000 * 2
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    arrivals = times or (at * CHUNK_MS / pace for at in range(len(chunks)))
    monitor = Monitor()
    return [
        trouble.code
        for chunk, at_ms in zip(chunks, arrivals, strict=False)
        for trouble in monitor.feed(chunk, rate_hz, round(at_ms))
    ]


@cache
def speech(seconds: float, level_db: float = -22.0, rate_hz: int = HZ) -> Sound:
    """The fixtures one after the other with pauses, in a quiet room, at a microphone's own rate."""
    rng = np.random.default_rng(5)
    whole = sounds.room_tone(rng, seconds, -68.0)
    said = [np.frombuffer(clip(name).data, "<i2") / 32_768 for name in TEXTS]
    at_s, number = 0.3, 0
    while at_s < seconds:
        sounds.place(whole, near(said[number % len(said)], level_db), at_s)
        at_s, number = at_s + len(said[number % len(said)]) / HEARING_HZ + 0.6, number + 1
    # a microphone hisses over its whole band; the fixtures end at 8 kHz
    found = np.asarray(soxr.resample(whole, HEARING_HZ, rate_hz))
    return found + rng.standard_normal(len(found)) * 2e-4


def interleaved(left: Sound, right: Sound) -> Sound:
    return np.stack((left, right), axis=1).ravel()


# --- no trouble -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 24_000, 44_100, 48_000])
def test_ordinary_speech_is_no_trouble(rate_hz: int) -> None:
    assert told(speech(12, rate_hz=rate_hz), rate_hz=rate_hz) == []


def test_a_whisper_a_loud_room_and_a_pause_are_no_trouble() -> None:
    rng = np.random.default_rng(6)
    words = np.frombuffer(clip("on-your-own").data, "<i2") / 32_768
    hushed = over_noise(rng, near(whispered(rng, words), -38.0), 0.5, 4.0, -65.0, blades=False)
    fan = over_noise(rng, near(words, -15.0), 3.0, 3.0, -25.0, blades=True)
    pause = np.concatenate((hushed, sounds.room_tone(rng, 60, -70.0), fan))
    assert told(pause, rate_hz=HEARING_HZ) == []


def test_a_slam_beside_the_microphone_is_no_trouble() -> None:
    rng = np.random.default_rng(7)
    sound = speech(8, rate_hz=HEARING_HZ).copy()
    for at_s in (1.0, 5.0):
        sounds.place(sound, sounds.door_slam(rng) * 20, at_s)
    assert told(sound, rate_hz=HEARING_HZ) == []


def test_a_hiccup_of_the_network_is_no_trouble() -> None:
    """Three seconds of nothing, then all of it at once, then as before; and again."""
    due = [at * CHUNK_MS for at in range(30_000 // CHUNK_MS)]
    late = [7_000 if 4_000 < at < 7_000 else 20_000 if 16_000 < at < 20_000 else at for at in due]
    assert told(speech(30), times=late) == []


def test_zeros_between_words_are_no_trouble() -> None:
    sound = speech(10)
    assert told(np.concatenate((sound, np.zeros(HZ * 60), sound))) == []


# --- trouble ----------------------------------------------------------------------------------------------------------


def test_a_muted_microphone_is_told_once() -> None:
    assert told(np.zeros(HZ * 20)) == [Trouble.ONLY_ZEROS]
    assert told(np.zeros(HZ * 4)) == []
    assert told(np.concatenate((speech(5), np.zeros(HZ * 130)))) == [Trouble.ONLY_ZEROS]


def test_a_clipped_voice_is_told() -> None:
    assert told(speech(12, 2.0)) == [Trouble.CLIPPED]


def test_an_offset_is_taken_out_and_told_only_where_it_costs_loudness() -> None:
    assert told(speech(6) + 0.1) == []
    assert told(speech(6) + 0.4) == [Trouble.DC_OFFSET]


@pytest.mark.parametrize(
    ("rate_hz", "declared_hz", "wrong"),
    [(8_000, 24_000, True), (48_000, 24_000, True), (16_000, 24_000, True), (44_100, 48_000, False)],
)
def test_another_pace_than_declared_is_told(rate_hz: int, declared_hz: int, wrong: bool) -> None:
    """10 s by the clock of sound at one rate, declared at another."""
    sound = speech(10, rate_hz=rate_hz)
    found = told(sound, rate_hz=declared_hz, pace=rate_hz / declared_hz)
    assert (Trouble.WRONG_RATE in found) is wrong


def test_a_wrong_pace_takes_five_seconds_to_be_believed() -> None:
    assert told(speech(5), pace=1 / 3) != told(speech(1.6), pace=1 / 3) == []


def test_a_file_that_is_sent_at_once_is_no_trouble() -> None:
    assert told(speech(20), pace=50.0) == []


def test_a_telephone_behind_a_higher_rate_is_told() -> None:
    assert told(np.asarray(soxr.resample(speech(12, rate_hz=8_000), 8_000, HZ))) == [Trouble.NARROW_BAND]


def test_two_channels_sent_as_one_are_told() -> None:
    mono = speech(8)
    other = mono * 0.7
    assert set(told(interleaved(mono, mono), pace=2.0)) == {Trouble.WRONG_RATE, Trouble.STEREO}
    assert Trouble.STEREO in told(interleaved(mono, other), pace=2.0)
    assert Trouble.STEREO in told(np.concatenate((mono[:1], interleaved(mono, other))), pace=2.0)


def test_a_dead_channel_is_told() -> None:
    mono = speech(8)
    assert Trouble.ONE_CHANNEL in told(interleaved(mono, np.zeros(len(mono))), pace=2.0)
    assert Trouble.ONE_CHANNEL in told(interleaved(np.zeros(len(mono)), mono), pace=2.0)


def test_speech_that_is_too_quiet_is_told_once() -> None:
    quiet, enough = Microphone(), Microphone()
    told_of_quiet = [trouble.code for _ in range(400) for trouble in quiet.spoke(-56.0, 32)]
    assert told_of_quiet == [Trouble.TOO_QUIET]
    assert not any(enough.spoke(-45.0, 32) for _ in range(400))


def test_each_trouble_has_a_sentence_and_a_way_to_mend_it() -> None:
    assert set(ADVICE) == set(Trouble)
    assert all(message.endswith(".") and mend.endswith(".") for message, mend in ADVICE.values())


def test_half_a_sample_and_next_to_nothing_do_no_harm() -> None:
    monitor = Monitor()
    for size in (0, 1, 2, 3, 5, 7, 4_801):
        assert monitor.feed(bytes(size), HZ, size) == []
    assert examine(b"", HZ).samples == 0


# --- the offset -------------------------------------------------------------------------------------------------------


def test_the_filter_takes_an_offset_out_and_leaves_speech_as_it_is() -> None:
    said = np.frombuffer(clip("hear-me").data, "<i2").astype(np.int32) // 2
    shifted = (said + 6_000).astype("<i2").tobytes()
    one = OffsetFilter()
    frames = [one.feed(shifted[at : at + 1_024]) for at in range(0, len(shifted), 1_024)]
    found = np.frombuffer(b"".join(frames), "<i2")[8_000:].astype(np.float64)
    wanted = said[8_000:].astype(np.float64)
    assert abs(found.mean()) < 10
    assert np.corrcoef(found, wanted)[0, 1] > 0.99
    assert OffsetFilter().feed(shifted) == b"".join(frames)


def test_levels_are_against_full_scale() -> None:
    tone = np.sin(2 * np.pi * 1_000 * np.arange(512) / HEARING_HZ)
    heard = measure(to_pcm16(tone * 0.5))
    assert heard.level_db == pytest.approx(-9.03, abs=0.05)
    assert heard.peak == pytest.approx(16_384, abs=2)
    assert heard.bands[2] == pytest.approx(0.125, rel=0.01)
    assert measure(bytes(1_024)).level_db == -100.0
