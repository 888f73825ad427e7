"""What once went wrong with short words, endings and losses; each of these lost or doubled somebody's words."""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from server.core.encounter import Recognising, Speaking
from server.core.errors import StoreError
from server.core.events import (
    Cut,
    Ended,
    Event,
    Murmured,
    Paused,
    SentenceReady,
    SpeechBegan,
    SpeechHeard,
    SpeechUnclear,
)
from server.core.sound.endpoint import Patience, Sign
from tests.live.inside import when
from tests.live.test_bursts import BURST, an_ear, loud_ms, while_they_speak
from tests.live.test_hearing import HZ, Scripted, events_of, listening, quiet, speech
from tests.live.test_listening_along import Attentive


def ready(*texts: str) -> Scripted:
    recogniser = Scripted(list(texts))
    recogniser.gate.set()
    return recogniser


async def test_the_word_that_interrupted_is_not_heard_again_in_what_follows() -> None:
    recogniser = ready("Wait.")
    async with while_they_speak(recogniser) as (_, ear, log, _):
        ear.feed(quiet(1_000) + BURST)
        await when(lambda: events_of(log, SpeechHeard))
        ear.feed(quiet(300) + speech(900) + quiet(1_000))
        await when(lambda: len(events_of(log, SpeechHeard)) == 2)
        assert loud_ms(recogniser.clips[-1].data) < 950


async def test_a_second_call_takes_the_first_in() -> None:
    recogniser = Scripted(["Wait. Wait!"])
    async with while_they_speak(recogniser) as (_, ear, log, _):
        ear.feed(quiet(1_000) + BURST)
        await asyncio.sleep(0.02)
        ear.feed(BURST)
        await asyncio.sleep(0.02)
        recogniser.gate.set()
        await when(lambda: events_of(log, SpeechHeard))
        assert loud_ms(recogniser.clips[-1].data) > 600
        assert not ear._ended


async def test_yes_over_the_last_breath_of_a_question_is_an_answer() -> None:
    recogniser = ready("Yes.")
    async with while_they_speak(recogniser) as (room, ear, log, ducks):
        room.performer.left_ms = lambda: 400.0  # type: ignore[method-assign]
        ear.feed(BURST)
        await when(lambda: ducks.told == [True, False])
        await asyncio.sleep(0.02)
        assert isinstance(room.conductor.encounter.floor, Speaking), "it waits for the end of the reply"
        assert not events_of(log, Cut)
        await room.conductor.take(room.performer.cut(room.conductor.encounter.floor.reply, "stalled"))
        await when(lambda: events_of(log, SpeechHeard))
        assert not events_of(log, Murmured)


async def test_push_to_talk_with_an_engine_that_listens_along() -> None:
    recogniser = Attentive(["By the clip."])
    async with listening(recogniser) as (_, _, ear, log):
        ear.tune(rate_hz=HZ, patience=Patience(), hands_free=False)
        ear.feed((np.sin(np.arange(2_000 * 16) * 0.3) * 300).astype(np.int16).tobytes())
        ear.commit()
        await when(lambda: events_of(log, SpeechHeard))
        assert recogniser.begun[0].fed_ms >= 1_900


async def test_what_is_unspoken_was_not_committed() -> None:
    recogniser = ready("Hold on please.")
    async with while_they_speak(recogniser) as (room, ear, log, _):
        append = log.append

        async def slow(encounter_id: str, entries: object) -> None:
            if isinstance(entries[0].event, SentenceReady):  # type: ignore[index]
                ear.feed(speech(600))
                await asyncio.sleep(0.02)
            await append(encounter_id, entries)  # type: ignore[arg-type]

        log.append = slow  # type: ignore[method-assign]
        await when(lambda: events_of(log, Cut))
        turn = next(turn for turn in room.conductor.encounter.turns if turn.talked_over)
        assert not [sentence for sentence in turn.sentences if sentence.text in turn.unspoken]


async def test_a_line_that_drops_keeps_what_was_unspoken() -> None:
    async with while_they_speak(Scripted(["x"])) as (room, _, log, _):
        room.leave()
        await when(lambda: events_of(log, Cut))
        assert events_of(log, Cut)[0].unspoken  # type: ignore[attr-defined]


@pytest.mark.parametrize("event", [Paused(), Ended("learner")])
async def test_words_that_are_lost_to_a_pause_or_an_end_are_said_to_be(event: Event) -> None:
    recogniser = Scripted(["I am so sorry to hear that."])
    async with listening(recogniser) as (room, _, ear, _):
        ear.feed(speech(2_000) + quiet(1_000))
        await when(lambda: isinstance(room.conductor.encounter.floor, Recognising))
        await room.conductor.take(event)
        assert [(notice.code, notice.about) for notice in room.conductor.encounter.notices] == [
            ("hearing_failed", "clip_1")
        ]


async def test_who_ends_the_encounter_is_heard_out() -> None:
    recogniser = Scripted(["Goodbye."])
    async with listening(recogniser) as (room, hearing, ear, log):
        ear.feed(speech(2_000) + quiet(1_000))
        await when(lambda: isinstance(room.conductor.encounter.floor, Recognising))
        settled = asyncio.create_task(hearing.settled())
        await asyncio.sleep(0.02)
        assert not settled.done()
        recogniser.gate.set()
        await settled
        assert events_of(log, SpeechHeard)


def test_a_word_begun_just_before_the_patient_is_weighed() -> None:
    ear, notes = an_ear()
    ear.over_speech = lambda: False
    ear.feed(quiet(1_024) + speech(96))
    ear.over_speech = lambda: True
    ear.feed(speech(352) + quiet(640))
    assert Sign.BURST in notes.kinds()


async def test_clearing_the_buffer_ends_the_weighing() -> None:
    recogniser = Scripted(["Wait."])
    async with while_they_speak(recogniser) as (_, ear, log, ducks):
        ear.feed(BURST)
        await asyncio.sleep(0.02)
        ear.clear()
        recogniser.gate.set()
        await when(lambda: ducks.told == [True, False])
        await asyncio.sleep(0.02)
        assert not events_of(log, SpeechBegan) + events_of(log, Murmured)
        assert not ear._ended


async def test_a_murmur_that_cannot_be_stored_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.live.conductor.RETRIES_S", ())
    recogniser = ready("Mm-hm.")
    async with while_they_speak(recogniser) as (room, ear, log, ducks):
        complaints: list[str] = []
        hearing = room.performer.hearing
        assert hearing
        hearing.complain = lambda error: complaints.append(error.code)
        append = log.append

        async def broken(encounter_id: str, entries: object) -> None:
            if isinstance(entries[0].event, Murmured):  # type: ignore[index]
                raise StoreError("the disk is full")
            await append(encounter_id, entries)  # type: ignore[arg-type]

        log.append = broken  # type: ignore[method-assign]
        ear.feed(BURST)
        await when(lambda: complaints)
        assert ducks.told == [True, False]


async def test_a_long_utterance_that_was_not_believed_is_said_to_be_lost() -> None:
    async with listening(Scripted(["x"])) as (room, _, ear, log):
        ear.believed = lambda: False
        ear.feed(speech(2_400) + quiet(1_000))
        await when(lambda: events_of(log, SpeechUnclear))
        assert events_of(log, SpeechUnclear) == [SpeechUnclear("clip_1", "no_words")]
        assert room.conductor.encounter.notices[-1].code == "hearing_failed"
        ear.feed(speech(600) + quiet(1_000))
        await when(lambda: len(events_of(log, SpeechUnclear)) == 2)
        assert events_of(log, SpeechUnclear)[-1] == SpeechUnclear("clip_2", "withdrawn")
