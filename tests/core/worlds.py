"""What stands outside the core: a world that knows effects and nothing else, and who in the room could hear what."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from server.core.effects import (
    Act,
    ClearTimer,
    Effect,
    SetTimer,
    ShowNotice,
    ShowPhase,
    ShowTurn,
    StartClock,
    StopClock,
    StopReply,
)
from server.core.encounter import Encounter, Listening, Notice, Speaking, Thinking
from server.core.events import Cut, Event
from server.core.prompt import Prompt
from server.core.timers import timers
from server.core.transcript import LEARNER, Plan, Turn

NOT_MADE_OUT = "(says something that you do not make out)"


@dataclass
class World:
    """A page, a clock and a mouth that do what they are told, one effect after the other."""

    turns: dict[str, Turn] = field(default_factory=dict)
    timers: dict[str, int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    phase: str = "prebrief"
    running: bool = False
    mouth: str = ""

    def perform(self, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            self._perform(effect)

    def _perform(self, effect: Effect) -> None:
        match effect:
            case ShowTurn(turn=turn, new=new):
                assert new is (turn.id not in self.turns), f"{turn.id} is shown as {'new' if new else 'known'}"
                self.turns[turn.id] = turn
            case SetTimer(timer=name, at_ms=at_ms):
                self.timers[name] = at_ms
            case ClearTimer(timer=name):
                del self.timers[name]
            case ShowNotice(notice=notice):
                self.notices.append(notice)
            case ShowPhase(phase=phase):
                self.phase = phase
            case StartClock() | StopClock():
                assert self.running is isinstance(effect, StopClock)
                self.running = isinstance(effect, StartClock)
            case Act(reply=reply):
                assert not self.mouth, f"{reply} begins while {self.mouth} is spoken"
                self.mouth = reply
            case StopReply(reply=reply):
                assert self.mouth == reply
                self.mouth = ""

    def forget(self) -> None:
        """A crash: what runs and what is being said is gone."""
        self.timers, self.mouth = {}, ""

    def assert_is(self, encounter: Encounter) -> None:
        """The sum of all effects is the encounter."""
        floor = encounter.floor
        assert tuple(self.turns.values()) == encounter.turns
        assert tuple(self.notices) == encounter.notices
        assert (self.phase, self.running) == (encounter.phase, encounter.running)
        assert self.timers == timers(encounter)
        assert self.mouth == (floor.reply if isinstance(floor, Thinking | Speaking) else "")


@dataclass
class Ears:
    """For each of the cast, the turns that were begun or made while they were in the room."""

    heard: dict[str, set[str]] = field(default_factory=dict)

    def listen(self, before: Encounter, after: Encounter) -> None:
        known = {turn.id for turn in before.turns}
        new = {turn.id for turn in after.turns} - known
        for cast_id in before.board.present | after.board.present:
            self.heard.setdefault(cast_id, set()).update(new)

    def assert_knows_no_more(self, encounter: Encounter, prompt: Prompt) -> None:
        """Every line of the conversation in a prompt is of a turn that its speaker was there for."""
        mine = [turn for turn in encounter.turns if turn.id in self.heard.get(prompt.speaker, set())]
        texts = {turn.text if turn.kind == "said" else f"({turn.text})" for turn in mine}
        for line in prompt.conversation:
            assert line.text in texts or line.text == NOT_MADE_OUT, f"{prompt.speaker} was out when this was said"


def new_replies(before: Encounter, after: Encounter) -> list[Turn]:
    known = {turn.id for turn in before.turns}
    return [turn for turn in after.turns if turn.id not in known and turn.plan]


def assert_nobody_speaks_from_outside(before: Encounter, after: Encounter) -> None:
    """Whoever begins to speak is in the room, or says a last word while leaving it."""
    for reply in new_replies(before, after):
        plan = reply.plan or Plan()
        there = reply.speaker in after.board.present
        leaving = reply.speaker in before.board.present or bool(plan.first)
        assert there or leaving or before.owed, f"{reply.speaker} speaks from outside"


def assert_queue_is_kept(before: Encounter, after: Encounter, event: Event) -> None:
    """Somebody who was to speak next begins, still waits, or gives way to a learner, an end, a door or a lost cue."""
    spoken = any(
        turn.speaker == LEARNER
        and not turn.out_of_role
        and (turn.kind == "said" or isinstance(before.floor, Listening))
        for turn in after.turns[len(before.turns) :]
    )
    stopped = isinstance(event, Cut) and event.reason in ("barge_in", "cancelled", "ended")
    begun = [reply.plan for reply in new_replies(before, after) if reply.plan]
    if after.over or after.closing:
        return
    for plan in before.queue:
        goes_on = any(_is_of(plan, other) for other in (*begun, *after.queue))
        assert not (goes_on and (spoken or stopped)), "said although the learner took the floor"
        if goes_on or spoken or stopped:
            continue
        assert _may_be_dropped(before, after, plan), f"{plan.speaker} was to speak and never did"


def _is_of(plan: Plan, begun: Plan) -> bool:
    """The plan itself, with what an outcome called for at its head or without."""
    return replace(begun, lines=begun.lines[len(begun.first) :], first=()) == replace(
        plan, lines=plan.lines[len(plan.first) :], first=()
    )


def _may_be_dropped(before: Encounter, after: Encounter, plan: Plan) -> bool:
    """Its speaker has left, it is private by now, or it followed a cue that nobody heard and that comes again."""
    case, board = after.case, after.board
    speaker = case.member(case.beat(plan.beat).speaker if plan.beat else plan.speaker).id
    private = any(not board.permits(case.fact(fact), after.case_ms) for fact in plan.facts)
    cue = next((turn for turn in reversed(before.turns) if turn.plan), None)
    unheard = cue is not None and cue.plan is not None and cue.plan.beat
    lost = bool(unheard) and board.tracks[unheard or ""].cue_turn != (cue.id if cue else "")
    return speaker not in board.present or private or lost
