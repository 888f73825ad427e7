"""The board: what the director knows. Where every beat stands, which doors are open, how the patient is.

A beat is hidden -> offered (a reply carries it) -> heard (its cue reached the learner) -> addressed or missed. A cue
that was talked over goes back to hidden and uses up none of its fires.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.conditions import View, unmet
from server.core.lexicon import stem
from server.core.reasons import Reason

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
    just_opened: frozenset[str] = frozenset()
    """Doors that the learner's last turn opened."""
    asked: Mapping[str, int] = field(default_factory=dict)
    """How often each fact was asked for with care."""
    made: frozenset[str] = frozenset()
    """Moves the learner has made so far."""
    done: frozenset[str] = frozenset()
    """Actions the learner has taken so far."""
    answering: frozenset[str] = frozenset()
    """Beats whose moment was open when the learner last spoke or did something."""
    present: frozenset[str] = frozenset()
    """Cast ids of who is in the room."""
    came: Mapping[str, int] = field(default_factory=dict)
    """For whoever came in later: how many turns there were by then."""
    drifted: Mapping[str, int] = field(default_factory=dict)
    """How often each drift has moved its number."""
    checkpoints: Mapping[str, int] = field(default_factory=dict)
    """Encounter time at which each was first reached."""
    portrayal: str = "teaching"
    seed: int = 0
    mentioned: frozenset[str] = frozenset()
    """Stems of the learner's last turn that the patient heard."""
    learner_turns: int = 0
    prompts_given: frozenset[int] = frozenset()
    rotation: Mapping[str, int] = field(default_factory=dict)
    """How often each list of lines was used, so that lines rotate."""
    cued: tuple[str, ...] = ()
    """Beats that somebody who watches has brought forward, in that order."""

    @property
    def trust(self) -> int:
        return self.numbers.get("trust", 0)

    def open_beats(self) -> tuple[str, ...]:
        """Beats whose window is open."""
        return tuple(beat for beat, track in self.tracks.items() if track.state == "heard")

    def with_track(self, beat: str, track: Track) -> Board:
        return replace(self, tracks={**self.tracks, beat: track})

    def name_of(self, name: str, within: str = "") -> str:
        """The full name of a variable as this cast member's part of the case means it: their own first, then the
        case's. The first of the cast has no state but the case's.
        """
        known = (f"{within}.{name}", name, name.rpartition(".")[2])
        return next((each for each in known if each in self.numbers or each in self.choices), name)

    def trust_of(self, cast_id: str) -> int:
        return self.numbers.get(self.name_of("trust", cast_id), 0)

    def is_present(self, cast_id: str) -> bool:
        """An empty id is the first of the cast, who is always there."""
        return not cast_id or cast_id in self.present

    def permits(self, fact: Fact, at_ms: int) -> bool:
        """Is there trust enough for it, is its owner here, and is the room as it must be? Whatever opened the door.

        What was told once needs no trust to be said again.
        """
        return not any(self.hindering(fact, at_ms))

    def hindering(self, fact: Fact, at_ms: int) -> Iterator[Reason]:
        """What does not permit it, whatever opened the door."""
        if fact.id not in self.revealed and self.trust_of(fact.owner) < fact.min_trust:
            yield Reason("trust", str(fact.min_trust), str(self.trust_of(fact.owner)))
        if not self.is_present(fact.owner):
            yield Reason("away", fact.owner)
        yield from unmet(fact.when, BoardView(self, at_ms, fact.owner))

    def unlocked(self, fact: Fact, at_ms: int = 0) -> bool:
        """Whether this fact may be said at `at_ms` of the case's time: its door is open, and everything permits it."""
        return not any(self.locks(fact, at_ms))

    def locks(self, fact: Fact, at_ms: int = 0) -> Iterator[Reason]:
        """What keeps this fact from being said."""
        if not (fact.id in self.opened or fact.id in self.revealed or fact.disclosure == "volunteered"):
            yield Reason("door", fact.disclosure, str(self.asked.get(fact.id, 0)))
        if fact.disclosure == "never_verbal":
            yield Reason("never_said")
        yield from self.hindering(fact, at_ms)


def first_board(
    case: Case, portrayal: str = "teaching", seed: int = 0, carried: Mapping[str, int | str] | None = None
) -> Board:
    """The board at the door; `carried` is what an earlier act handed on."""
    given = fitting(case, carried or {})
    numbers = {name: number.start for name, number in case.numbers.items()}
    choices = {name: choice.start for name, choice in case.choices.items()}
    return Board(
        tracks={beat.id: Track() for beat in case.beats},
        numbers=numbers | {name: value for name, value in given.items() if isinstance(value, int)},
        choices=choices | {name: value for name, value in given.items() if isinstance(value, str)},
        present=frozenset(member.id for member in case.cast if member.present),
        portrayal=portrayal,
        seed=seed,
    )


def fitting(case: Case, carried: Mapping[str, int | str]) -> dict[str, int | str]:
    """Of what was handed on, the names that this case has and values that they can have."""
    found: dict[str, int | str] = {}
    for name, value in carried.items():
        number, choice = case.numbers.get(name), case.choices.get(name)
        if number and isinstance(value, int):
            found[name] = max(number.min, min(number.max, value))
        elif choice and value in choice.values:
            found[name] = value
    return found


@dataclass(frozen=True)
class BoardView(View):
    """A board as conditions see it, from within the part of one cast member."""

    board: Board
    at_ms: int
    within: str = ""

    def value(self, name: str) -> float | str:
        if name == "turn":
            return self.board.learner_turns
        if name == "minute":
            return self.at_ms / 60_000
        if name == "portrayal":
            return self.board.portrayal
        name = self.board.name_of(name, self.within)
        return self.board.numbers[name] if name in self.board.numbers else self.board.choices[name]

    def holds(self, verb: str, subject: str) -> bool:
        board = self.board
        match verb:
            case "learner_mentions":
                return stem(subject.lower()) in board.mentioned
            case "learner_made":
                return subject in board.made
            case "did":
                return subject in board.done
            case "asked":
                return subject in board.asked
            case "present":
                return subject in board.present
            case "fact_revealed":
                return subject in board.revealed
            case _:
                states = {
                    "beat_heard": ("heard", "addressed", "missed"),
                    "beat_open": ("heard",),
                    "beat_addressed": ("addressed",),
                    "beat_missed": ("missed",),
                }
                return board.tracks[subject].state in states[verb]


def change(case: Case, board: Board, effect: Mapping[str, int], choices: Mapping[str, str], within: str = "") -> Board:
    """Move numbers by `effect`, kept inside their bounds, and choices to `choices`; a choice never slides back to a
    worse one, unless the case says that it may. Names are as this cast member's part means them.
    """
    numbers = dict(board.numbers)
    for name, by in effect.items():
        name = board.name_of(name, within)
        limits = case.numbers[name]
        numbers[name] = max(limits.min, min(limits.max, numbers[name] + by))
    named = {board.name_of(name, within): value for name, value in choices.items()}
    chosen = {name: _later(case, name, board.choices[name], value) for name, value in named.items()}
    return replace(board, numbers=numbers, choices={**board.choices, **chosen})


def _later(case: Case, name: str, old: str, new: str) -> str:
    choice = case.choices[name]
    return new if choice.may_go_back else max(old, new, key=choice.values.index)
