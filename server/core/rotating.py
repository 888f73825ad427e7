"""Which line of a list is said now: the next one that was not said lately, or none, so that the next list may speak.

The board remembers how far each list is, so that replay says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from zlib import crc32

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
    speaker: str = ""
    """Cast id of whose lines they are; empty for the first of the cast."""


def show(encounter: Encounter, shown: str, speaker: str = "") -> Encounter:
    if not shown:
        return encounter
    member = encounter.case.member(speaker)
    return encounter.add(Turn(encounter.fresh_id("shown"), member.id, "shown", shown, encounter.now_ms))


def said_lately(encounter: Encounter) -> frozenset[str]:
    """The lines of the last replies, and those that stand before the reply that is being decided."""
    replies = [turn for turn in encounter.turns if turn.plan and turn.kind == "said" and turn.speaker != LEARNER]
    lines = (line for turn in replies[-LATELY:] if turn.plan for line in turn.plan.lines)
    return frozenset((*lines, *(said.say for said in encounter.first)))


def fresh_line(encounter: Encounter, sources: Iterable[Source]) -> tuple[Encounter, str]:
    """The next line of the first source that has one not said lately; else of the first source, which comes round."""
    given, said = [source for source in sources if source.lines], said_lately(encounter)
    for source in given:
        used = encounter.board.rotation.get(source.key, 0)
        for number in range(used, used + len(source.lines)):
            if _line(encounter, source, number) not in said:
                return _take(encounter, source, number)
    return _take(encounter, given[0], encounter.board.rotation.get(given[0].key, 0)) if given else (encounter, "")


def start(seed: int, key: str, length: int) -> int:
    """Where a list of lines begins in an encounter with this seed; 0 is as written."""
    return crc32(f"{seed}:{key}".encode()) % length if seed and length else 0


def _line(encounter: Encounter, source: Source, number: int) -> str:
    return source.lines[(number + start(encounter.board.seed, source.key, len(source.lines))) % len(source.lines)]


def has_fresh(encounter: Encounter, lines: Sequence[str]) -> bool:
    return not set(lines) <= said_lately(encounter)


def _take(encounter: Encounter, source: Source, number: int) -> tuple[Encounter, str]:
    new = source.key not in encounter.board.rotation
    encounter = show(encounter, source.shown, source.speaker) if new else encounter
    board = replace(encounter.board, rotation={**encounter.board.rotation, source.key: number + 1})
    return replace(encounter, board=board), _line(encounter, source, number)
