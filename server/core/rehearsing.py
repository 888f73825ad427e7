"""An authored learner plays a case through the virtual room: the case's own test, and what `rehearse` shows.

The learner answers an open beat with what the author wrote for it, and otherwise takes the next of its steps.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from server.core.case import Case
from server.core.case_play import Rehearsal, Step
from server.core.events import Ended, Reflected
from server.core.virtual import VirtualRoom, virtual_room

THINKING_MS = 2_500
"""Time the authored learner takes before speaking."""


@dataclass
class AuthoredLearner:
    """What an authored learner does next, given which beats are open."""

    rehearsal: Rehearsal
    _used: dict[str, int] = field(default_factory=dict)

    def next(self, open_beats: tuple[str, ...]) -> Step | None:
        """The next thing to do; None when there is nothing left."""
        for beat in open_beats:
            replies = self.rehearsal.replies.get(beat, ())
            if step := self._take(f"beat:{beat}", replies):
                return step
        return self._take("steps", self.rehearsal.steps)

    def _take(self, key: str, steps: tuple[Step, ...]) -> Step | None:
        used = self._used.get(key, 0)
        self._used[key] = used + 1
        return steps[used] if used < len(steps) else None


def rehearse(case: Case, nurse: str, *, silent: bool = True) -> VirtualRoom:
    """Play the named rehearsal to its end and return the room, with the encounter over and reflected on."""
    room = virtual_room(case, silent=silent)
    learner = AuthoredLearner(case.rehearsal(nurse))
    room.enter()
    while room.encounter.running and (step := learner.next(room.encounter.board.open_beats())):
        act_out(room, step)
    if room.encounter.running:
        room.offer(Ended("learner"))
    if room.encounter.phase == "reflection":
        room.offer(Reflected())
    return room


def act_out(room: VirtualRoom, step: Step) -> None:
    """Do one step after a moment's thought, as long as the encounter runs."""
    room.wait(THINKING_MS)
    if not room.encounter.running:
        return
    if step.do:
        room.do(step.do)
    elif step.wait_s:
        room.hold_silence(int(step.wait_s * 1000))
    else:
        room.wait(len(step.say.split()) * 350)
        if room.encounter.running:
            room.say(step.say)
