"""The house as a whole, in one process: what happens when it is opened after something went wrong."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from server.app import end_abandoned, open_house
from server.assess.calibrating.record import Calibration, keep_calibration
from server.core.errors import SetupError
from server.core.events import Entered, Opened
from server.core.scoring.scoring import SCORER
from server.settings import load_settings
from server.store.sql.clock import utc_now

NOBODY: frozenset[str] = frozenset()


async def test_an_encounter_that_nobody_came_back_to_ends_as_abandoned_and_can_be_reflected_on(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, hearing="off", speaking="off")
    async with open_house(settings, token="t", origins=NOBODY, hosts=NOBODY) as house:
        case, store = house.shelf.cases["novak-discharge"], house.services.store
        for name in ("entered", "at-the-door"):
            opened = Opened(f"enc_{name}", case.case_id, case.case_version, case.digest)
            await store.create(case, opened, "local")
        await house.rooms.offer("enc_entered", Entered())
        await end_abandoned(house.rooms, store, utc_now() - timedelta(minutes=30))
        assert (await house.rooms.snapshot("enc_entered")).phase == "encounter"
        await end_abandoned(house.rooms, store, utc_now() + timedelta(seconds=1))
        ended = await house.rooms.snapshot("enc_entered")
        assert (ended.phase, ended.ended) == ("reflection", "abandoned")
        assert (await house.rooms.snapshot("enc_at-the-door")).phase == "prebrief"


async def test_without_ears_and_a_voice_the_house_says_so_and_opens_all_the_same(tmp_path: Path) -> None:
    settings = load_settings(data_dir=tmp_path, hearing="off", speaking="off")
    async with open_house(settings, token="t", origins=NOBODY, hosts=NOBODY) as house:
        said = {engine.part: (engine.ready, engine.notice) for engine in house.services.engines}
        assert not said["hearing"][0] and "typed" in said["hearing"][1]
        assert not said["speaking"][0] and "text" in said["speaking"][1]
        assert house.rooms.engines.voice is None


async def test_a_calibration_that_no_longer_holds_is_told_at_start_and_a_broken_one_stops_it(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = load_settings(data_dir=tmp_path, hearing="off", speaking="off")
    old = Calibration("nursing-empathy", "an older digest", SCORER, "2026-01-01", 34, 2, "", {})
    path = keep_calibration(tmp_path, old)
    async with open_house(settings, token="t", origins=NOBODY, hosts=NOBODY):
        assert "the calibration of 2026-01-01 was made with another version of this rubric" in caplog.text
    path.write_text("{}")
    with pytest.raises(SetupError, match="cannot be used as a calibration"):
        async with open_house(settings, token="t", origins=NOBODY, hosts=NOBODY):
            pass
