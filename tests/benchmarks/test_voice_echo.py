"""The echo measurement hears what it says it hears: an echo in its time, none while a reply is held, and a learner."""

from __future__ import annotations

import numpy as np

from benchmarks.sounds import RATE, Sound, at_level
from benchmarks.voice_echo import FAN_DB, SPEECH_DB, Meeting, Way
from server.core.sound.endpoint import Sign
from server.live.ear import FRAME_MS


def babbling(seconds: float, seed: int = 3) -> Sound:
    """Noise that rises and falls four times a second, as syllables do."""
    noise = np.random.default_rng(seed).standard_normal(int(seconds * RATE))
    return at_level(noise * (1.1 + np.sin(2 * np.pi * 4 * np.arange(noise.size) / RATE)), SPEECH_DB)


def met(echo_db: int = -6) -> Meeting:
    return Meeting(np.random.default_rng(5), echo_db, guarded=True)


def test_what_sounds_comes_back_later_and_as_loud_as_was_said() -> None:
    meeting, said = met(-10), babbling(2.0)
    way = Way(np.random.default_rng(5), -10)
    heard: list[Sound] = []
    arriving = meeting._arriving
    meeting._arriving = lambda out: heard.append(arriving(out)) or heard[-1]  # type: ignore[func-returns-value,method-assign]
    meeting.reply(said)
    whole = np.concatenate(heard)
    first = min(delay for delay, _ in way.taps)
    before, after = whole[: first - 512], whole[first + 2_000 : first + len(said)]
    assert 20 * np.log10(before.std()) < FAN_DB + 3
    assert abs(20 * np.log10(after.std()) - (SPEECH_DB - 10)) < 4


def test_a_reply_that_is_held_makes_no_sound_and_goes_on() -> None:
    meeting = met()
    meeting.over = True
    meeting.speech_sign(Sign.ONSET, "", 0)
    assert (meeting.held, meeting.holds) == (True, 1)
    meeting.speech_sign(Sign.WITHDRAWN, "", 0)
    assert not meeting.held
    meeting.speech_sign(Sign.START, "clip_0", 0)
    assert meeting.cut_ms == [0.0]
    meeting.over = False
    meeting.speech_sign(Sign.START, "clip_1", 0)
    assert len(meeting.cut_ms) == 1


def test_a_learner_begins_where_they_were_told_to() -> None:
    meeting = met(-30)
    began = meeting.reply(babbling(1.5), babbling(0.5, seed=9), 0.8)
    assert abs(began - 800) <= 2 * FRAME_MS
    assert len(meeting.loudspeaker.sounded) >= 1_500 // FRAME_MS - 2
