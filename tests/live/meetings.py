"""What meetings over the wire have in common."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from tests.live.learner import Learner
from tests.live.room import MemoryLog, ScriptedHearing, Service, TestEngines, ToneVoice, service, small_case

SLOW_MS = 120
"""A character of a voice that can be interrupted: the opening of the case then lasts some 2 s."""


@asynccontextmanager
async def a_service(
    *heard: str, ms_per_character: int = 10, capacity: int = 8, voice: bool = True
) -> AsyncIterator[tuple[Service, str]]:
    log = MemoryLog()
    engines = TestEngines(
        voice=ToneVoice(ms_per_character) if voice else None, transcriber=ScriptedHearing(list(heard or ["Hello."]))
    )
    async with service(log, engines, capacity=capacity) as running:
        yield running, log.create(small_case(), "enc_1")


async def refused(learner: Learner, code: str, nth: int = 1) -> Any:
    await learner.when(lambda: len([e for e in learner.all("error") if e.error.code == code]) >= nth)
    return learner.all("error")[-1].error


async def while_speaking(learner: Learner, sounds: int = 2) -> str:
    """Wait until a reply has begun to sound; its item id."""
    delta = await learner.until("response.output_audio.delta", sounds)
    return str(delta.item_id)


async def heard_cue(learner: Learner, running: Service, encounter_id: str) -> Any:
    """Bring the patient to the cue of the small case; its whole reply."""
    await learner.enter()
    await learner.type("How is your daughter?")
    done = await learner.until("response.done", 2)
    turn = (await running.rooms.snapshot(encounter_id)).turn(done.response.output[0].id)
    assert "late" in turn.text
    return turn


async def state_of(running: Service, encounter_id: str, beat: str) -> str:
    return (await running.rooms.snapshot(encounter_id)).board.tracks[beat].state


async def until_true(holds: Callable[[], bool]) -> None:
    while not holds():  # noqa: ASYNC110 - what is waited for tells nobody
        await asyncio.sleep(0.01)
