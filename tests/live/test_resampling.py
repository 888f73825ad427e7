"""Sound keeps its words, its length and its place when its rate changes, and a microphone's does not wait for it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from server.core.sound.audio import HEARING_HZ, WIRE_HZ, Pcm
from server.live.resampling import InputResampler, to_rate

RATES = (8_000, 11_025, 16_000, 22_050, 24_000, 44_100, 47_999, 48_000)


def tone(hz: float, rate_hz: int, seconds: float = 1.0) -> bytes:
    times = np.arange(int(rate_hz * seconds)) / rate_hz
    return bytes((np.sin(2 * np.pi * hz * times) * 20_000).astype("<i2").tobytes())


def samples(data: bytes) -> NDArray[np.float64]:
    return np.frombuffer(data, "<i2").astype(float)


def click(rate_hz: int, at_s: float) -> bytes:
    """A short bump of sound, low enough for every rate."""
    times = np.arange(rate_hz) / rate_hz - at_s
    return bytes((np.exp(-((times / 0.001) ** 2)) * 20_000).astype("<i2").tobytes())


@pytest.mark.parametrize("rate_hz", RATES)
def test_a_microphone_is_held_back_by_less_than_three_milliseconds(rate_hz: int) -> None:
    resampler, given_s, come_s, waits = InputResampler(rate_hz), 0.0, 0.0, []
    sound, step = tone(440, rate_hz), rate_hz // 50 * 2
    for start in range(0, len(sound) - step + 1, step):
        given_s += step / 2 / rate_hz
        come_s += len(resampler.feed(sound[start : start + step])) / 2 / HEARING_HZ
        waits.append(given_s - come_s)
    assert 0 <= max(waits) < 0.003


@pytest.mark.parametrize("rate_hz", RATES)
def test_sound_stays_where_it_was(rate_hz: int) -> None:
    heard = samples(InputResampler(rate_hz).feed(click(rate_hz, 0.5)))
    assert abs(int(heard.argmax()) / HEARING_HZ - 0.5) < 0.000_1
    assert heard.max() == pytest.approx(20_000, rel=0.02)


def test_what_the_lower_rate_cannot_hold_is_kept_out() -> None:
    for hz in (9_000, 11_000, 15_000, 20_000):
        heard = samples(InputResampler(48_000).feed(tone(hz, 48_000)))[200:-200]
        assert np.abs(heard).max() < 40, hz
    assert np.abs(samples(InputResampler(48_000).feed(tone(5_000, 48_000)))[200:-200]).max() > 19_500


def test_no_mirror_image_comes_in_from_a_telephone() -> None:
    heard = samples(InputResampler(8_000).feed(tone(3_000, 8_000)))[200:-200]
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(len(heard))))
    hz = np.fft.rfftfreq(len(heard), 1 / HEARING_HZ)
    assert spectrum[hz > 4_500].max() < spectrum.max() / 1_000


@given(st.sampled_from(RATES), st.lists(st.integers(0, 700), min_size=1, max_size=40))
def test_the_pieces_in_which_it_comes_make_no_difference(rate_hz: int, sizes: list[int]) -> None:
    sound = tone(700, rate_hz, 0.1)
    whole, pieces = InputResampler(rate_hz).feed(sound), InputResampler(rate_hz)
    found, at = b"", 0
    for size in sizes:
        size -= size % 2 if rate_hz == HEARING_HZ else 0
        found += pieces.feed(sound[at : at + size])
        at += size
    found += pieces.feed(sound[at:])
    assert found == whole


@pytest.mark.parametrize("rate_hz", RATES)
def test_a_spoken_piece_keeps_its_length_and_its_ends(rate_hz: int) -> None:
    sound = Pcm(click(rate_hz, 0.25)[: rate_hz * 2 - 2], rate_hz)
    parts = [sound.between(start, start + 200) for start in range(0, 1_000, 200)]
    changed = to_rate(parts, WIRE_HZ)
    assert changed.samples == pytest.approx(sum(part.samples for part in parts) * WIRE_HZ / rate_hz, abs=1)
    assert int(samples(changed.data).argmax()) / WIRE_HZ == pytest.approx(0.25, abs=0.000_1)
    late = Pcm(click(rate_hz, 0.999), rate_hz)
    assert np.abs(samples(to_rate([late], WIRE_HZ).data)[-WIRE_HZ // 500 :]).max() > 15_000
