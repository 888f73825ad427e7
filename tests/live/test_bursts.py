"""Something short, said while the patient speaks: a word that interrupts, or "mm-hm"; and how long a pause may be."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

import numpy as np
import pytest

from server.core.encounter import Listening, Speaking
from server.core.errors import EngineError
from server.core.events import Cut, Entered, Murmured, SpeechBegan, SpeechHeard
from server.core.sound.endpoint import Patience, Sign
from server.engines.protocols import Transcription
from server.live import hearing as hearing_room
from server.live import performer
from server.live.ear import LEAD_IN_MS, Ear
from server.live.hearing import Hearing
from server.live.rooms import Room
from server.live.weighing import weigh
from tests.live.inside import in_room, when
from tests.live.room import LoudnessDetector, MemoryLog, TestEngines, ToneVoice, small_case
from tests.live.test_hearing import HZ, Notes, Scripted, events_of, quiet, speech

BURST = speech(320) + quiet(256)


def an_ear(*, hands_free: bool = True) -> tuple[Ear, Notes]:
    notes, numbers = Notes(), count(1)
    ear = Ear(LoudnessDetector(), notes, lambda: f"clip_{next(numbers)}", hands_free=hands_free)
    ear.tune(rate_hz=HZ, patience=Patience(), hands_free=hands_free)
    ear.over_speech = lambda: True
    return ear, notes


def loud_ms(sound: bytes) -> float:
    return len(np.flatnonzero(np.abs(np.frombuffer(sound, np.int16)) > 500)) / 16


# the ear


def test_a_word_over_speech_is_a_burst_with_its_sound() -> None:
    ear, notes = an_ear()
    ear.feed(quiet(2_000) + BURST)
    assert notes.kinds() == [Sign.ONSET, Sign.BURST]
    sound = ear.sound_of_burst("clip_1")
    assert sound is not None
    assert loud_ms(sound.data) > 280
    assert sound.duration_ms <= 320 + 256 + LEAD_IN_MS + 32


def test_an_interruption_keeps_its_first_syllable() -> None:
    ear, notes = an_ear()
    ear.feed(quiet(2_000) + speech(1_200) + quiet(1_000))
    assert notes.kinds() == [Sign.ONSET, Sign.START, Sign.SOFT_END, Sign.END]
    sound = ear.sound_of("clip_1")
    assert sound is not None
    assert loud_ms(sound.data) > 1_100


def test_what_goes_on_after_a_burst_takes_it_in() -> None:
    ear, notes = an_ear()
    ear.feed(quiet(1_000) + BURST + speech(600) + quiet(1_000))
    assert notes.kinds() == [Sign.ONSET, Sign.BURST, Sign.ONSET, Sign.START, Sign.SOFT_END, Sign.END]
    sound = ear.sound_of("clip_2")
    assert sound is not None
    assert loud_ms(sound.data) > 850
    assert ear.sound_of("clip_1") is None


def test_what_follows_a_burst_that_was_settled_stands_alone() -> None:
    ear, _ = an_ear()
    ear.feed(quiet(1_000) + BURST)
    ear.forget("clip_1")
    ear.feed(speech(600) + quiet(1_000))
    sound = ear.sound_of("clip_2")
    assert sound is not None
    assert 500 < loud_ms(sound.data) < 620


def test_too_little_for_a_burst_is_nothing() -> None:
    ear, notes = an_ear()
    ear.feed(speech(128) + quiet(640))
    assert notes.kinds() == [Sign.ONSET, Sign.WITHDRAWN]


def test_push_to_talk_has_no_bursts() -> None:
    ear, notes = an_ear(hands_free=False)
    ear.feed(BURST + quiet(300))
    assert Sign.BURST not in notes.kinds()
    assert notes.kinds()[-1] is Sign.WITHDRAWN


# the verdict


@pytest.mark.parametrize(
    ("found", "verdict"),
    [
        (None, "nothing"),
        (Transcription("", 0.0), "nothing"),
        (Transcription("Mm-hm.", 0.2), "murmur"),
        (Transcription("Wait.", 0.9), "words"),
        (Transcription("Wait.", 0.3), "unsure"),
    ],
)
def test_the_words_decide(found: Transcription | None, verdict: str) -> None:
    assert weigh(found, "", "en") == verdict


def test_where_nobody_is_interrupted_a_doubtful_word_is_a_turn() -> None:
    assert weigh(Transcription("Yes.", 0.3), "", "en", speaking=False) == "words"


# the room


async def three_sentences(*_: object) -> AsyncIterator[str]:
    yield "A first sentence that is quite long. And then a second. And a third one."


@dataclass
class Ducks:
    told: list[bool] = field(default_factory=list)


@asynccontextmanager
async def while_they_speak(recogniser: Scripted) -> AsyncIterator[tuple[Room, Ear, MemoryLog, Ducks]]:
    """A room in which the patient has just begun a long reply, and an ear that hears whatever it is fed."""
    log, ducks = MemoryLog(), Ducks()
    log.create(small_case(), "enc_1")
    async with in_room(log, TestEngines(voice=ToneVoice(200), transcriber=recogniser)) as (_, room, listener):
        numbers = count(1)
        hearing = Hearing(room.conductor, recogniser, room.performer)
        listener.send_duck = ducks.told.append  # type: ignore[method-assign, assignment]
        ear = hearing.ear = Ear(LoudnessDetector(), hearing, lambda: f"clip_{next(numbers)}")
        ear.tune(rate_hz=HZ, patience=Patience(), hands_free=True)
        ear.over_speech = lambda: isinstance(room.conductor.encounter.floor, Speaking)
        room.enter(listener, hearing, lambda _: hearing.moved())
        running = asyncio.create_task(hearing.run())
        room.performer._engines.actor.act = three_sentences  # type: ignore[method-assign, assignment]
        try:
            await room.conductor.take(Entered())
            await when(lambda: room.performer.playout is not None and room.performer.playout.sent_ms)
            yield room, ear, log, ducks
        finally:
            running.cancel()
            hearing.close()
            await asyncio.gather(running, return_exceptions=True)


async def test_mm_hm_stops_nobody_and_is_kept() -> None:
    recogniser = Scripted(["Mm-hm."])
    async with while_they_speak(recogniser) as (room, ear, log, ducks):
        ear.feed(BURST)
        await when(lambda: ducks.told == [True])
        recogniser.gate.set()
        await when(lambda: ducks.told == [True, False])
        await when(lambda: events_of(log, Murmured))
        assert isinstance(room.conductor.encounter.floor, Speaking)
        assert not events_of(log, Cut)
        [murmur] = room.conductor.encounter.murmurs
        assert (murmur.text, murmur.reply) == ("Mm-hm.", room.conductor.encounter.floor.reply)
        assert [decision.what for decision in room.performer.decisions] == ["held", "weighed", "goes_on"]


async def test_a_word_interrupts() -> None:
    recogniser = Scripted(["Wait."])
    recogniser.gate.set()
    async with while_they_speak(recogniser) as (room, ear, log, _):
        ear.feed(BURST)
        await when(lambda: events_of(log, SpeechHeard))
        [cut] = events_of(log, Cut)
        assert cut.reason == "barge_in"  # type: ignore[attr-defined]
        assert events_of(log, SpeechHeard) == [SpeechHeard("clip_1", "Wait.", 90)]
        assert len(recogniser.clips) == 1
        turn = next(turn for turn in room.conductor.encounter.turns if turn.talked_over)
        assert turn.unspoken == "And then a second. And a third one."
        assert turn.sentences[0].text == "A first sentence that is quite long."
        assert len(turn.text) < len(turn.sentences[0].text)


@pytest.mark.parametrize("broken", [None, EngineError("out of order")])
async def test_a_cough_lets_them_go_on(broken: Exception | None) -> None:
    recogniser = Scripted([], broken=broken)
    recogniser.gate.set()
    async with while_they_speak(recogniser) as (room, ear, log, ducks):
        ear.feed(BURST)
        await when(lambda: ducks.told == [True, False])
        assert isinstance(room.conductor.encounter.floor, Speaking)
        assert not events_of(log, Cut) + events_of(log, Murmured) + events_of(log, SpeechBegan)


async def test_a_recogniser_that_hangs_lets_them_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hearing_room, "WEIGH_S", 0.05)
    recogniser = Scripted(["Wait."])
    async with while_they_speak(recogniser) as (_, ear, log, ducks):
        ear.feed(BURST)
        await when(lambda: ducks.told == [True, False])
        await when(lambda: recogniser.cancelled)
        assert not events_of(log, Cut)


async def test_sound_that_stops_coming_holds_nobody_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(performer, "HELD_S", 0.05)
    async with while_they_speak(Scripted(["x"])) as (_, ear, log, ducks):
        ear.feed(speech(96))
        await when(lambda: ducks.told == [True, False])
        assert not events_of(log, Cut)


async def test_going_on_after_a_burst_is_one_utterance() -> None:
    recogniser = Scripted(["Sorry, can I ask you something?"])
    async with while_they_speak(recogniser) as (_, ear, log, _):
        ear.feed(BURST + speech(600))
        await when(lambda: events_of(log, SpeechBegan))
        assert recogniser.cancelled <= 1
        recogniser.gate.set()
        ear.feed(quiet(1_000))
        await when(lambda: events_of(log, SpeechHeard))
        assert [event.clip for event in events_of(log, SpeechHeard)] == ["clip_2"]  # type: ignore[attr-defined]
        assert not events_of(log, Murmured)


async def test_words_that_lead_on_are_waited_for() -> None:
    recogniser = Scripted(["I was wondering"])
    recogniser.gate.set()
    async with while_they_speak(recogniser) as (room, ear, log, _):
        await room.conductor.take(room.performer.cut(room.conductor.encounter.floor.reply, "cancelled"))  # type: ignore[union-attr]
        await when(lambda: isinstance(room.conductor.encounter.floor, Listening))
        ear.feed(speech(600) + quiet(320))
        await when(lambda: any(decision.what == "waits_longer" for decision in room.performer.decisions))
        ear.feed(quiet(1_300))
        assert ear.clip
        ear.feed(quiet(400))
        assert not ear.clip
        await when(lambda: events_of(log, SpeechHeard))


async def test_a_client_that_sets_the_silence_itself_gets_just_that() -> None:
    recogniser = Scripted(["I was wondering"])
    recogniser.gate.set()
    async with while_they_speak(recogniser) as (room, ear, _, _):
        ear.tune(rate_hz=HZ, patience=Patience(end_ms=500, adapts=False), hands_free=True)
        await room.conductor.take(room.performer.cut(room.conductor.encounter.floor.reply, "cancelled"))  # type: ignore[union-attr]
        await when(lambda: isinstance(room.conductor.encounter.floor, Listening))
        ear.feed(speech(600) + quiet(320))
        await when(lambda: recogniser.clips)
        await asyncio.sleep(0)
        ear.feed(quiet(224))
        assert not ear.clip
