"""How somebody is, and what a learner's moves do to it. Owned by the engine, never by a model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.core.strict import Strict


@dataclass(frozen=True)
class Number(Strict):
    """A state variable that is counted."""

    start: int
    min: int = 0
    max: int = 10


@dataclass(frozen=True)
class Choice(Strict):
    """A state variable that is one of a few words, from worst to best."""

    start: str
    values: tuple[str, ...]
    may_go_back: bool = False
    """False: once better it stays so. True: it may be set to any of its words, e.g. a curtain drawn and opened."""


@dataclass(frozen=True)
class Mood(Strict):
    """An emotional state: entered when its condition holds (the last one listed that holds wins)."""

    id: str
    enter_when: str
    affect: str
    lines: tuple[str, ...]
    """What is said when nothing else is due; lines rotate."""
    shown: str = ""


@dataclass(frozen=True)
class Response(Strict):
    """What a learner's move does to the state."""

    move: str
    effect: Mapping[str, int] = field(default_factory=dict)
    set: Mapping[str, str] = field(default_factory=dict)
    when: str = ""
    overheard: bool = False
    """Felt as well when it is said to somebody else in the room."""


@dataclass(frozen=True)
class Drift(Strict):
    """What time alone does to a number: fatigue, pain that comes back, cold."""

    number: str
    by: int
    every_min: float
    """Of the case's own minutes."""
    when: str = ""


@dataclass(frozen=True)
class State(Strict):
    """How one person is. The case's own `state` is that of the first of the cast; others may have one each, and theirs
    is called `surgeon.irritation` from outside and `irritation` within their own part of the file.
    """

    numbers: Mapping[str, Number] = field(default_factory=dict)
    choices: Mapping[str, Choice] = field(default_factory=dict)
    moods: tuple[Mood, ...] = ()
    de_escalation: tuple[Response, ...] = ()
    """What a learner's move towards this person does for the better."""
    escalation: tuple[Response, ...] = ()
    drifts: tuple[Drift, ...] = ()
    rewards: tuple[str, ...] = ()
    """What is seen when a turn gains trust, in the teaching portrayal only; lines rotate."""
