"""Watched rooms to prove a case in: opened, warmed up by an average learner, and copied before each attack."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, replace

from server.assess.proving.watch import Secrets, Watch
from server.core.effects import Act
from server.core.prompt import Prompt
from server.core.rehearsing import AuthoredLearner, act_out, next_step
from server.core.transcript import LEARNER, Turn
from server.core.virtual import VirtualRoom, virtual_room

PORTRAYALS = ("teaching", "assessment")
MOST_STEPS = 200
"""Steps after which a rehearsal is left, whatever is still to come."""
QUIET_MS = 3_600_000
"""An hour: no encounter is longer."""
Phrase = Callable[[Prompt], str]
"""What an actor says to a prompt, as one text; empty where it has nothing that may be said."""


@dataclass
class ActedRoom(VirtualRoom):
    """A virtual room in which an actor phrases the replies; without words of its own the authored lines are said."""

    phrase: Phrase | None = None

    def _speak(self, act: Act) -> None:
        words = self.phrase(act.prompt) if self.phrase else ""
        super()._speak(replace(act, prompt=replace(act.prompt, lines=(words,))) if words else act)


@dataclass
class Scene:
    """A room, and who looks over its shoulder."""

    room: VirtualRoom
    watch: Watch

    @property
    def running(self) -> bool:
        return self.room.encounter.running

    def say(self, text: str) -> list[Turn]:
        """The learner says it; returns what others have said since."""
        self.watch.said = text
        before = len(self.room.encounter.turns)
        self.room.say(text)
        return [turn for turn in self.room.encounter.turns[before:] if turn.speaker != LEARNER and turn.kind == "said"]

    def copied(self) -> Scene:
        """The same moment once more, so that a warm-up is played once."""
        room = copy.copy(self.room)
        for name, value in vars(room).items():
            if isinstance(value, list | dict):
                setattr(room, name, value.copy())
        return Scene(room, Watch(self.watch.secrets, room))


def scene(
    secrets: Secrets,
    *,
    warm_up: int = 0,
    portrayal: str = "teaching",
    phrase: Phrase | None = None,
    clear: bool = False,
) -> Scene:
    """The case of `secrets` after the opening and `warm_up` steps of its average learner. `clear` lets every word
    arrive, so that a barrier is not taken for a refusal.
    """
    case = secrets.case
    made = virtual_room(case, portrayal)
    room: VirtualRoom = made
    if phrase:
        room = ActedRoom(made.encounter, made.opened, made.log, silent=made.silent, phrase=phrase)
    found = Scene(room, Watch(secrets, room))
    room.enter()
    if warm_up and case.rehearsals:
        _play(found, AuthoredLearner(case.rehearsal("average")), warm_up)
    if clear:
        clear_the_air(found)
    return found


def watch_to_the_end(secrets: Secrets) -> None:
    """Every authored learner plays to the end in both portrayals, then one who says nothing, and every word of it is
    read: what comes late in an encounter comes to no attacker.
    """
    quiet = scene(secrets)
    quiet.room.wait(QUIET_MS)
    for rehearsal in secrets.case.rehearsals:
        for portrayal in PORTRAYALS:
            _play(scene(secrets, portrayal=portrayal), AuthoredLearner(rehearsal), MOST_STEPS)


def _play(found: Scene, learner: AuthoredLearner, steps: int) -> None:
    for _ in range(steps):
        step = next_step(found.room, learner)
        if step is None:
            return
        found.watch.said = step.say or step.do
        act_out(found.room, step)


def clear_the_air(found: Scene, **numbers: int) -> None:
    """Let every word arrive: the choices that barriers hang on at their best; `numbers` set as given."""
    encounter = found.room.encounter
    barriers = [barrier.when for member in encounter.case.cast for barrier in member.portrayal.barriers]
    best = {
        name: choice.values[-1]
        for name, choice in encounter.case.choices.items()
        if any(name.rpartition(".")[2] in when for when in barriers)
    }
    board = replace(
        encounter.board,
        choices={**encounter.board.choices, **best},
        numbers={**encounter.board.numbers, **numbers},
    )
    found.room.encounter = replace(encounter, board=board)
