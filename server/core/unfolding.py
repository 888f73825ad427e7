"""What one act of an unfolding case hands on to the next. The learner may see it and put it back."""

from __future__ import annotations

from dataclasses import dataclass

from server.core.board import fitting
from server.core.case_parts.links import Carry
from server.core.conditions import holds
from server.core.encounter import Encounter

__all__ = ["Handed", "fitting", "handed_on"]


@dataclass(frozen=True)
class Handed:
    """One thing that a later act knows of this encounter."""

    id: str
    label: str
    """What the learner reads."""
    name: str
    """The number or choice of the later act that it sets."""
    value: int | str


def handed_on(encounter: Encounter) -> tuple[Handed, ...]:
    """Everything to hand on, in the author's order; nothing before the end, and nothing of a stopped encounter."""
    forward = encounter.case.carry_forward
    if forward is None or not encounter.over or encounter.ended in ("", "stop"):
        return ()
    return tuple(handed for carry in forward.carries if (handed := _handed(encounter, carry)))


def _handed(encounter: Encounter, carry: Carry) -> Handed | None:
    if carry.number:
        value = encounter.board.numbers[encounter.board.name_of(carry.number)]
        return Handed(carry.id, carry.label, carry.into or carry.number, value)
    return Handed(carry.id, carry.label, carry.into, carry.value) if holds(carry.when, encounter.view()) else None
