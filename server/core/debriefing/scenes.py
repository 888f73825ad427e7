"""A moment to be looked at together: what led up to it, the learner's turn, and what came of it, kept back at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.core.debriefing.frames import FRAMES
from server.core.encounter import Encounter
from server.core.transcript import LEARNER, Turn

BEFORE, AFTER = 3, 3
"""Turns on either side."""


@dataclass(frozen=True)
class Stage:
    """One moment, before anybody is told what came next."""

    before: tuple[Turn, ...]
    at: Turn
    after: tuple[Turn, ...]
    question: str
    """The case's own for this moment, or else an open one."""


OPEN_QUESTIONS = {
    True: "What do you notice here, and what would you do next?",
    False: "What may be behind these words, and what would you say now?",
}
"""For the learner's own turn, and for somebody else's."""


def stage(end: Encounter, turn_id: str) -> Stage | None:
    """None where the turn is not there any more, or holds nothing to be seen."""
    shown = [turn for turn in end.turns if turn.text.strip() or turn.kind == "silence"]
    at = next((number for number, turn in enumerate(shown) if turn.id == turn_id), None)
    if at is None:
        return None
    turn = shown[at]
    asked = _of_case(end, turn) or OPEN_QUESTIONS[turn.speaker == LEARNER]
    return Stage(tuple(shown[max(0, at - BEFORE) : at]), turn, tuple(shown[at + 1 : at + 1 + AFTER]), asked)


def _of_case(end: Encounter, turn: Turn) -> str:
    """What the author asks about the beat that this turn brings or answers; nothing where beats are kept back."""
    plan, tracks = end.case.debrief, end.board.tracks
    if plan.reveal_beats_to_learner == "never":
        return ""
    here = {beat for beat, track in tracks.items() if turn.id in (track.cue_turn, *track.response_turns)}
    return next((each.advocacy_inquiry.strip() for each in plan.analysis if each.beat in here), "")


def prompts(end: Encounter) -> list[tuple[str, Sequence[str]]]:
    """Heading and questions of each phase of the case's frame, for a group: nothing that names a planted moment."""
    plan = end.case.debrief
    asked = {"reactions": plan.reactions, "description": plan.description, "summary": plan.summary}
    return [(phase.heading, (*phase.questions, *asked.get(phase.takes, ()))) for phase in FRAMES[plan.framework].phases]
