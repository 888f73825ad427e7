"""Whole encounters over the wire, held by the official `openai` client."""

from __future__ import annotations

import pytest

from tests.live.learner import meet
from tests.live.meetings import SLOW_MS, a_service, heard_cue, refused, state_of, while_speaking


async def test_a_typed_turn_is_acknowledged_and_answered_aloud() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        about = await learner.until("bedside.encounter")
        assert (about.phase, about.case_id, about.seq) == ("prebrief", "small-case", 1)
        await learner.type("Hello, Mr Khan.", "item_mine")
        added = await learner.until("conversation.item.added", 2)
        assert "item_mine" in {added.item.id, learner.all("conversation.item.added")[0].item.id}
        done = await learner.until("response.done", 2)
        assert done.response.status == "completed"
        reply = done.response.output[0]
        spoken = reply.content[0].transcript
        assert learner.captions_of(reply.id) == spoken
        assert len(learner.audio_of(reply.id)) == len(spoken) * 10 * 24 * 2
        turns = (await running.rooms.snapshot(encounter_id)).turns
        assert [turn.text for turn in turns if turn.speaker == "learner"] == ["Hello, Mr Khan."]


async def test_typed_items_form_one_turn_after_a_while_without_being_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.core.timers.TYPING_WAIT_MS", 300)
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.type_item("Hello.")
        await learner.type_item("I am a student.")
        await learner.until("response.done", 2)
        turns = (await running.rooms.snapshot(encounter_id)).turns
        assert [turn.text for turn in turns if turn.speaker == "learner"] == ["Hello. I am a student."]


async def test_a_spoken_turn_goes_through_every_step_of_the_protocol() -> None:
    async with a_service("How are you?") as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        seen = len(learner.events)
        await learner.speak(600)
        await learner.quiet(1200)
        done = await learner.until("response.done", 2)
        started = await learner.until("input_audio_buffer.speech_started")
        heard = await learner.until("conversation.item.input_audio_transcription.completed")
        assert heard.transcript == "How are you?"
        assert heard.item_id == started.item_id
        steps = [
            "input_audio_buffer.speech_started",
            "input_audio_buffer.speech_stopped",
            "input_audio_buffer.committed",
            "conversation.item.input_audio_transcription.completed",
            "response.created",
            "response.output_audio.delta",
            "response.output_audio_transcript.delta",
            "response.output_audio.done",
            "response.done",
        ]
        kinds = learner.kinds()[seen:]
        places = [kinds.index(step) for step in steps]
        assert places == sorted(places), kinds
        assert done.response.output[0].content[0].transcript


async def test_speech_over_a_reply_cuts_it_where_it_was_heard() -> None:
    async with (
        a_service("Sorry?", ms_per_character=SLOW_MS) as (running, encounter_id),
        meet(running, encounter_id) as learner,
    ):
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 6)
        await learner.speak(900)
        await learner.quiet(1200)
        done = await learner.until("response.done")
        assert (done.response.status, done.response.status_details.reason) == ("cancelled", "turn_detected")
        await learner.until("input_audio_buffer.speech_started")
        assert learner.first("bedside.duck") < learner.first("response.done")
        assert learner.first("response.done") < learner.first("input_audio_buffer.speech_started")
        assert [event.ducked for event in learner.all("bedside.duck")] == [True, False]
        cut = (await running.rooms.snapshot(encounter_id)).turn(item)
        heard = done.response.output[0].content[0].transcript
        assert heard == cut.text == learner.captions_of(item)
        assert cut.talked_over
        assert 0 < cut.heard_ms <= len(learner.audio_of(item)) / 48
        assert cut.heard_ms < cut.audio_ms
        await learner.until("conversation.item.input_audio_transcription.completed")


async def test_a_noise_ducks_the_reply_which_goes_on_from_the_same_sample() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 5)
        await learner.speak(100)
        await learner.until("bedside.duck", ducked=True)
        await learner.quiet(600)
        await learner.until("bedside.duck", ducked=False)
        done = await learner.until("response.done")
        assert done.response.status == "completed"
        whole = (await running.rooms.snapshot(encounter_id)).turn(item)
        assert len(learner.audio_of(item)) == whole.audio_ms * 48
        assert not learner.all("input_audio_buffer.speech_started")


async def test_a_reply_that_ends_while_ducked_leaves_nobody_ducked() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        await while_speaking(learner)
        await learner.speak(150)
        await learner.until("bedside.duck", ducked=True)
        await learner.connection.response.cancel()
        await learner.until("response.done")
        await learner.until("bedside.duck", ducked=False)


async def test_response_cancel_keeps_what_was_heard() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 8)
        await learner.connection.response.cancel()
        done = await learner.until("response.done")
        assert (done.response.status, done.response.status_details.reason) == ("cancelled", "client_cancelled")
        cut = (await running.rooms.snapshot(encounter_id)).turn(item)
        assert cut.cut
        assert cut.text == done.response.output[0].content[0].transcript
        await learner.connection.response.cancel()
        assert (await refused(learner, "response_cancel_not_active")).type == "invalid_request_error"


async def test_truncate_shortens_and_takes_a_cue_back() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        cue = await heard_cue(learner, running, encounter_id)
        assert await state_of(running, encounter_id, "B1_waiting") == "heard"
        truncate = learner.connection.conversation.item.truncate
        await truncate(item_id=cue.id, content_index=0, audio_end_ms=cue.audio_ms + 1)
        assert (await refused(learner, "audio_end_out_of_range")).param == "audio_end_ms"
        await truncate(item_id=cue.id, content_index=0, audio_end_ms=60)
        assert (await learner.until("conversation.item.truncated")).audio_end_ms == 60
        shorter = (await running.rooms.snapshot(encounter_id)).turn(cue.id)
        assert len(shorter.text) < len(cue.text)
        assert await state_of(running, encounter_id, "B1_waiting") in ("hidden", "offered")
        await truncate(item_id=cue.id, content_index=0, audio_end_ms=cue.audio_ms)
        assert (await learner.until("conversation.item.truncated", 2)).audio_end_ms == 60
        await learner.type("I see.")
        await learner.until("response.done", 3)
        await truncate(item_id=cue.id, content_index=0, audio_end_ms=30)
        await refused(learner, "cannot_truncate")
        assert (await running.rooms.snapshot(encounter_id)).turn(cue.id).heard_ms == 60


async def test_truncating_a_reply_in_the_middle_never_reaches_beyond_what_was_sent() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 6)
        truncate = learner.connection.conversation.item.truncate
        committed = (await running.rooms.snapshot(encounter_id)).turn(item).audio_ms
        await truncate(item_id=item, content_index=0, audio_end_ms=committed)
        await refused(learner, "audio_end_out_of_range")
        await truncate(item_id=item, content_index=0, audio_end_ms=100)
        await learner.until("response.done")
        assert (await running.rooms.snapshot(encounter_id)).turn(item).heard_ms == 100


async def test_push_to_talk_is_committed_by_the_client() -> None:
    async with a_service("Good afternoon.") as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.connection.session.update(
            session={"type": "realtime", "audio": {"input": {"turn_detection": None}}}
        )
        updated = await learner.until("session.updated")
        assert updated.session.audio.input.turn_detection is None
        await learner.connection.input_audio_buffer.commit()
        await refused(learner, "input_audio_buffer_commit_empty")
        await learner.speak(700)
        await learner.quiet(1500)
        await learner.speak(300)
        assert not learner.all("input_audio_buffer.committed")
        await learner.connection.input_audio_buffer.commit()
        await learner.connection.response.create()
        heard = await learner.until("conversation.item.input_audio_transcription.completed")
        assert heard.transcript == "Good afternoon."
        await learner.until("response.done", 2)
        assert len(learner.all("input_audio_buffer.speech_started")) == 1
        hearing = running.engines.transcriber
        assert hearing is not None
        assert 2400 <= hearing.clips[-1].duration_ms <= 2500


async def test_clearing_in_the_middle_of_an_utterance_gives_the_floor_back() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.speak(600)
        await learner.until("input_audio_buffer.speech_started")
        await learner.connection.input_audio_buffer.clear()
        await learner.until("input_audio_buffer.cleared")
        await learner.speak(600)
        await learner.quiet(1200)
        await learner.until("conversation.item.input_audio_transcription.completed")
        assert len(learner.all("input_audio_buffer.speech_started")) == 2
        assert not learner.all("bedside.notice", code="hearing_failed")


async def test_commit_in_hands_free_ends_the_utterance_at_once() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.speak(600)
        await learner.until("input_audio_buffer.speech_started")
        await learner.connection.input_audio_buffer.commit()
        await learner.until("conversation.item.input_audio_transcription.completed")


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 44_100, 48_000])
async def test_any_microphone_rate_is_heard_at_its_own_length(rate_hz: int) -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.send("session.update", session={"audio": {"input": {"format": {"rate": rate_hz}}}})
        await learner.until("session.updated")
        learner.rate_hz = rate_hz
        await learner.speak(800)
        await learner.quiet(1300)
        heard = await learner.until("conversation.item.input_audio_transcription.completed")
        assert 1.6 <= heard.usage.seconds <= 2.3


async def test_text_replies_have_no_sound() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.connection.session.update(session={"type": "realtime", "output_modalities": ["text"]})
        await learner.until("session.updated")
        await learner.type("Hello.")
        done = await learner.until("response.done", 2)
        assert done.response.output_modalities == ["text"]
        assert done.response.output[0].content[0].type == "output_text"
        assert not learner.all("response.output_audio.delta")
        texts = "".join(e.delta for e in learner.all("response.output_text.delta", item_id=done.response.output[0].id))
        assert texts == done.response.output[0].content[0].text


async def test_a_service_without_a_voice_says_so_and_types() -> None:
    async with a_service(voice=False) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.connection.session.update(session={"type": "realtime", "output_modalities": ["audio"]})
        await refused(learner, "no_voice")
        await learner.enter()
        assert learner.all("response.output_text.done")


async def test_while_paused_the_clock_stands_still_and_nobody_is_heard() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 5)
        await learner.speak(160)
        await learner.send("bedside.pause")
        await learner.until("bedside.phase", phase="paused")
        cut = (await running.rooms.snapshot(encounter_id)).turn(item)
        assert 0 < cut.heard_ms < cut.audio_ms
        before = learner.all("bedside.timer")[-1]
        assert not before.running
        await learner.speak(1000)
        await learner.type_item("Hello?")
        await refused(learner, "wrong_moment")
        await learner.send("bedside.resume")
        after = await learner.until("bedside.timer", at_ms=before.at_ms, running=True)
        assert after.at_ms == before.at_ms
        assert not learner.all("input_audio_buffer.speech_started")
        await learner.speak(600)
        await learner.quiet(1200)
        await learner.until("conversation.item.input_audio_transcription.completed")


async def test_silence_and_actions_are_turns() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.send("bedside.action", action="sit")
        await learner.send("bedside.silence", duration_ms=4_000)
        await learner.until("bedside.shown", 2)
        assert {shown.kind for shown in learner.all("bedside.shown")} >= {"action", "silence"}
        await learner.send("bedside.action", action="dance")
        await refused(learner, "unknown_action")
        kinds = {turn.kind for turn in (await running.rooms.snapshot(encounter_id)).turns}
        assert {"action", "silence"} <= kinds


@pytest.mark.parametrize(
    ("reason", "phase", "status"), [("stop", "done", "not_scored"), ("learner", "reflection", "draft")]
)
async def test_an_end_is_told_before_its_scorecard(reason: str, phase: str, status: str) -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 5)
        await learner.send("bedside.end", reason=reason)
        scorecard = await learner.until("bedside.scorecard")
        assert scorecard.status == status
        assert (await learner.until("bedside.ended")).reason == reason
        assert learner.all("bedside.phase")[-1].phase == phase
        assert learner.first("bedside.ended") < learner.first("bedside.scorecard")
        assert (await running.rooms.snapshot(encounter_id)).turn(item).heard_ms > 0
        assert [encounter.ended for encounter in running.ended] == [reason]
        await learner.type_item("One more thing.")
        await refused(learner, "encounter_over")


async def test_the_client_is_believed_about_what_it_played() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id), meet(running, encounter_id) as learner:
        await learner.send("bedside.enter")
        item = await while_speaking(learner, 1)
        await learner.send("bedside.played", item_id=item, audio_ms=10)
        await while_speaking(learner, 8)
        await learner.connection.response.cancel()
        await learner.until("response.done")
        assert (await running.rooms.snapshot(encounter_id)).turn(item).heard_ms < 400
        await learner.send("bedside.played", item_id=item, audio_ms=99_999)
        await learner.type("Hello.")
        await learner.until("conversation.item.added", 2)
        assert not learner.all("error")


async def test_words_are_delivered_when_the_voice_fails() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as learner:
        running.engines.voice = None
        await learner.send("bedside.enter")
        done = await learner.until("response.done")
        assert done.response.status == "completed"
        assert done.response.output[0].content[0].transcript == "Good afternoon."
