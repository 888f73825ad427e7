"""Who is at the microphone, from numbers alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.sound.levels import QUIETEST_DB, Gate, Heard, Presence

ROOM = Heard(-65.0, 30, (1e-8, 1e-8, 5e-9, 5e-9, 5e-9))


def spectrum(level_db: float, shape: tuple[float, float, float, float, float]) -> Heard:
    """A frame of `level_db` with its power spread over the bands by `shape`."""
    power = 10 ** (level_db / 10) / sum(shape)
    rumble, low, mid, high, hiss = (power * each for each in shape)
    return Heard(level_db, 3_000, (rumble, low, mid, high, hiss))


def here(count: int, level_db: float = -25.0) -> list[Heard]:
    """Words at the microphone: bright, and up and down by 18 dB from one sound to the next."""
    levels = [level_db + step for step in (-12.0, 4.0, 0.0, -14.0, 2.0, -4.0)]
    return [spectrum(levels[at % 6], (0.05, 1.0, 0.06, 0.02, 0.004)) for at in range(count)]


def next_door(count: int, level_db: float = -35.0) -> list[Heard]:
    """Words through a wall: dull, and hardly up and down."""
    return [spectrum(level_db + at % 4, (0.3, 1.0, 0.01, 0.0008, 0.00005)) for at in range(count)]


def listen(presence: Presence, frames: list[Heard], sure: float = 0.95, *, interrupting: bool = False) -> list[float]:
    return [presence.hear(frame, sure, interrupting=interrupting) for frame in frames]


def in_a_quiet_room(gate: Gate | None = None) -> Presence:
    presence = Presence(gate or Gate())
    assert listen(presence, [ROOM] * 30, 0.02) == [0.02] * 30
    return presence


def test_words_at_the_microphone_pass_as_they_are() -> None:
    presence = in_a_quiet_room()
    assert listen(presence, here(60)) == [0.95] * 60
    assert presence.believed()


def test_words_through_a_wall_are_held_back_and_not_believed() -> None:
    presence = in_a_quiet_room()
    answers = listen(presence, next_door(60), 0.75)
    assert answers[:4] == [0.75] * 4, "nobody is judged by less than five frames"
    assert set(answers[12:]) == {0.3}
    assert not presence.believed()


def test_next_door_goes_on_for_minutes_and_stays_there() -> None:
    presence = in_a_quiet_room()
    answers = listen(presence, next_door(4_000), 0.75)
    assert set(answers[12:]) == {0.3}


def test_somebody_who_speaks_after_next_door_is_heard_at_once() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(200), 0.75)
    answers = listen(presence, here(60))
    assert answers.index(0.95) < 12
    assert set(answers[12:]) == {0.95}


def test_a_television_does_not_keep_the_students_turn_open() -> None:
    presence = in_a_quiet_room()
    listen(presence, here(60, -22.0))
    behind = listen(presence, next_door(30, -50.0), 0.9)
    assert set(behind) == {0.3}
    assert presence.believed()


def test_who_goes_on_in_a_whisper_is_heard_again() -> None:
    presence = in_a_quiet_room()
    listen(presence, here(60, -12.0))
    answers = listen(presence, here(300, -40.0))
    assert set(answers[:30]) == {0.3}
    assert answers[200:].count(0.95) >= 50


def test_it_learns_how_loud_a_person_is_and_keeps_it() -> None:
    presence = in_a_quiet_room()
    listen(presence, here(60, -30.0))
    assert presence.believed()
    learned = presence.near_db
    assert learned is not None
    assert -32.0 < learned < -26.0
    presence.forget()
    assert presence.near_db == learned


def doubtful(level_db: float) -> list[Heard]:
    """Dull and even enough for doubt; not so much that it could not be somebody here."""
    levels = [level_db + step for step in (-7.0, 2.0, 1.0, -6.0)]
    return [spectrum(levels[at % 4], (0.2, 1.0, 0.02, 0.003, 0.0004)) for at in range(50)]


@pytest.mark.parametrize(("near_db", "believed"), [(None, False), (-40.0, True), (-15.0, False)])
def test_in_doubt_the_persons_own_level_decides(near_db: float | None, believed: bool) -> None:
    presence = Presence(near_db=near_db)
    listen(presence, [ROOM] * 30, 0.02)
    listen(presence, doubtful(-40.0), 0.83)
    assert presence.believed() is believed


def test_who_is_surely_here_is_heard_however_quiet() -> None:
    presence = Presence(near_db=-12.0)
    listen(presence, [ROOM] * 30, 0.02)
    assert set(listen(presence, here(60, -44.0))) == {0.95}
    assert presence.believed()


def test_the_patient_is_not_interrupted_in_doubt() -> None:
    alone, over = in_a_quiet_room(), in_a_quiet_room()
    frames = doubtful(-40.0)
    heard = listen(alone, frames, 0.83)
    interrupting = listen(over, frames, 0.83, interrupting=True)
    assert heard.count(0.83) > interrupting.count(0.83)


def test_less_than_five_frames_are_believed() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(4), 0.75)
    assert presence.believed()


def test_a_scrap_from_next_door_does_not_count_against_what_follows() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(10), 0.75)
    listen(presence, [ROOM] * 20, 0.02)
    assert set(listen(presence, here(30))) == {0.95}
    assert presence.believed()


def test_a_long_pause_for_thought_keeps_what_was_said_before() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(40), 0.75)
    listen(presence, [ROOM] * 60, 0.02)
    assert not presence.believed()


def scrap(count: int) -> list[Heard]:
    """Dull and even: what is let through as long as little has been heard."""
    return [spectrum(-38.0 + at % 3 * 2, (0.2, 1.0, 0.02, 0.002, 0.0003)) for at in range(count)]


def test_what_an_utterance_begins_with_counts_at_its_end() -> None:
    """A cough is hardly longer than the time in which it is believed to be speech."""
    presence = in_a_quiet_room()
    assert listen(presence, scrap(7), 0.7) == [0.7] * 7
    presence.begin()
    listen(presence, scrap(3), 0.7)
    assert not presence.believed()


def test_a_pause_within_an_utterance_wipes_nothing_out() -> None:
    presence = in_a_quiet_room()
    listen(presence, scrap(7), 0.7)
    presence.begin()
    listen(presence, scrap(3), 0.7)
    listen(presence, [ROOM] * 13, 0.02)
    listen(presence, scrap(1), 0.7)
    assert not presence.believed()


def test_what_was_held_back_before_an_utterance_does_not_count_against_it() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(200), 0.75)
    listen(presence, here(20))
    presence.begin()
    listen(presence, here(10))
    assert presence.believed()


def in_between(level_db: float) -> list[Heard]:
    """Here, more likely than not."""
    levels = [level_db + step for step in (-9.0, 3.0, 0.0, -9.0, 2.0, -4.0)]
    return [spectrum(levels[at % 6], (0.1, 1.0, 0.04, 0.008, 0.001)) for at in range(60)]


@pytest.mark.parametrize(
    ("before", "level_db", "believed"), [(0, -34.0, True), (120, -34.0, False), (120, -22.0, True), (30, -34.0, True)]
)
def test_amid_talk_next_door_it_takes_a_louder_voice(before: int, level_db: float, believed: bool) -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(before, -34.0), 0.75)
    listen(presence, [ROOM] * 20, 0.02)
    listen(presence, in_between(level_db)[:7], 0.85)
    presence.begin()
    listen(presence, in_between(level_db), 0.85)
    assert presence.believed() is believed
    assert presence.doubted() is (before == 120), "louder than they are is believed where its words are sure"


def test_who_is_surely_here_is_heard_amid_talk_next_door_as_quiet_as_it() -> None:
    presence = in_a_quiet_room()
    listen(presence, next_door(80, -34.0), 0.75)
    listen(presence, here(10, -34.0))
    presence.begin()
    listen(presence, here(60, -34.0))
    assert presence.believed()


@pytest.mark.parametrize(("beside_db", "doubted"), [(-27.0, True), (-36.0, False)])
def test_speech_amid_as_much_that_is_as_loud_is_doubted(beside_db: float, doubted: bool) -> None:
    presence = in_a_quiet_room()
    beside = spectrum(beside_db, (0.05, 1.0, 0.06, 0.02, 0.004))
    listen(presence, [beside] * 30, 0.1)
    listen(presence, here(14), 0.9)
    presence.begin()
    listen(presence, here(6), 0.9)
    assert not presence.doubted(), "the nine frames before are not yet half of twenty"
    listen(presence, [beside] * 1, 0.1)
    assert presence.doubted() is doubted
    presence.forget()
    assert not presence.doubted()


bands = st.tuples(*[st.floats(0, 1)] * 5)
frames = st.builds(Heard, level_db=st.floats(QUIETEST_DB, 0), peak=st.integers(0, 32_768), bands=bands)


@given(st.lists(st.tuples(frames, st.floats(0, 1)), max_size=120))
def test_a_probability_is_never_raised_and_silence_never_changed(heard: list[tuple[Heard, float]]) -> None:
    presence = Presence()
    for frame, probability in heard:
        answer = presence.hear(frame, probability)
        assert answer <= probability
        assert probability >= 0.5 or answer == probability
    presence.believed()


@given(st.lists(st.tuples(frames, st.floats(0.5, 1)), min_size=8, max_size=60))
def test_being_believed_does_not_depend_on_the_microphones_gain(heard: list[tuple[Heard, float]]) -> None:
    """As long as nobody is known yet."""
    verdicts = []
    for gain_db in (0.0, -6.0):
        presence = Presence()
        factor = 10 ** (gain_db / 10)
        for frame, probability in heard:
            one, two, three, four, five = (max(each, 1e-3) * factor for each in frame.bands)
            level_db = max(frame.level_db, -60.0) + gain_db
            presence.hear(Heard(level_db, frame.peak, (one, two, three, four, five)), probability)
        verdicts.append(presence.believed())
    assert all(one == other for one, other in pairwise(verdicts))
