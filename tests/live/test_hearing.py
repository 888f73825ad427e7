"""Ear and hearing: from frames to utterances, and from utterances to what the encounter is told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count

import numpy as np
import pytest

from server.core.encounter import Hearing as SomebodySpeaks
from server.core.encounter import Listening, Recognising, Thinking
from server.core.errors import EngineError
from server.core.events import Entered, SpeechBegan, SpeechHeard, SpeechUnclear, TurnClosed, Typed
from server.core.sound.endpoint import Patience, Sign
from server.core.virtual import virtual_room
from server.engines.protocols import HeardWord
from server.live.conductor import Committed
from server.live.ear import BEFORE_MS, FRAME_MS, LONGEST_MS, Ear
from server.live.hearing import SIGNS_LIMIT, Hearing
from server.live.recognising import hints
from server.live.rooms import Room
from tests.live.inside import in_room, when
from tests.live.room import LoudnessDetector, MemoryLog, ScriptedHearing, TestEngines, small_case

HZ = 16_000


def speech(duration_ms: int) -> bytes:
    return bytes((np.sin(np.arange(duration_ms * 16) * 0.3) * 9000).astype(np.int16).tobytes())


def quiet(duration_ms: int) -> bytes:
    return bytes(duration_ms * 32)


# the ear


@dataclass
class Notes:
    signs: list[tuple[Sign, str, int]] = field(default_factory=list)

    def speech_sign(self, sign: Sign, clip: str, audio_ms: int) -> None:
        self.signs.append((sign, clip, audio_ms))

    def sound(self, clip: str, sound: bytes) -> None: ...

    def kinds(self) -> list[Sign]:
        return [sign for sign, _, _ in self.signs]


def an_ear(*, hands_free: bool = True) -> tuple[Ear, Notes]:
    notes, numbers = Notes(), count(1)
    ear = Ear(LoudnessDetector(), notes, lambda: f"clip_{next(numbers)}", hands_free=hands_free)
    ear.tune(rate_hz=HZ, patience=Patience(), hands_free=hands_free)
    return ear, notes


def test_an_utterance_keeps_its_first_syllable() -> None:
    ear, notes = an_ear()
    ear.feed(quiet(2_000) + speech(800) + quiet(1_000))
    assert notes.kinds() == [Sign.ONSET, Sign.START, Sign.SOFT_END, Sign.END]
    sound = ear.sound_of("clip_1")
    assert sound is not None
    loud = np.flatnonzero(np.abs(np.frombuffer(sound.data, np.int16)) > 500)
    assert len(loud) / 16 > 700
    assert ear.sound_of("clip_1") is None


def test_an_hour_of_silence_takes_no_memory() -> None:
    ear, notes = an_ear()
    ear.detector = type("Deaf", (), {"probability": lambda *_: 0.0, "reset": lambda *_: None})()
    for _ in range(60):
        ear.feed(bytes(60 * 32_000))
    assert ear.heard_ms == 3_600_000
    assert len(ear._sound) == 0
    assert len(ear._before) <= BEFORE_MS // FRAME_MS
    assert not notes.signs
    assert not ear._ended


def test_of_one_utterance_a_minute_is_kept() -> None:
    ear, _ = an_ear(hands_free=False)
    ear.feed(quiet(LONGEST_MS + 5_000))
    assert ear.too_long
    clip = ear.commit()
    sound = ear.sound_of(clip)
    assert sound is not None
    assert abs(sound.duration_ms - LONGEST_MS) < 32
    assert not ear.too_long


def test_push_to_talk_says_when_speech_begins_and_never_when_it_ends() -> None:
    ear, notes = an_ear(hands_free=False)
    ear.feed(quiet(200) + speech(600) + quiet(2_000) + speech(600))
    assert [sign for sign in notes.kinds() if sign is not Sign.ONSET] == [Sign.START]
    clip = ear.commit()
    assert notes.signs[-1][:2] == (Sign.END, clip)
    sound = ear.sound_of(clip)
    assert sound is not None
    assert abs(sound.duration_ms - 3_400) < 64


def test_push_to_talk_without_a_voice_in_it_is_an_utterance_all_the_same() -> None:
    ear, notes = an_ear(hands_free=False)
    assert ear.commit() == ""
    ear.feed(quiet(640))
    assert ear.commit() == "clip_1"
    assert notes.kinds() == [Sign.START, Sign.END]


def test_committing_in_the_middle_begins_nothing_twice() -> None:
    ear, notes = an_ear()
    ear.feed(speech(640))
    ear.commit()
    assert notes.kinds() == [Sign.ONSET, Sign.START, Sign.END]


def test_what_was_begun_and_is_forgotten_is_withdrawn() -> None:
    ear, notes = an_ear()
    ear.feed(speech(640))
    ear.clear()
    assert notes.signs[-1] == (Sign.WITHDRAWN, "clip_1", 0)
    ear.clear()
    assert notes.kinds().count(Sign.WITHDRAWN) == 1
    ear.feed(speech(96))
    ear.tune(rate_hz=HZ, patience=Patience(), hands_free=False)
    assert notes.signs[-1] == (Sign.WITHDRAWN, "", 0)


# hearing


@dataclass
class Scripted(ScriptedHearing):
    """A recogniser that answers when it is told to."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)
    broken: Exception | None = None
    cancelled: int = 0
    sure: tuple[float, ...] = ()
    """Of each word, where the recogniser tells."""

    async def transcribe(self, pcm, *, language, hints, errand=None):  # type: ignore[no-untyped-def]
        try:
            await self.gate.wait()
        except asyncio.CancelledError:
            self.cancelled += 1
            raise
        if self.broken:
            raise self.broken
        found = await super().transcribe(pcm, language=language, hints=hints)
        words = zip(found.text.split(), self.sure, strict=False)
        return replace(found, words=tuple(HeardWord(word, 0, 1, sure) for word, sure in words))


@asynccontextmanager
async def listening(recogniser: Scripted) -> AsyncIterator[tuple[Room, Hearing, Ear, MemoryLog]]:
    """A room in its encounter, with an ear that hears whatever it is fed."""
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=None, transcriber=recogniser)) as (_, room, listener):
        numbers = count(1)
        hearing = Hearing(room.conductor, recogniser, room.performer)
        ear = Ear(LoudnessDetector(), hearing, lambda: f"clip_{next(numbers)}")
        ear.tune(rate_hz=HZ, patience=Patience(), hands_free=True)
        hearing.ear = ear

        def hear_of(step: Committed) -> None:
            listener.told.append(step)
            hearing.moved()

        room.enter(listener, hearing, hear_of)
        running = asyncio.create_task(hearing.run())
        try:
            await room.conductor.take(Entered())
            await when(lambda: isinstance(room.conductor.encounter.floor, Listening))
            yield room, hearing, ear, log
        finally:
            running.cancel()
            hearing.close()
            await asyncio.gather(running, return_exceptions=True)


def events_of(log: MemoryLog, kind: type) -> list[object]:
    return [entry.event for entry in log.entries["enc_1"] if isinstance(entry.event, kind)]


async def test_an_utterance_that_begins_while_another_is_recognised_waits_its_turn() -> None:
    recogniser = Scripted(["First."])
    async with listening(recogniser) as (room, _, ear, log):
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: isinstance(room.conductor.encounter.floor, Recognising))
        ear.feed(speech(600) + quiet(1_000))
        await asyncio.sleep(0.02)
        assert len(events_of(log, SpeechBegan)) == 1
        recogniser.gate.set()
        await when(lambda: len(events_of(log, SpeechHeard)) == 2)
        assert [event.clip for event in events_of(log, SpeechHeard)] == ["clip_1", "clip_2"]  # type: ignore[attr-defined]


async def test_a_trial_that_was_begun_too_early_is_thrown_away() -> None:
    recogniser = Scripted(["All of it."])
    async with listening(recogniser) as (_, _, ear, log):
        ear.feed(speech(600) + quiet(400))
        await asyncio.sleep(0.01)
        ear.feed(speech(600))
        await asyncio.sleep(0.01)
        assert recogniser.cancelled == 1
        recogniser.gate.set()
        ear.feed(quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert recogniser.clips[-1].duration_ms > 1_500


async def test_a_pause_in_the_next_utterance_does_not_throw_away_the_last() -> None:
    recogniser = Scripted(["First."])
    async with listening(recogniser) as (room, _, ear, log):
        ear.feed(speech(600) + quiet(400))
        await asyncio.sleep(0.01)
        ear.feed(quiet(600))
        await when(lambda: isinstance(room.conductor.encounter.floor, Recognising))
        await asyncio.sleep(0.01)
        ear.feed(speech(600) + quiet(400) + speech(300))
        await asyncio.sleep(0.01)
        recogniser.gate.set()
        await when(lambda: events_of(log, SpeechHeard))
        assert events_of(log, SpeechHeard)[0] == SpeechHeard("clip_1", "First.", 90)


@pytest.mark.parametrize("broken", [EngineError("out of order"), ValueError("a bug in an engine")])
async def test_a_recogniser_that_fails_asks_the_learner_to_repeat(broken: Exception) -> None:
    recogniser = Scripted(["x"], broken=broken)
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: events_of(log, SpeechUnclear))
        assert events_of(log, SpeechUnclear) == [SpeechUnclear("clip_1", "engine_failed")]
        assert room.conductor.encounter.notices[-1].code == "hearing_failed"


@pytest.mark.parametrize(("sure", "believed"), [((0.9, 0.8), True), ((0.9, 0.4), False), ((), True)])
async def test_what_may_be_noise_is_a_turn_only_where_every_word_is_sure(
    sure: tuple[float, ...], believed: bool
) -> None:
    recogniser = Scripted(["Of course."], sure=sure)
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        ear.doubted = lambda: True
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: events_of(log, SpeechUnclear) or events_of(log, SpeechHeard))
        heard = events_of(log, SpeechHeard)
        assert bool(heard) is believed
        if not believed:
            assert events_of(log, SpeechUnclear) == [SpeechUnclear("clip_1", "no_words")]
            assert room.conductor.encounter.notices[-1].code == "hearing_failed"


async def test_no_words_is_no_turn() -> None:
    recogniser = Scripted([])
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: events_of(log, SpeechUnclear))
        assert not [turn for turn in room.conductor.encounter.turns if turn.speaker == "learner"]


async def test_going_on_while_the_patient_thinks_supersedes_the_reply() -> None:
    recogniser = Scripted(["Wait."])
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        room.performer._engines.actor.act = never  # type: ignore[method-assign, assignment]
        await room.conductor.take(Typed("item_1", "Hello."))
        await room.conductor.take(TurnClosed())
        assert isinstance(room.conductor.encounter.floor, Thinking)
        ear.feed(speech(600))
        await when(lambda: isinstance(room.conductor.encounter.floor, SomebodySpeaks))
        ear.feed(quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        replies = [turn for turn in room.conductor.encounter.turns if turn.plan and turn.plan.to_turn == "item_1"]
        assert [reply.failed for reply in replies] == ["superseded"]


async def never(*_: object) -> AsyncIterator[str]:
    await asyncio.Event().wait()
    yield ""


async def test_a_clip_that_nobody_knows_any_more_gives_the_floor_back() -> None:
    recogniser = Scripted(["Hello."])
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        await room.conductor.take(SpeechBegan("clip_of_a_lost_connection"))
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert events_of(log, SpeechUnclear) == [SpeechUnclear("clip_of_a_lost_connection", "restart")]


async def test_a_flood_of_utterances_is_bounded() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=None)) as (_, room, _):
        hearing = Hearing(room.conductor, None, room.performer)
        for number in range(SIGNS_LIMIT * 3):
            hearing.speech_sign(Sign.START, f"clip_{number}", 0)
        assert hearing._noticed.qsize() == SIGNS_LIMIT


def test_hints_hold_public_words_and_what_was_said_and_nothing_hidden() -> None:
    case = small_case()
    room = virtual_room(case)
    room.enter()
    room.say("Hello, I am Ines.")
    found = " ".join(hints(room.encounter))
    assert "Ines" in found
    hidden = [fact.say for fact in case.facts if fact.say] + [beat.deliver.verbatim for beat in case.beats]
    hidden += [phrase for beat in case.beats for phrase in beat.success_if] + [case.patient.private]
    for secret in filter(None, hidden):
        assert secret not in found


async def test_a_trial_that_was_pushed_out_of_the_queue_is_begun_anew_when_it_counts() -> None:
    recogniser = Scripted(["All of it."], broken=EngineError("too many", code="hearing_busy"))
    recogniser.gate.set()
    async with listening(recogniser) as (_, _, ear, log):
        ear.feed(speech(600) + quiet(400))
        await asyncio.sleep(0.01)
        recogniser.broken = None
        ear.feed(quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert not events_of(log, SpeechUnclear)


async def test_a_fault_that_lasts_is_not_told_as_the_learners_own() -> None:
    recogniser = Scripted(["x"], broken=EngineError("the key is refused", code="remote_key_refused"))
    recogniser.gate.set()
    async with listening(recogniser) as (room, _, ear, log):
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: events_of(log, SpeechUnclear))
        assert events_of(log, SpeechUnclear) == [SpeechUnclear("clip_1", "engine_broken")]
        assert room.conductor.encounter.notices[-1].code == "hearing_broken"
