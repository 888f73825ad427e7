"""What the core asks of the world. Effects are the difference between two encounters; see `effects_between`.

Duties of whoever performs them, in this order: commit the event, adopt the encounter, then perform its effects. An
effect lost in a crash is asked for again by `effects_to_resume`, under the same id.
"""

from __future__ import annotations

from dataclasses import dataclass

from server.core.encounter import Encounter, Notice, Phase, Recognising, Speaking, Thinking
from server.core.prompt import Prompt
from server.core.prompting import compose
from server.core.timers import timers
from server.core.transcript import Turn


@dataclass(frozen=True)
class Transcribe:
    """Recognise the clip; answer with `SpeechHeard` or `SpeechUnclear`."""

    clip: str


@dataclass(frozen=True)
class Act:
    """Phrase and speak the reply; answer with `SentenceReady`…, `ReplyWritten`, then `Played`, or with
    `ReplyFailed`.
    """

    reply: str
    prompt: Prompt


@dataclass(frozen=True)
class StopReply:
    """Say no more of this reply and drop what is still being made for it."""

    reply: str


@dataclass(frozen=True)
class SetTimer:
    """Answer with `TimerFired(timer)` at encounter time `at_ms`; replaces a timer of the same name."""

    timer: str
    at_ms: int


@dataclass(frozen=True)
class ClearTimer:
    timer: str


@dataclass(frozen=True)
class StartClock:
    """Encounter time runs."""


@dataclass(frozen=True)
class StopClock:
    """Encounter time stands still: before, paused, over."""


@dataclass(frozen=True)
class ShowTurn:
    """The transcript has a new turn, or a turn of it changed."""

    turn: Turn
    new: bool


@dataclass(frozen=True)
class ShowPhase:
    phase: Phase
    reason: str


@dataclass(frozen=True)
class ShowNotice:
    """Something to say to the learner outside the fiction."""

    notice: Notice


@dataclass(frozen=True)
class Score:
    """The encounter is over: make the draft."""


Effect = (
    Transcribe
    | Act
    | StopReply
    | SetTimer
    | ClearTimer
    | StartClock
    | StopClock
    | ShowTurn
    | ShowPhase
    | ShowNotice
    | Score
)


def effects_between(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    """Everything the world must do so that it agrees with `after`."""
    return (
        *_clock(before, after),
        *_turns(before, after),
        *(ShowNotice(notice) for notice in after.notices[len(before.notices) :]),
        *_phase(before, after),
        *_floor(before, after),
        *_timers(before, after),
    )


def effects_to_resume(encounter: Encounter) -> tuple[Effect, ...]:
    """What a process that has just read the log must do to take the encounter on.

    Sound is not kept: a clip that was being recognised is reported unclear, and a reply that was being spoken is cut,
    by the conductor, before this is asked.
    """
    floor = encounter.floor
    acting = [Act(floor.reply, compose(encounter, encounter.turn(floor.reply)))] if isinstance(floor, Thinking) else []
    return (*acting, *(SetTimer(name, at_ms) for name, at_ms in timers(encounter).items()))


def _clock(before: Encounter, after: Encounter) -> tuple[Effect, ...]:
    if before.running == after.running:
        return ()
    return (StartClock() if after.running else StopClock(),)


def _turns(before: Encounter, after: Encounter) -> list[Effect]:
    known = {turn.id: turn for turn in before.turns}
    return [ShowTurn(turn, turn.id not in known) for turn in after.turns if known.get(turn.id) != turn]


def _phase(before: Encounter, after: Encounter) -> list[Effect]:
    if before.phase == after.phase:
        return []
    over = before.phase in ("encounter", "paused") and after.over
    return [ShowPhase(after.phase, after.reason), *([Score()] if over else [])]


def _floor(before: Encounter, after: Encounter) -> list[Effect]:
    old, new = before.floor, after.floor
    effects: list[Effect] = []
    if isinstance(old, Thinking | Speaking) and getattr(new, "reply", None) != old.reply:
        effects.append(StopReply(old.reply))
    if isinstance(new, Recognising) and old != new:
        effects.append(Transcribe(new.clip))
    if isinstance(new, Thinking) and getattr(old, "reply", None) != new.reply:
        effects.append(Act(new.reply, compose(after, after.turn(new.reply))))
    return effects


def _timers(before: Encounter, after: Encounter) -> list[Effect]:
    old, new = timers(before), timers(after)
    return [
        *(ClearTimer(name) for name in old if name not in new),
        *(SetTimer(name, at_ms) for name, at_ms in new.items() if old.get(name) != at_ms),
    ]
