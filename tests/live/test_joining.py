"""Coming back, coming second, and coming in vain: the openings and ends of a connection."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from server.core.encounter import Speaking
from tests.live.learner import meet
from tests.live.meetings import SLOW_MS, a_service, state_of, until_true
from tests.live.room import Service, ToneVoice, small_case


async def test_a_line_that_drops_in_a_reply_is_resumed() -> None:
    async with a_service(ms_per_character=SLOW_MS) as (running, encounter_id):
        async with meet(running, encounter_id) as learner:
            await learner.send("bedside.enter")
            await learner.connection.response.cancel()
            await learner.until("response.done")
            await learner.type("How is your daughter?")
            await learner.until("response.created", 2)
            await learner.when(lambda: len(learner.all("response.output_audio.delta")) >= 6)
            item = learner.all("response.output_audio.delta")[-1].item_id
            after = learner.last_seq()
        await settled(running, encounter_id)
        dropped = await running.rooms.snapshot(encounter_id)
        await asyncio.sleep(0.3)
        async with meet(running, encounter_id, after) as learner:
            await learner.until("bedside.phase", phase="encounter")
            assert learner.all("bedside.timer")[0].at_ms == dropped.now_ms
            replayed = await learner.until("conversation.item.done")
            assert replayed.item.id == item
            assert replayed.item.status == "incomplete"
            assert not learner.all("response.output_audio.delta")
            cut = (await running.rooms.snapshot(encounter_id)).turn(item)
            assert cut.closed
            assert replayed.item.content[0].transcript == cut.text
            # what nobody heard a word of is given again; what was half heard is hidden again
            assert await state_of(running, encounter_id, "B1_waiting") == ("hidden" if cut.text else "offered")
            if cut.text:
                await learner.type("Go on.")
            await learner.until("response.created")


async def settled(running: Service, encounter_id: str) -> None:
    """Wait until the service has noticed that the line dropped."""
    async with asyncio.timeout(10):
        await until_true(lambda: not [*running.door.connections()])
        while isinstance((await running.rooms.snapshot(encounter_id)).floor, Speaking):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.01)


async def test_a_reply_being_thought_of_is_announced_again_after_a_drop() -> None:
    async with a_service() as (running, encounter_id):
        gate = asyncio.Event()
        running.engines.voice = WaitingVoice(gate)
        async with meet(running, encounter_id) as learner:
            await learner.send("bedside.enter")
            await learner.until("response.created")
            after = learner.last_seq()
        await settled(running, encounter_id)
        async with meet(running, encounter_id, after) as learner:
            await learner.until("response.created")
            gate.set()
            done = await learner.until("response.done")
            assert done.response.status == "completed"
            assert learner.audio_of(done.response.output[0].id)


class WaitingVoice(ToneVoice):
    def __init__(self, gate: asyncio.Event) -> None:
        super().__init__(10)
        self._gate = gate

    async def speak(self, text: str, *, voice: str) -> AsyncIterator[Any]:
        await self._gate.wait()
        async for part in super().speak(text, voice=voice):
            yield part


async def test_the_second_window_takes_over() -> None:
    async with a_service() as (running, encounter_id), meet(running, encounter_id) as first:
        await first.enter()
        async with meet(running, encounter_id) as second:
            assert await first.until_closed() == (4409, "opened in another window")
            await second.type("Hello.")
            await second.until("response.done")


async def test_of_many_windows_opened_at_once_one_stays() -> None:
    async with a_service() as (running, encounter_id):

        async def window() -> tuple[int, str] | None:
            async with meet(running, encounter_id) as learner:
                done.append(1)
                await learner.when(lambda: learner.closed or (len(done) == 5 and learner.all("bedside.phase")))
                await asyncio.sleep(0.2)
                return learner.closed

        done: list[int] = []
        ends = await asyncio.gather(*(window() for _ in range(5)))
        assert sorted(end[0] for end in ends if end) == [4409] * 4


async def test_a_full_house_says_so() -> None:
    async with a_service(capacity=1) as (running, encounter_id):
        other = running.log.create(small_case(), "enc_2")
        async with meet(running, encounter_id) as first, meet(running, other) as second:
            code, reason = await second.until_closed()
            assert code == 1013
            assert "1 rooms are in use" in reason
            await first.enter()


@pytest.mark.parametrize(("encounter", "after", "code"), [("enc_none", None, 4404), ("enc_1", 10**9, 4422)])
async def test_what_cannot_be_joined_is_closed_with_its_reason(encounter: str, after: int | None, code: int) -> None:
    async with a_service() as (running, _), meet(running, encounter, after) as learner:
        assert (await learner.until_closed())[0] == code
        await gone(running)


async def gone(running: Service) -> None:
    """No room is left open for somebody who was turned away."""
    async with asyncio.timeout(5):
        await until_true(lambda: not len(running.rooms))


async def test_an_encounter_that_is_over_is_not_joined() -> None:
    async with a_service() as (running, encounter_id):
        async with meet(running, encounter_id) as learner:
            await learner.enter()
            await learner.send("bedside.end", reason="stop")
            await learner.until("bedside.scorecard")
        await gone(running)
        async with meet(running, encounter_id) as learner:
            assert (await learner.until_closed())[0] == 4410
        await gone(running)
