"""Playing a reply, on a clock that only moves when somebody sleeps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from server.core.audio import Pcm, silence
from server.live.playout import LEAD_MS, REPORT_WAIT_MS, Playout


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
