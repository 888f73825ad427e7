"""`bedside.debug`: how a case that is being tried out stands after a step, as a message. In no other encounter."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from server.core.encounter import Encounter
from server.core.reasons import Reason
from server.core.steering.showing import BeatNow, FactNow, PersonNow, beats_now, facts_now, people_now
from server.core.timers import timers
from server.core.transcript import LEARNER
from server.live.steering_words import words


def debug_of(encounter: Encounter) -> dict[str, Any]:
    """The fields of the message."""
    return {
        "at_ms": encounter.now_ms,
        "case_minute": round(encounter.case_ms / 60_000, 2),
        "limit_ms": _time(encounter.limit_ms),
        "phase": encounter.phase,
        "floor": type(encounter.floor).__name__.lower(),
        "people": [_person(each) for each in people_now(encounter)],
        "facts": [_fact(each, encounter) for each in facts_now(encounter)],
        "beats": [_beat(each, encounter) for each in beats_now(encounter)],
        "timers": [{"name": name, "at_ms": at_ms} for name, at_ms in sorted(timers(encounter).items(), key=_when)],
        "last_turn": _last_turn(encounter),
    }


def _when(timer: tuple[str, int]) -> int:
    return timer[1]


def _time(at_ms: float) -> int | None:
    return None if at_ms == float("inf") else int(at_ms)


def _person(each: PersonNow) -> dict[str, Any]:
    return {"id": each.id, "name": each.name, "present": each.present, "state": each.state, "mood": each.mood}


def _fact(each: FactNow, encounter: Encounter) -> dict[str, Any]:
    fact = each.fact
    return {
        "id": fact.id,
        "text": fact.say or fact.show,
        "owner": encounter.case.member(fact.owner).name,
        "disclosure": fact.disclosure,
        "open": not each.locks,
        "told": each.told,
        "why": _sentences(each.locks, encounter),
    }


def _beat(each: BeatNow, encounter: Encounter) -> dict[str, Any]:
    beat = each.beat
    return {
        "id": beat.id,
        "kind": beat.kind,
        "core": beat.core,
        "speaker": encounter.case.member(beat.speaker).name,
        "line": each.line,
        "status": each.status,
        "because": each.because,
        "due_ms": _time(each.due_ms),
        "why": _sentences(each.held, encounter),
        "trigger": [
            {"needed": clause.needed, "parts": [asdict(part) for part in clause.parts]} for clause in each.trigger
        ],
        "cannot_force": words(each.unforced, encounter) if each.unforced else "",
    }


def _sentences(reasons: Iterable[Reason], encounter: Encounter) -> list[str]:
    return [words(each, encounter) for each in reasons]


def _last_turn(encounter: Encounter) -> dict[str, Any] | None:
    """What the learner's latest turn was taken for."""
    last = next((turn for turn in reversed(encounter.turns) if turn.speaker == LEARNER), None)
    if last is None:
        return None
    return {
        "id": last.id,
        "moves": sorted(last.moves),
        "toward": encounter.case.member(last.toward).name,
        "barred": last.barred,
    }
