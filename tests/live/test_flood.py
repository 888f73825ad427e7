"""More typed turns than anybody types: refused one by one, and the encounter goes on."""

import pytest

from server.live import commands
from tests.core.cases import case
from tests.live.learner import meet
from tests.live.theatre import a_theatre


async def test_one_turn_too_many_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(commands, "MOST_A_MINUTE", 2)
    async with a_theatre(case()) as (running, encounter_id, _):
        async with meet(running, encounter_id) as learner:
            await learner.enter()
            for number in (1, 2):
                await learner.type(f"Good morning, for the {number}. time.")
                await learner.until("response.done", nth=number + 1)
            await learner.type_item("And once more.")
            told = (await learner.until("error")).error
            assert (told.code, told.message) == (
                "slow_down",
                "At most 2 typed turns in a minute. Wait a moment, then send it again.",
            )
        async with meet(running, encounter_id) as again:
            await again.type_item("And over a new line.")
            assert (await again.until("error")).error.code == "slow_down"
            await again.send("bedside.end")
            await again.until("bedside.scorecard")
