"""Which line of a list is said now: the next one that was not said lately, or none, so that the next list may speak.

The board remembers how far each list is, so that replay says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from server.core.encounter import Encounter
from server.core.transcript import LEARNER, Turn

LATELY = 12
"""Replies within which a line is not said again of itself."""


@dataclass(frozen=True)
class Source:
    """A list of authored lines, and what is seen before the first of them."""

    key: str
    lines: Sequence[str]
    shown: str = ""


def show(encounter: Encounter, shown: str, speaker: str = "") -> Encounter:
    if not shown:
        return encounter
    member = encounter.case.member(speaker)
    return encounter.add(Turn(encounter.fresh_id("shown"), member.id, "shown", shown, encounter.now_ms))


def said_lately(encounter: Encounter) -> frozenset[str]:
    """The lines of the last replies, and those that stand before the reply that is being decided."""
    replies = [turn for turn in encounter.turns if turn.plan and turn.kind == "said" and turn.speaker != LEARNER]
    lines = (line for turn in replies[-LATELY:] if turn.plan for line in turn.plan.lines)
    return frozenset((*lines, *encounter.first))


def fresh_line(encounter: Encounter, sources: Iterable[Source]) -> tuple[Encounter, str]:
    """The next line of the first source that has one not said lately; else of the first source, which comes round."""
    given, said = [source for source in sources if source.lines], said_lately(encounter)
    for source in given:
        used = encounter.board.rotation.get(source.key, 0)
        for number in range(used, used + len(source.lines)):
            if source.lines[number % len(source.lines)] not in said:
                return _take(encounter, source, number)
    return _take(encounter, given[0], encounter.board.rotation.get(given[0].key, 0)) if given else (encounter, "")


def has_fresh(encounter: Encounter, lines: Sequence[str]) -> bool:
    return not set(lines) <= said_lately(encounter)


def _take(encounter: Encounter, source: Source, number: int) -> tuple[Encounter, str]:
    encounter = show(encounter, source.shown) if source.key not in encounter.board.rotation else encounter
    board = replace(encounter.board, rotation={**encounter.board.rotation, source.key: number + 1})
    return replace(encounter, board=board), source.lines[number % len(source.lines)]
