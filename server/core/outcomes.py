"""What an outcome changes: doors, numbers, choices, who is in the room, and what is said next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from server.core.board import change
from server.core.case_parts.play import Aside, Outcome
from server.core.encounter import Encounter
from server.core.rotating import show


def bring_about(encounter: Encounter, outcome: Outcome, speaker: str = "") -> Encounter:
    """`speaker` is whose moment it was; names of the state are as their part of the case means them."""
    case, board = encounter.case, encounter.board
    who = case.member(outcome.speaker or speaker).id
    here = board.is_present(who) or who in outcome.enters
    board = change(case, board, outcome.effect, outcome.set, speaker)
    opened = frozenset(outcome.reveal)
    board = replace(board, opened=board.opened | opened, just_opened=board.just_opened | (opened - board.revealed))
    encounter = leave(enter(replace(encounter, board=board), outcome.enters), outcome.leaves)
    encounter = show(encounter, outcome.shown, who)
    if not outcome.say or not here:
        return encounter
    return replace(encounter, first=(*encounter.first, Aside(who, outcome.say)))


def enter(encounter: Encounter, cast_ids: Iterable[str]) -> Encounter:
    """They come in, and know nothing of what was said before."""
    board = encounter.board
    new = [cast_id for cast_id in cast_ids if cast_id not in board.present]
    came = {**board.came, **dict.fromkeys(new, len(encounter.turns))}
    return replace(encounter, board=replace(board, present=board.present.union(new), came=came)) if new else encounter


def leave(encounter: Encounter, cast_ids: Iterable[str]) -> Encounter:
    """They go out, and what they were about to say goes with them; the first of the cast stays."""
    gone = frozenset(cast_ids) - {encounter.case.patient.id}
    board = encounter.board
    first = tuple(said for said in encounter.first if said.speaker not in gone)
    return replace(encounter, first=first, board=replace(board, present=board.present - gone))
