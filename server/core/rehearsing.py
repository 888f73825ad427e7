"""An authored learner plays a case through the virtual room: the case's own test, and what `rehearse` shows.

The learner answers an open beat with what the author wrote for it, or a fact that was just told, and otherwise takes
the next of its steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from server.core.case import Case
from server.core.case_parts.rehearsal import Rehearsal, Step
from server.core.events import Ended, Reflected
from server.core.virtual import VirtualRoom, virtual_room

THINKING_MS = 2_500
"""Time the authored learner takes before speaking."""


@dataclass
class AuthoredLearner:
    """What an authored learner does next, given which beats are open and which facts were told."""

    rehearsal: Rehearsal
    _used: dict[str, int] = field(default_factory=dict)

    def next(self, open_beats: Iterable[str], told: Iterable[str] = ()) -> Step | None:
        """The next thing to do; None when there is nothing left."""
        for name in (*open_beats, *told):
            if step := self._take(name, self.rehearsal.replies.get(name, ())):
                return step
        return self._take("", self.rehearsal.steps)

    def _take(self, name: str, steps: tuple[Step, ...]) -> Step | None:
        used = self._used.get(name, 0)
        self._used[name] = used + 1
        return steps[used] if used < len(steps) else None


def rehearse(case: Case, learner: str, *, silent: bool = True, portrayal: str = "teaching") -> VirtualRoom:
    """Play the named rehearsal to its end and return the room, with the encounter over and reflected on."""
    rehearsal = case.rehearsal(learner)
    room = virtual_room(case, portrayal, silent=silent, variant=rehearsal.variant)
    authored = AuthoredLearner(rehearsal)
    room.enter()
    while (step := next_step(room, authored)) is not None:
        act_out(room, step)
    if room.encounter.running:
        room.offer(Ended("learner"))
    if room.encounter.phase == "reflection":
        room.offer(Reflected())
    return room


def next_step(room: VirtualRoom, authored: AuthoredLearner) -> Step | None:
    """What the authored learner does in this room, after a moment's thought in which somebody else may speak."""
    room.wait(THINKING_MS)
    room.settle()
    if not room.encounter.running:
        return None
    board = room.encounter.board
    told = [fact.id for fact in room.encounter.case.facts if fact.id in board.revealed]
    return authored.next(board.open_beats(), told)


def act_out(room: VirtualRoom, step: Step) -> None:
    """Do one step, as long as the encounter runs."""
    if step.do:
        room.do(step.do)
    elif step.wait_s:
        room.hold_silence(int(step.wait_s * 1000))
    else:
        room.wait(len(step.say.split()) * 350)
        if room.encounter.running:
            room.say(step.say)
