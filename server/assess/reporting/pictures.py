"""Where everything stands in a report's pictures, in points of the drawing; templates/ draws them.

Shapes and hatching tell what colours tell, so that a picture says the same in black and white.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Literal

from server.assess.reporting.words import clock
from server.core.ledger import Opportunity
from server.core.transcript import LEARNER, Turn

WIDTH = 640.0
LANE_HEIGHT, FIRST_LANE_Y, BLOCK_HEIGHT = 22.0, 40.0, 14.0
_LEAST_WIDTH = 2.0
_MARK_GAP, _EDGE = 20.0, 10.0
_MS_A_CHARACTER = 60
"""Of a typed turn: what reading it aloud would take."""
_MINUTE_PX = 45.0
"""Least distance of two labels under the line."""

Shape = Literal["met", "partly", "passed", "open"]


@dataclass(frozen=True)
class Block:
    """One turn: a bar in the lane of whoever speaks."""

    x: float
    width: float
    lane: int
    said: bool
    """False for what was shown, done or held in silence: a thinner bar."""


@dataclass(frozen=True)
class Mark:
    """One moment that came up: a numbered shape over its cue."""

    number: int
    x: float
    shape: Shape


@dataclass(frozen=True)
class Tick:
    x: float
    text: str


@dataclass(frozen=True)
class Timeline:
    lanes: tuple[str, ...]
    """Who has which; the learner last."""
    blocks: tuple[Block, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]

    @property
    def height(self) -> float:
        return FIRST_LANE_Y + len(self.lanes) * LANE_HEIGHT + 18


def timeline(turns: Sequence[Turn], opportunities: Iterable[Opportunity], total_ms: int) -> Timeline:
    """The talk over time."""
    until = max([total_ms, 1000, *(turn.at_ms + _length_ms(turn) for turn in turns)])
    scale = WIDTH / until
    lanes = (*dict.fromkeys(turn.speaker for turn in turns if turn.speaker != LEARNER), LEARNER)
    blocks = tuple(_block(turn, after, scale, lanes) for turn, after in zip_longest(turns, turns[1:]))
    places = {turn.id: block.x + block.width / 2 for turn, block in zip(turns, blocks, strict=True)}
    marks = [
        Mark(number, places[each.cue_turn], shape_of(each))
        for number, each in enumerate(came_up(opportunities), 1)
        if each.cue_turn in places
    ]
    return Timeline(lanes, blocks, tuple(_spread(marks)), tuple(_ticks(until)))


def came_up(opportunities: Iterable[Opportunity]) -> list[Opportunity]:
    """In the order in which a report counts them."""
    return [each for each in opportunities if each.state != "not_offered" and each.cue_turn]


def shape_of(opportunity: Opportunity) -> Shape:
    if opportunity.code is None:
        return "passed" if opportunity.state == "missed" else "open"
    return "passed" if opportunity.code == 0 else "met" if opportunity.code >= 3 else "partly"


def _length_ms(turn: Turn) -> int:
    return turn.heard_ms or (len(turn.text) * _MS_A_CHARACTER if turn.kind == "said" else 0)


def _block(turn: Turn, after: Turn | None, scale: float, lanes: tuple[str, ...]) -> Block:
    """A typed turn takes no longer than until the next; spoken ones may really overlap."""
    length = _length_ms(turn)
    if not turn.heard_ms and after is not None:
        length = min(length, max(0, after.at_ms - turn.at_ms))
    width = max(_LEAST_WIDTH, length * scale - 1)
    return Block(turn.at_ms * scale, width, lanes.index(turn.speaker), turn.kind == "said")


def _spread(marks: Sequence[Mark]) -> list[Mark]:
    """Marks that would lie on each other are moved apart, in their order."""
    low = _EDGE
    placed: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: mark.x):
        placed.append(replace(mark, x=max(mark.x, low)))
        low = placed[-1].x + _MARK_GAP
    high = WIDTH - _EDGE
    for at in reversed(range(len(placed))):
        placed[at] = replace(placed[at], x=min(placed[at].x, high))
        high = placed[at].x - _MARK_GAP
    return placed


def _ticks(total_ms: int) -> Iterable[Tick]:
    minute = WIDTH * 60_000 / total_ms
    every = max(1, -int(-_MINUTE_PX // minute))
    return [Tick(k * every * minute, clock(k * every * 60_000)) for k in range(int(total_ms // 60_000 // every) + 1)]
