"""A recorded log as a file: what happened, for which case, and the end it came to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from server.content.loader import load_case
from server.core.advance import replay
from server.core.case import Case
from server.core.encounter import Encounter
from server.core.events import EVENT_VERSION, Event, from_record, to_record
from server.core.rehearsing import rehearse

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(__file__).resolve().parent
CASE = "personas/novak-discharge.yaml"
THEATRE = "personas/or-count.yaml"
NURSES = ("skilled", "average", "poor")


def the_case(path: str = CASE) -> Case:
    return load_case(ROOT / path)


def end_of(encounter: Encounter) -> dict[str, Any]:
    """What two runs of one log must agree on."""
    board = encounter.board
    return {
        "phase": encounter.phase,
        "reason": encounter.reason,
        "turns": [
            {"id": turn.id, "speaker": turn.speaker, "kind": turn.kind, "text": turn.text, "moves": sorted(turn.moves)}
            for turn in encounter.turns
        ],
        "tracks": {
            beat: {"state": track.state, "fires": track.fires, "cue_turn": track.cue_turn}
            for beat, track in board.tracks.items()
        },
        "numbers": {**board.numbers, **board.choices},
    }


def recording(case: Case, path: str, log: list[tuple[Event, int]]) -> dict[str, Any]:
    """What is written to a file: the log, and the end that it comes to now."""
    return {
        "event_version": EVENT_VERSION,
        "case": path,
        "case_digest": case.digest,
        "log": [[at_ms, to_record(event)] for event, at_ms in log],
        "end": end_of(replay(case, log)),
    }


def read_log(recorded: dict[str, Any]) -> list[tuple[Event, int]]:
    return [(from_record(record), at_ms) for at_ms, record in recorded["log"]]


def record_all() -> dict[str, dict[str, Any]]:
    """File name to recording: every rehearsal of one patient, typed and spoken aloud; and one with several voices."""
    case, theatre = the_case(), the_case(THEATRE)
    rooms = {f"{nurse}.json": rehearse(case, nurse) for nurse in NURSES}
    rooms["skilled-aloud.json"] = rehearse(case, "skilled", silent=False)
    several = recording(theatre, THEATRE, rehearse(theatre, "skilled", silent=False).log)
    return {**{name: recording(case, CASE, room.log) for name, room in rooms.items()}, "three-voices.json": several}
