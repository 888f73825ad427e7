"""What an author sees of a case that is being tried out: how everything stands, and why.

Nothing is worked out here that the director does not work out: reasons are those that its own rules yield.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from server.core.beats import delivery, due_ms, held_back, next_beat
from server.core.case_parts.play import Beat, Fact
from server.core.conditions import View, parse, unmet
from server.core.encounter import Encounter
from server.core.prompting import mood
from server.core.reasons import Reason
from server.core.steering.trying import why_not_force

Status = Literal["hidden", "next", "being_said", "open", "met", "missed"]
_STATUS: Mapping[str, Status] = {"offered": "being_said", "heard": "open", "addressed": "met", "missed": "missed"}


@dataclass(frozen=True)
class Part:
    """One part of a condition, as its author wrote it."""

    text: str
    holds: bool
    now: str
    """What it compares, as it is; empty where that is only yes or no."""


@dataclass(frozen=True)
class Clause:
    """One condition of a trigger."""

    needed: Literal["all", "any"]
    """any: one of these is enough."""
    parts: tuple[Part, ...]
    """All of which must hold."""


@dataclass(frozen=True)
class BeatNow:
    beat: Beat
    line: str
    """What is said when it comes."""
    status: Status
    """next: what the director would choose if it had to choose now."""
    because: str
    """Why it came, if it did: overdue, triggered, cued, forced."""
    due_ms: float
    """Encounter time at which it comes whatever happens; infinite when never."""
    held: tuple[Reason, ...]
    """Why the director would not choose it now."""
    trigger: tuple[Clause, ...]
    unforced: Reason | None
    """Why it cannot be forced now."""


@dataclass(frozen=True)
class FactNow:
    fact: Fact
    told: bool
    locks: tuple[Reason, ...]
    """What keeps it from being said; none: it may be said."""


@dataclass(frozen=True)
class PersonNow:
    id: str
    name: str
    present: bool
    state: dict[str, int | str]
    """Numbers and choices by name."""
    mood: str


def beats_now(encounter: Encounter) -> tuple[BeatNow, ...]:
    """Every beat, in the author's order."""
    chosen = next_beat(encounter.case, encounter.board, encounter.case_ms)
    return tuple(_beat(encounter, beat, chosen) for beat in encounter.case.beats)


def _beat(encounter: Encounter, beat: Beat, chosen: Beat | None) -> BeatNow:
    board, at_ms = encounter.board, encounter.case_ms
    words = delivery(beat, board)
    return BeatNow(
        beat,
        words.verbatim or next(iter(words.lines), ""),
        "next" if chosen is beat else _STATUS.get(board.tracks[beat.id].state, "hidden"),
        _because(encounter, beat),
        encounter.at_case_ms(due_ms(beat, board)),
        () if chosen is beat else tuple(held_back(beat, board, at_ms)),
        tuple(_trigger(encounter, beat)),
        why_not_force(encounter, beat.id),
    )


def _because(encounter: Encounter, beat: Beat) -> str:
    """Of the last reply that carried it."""
    plans = (turn.plan for turn in reversed(encounter.turns) if turn.plan)
    return next((plan.because for plan in plans if plan.beat == beat.id), "")


def _trigger(encounter: Encounter, beat: Beat) -> Iterator[Clause]:
    view = encounter.view(beat.speaker)
    yield from (Clause("all", _parts(text, view)) for text in beat.trigger.all)
    yield from (Clause("any", _parts(text, view)) for text in beat.trigger.any)


def _parts(text: str, view: View) -> tuple[Part, ...]:
    lacking = {reason.about for reason in unmet(text, view)}
    written = parse(text)
    pairs = zip(written.parts, written.terms, strict=True)
    return tuple(Part(part, part not in lacking, term.now(view)) for part, term in pairs)


def facts_now(encounter: Encounter) -> tuple[FactNow, ...]:
    board, at_ms = encounter.board, encounter.case_ms
    return tuple(
        FactNow(fact, fact.id in board.revealed, tuple(board.locks(fact, at_ms))) for fact in encounter.case.facts
    )


def people_now(encounter: Encounter) -> tuple[PersonNow, ...]:
    """The cast, each with a state of their own; that of the first is the case's."""
    case, board = encounter.case, encounter.board
    everything: dict[str, int | str] = {**board.numbers, **board.choices}
    found = []
    for member in case.cast:
        prefix = "" if member is case.patient else f"{member.id}."
        mine = {
            name.removeprefix(prefix): value
            for name, value in everything.items()
            if (name.startswith(prefix) if prefix else "." not in name)
        }
        feels = mood(encounter, member.id)
        found.append(PersonNow(member.id, member.name, member.id in board.present, mine, feels.id if feels else ""))
    return tuple(found)
