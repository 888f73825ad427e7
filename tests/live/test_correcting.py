"""A correction offered after the end goes into the log, and the draft is asked for again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.encounter import Encounter
from server.core.errors import Conflict
from server.core.events import CorrectionProposed, CorrectionSettled, Ended
from server.core.log import Entry
from server.live.rooms import Rooms
from tests.core.rooms import entered
from tests.live.inside import engines
from tests.live.room import MemoryLog, small_case

SAID = CorrectionProposed("clip_1", 0, 1, "How")


async def test_the_draft_is_asked_for_each_time() -> None:
    log = MemoryLog()
    log.create(small_case(), "enc_1")
    made: list[list[str]] = []

    async def when_ended(encounter: Encounter) -> None:
        made.append([each.state for each in encounter.corrections])

    here = entered(small_case()).speaks("Now are you?").hears_it_all().take(Ended("learner"))
    await log.append("enc_1", [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(here.log[1:], 2)])
    rooms = Rooms(log, engines(), when_ended)
    with pytest.raises(Conflict):
        await rooms.offer("enc_1", replace(SAID, turn="clip_9"))
    await rooms.offer("enc_1", SAID)
    await rooms.offer("enc_1", CorrectionSettled("clip_1", 0, True, "local"))
    assert made == [["proposed"], ["accepted"]]
    assert (await rooms.snapshot("enc_1")).corrections[0].by == "local"
    await rooms.close()
