"""An encounter: the fold of `advance` over its events, and nothing that is not in them.

    prebrief -> encounter <-> paused -> reflection -> done          stop: encounter -> done, not scored

While it runs, the floor says whose turn it is. Every state of the floor but `Listening` has a watchdog, and `Listening`
ends at the latest when time is up (`server.core.timers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import count
from math import ceil
from typing import Literal

from server.core.board import Board, BoardView, first_board
from server.core.case import Case
from server.core.case_parts.play import Aside
from server.core.events import Opened
from server.core.transcript import Plan, Turn
from server.core.variants import as_variant

Phase = Literal["prebrief", "encounter", "paused", "reflection", "done"]
LOST = ("paused", "disconnected", "restart", "superseded")
"""Reasons for which a reply that was decided never reached its learner."""
UNTIMED_PACE_PERCENT = 200
"""Without a limit the case's minutes pass at half speed: nobody is hurried, and every core beat still comes."""
NoticeCode = Literal[
    "hearing_failed",
    "hearing_broken",
    "reply_failed",
    "learner_distress",
    "paused",
    "stopped",
    "time_warning",
    "time_up",
]


@dataclass(frozen=True)
class Listening:
    """Nobody speaks; the patient waits."""

    since_ms: int = 0


@dataclass(frozen=True)
class Hearing:
    """The learner is speaking."""

    clip: str
    since_ms: int
    interrupted: bool = False
    """It began while the patient was speaking."""


@dataclass(frozen=True)
class Recognising:
    """The learner has spoken; the words are being recognised."""

    clip: str
    since_ms: int
    audio_ms: int
    interrupted: bool = False


@dataclass(frozen=True)
class Thinking:
    """A reply is decided and not a sentence of it is committed."""

    reply: str
    since_ms: int


@dataclass(frozen=True)
class Speaking:
    reply: str
    since_ms: int


Floor = Listening | Hearing | Recognising | Thinking | Speaking


@dataclass(frozen=True)
class Item:
    """Typed, acknowledged, not yet part of a turn."""

    id: str
    text: str
    at_ms: int


@dataclass(frozen=True)
class Murmur:
    """Something like "mm-hm", said under the patient's words; not a turn, and answered by nobody."""

    id: str
    text: str
    at_ms: int
    """When it began, in encounter time."""
    audio_ms: int
    reply: str
    confidence: float = 1.0


@dataclass(frozen=True)
class Notice:
    """Something said to the learner outside the fiction."""

    code: NoticeCode
    about: str = ""
    """Id of the clip, reply or minute it concerns."""


@dataclass(frozen=True)
class Reflection:
    reactions: str = ""
    felt: str = ""
    said: str = ""
    self_rating: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Correction:
    """What a learner says they said, in place of some words that were heard in their turn."""

    turn: str
    start_word: int
    """The first of the words, from 0, as `str.split` sees them."""
    end_word: int
    """The one after the last."""
    words: str
    """Empty: nothing was said there."""
    state: Literal["proposed", "accepted", "refused"] = "proposed"
    by: str = ""
    """Who settled it."""


@dataclass(frozen=True)
class Cue:
    """What somebody who watches brought forward; `server.core.steering.cueing` tells what became of it."""

    by: str
    at_ms: int
    beat: str = ""
    prompt: int = -1
    taken_back: bool = False


@dataclass(frozen=True)
class Retry:
    """Which moment of which encounter this one takes up again."""

    of: str
    turn: str
    """The learner's turn there, in place of which this one goes on."""
    turns: int
    """How many turns came before it, and are that encounter's."""
    beats: tuple[str, ...]
    """The moments that lay open there."""


@dataclass(frozen=True)
class Encounter:
    id: str
    case: Case = field(repr=False)
    board: Board = field(repr=False)
    portrayal: Literal["teaching", "assessment"] = "teaching"
    time_percent: int = 100
    phase: Phase = "prebrief"
    reason: str = ""
    """Why the phase was entered, as one word."""
    ended: str = ""
    """Why the encounter ended: learner, time_up, stop, abandoned, sent_away; empty while it has not."""
    now_ms: int = 0
    """Encounter time of the last event."""
    floor: Floor = Listening()
    turns: tuple[Turn, ...] = ()
    pending: tuple[Item, ...] = ()
    answer_due: bool = False
    """The learner has asked for an answer to the pending items and waits for the floor."""
    first: tuple[Aside, ...] = ()
    """What the outcome of an opportunity calls for, said at the head of the next reply."""
    passing: tuple[Aside, ...] = ()
    """What a moment that was just missed would say, if the turn that missed it calls for nothing else."""
    queue: tuple[Plan, ...] = ()
    """Replies that follow at once, in other voices; dropped when the learner takes the floor."""
    notices: tuple[Notice, ...] = ()
    murmurs: tuple[Murmur, ...] = ()
    warned: bool = False
    reflection: Reflection | None = None
    corrections: tuple[Correction, ...] = ()
    """In the order in which they were proposed."""
    retry: Retry | None = None
    """None for a first meeting."""
    cues: tuple[Cue, ...] = ()
    """In the order in which they were given; as many as there are `Cued` in the log. Of those about one moment all but
    the last were taken back.
    """
    tryout: bool = False
    """An author tries the case out; it is never scored."""

    @property
    def own_turns(self) -> tuple[Turn, ...]:
        """Without those that a retry took over from the encounter it goes back to."""
        return self.turns[self.retry.turns :] if self.retry else self.turns

    @property
    def running(self) -> bool:
        return self.phase == "encounter"

    @property
    def over(self) -> bool:
        return self.phase in ("reflection", "done")

    @property
    def closing(self) -> bool:
        """The patient's closing words are decided; nothing comes after them."""
        return any(t.plan is not None and t.plan.closing and t.failed != "superseded" for t in self.turns)

    @property
    def quiet_since_ms(self) -> int:
        """Encounter time since which nobody has had the floor; now, while somebody has it."""
        return self.floor.since_ms if isinstance(self.floor, Listening) else self.now_ms

    @property
    def limit_ms(self) -> float:
        """Encounter time at which time is up; infinite when untimed."""
        minutes = self.case.logistics.time.encounter_min
        return minutes * 600 * self.time_percent if self.time_percent else float("inf")

    @property
    def pace_percent(self) -> int:
        """How slowly the case's own minutes pass for this learner: 150 with time and a half."""
        return self.time_percent or UNTIMED_PACE_PERCENT

    @property
    def case_ms(self) -> int:
        """Now, on the case's own clock: what its fallbacks, prompts and `minute` conditions are compared with."""
        return self.now_ms * 100 // self.pace_percent

    def at_case_ms(self, case_ms: float) -> float:
        """The first encounter time at which the case's clock shows `case_ms`."""
        return case_ms if case_ms == float("inf") else ceil(case_ms * self.pace_percent / 100)

    @property
    def warning_ms(self) -> float:
        return self.case.logistics.time.warning_at_min * 600 * self.time_percent if self.time_percent else float("inf")

    @property
    def owed(self) -> Turn | None:
        """The answer that the learner never heard a word of, through no doing of theirs: to be given again."""
        last = next((turn for turn in reversed(self.turns) if turn.kind == "said"), None)
        lost = last is not None and last.plan is not None and not last.text and last.failed in LOST
        return last if lost and not self.pending else None

    def view(self, within: str = "") -> BoardView:
        """The board as conditions see it now."""
        return BoardView(self.board, self.case_ms, within)

    def turn(self, turn_id: str) -> Turn:
        return next(turn for turn in self.turns if turn.id == turn_id)

    def has_turn(self, turn_id: str) -> bool:
        return any(turn.id == turn_id for turn in self.turns)

    def add(self, turn: Turn) -> Encounter:
        return replace(self, turns=(*self.turns, turn))

    def put(self, turn: Turn) -> Encounter:
        """Replace the turn of the same id."""
        return replace(self, turns=tuple(turn if turn.id == old.id else old for old in self.turns))

    def notify(self, code: NoticeCode, about: str = "") -> Encounter:
        return replace(self, notices=(*self.notices, Notice(code, about)))

    def knows(self, some_id: str) -> bool:
        """Whether a turn, an item that waits, or the clip on the floor has this id: an id is used once."""
        waiting = (*(item.id for item in self.pending), *(murmur.id for murmur in self.murmurs))
        taken = some_id in (getattr(self.floor, "clip", None), *waiting)
        return taken or self.has_turn(some_id)

    def fresh_id(self, kind: str) -> str:
        """An id for a turn that the core makes; the same log always gives the same ids, whatever ids a client chose."""
        ids = (f"{kind}_{number}" for number in count(len(self.turns) + 1))
        return next(each for each in ids if not self.knows(each))


def open_encounter(case: Case, event: Opened) -> Encounter:
    """The encounter that `event` begins, of `case` as written. Raises `NotFound` for a variant it does not have."""
    case = as_variant(case, event.variant)
    return Encounter(
        id=event.encounter_id,
        case=case,
        board=first_board(case, event.portrayal, event.seed, event.carried),
        portrayal=event.portrayal,
        time_percent=event.time_percent,
        retry=_retry(event),
        tryout=event.tryout,
    )


def _retry(event: Opened) -> Retry | None:
    if not event.retry_of:
        return None
    return Retry(event.retry_of, event.retry_turn, event.retry_from, event.retry_beats)
