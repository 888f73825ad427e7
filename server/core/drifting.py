"""What time alone does: a number that drifts, and a condition on the minute that begins to hold.

Both are functions of the case's clock, applied when the next event is taken, so that replay finds the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from server.core.beats import at_minute
from server.core.board import change
from server.core.case import Case
from server.core.case_parts.state import Drift
from server.core.conditions import Compare, Negation, holds, parse
from server.core.encounter import Encounter


def drift(encounter: Encounter) -> Encounter:
    """Every drift moved by as many steps as are due; a step whose condition does not hold now is let go."""
    for number, (cast_id, each) in enumerate(_drifts(encounter.case)):
        name, board = f"{cast_id}:{number}", encounter.board
        steps = encounter.case_ms // at_minute(each.every_min) - board.drifted.get(name, 0)
        if steps <= 0:
            continue
        felt = steps * each.by if holds(each.when, encounter.view(cast_id)) else 0
        board = change(encounter.case, board, {each.number: felt}, {}, cast_id)
        board = replace(board, drifted={**board.drifted, name: board.drifted.get(name, 0) + steps})
        encounter = replace(encounter, board=board)
    return encounter


def reach_checkpoints(encounter: Encounter) -> Encounter:
    """Note the checkpoints that hold now for the first time."""
    board, view = encounter.board, encounter.view()
    new = {
        each.id: encounter.now_ms
        for each in encounter.case.checkpoints
        if each.id not in board.checkpoints and holds(each.when, view)
    }
    return replace(encounter, board=replace(board, checkpoints={**board.checkpoints, **new})) if new else encounter


def next_change_ms(case: Case, case_ms: int) -> float:
    """The case's time at which something that comes by itself may next become due; infinite without such beats."""
    if all(beat.unprompted_after_s is None for beat in case.beats):
        return float("inf")
    steps = ((case_ms // every + 1) * every for every in (at_minute(d.every_min) for _, d in _drifts(case)))
    minutes = (at_minute(minute) + late for minute in _minutes(_triggers(case)) for late in (0, 1))
    return min((at for at in (*steps, *minutes) if at > case_ms), default=float("inf"))


def _drifts(case: Case) -> Iterator[tuple[str, Drift]]:
    return ((cast_id, each) for cast_id, state in case.states() for each in state.drifts)


def _triggers(case: Case) -> tuple[str, ...]:
    beats = [beat for beat in case.beats if beat.unprompted_after_s is not None]
    return tuple(text for beat in beats for text in (*beat.trigger.any, *beat.trigger.all))


@lru_cache(maxsize=64)
def _minutes(conditions: tuple[str, ...]) -> tuple[float, ...]:
    """Minutes that these conditions compare the clock with."""
    terms = (term.of if isinstance(term, Negation) else term for text in conditions for term in parse(text).terms)
    compared = (term.value for term in terms if isinstance(term, Compare) and term.name == "minute")
    return tuple(value for value in compared if isinstance(value, float))
