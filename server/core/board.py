"""The board: what the director knows. Where every beat stands, which doors are open, how the patient is.

A beat is hidden -> offered (a reply carries it) -> heard (its cue reached the learner) -> addressed or missed. A cue
that was talked over goes back to hidden and uses up none of its fires.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from server.core.case import Case
from server.core.case_play import Fact
from server.core.conditions import View
from server.core.lexicon import stem

BeatState = Literal["hidden", "offered", "heard", "addressed", "missed"]


@dataclass(frozen=True)
class Track:
    """Where one beat stands."""

    state: BeatState = "hidden"
    fires: int = 0
    """How often it was heard."""
    cue_turn: str = ""
    """The turn in which it was heard."""
    heard_at_ms: int = 0
    turns_left: int = 0
    """Learner turns left in its window."""
    response_turns: tuple[str, ...] = ()
    """The learner's turns inside the window."""
    eased: bool = False
    """Its eased form is the one that was delivered."""
    earlier: Track | None = None
    """How it stood before this delivery; restored when the cue goes unheard."""


@dataclass(frozen=True)
class Board:
    tracks: Mapping[str, Track]
    numbers: Mapping[str, int]
    choices: Mapping[str, str]
    opened: frozenset[str] = frozenset()
    """Facts whose door a beat opened."""
    revealed: frozenset[str] = frozenset()
    """Facts the learner has heard."""
    made: frozenset[str] = frozenset()
    """Moves the learner has made so far."""
    mentioned: frozenset[str] = frozenset()
    """Stems of the learner's last turn that the patient heard."""
    learner_turns: int = 0
    prompts_given: frozenset[int] = frozenset()
    rotation: Mapping[str, int] = field(default_factory=dict)
    """How often each list of lines was used, so that lines rotate."""

    @property
    def trust(self) -> int:
        return self.numbers.get("trust", 0)

    def open_beats(self) -> tuple[str, ...]:
        """Beats whose window is open."""
        return tuple(beat for beat, track in self.tracks.items() if track.state == "heard")

    def with_track(self, beat: str, track: Track) -> Board:
        return replace(self, tracks={**self.tracks, beat: track})

    def unlocked(self, fact: Fact) -> bool:
        """True when this fact may be said: its door is open, and trust is high enough whatever opened the door."""
        return (
            fact.disclosure != "never_verbal"
            and self.trust >= fact.min_trust
            and (fact.id in self.opened or fact.id in self.revealed or fact.disclosure == "volunteered")
        )


def first_board(case: Case) -> Board:
    return Board(
        tracks={beat.id: Track() for beat in case.beats},
        numbers={name: number.start for name, number in case.state.numbers.items()},
        choices={name: choice.start for name, choice in case.state.choices.items()},
    )


@dataclass(frozen=True)
class BoardView(View):
    """A board as conditions see it."""

    board: Board
    at_ms: int

    def value(self, name: str) -> float | str:
        if name == "turn":
            return self.board.learner_turns
        if name == "minute":
            return self.at_ms / 60_000
        return self.board.numbers[name] if name in self.board.numbers else self.board.choices[name]

    def holds(self, verb: str, subject: str) -> bool:
        board = self.board
        match verb:
            case "learner_mentions":
                return stem(subject.lower()) in board.mentioned
            case "learner_made":
                return subject in board.made
            case "fact_revealed":
                return subject in board.revealed
            case _:
                states = {
                    "beat_heard": ("heard", "addressed", "missed"),
                    "beat_addressed": ("addressed",),
                    "beat_missed": ("missed",),
                }
                return board.tracks[subject].state in states[verb]


def change(case: Case, board: Board, effect: Mapping[str, int], choices: Mapping[str, str]) -> Board:
    """Move numbers by `effect`, kept inside their bounds, and choices to `choices`; a choice never slides back to a
    worse one.
    """
    numbers = dict(board.numbers)
    for name, by in effect.items():
        limits = case.state.numbers[name]
        numbers[name] = max(limits.min, min(limits.max, numbers[name] + by))
    chosen = {name: _better(case, name, board.choices[name], value) for name, value in choices.items()}
    return replace(board, numbers=numbers, choices={**board.choices, **chosen})


def _better(case: Case, name: str, old: str, new: str) -> str:
    values = case.state.choices[name].values
    return max(old, new, key=values.index)
