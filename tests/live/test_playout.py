"""Playing a reply, on a clock that only moves when somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.core.sound.audio import Pcm, silence
from server.live.playout import CHUNK_MS, LEAD_MS, RECENT_CHUNKS, REPORT_WAIT_MS, Playout


@dataclass
class Clock:
    """Time passes by sleeping; `alarms` happen on the way."""

    now_ms: float = 0.0
    alarms: list[tuple[float, Callable[[], object]]] = field(default_factory=list)

    def __call__(self) -> float:
        return self.now_ms

    async def sleep(self, seconds: float) -> None:
        self.now_ms += seconds * 1000
        for alarm in [alarm for alarm in self.alarms if alarm[0] <= self.now_ms]:
            self.alarms.remove(alarm)
            alarm[1]()


@dataclass
class Speaker:
    clock: Clock
    reports_played: bool = False
    clogged: bool = False
    sent: list[tuple[float, bytes]] = field(default_factory=list)
    captions: list[int] = field(default_factory=list)

    def send_audio(self, reply: str, pcm: Pcm) -> None:
        self.sent.append((self.clock.now_ms, pcm.data))

    def send_caption(self, reply: str, heard_ms: int) -> None:
        self.captions.append(heard_ms)


def a_playout(*, reports_played: bool = False) -> tuple[Clock, Speaker, Playout]:
    clock = Clock()
    listening = Speaker(clock, reports_played)
    return clock, listening, Playout("reply_1", listening, clock, clock.sleep)


def tone(duration_ms: float) -> Pcm:
    return Pcm(bytes(range(256)) * (int(duration_ms * 48) // 256 + 1), 24_000).between(0, int(duration_ms))


async def test_sound_leaves_at_the_pace_of_speech_with_a_small_lead() -> None:
    _, speaker, playout = a_playout()
    await playout.play(tone(2_000))
    for number, (at_ms, _) in enumerate(speaker.sent):
        assert at_ms >= number * 100 - LEAD_MS
        assert at_ms <= max(0, number * 100 - LEAD_MS) + 100
    assert await playout.finish()
    assert playout.heard_ms == playout.sent_ms == 2_000
    assert speaker.captions == sorted(speaker.captions)


async def test_every_sample_is_sent_once_and_in_order() -> None:
    _, speaker, playout = a_playout()
    pcm = Pcm(bytes(range(250)) * 101, 24_000)
    await playout.play(pcm)
    assert b"".join(data for _, data in speaker.sent) == pcm.data


async def test_what_was_heard_is_never_more_than_what_was_sent_and_never_less_than_before() -> None:
    clock, speaker, playout = a_playout()
    seen: list[int] = []

    def look() -> None:
        seen.append(playout.heard_ms)
        assert playout.heard_ms <= playout.sent_ms

    clock.alarms = [(number * 37.0, look) for number in range(100)]
    await playout.play(tone(900))
    clock.now_ms += 5_000
    assert playout.heard_ms == 900
    await playout.play(tone(900))
    assert playout.heard_ms < 1_800
    speaker.reports_played = True
    assert playout.heard_ms >= 900
    playout.report(10_000)
    assert playout.heard_ms == 1_800
    assert seen == sorted(seen)


async def test_a_gap_in_the_supply_is_not_heard() -> None:
    clock, _, playout = a_playout()
    await playout.play(tone(300))
    clock.now_ms += 4_000
    before = playout.heard_ms
    await playout.play(tone(300))
    assert before == 300
    assert playout.heard_ms <= 300 + LEAD_MS
    assert await playout.finish()


async def test_a_held_reply_goes_on_from_the_same_sample() -> None:
    clock, speaker, playout = a_playout()
    pcm = tone(1_500)
    held: list[int] = []

    def hold(held_now: bool) -> None:
        playout.hold(held_now)
        held.append(playout.heard_ms)

    clock.alarms = [(400, lambda: hold(True)), (3_000, lambda: hold(False))]
    await playout.play(pcm)
    assert held[0] == held[1]
    assert not [at_ms for at_ms, _ in speaker.sent if 400 < at_ms < 3_000]
    assert b"".join(data for _, data in speaker.sent) == pcm.data
    assert await playout.finish()
    assert clock.now_ms >= 1_500 + 2_600


async def test_a_hold_in_the_last_second_does_not_end_the_reply_early() -> None:
    clock, _, playout = a_playout()
    await playout.play(tone(600))
    playout.hold(True)
    clock.alarms = [(clock.now_ms + 10_000, lambda: playout.hold(False))]
    assert await playout.finish()
    assert playout.heard_ms == 600


async def test_a_client_that_reports_is_believed_and_waited_for() -> None:
    clock, speaker, playout = a_playout(reports_played=True)
    await playout.play(tone(600))
    assert playout.heard_ms == 0
    clock.alarms = [(1_500, lambda: playout.report(600))]
    assert await playout.finish()
    assert clock.now_ms < 1_700
    assert speaker.captions[-1] == 600


async def test_a_client_that_stops_reporting_has_not_heard_the_rest() -> None:
    clock, speaker, playout = a_playout(reports_played=True)
    await playout.play(tone(1_000))
    playout.report(200)
    assert not await playout.finish()
    assert playout.heard_ms == speaker.captions[-1] == 200
    assert clock.now_ms <= 1_000 + REPORT_WAIT_MS + 100


@pytest.mark.parametrize(("reported", "heard_all"), [(999, True), (760, True), (700, False)])
async def test_a_last_report_near_the_end_counts_as_the_end(reported: int, heard_all: bool) -> None:
    _, _, playout = a_playout(reports_played=True)
    await playout.play(tone(1_000))
    playout.report(reported)
    assert await playout.finish() is heard_all


async def test_a_client_that_reads_slowly_is_not_spoken_to_faster() -> None:
    clock, speaker, playout = a_playout()
    speaker.clogged = True
    clock.alarms = [(2_000, lambda: setattr(speaker, "clogged", False))]
    await playout.play(tone(500))
    assert speaker.sent[0][0] >= 2_000
    assert playout.heard_ms <= playout.sent_ms


async def test_after_the_stop_nothing_more_is_heard() -> None:
    clock, _, playout = a_playout()
    await playout.play(tone(1_000))
    heard = playout.heard_ms
    playout.stop()
    clock.now_ms += 9_999
    playout.report(1_000)
    assert playout.heard_ms == heard < 1_000


async def test_a_reply_without_sound_is_over_at_once() -> None:
    clock, speaker, playout = a_playout()
    await playout.play(silence(0, 24_000))
    assert await playout.finish()
    assert (clock.now_ms, playout.sent_ms, speaker.sent) == (0, 0, [])


async def test_after_the_stop_nothing_more_is_sent_and_nobody_waits() -> None:
    clock, speaker, playout = a_playout()
    clock.alarms = [(450, playout.stop)]
    await playout.play(tone(5_000))
    sent = len(speaker.sent)
    assert clock.now_ms < 700
    await playout.play(tone(5_000))
    assert not await playout.finish()
    assert len(speaker.sent) == sent
    assert speaker.captions[-1] <= 450


# any weather


@dataclass
class Weather:
    """What happens to a reply: when the loop is late, when it is held, when the supply fails, what is reported."""

    late_ms: list[int]
    pieces: list[tuple[int, int]]
    """Length of a sentence, and how long the voice makes us wait for it."""
    holds: list[tuple[int, int]]
    """When, counted from the hold before, and for how long."""
    reports: bool
    stop_at: int | None


WEATHER = st.builds(
    Weather,
    late_ms=st.lists(st.integers(0, 250), min_size=1, max_size=20),
    pieces=st.lists(st.tuples(st.integers(1, 2_500), st.integers(0, 1_200)), min_size=1, max_size=4),
    holds=st.lists(st.tuples(st.integers(0, 1_500), st.integers(1, 900)), max_size=4),
    reports=st.booleans(),
    stop_at=st.none() | st.integers(0, 4_000),
)


@dataclass
class Ear:
    """The far end: plays what has arrived, at the pace of speech, and stands still while it is held."""

    clock: Clock
    samples: int = 0
    played: float = 0.0
    held: bool = False
    at_ms: float = 0.0

    def advance(self) -> None:
        passed_ms, self.at_ms = self.clock.now_ms - self.at_ms, self.clock.now_ms
        if not self.held:
            self.played = min(self.samples / 24, self.played + passed_ms)


class AnyWeather:
    """A reply in a weather; after each step of the clock, what must hold is looked at."""

    def __init__(self, weather: Weather) -> None:
        self.clock, self.weather, self.ear = Clock(), weather, Ear(Clock())
        self.ear.clock = self.clock
        self.speaker = Speaker(self.clock, weather.reports)
        self.playout = Playout("reply_1", self.speaker, self.clock, self.sleep)
        self.heard, self.stopped_with = 0, -1
        self.lates = 0

    async def sleep(self, seconds: float) -> None:
        self.lates += 1
        late_ms = self.weather.late_ms[self.lates % len(self.weather.late_ms)]
        until = self.clock.now_ms + seconds * 1000 + late_ms
        while self.clock.now_ms < until:
            await self.clock.sleep(min(10.0, until - self.clock.now_ms) / 1000)
            self.look()

    def look(self) -> None:
        self.ear.samples = sum(len(data) for _, data in self.speaker.sent) // 2
        self.ear.advance()
        if self.weather.reports:
            self.playout.report(int(self.ear.played))
        heard = self.playout.heard_ms
        assert self.heard <= heard <= self.playout.sent_ms
        assert heard <= self.ear.played + 1 + 10, "never more than has sounded, but for a step of the clock"
        if self.stopped_with < 0:
            assert self.playout.sent_ms - self.ear.played <= LEAD_MS + CHUNK_MS + 10 + max(self.weather.late_ms)
        self.heard = heard

    def hold(self, held: bool) -> None:
        self.look()
        self.playout.hold(held)
        self.ear.held = held

    def stop(self) -> None:
        self.look()
        self.playout.stop()
        self.stopped_with = len(self.speaker.sent)

    async def run(self) -> bytes:
        at = 0.0
        for after, duration in self.weather.holds:
            at += after
            self.clock.alarms.append((at, lambda: self.hold(True)))
            at += duration
            self.clock.alarms.append((at, lambda: self.hold(False)))
        if self.weather.stop_at is not None:
            self.clock.alarms.append((self.weather.stop_at, self.stop))
        wanted = b""
        for number, (duration, wait_ms) in enumerate(self.weather.pieces):
            await self.sleep(wait_ms / 1000)
            piece = Pcm(bytes([number + 1]) * (duration * 48), 24_000)
            wanted += piece.data
            await self.playout.play(piece)
        self.finished = await self.playout.finish()
        return wanted


@settings(max_examples=150, deadline=None)
@given(WEATHER)
async def test_in_any_weather_the_lead_is_bounded_and_only_what_sounded_was_heard(weather: Weather) -> None:
    reply = AnyWeather(weather)
    wanted = await reply.run()
    sent = b"".join(data for _, data in reply.speaker.sent)
    if reply.stopped_with >= 0:
        assert wanted.startswith(sent)
        assert len(reply.speaker.sent) == reply.stopped_with
    else:
        assert sent == wanted
        assert reply.finished
        assert reply.playout.heard_ms >= len(wanted) // 48 - len(weather.pieces) - 250 * weather.reports
    assert reply.speaker.captions == sorted(reply.speaker.captions)


@settings(max_examples=80, deadline=None)
@given(WEATHER)
async def test_what_sounded_lately_is_what_sounded_and_when(weather: Weather) -> None:
    """The memory in which an echo is looked for: in order, without overlap, never of the future, bounded."""
    reply = AnyWeather(weather)
    look = reply.look

    def remember() -> None:
        look()
        lately = reply.playout.lately()
        assert len(lately) <= RECENT_CHUNKS
        for before, after in pairwise(lately):
            assert before.end_ms <= after.at_ms + 1
        if lately:
            assert lately[-1].end_ms <= reply.clock.now_ms + 1
            whole = b"".join(data for _, data in reply.speaker.sent)
            assert whole.find(b"".join(sounded.pcm.data for sounded in lately[-3:])) >= 0

    reply.look = remember  # type: ignore[method-assign]
    await reply.run()


async def test_what_was_held_back_is_remembered_for_when_it_sounded() -> None:
    clock, _, playout = a_playout()
    turns: list[float] = []

    def hold(held: bool) -> None:
        playout.hold(held)
        turns.append(clock.now_ms)

    clock.alarms = [(450, lambda: hold(True)), (1_450, lambda: hold(False))]
    await playout.play(tone(1_200))
    clock.now_ms += 5_000
    lately, (held_at, released_at) = playout.lately(), turns
    assert sum(sounded.pcm.duration_ms for sounded in lately if sounded.at_ms < held_at) == held_at
    assert next(sounded.at_ms for sounded in lately if sounded.at_ms >= held_at) == released_at
    assert lately[-1].end_ms == 1_200 + released_at - held_at
    assert b"".join(sounded.pcm.data for sounded in lately) == tone(1_200).data
