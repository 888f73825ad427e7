"""Reading an encounter that is over or asleep: from the database by id, or from a recorded log file."""

from __future__ import annotations

import json
from pathlib import Path

from server.cli.shelf import case_named
from server.core.advance import replay
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.errors import ContentError, Problem
from server.core.events import EVENT_VERSION, Event, from_record
from server.core.log import Entry
from server.settings import load_settings
from server.store.store import Store


async def replayed(name: str) -> Encounter:
    """The encounter that the log describes. Raises `NotFound`, `ContentError`."""
    case, log = await logged(name)
    return replay(case, ((entry.event, entry.at_ms) for entry in log))


async def logged(name: str) -> tuple[Case, list[Entry]]:
    """The case and the log. Raises `NotFound`, `ContentError`."""
    path = Path(name)
    if path.suffix == ".json":
        case, events = recorded_log(path)
        return case, [Entry(seq, event, at_ms) for seq, (event, at_ms) in enumerate(events, 1)]
    store = await Store.open(load_settings().store_url, reading=True)
    try:
        return await store.read(name)
    finally:
        await store.close()


def from_file(path: Path) -> Encounter:
    """Raises `ContentError`."""
    return replay(*recorded_log(path))


def recorded_log(path: Path) -> tuple[Case, list[tuple[Event, int]]]:
    """A recorded log: `{event_version, case, case_digest, log: [[at_ms, record], …]}`."""
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
        case, events = (
            case_named(recorded["case"]),
            [(from_record(record), int(at_ms)) for at_ms, record in recorded["log"]],
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ContentError([Problem(f"not a recorded log ({type(error).__name__})", path.name)]) from None
    if recorded["event_version"] != EVENT_VERSION or recorded["case_digest"] != case.digest:
        mend = "Record it again: python -m tests.logs.record."
        raise ContentError(
            [Problem("recorded with another version of the case or of the events.", path.name, mend=mend)]
        )
    return case, events
