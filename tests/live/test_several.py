"""Several people on one wire: each in a voice of their own, one straight after the other, each named to the page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.case_parts.cast import Sound
from server.live.voices import sound_of
from tests.live.learner import Learner, meet
from tests.live.meetings import SLOW_MS, while_speaking
from tests.live.theatre import CURTAIN, PATIENT_SAYS, SECRET, SHEET_SAYS, SURGEON_SAYS, a_theatre, cast, theatre


def said_by(learner: Learner) -> list[tuple[str, str, str]]:
    """Of every reply that is over: who, by which name, what was heard."""
    responses = [event.response for event in learner.all("response.done")]
    return [
        (
            response.metadata["bedside_speaker"],
            response.metadata["bedside_speaker_name"],
            response.output[0].content[0].transcript,
        )
        for response in responses
    ]


async def ask_for_the_count(learner: Learner) -> None:
    await learner.enter()
    await learner.type("We must count the swabs.")


async def test_three_people_answer_one_after_the_other_each_in_their_own_voice() -> None:
    async with a_theatre() as (running, encounter_id, voices), meet(running, encounter_id) as learner:
        await ask_for_the_count(learner)
        await learner.until("response.done", 4)
        assert said_by(learner)[1:] == [
            ("patient", "Ana Reyes", PATIENT_SAYS),
            ("surgeon", "Dr Hale", SURGEON_SAYS),
            ("sheet", "The count sheet", SHEET_SAYS),
        ]
        sounds = {text: voice for voice, text in voices.spoken}
        assert sounds[PATIENT_SAYS].startswith("female old")
        assert len({sounds[text] for text in (PATIENT_SAYS, SURGEON_SAYS, SHEET_SAYS)}) == 3


async def test_nobody_begins_before_the_one_before_was_heard_out() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await ask_for_the_count(learner)
        await learner.until("response.done", 4)
        order = [kind for kind in learner.kinds() if kind in ("response.created", "response.done")]
        assert order == ["response.created", "response.done"] * 4
        turns = (await running.rooms.snapshot(encounter_id)).turns
        assert all(turn.heard_ms == turn.audio_ms > 0 for turn in turns if turn.speaker != "learner")


async def test_every_item_says_who_speaks_also_to_a_page_that_comes_back() -> None:
    async with a_theatre() as (running, encounter_id, _):
        async with meet(running, encounter_id) as learner:
            await ask_for_the_count(learner)
            await learner.until("response.done", 4)
            created = [event.response.metadata["bedside_speaker"] for event in learner.all("response.created")]
            assert created == ["patient", "patient", "surgeon", "sheet"]
        async with meet(running, encounter_id) as learner:
            await learner.until("bedside.timer")
            items = [event.item for event in learner.all("conversation.item.done")]
            named = [item.bedside_speaker_name for item in items if item.role == "assistant"]
            assert named == ["Ana Reyes", "Ana Reyes", "Dr Hale", "The count sheet"]


async def being_counted(learner: Learner) -> None:
    """Until the first of three has begun to speak."""
    await learner.send("bedside.enter")
    await while_speaking(learner)
    await learner.connection.response.cancel()
    await learner.until("response.done")
    await learner.type("We must count the swabs.")
    reply = (await learner.until("response.created", 2)).response.id
    await learner.until("response.output_audio.delta", response_id=reply)


@pytest.mark.parametrize("by_voice", [True, False], ids=["talked over", "cancelled"])
async def test_who_stops_the_first_hears_none_of_those_who_were_to_follow(by_voice: bool) -> None:
    async with (
        a_theatre(ms_per_character=SLOW_MS) as (running, encounter_id, _),
        meet(running, encounter_id) as learner,
    ):
        await being_counted(learner)
        if by_voice:
            await learner.speak(900)
            await learner.quiet(1500)
        else:
            await learner.connection.response.cancel()
            await learner.until("response.done", 2)
            await learner.type("Sorry, go on.")
        await learner.until("response.done", 3)
        speakers = [event.response.metadata["bedside_speaker"] for event in learner.all("response.created")]
        assert speakers[:2] == ["patient", "patient"]
        assert "sheet" not in speakers
        assert not {SURGEON_SAYS, SHEET_SAYS} & {words for _, _, words in said_by(learner)}
        turns = (await running.rooms.snapshot(encounter_id)).turns
        assert [turn.text for turn in turns if turn.kind == "said" and turn.speaker in ("surgeon", "sheet")] == []


async def test_the_cast_is_told_and_of_each_only_what_is_public() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        created = await learner.until("session.created")
        assert created.session.bedside_cast == [
            {"id": "patient", "name": "Ana Reyes", "role_type": "patient", "present": True},
            {"id": "surgeon", "name": "Dr Hale", "role_type": "supervisor", "present": True},
            {"id": "nurse", "name": "Bo Lund", "role_type": "relative", "present": False},
            {"id": "sheet", "name": "The count sheet", "role_type": "system", "present": True},
        ]


async def test_who_comes_in_is_told() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.send("bedside.action", action="fetch")
        told = await learner.until("bedside.present")
        assert [one["id"] for one in told.cast if one["present"]] == ["patient", "surgeon", "nurse", "sheet"]


def test_two_men_and_a_thing_described_alike_do_not_sound_alike() -> None:
    case = theatre()
    sounds = [sound_of(case, one) for one in case.cast]
    assert len(set(sounds)) == len(sounds)
    assert sounds[0] == str(case.patient.voice)
    assert "system" in sounds[3]


# what may be done


def offers(learner: Learner) -> list[list[str]]:
    return [[one["id"] for one in event.actions] for event in learner.all("bedside.actions")]


async def test_an_action_whose_time_has_not_come_is_refused_and_the_reason_is_nobodys_business() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        assert offers(learner) == [["draw_curtain", "fetch"]]
        await learner.send("bedside.action", action="whisper")
        error = (await learner.until("error")).error
        assert (error.code, error.param) == ("action_not_offered", "action")
        assert "curtain" not in error.message
        encounter = await running.rooms.snapshot(encounter_id)
        assert [turn for turn in encounter.turns if turn.kind == "action"] == []


async def test_what_may_be_done_is_told_when_it_changes_and_only_then() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await learner.enter()
        await learner.send("bedside.action", action="draw_curtain")
        await learner.until("bedside.actions", 2)
        await learner.send("bedside.action", action="whisper")
        await learner.until("bedside.shown", text="whispers")
        assert offers(learner) == [["draw_curtain", "fetch"], ["draw_curtain", "whisper", "fetch"]]
        assert learner.all("bedside.actions")[0].actions[0] == {"id": CURTAIN.id, "label": CURTAIN.label}


async def test_nothing_that_is_locked_is_on_the_wire() -> None:
    async with a_theatre() as (running, encounter_id, _), meet(running, encounter_id) as learner:
        await ask_for_the_count(learner)
        await learner.until("response.done", 4)
        await learner.type("Did you drop a swab, Dr Hale?")
        await learner.until("response.done", 5)
        assert not [event for event in learner.events if SECRET in event.model_dump_json()]


def test_the_fifth_of_a_kind_still_has_a_voice() -> None:
    many = tuple(replace(cast()[1], id=f"m{n}", voice=Sound("male")) for n in range(5))
    case = theatre(cast=many, facts=(), beats=())
    assert all(sound_of(case, one) for one in many)
