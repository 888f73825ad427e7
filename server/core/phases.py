"""The phases of an encounter: going in, pausing, the end of its time, the end, and what was felt about it."""

from __future__ import annotations

from dataclasses import replace

from server.core.case_parts.cast import Closing
from server.core.conditions import holds
from server.core.encounter import Encounter, Listening, Recognising, Reflection
from server.core.events import Ended, Entered, Paused, Reflected, Resumed
from server.core.legal import require
from server.core.replies import begin
from server.core.speaking import close
from server.core.transcript import Plan


def phase(encounter: Encounter, event: Entered | Paused | Resumed | Ended | Reflected) -> Encounter:
    match event:
        case Entered():
            require(encounter.phase == "prebrief", event)
            return _open_talk(replace(encounter, phase="encounter", reason="entered"))
        case Paused():
            require(encounter.phase == "encounter", event)
            return replace(encounter, phase="paused", reason=event.by)
        case Resumed():
            require(encounter.phase == "paused", event)
            return replace(encounter, phase="encounter", reason="resumed", floor=Listening(encounter.now_ms))
        case Ended():
            require(not encounter.over, event)
            return _end(encounter, event)
        case Reflected():
            require(encounter.phase == "reflection", event)
            words = Reflection(event.reactions, event.felt, event.said, dict(event.self_rating))
            return replace(encounter, phase="done", reason="reflected", reflection=words)


def _open_talk(encounter: Encounter) -> Encounter:
    portrayal = encounter.case.patient.portrayal
    line = _fitting(encounter, portrayal.openings, portrayal.opening_statement)
    return begin(encounter, Plan(lines=(line,), direction="Open the conversation."))


def _end(encounter: Encounter, event: Ended) -> Encounter:
    never_began = encounter.phase == "prebrief"
    scored = event.reason != "stop" and not never_began
    return replace(encounter, phase="reflection" if scored else "done", reason=event.reason, ended=event.reason)


def hushed(encounter: Encounter) -> Encounter:
    """Leave the floor: an open reply is closed as heard so far, a clip is dropped; one that was spoken to its end is
    said to have been lost.

    Sound that was played and not yet reported is for the conductor to report first, with `Cut`.
    """
    for turn in encounter.turns:
        if not turn.closed:
            encounter = close(encounter, turn, turn.heard_ms, cut=True, unheard="ended" if encounter.over else "paused")
    if isinstance(encounter.floor, Recognising) and encounter.ended != "stop":
        encounter = encounter.notify("hearing_failed", encounter.floor.clip)
    return replace(encounter, floor=Listening(encounter.now_ms))


def time_up(encounter: Encounter) -> Encounter:
    """The patient closes the talk; with a hard timer, or when somebody has the floor even now, it just ends."""
    if not any(notice.code == "time_up" for notice in encounter.notices):
        encounter = encounter.notify("time_up")
    if encounter.case.logistics.time.timer == "hard" or not isinstance(encounter.floor, Listening):
        return replace(encounter, phase="reflection", reason="time_up", ended="time_up")
    encounter = replace(encounter, first=(), queue=())
    portrayal = encounter.case.patient.portrayal
    line = _fitting(encounter, portrayal.closings, portrayal.closing_statement)
    return begin(encounter, Plan(lines=(line,), direction="Close the conversation.", closing=True))


def _fitting(encounter: Encounter, lines: tuple[Closing, ...], otherwise: str) -> str:
    """The line for the way things stand."""
    view = encounter.view(encounter.case.patient.id)
    return next((each.say for each in lines if holds(each.when, view)), otherwise)
