"""How an encounter went, step by step: its log, and how everything stood after each event of it.

What a transcript cannot tell is read here: what trust was before an answer and after it, and where a moment can be
taken up again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from server.core.advance import advance
from server.core.case import Case
from server.core.encounter import Encounter, open_encounter
from server.core.errors import IllegalEvent
from server.core.events import Event, Opened
from server.core.transcript import LEARNER

Log = tuple[tuple[Event, int], ...]


@dataclass(frozen=True)
class Course:
    """A whole encounter."""

    log: Log
    states: tuple[Encounter, ...]
    """`states[n]` is how things stood after `log[n]`."""

    @property
    def end(self) -> Encounter:
        return self.states[-1]

    @cached_property
    def taken(self) -> dict[str, int]:
        """By turn: the event with which it joined the transcript."""
        known = 0
        found: dict[str, int] = {}
        for at, state in enumerate(self.states):
            found |= {turn.id: at for turn in state.turns[known:]}
            known = len(state.turns)
        return found

    def before(self, turn: str) -> Encounter:
        """How things stood when the learner had not yet said or done this."""
        return self.states[max(0, self.taken[turn] - 1)]

    def after(self, turn: str) -> Encounter:
        """How things stood when all had been answered to it: before the learner next said or did something, or at the
        end.
        """
        order = [each.id for each in self.end.turns if each.speaker == LEARNER]
        later = order[order.index(turn) + 1 :]
        return self.before(later[0]) if later else self.end


def course(case: Case, log: Iterable[tuple[Event, int]]) -> Course:
    """Fold a log, which begins with `Opened`, and keep every step. Raises `IllegalEvent`."""
    events = tuple(log)
    if not events or not isinstance(events[0][0], Opened):
        raise IllegalEvent("a log begins with Opened")
    states = [open_encounter(case, events[0][0])]
    for event, at_ms in events[1:]:
        states.append(advance(states[-1], event, at_ms).encounter)
    return Course(events, tuple(states))
