"""Recorded encounters replay to the same end: the promise that a log written today can be read tomorrow."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.core.advance import replay
from server.core.events import EVENT_VERSION
from tests.logs.recording import FOLDER, NURSES, end_of, read_log, the_case

FILES = sorted(FOLDER.glob("*.json"))
RECORD = "Run `python -m tests.logs.record`, read the diff, and commit it with the change that caused it."


def read(name: str) -> dict[str, Any]:
    recorded: dict[str, Any] = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    return recorded


def test_every_rehearsal_is_recorded() -> None:
    assert {f"{nurse}.json" for nurse in NURSES} <= {path.name for path in FILES}, RECORD


@pytest.mark.parametrize("name", [path.name for path in FILES])
def test_a_log_replays_to_the_same_end(name: str) -> None:
    recorded = read(name)
    case = the_case(recorded["case"])
    assert recorded["event_version"] == EVENT_VERSION, f"{name} was recorded with other events. {RECORD}"
    assert recorded["case_digest"] == case.digest, f"{recorded['case']} has changed since {name} was recorded. {RECORD}"
    assert end_of(replay(case, read_log(recorded))) == recorded["end"], f"{name} ends otherwise now. {RECORD}"
