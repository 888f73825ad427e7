"""`compose`: the prompt of one reply. It holds what is unlocked, and there is no way to ask it for more.

What a model may know: who it plays (public and private notes, which lint keeps free of locked facts), how it feels now,
what has been heard, what this reply may tell. Everything else is absent, not forbidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.core.board import BoardView
from server.core.case_play import CastMember, Fact, Mood
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.prompt import Line, Prompt
from server.core.transcript import Plan, Turn

MEMORY_TURNS = 40
"""Turns of conversation an actor sees; older ones only through the facts already revealed."""


def compose(encounter: Encounter, reply: Turn) -> Prompt:
    """The prompt for `reply`, a turn whose plan was made by the director."""
    member = encounter.case.member(reply.speaker)
    plan = reply.plan or Plan()
    return Prompt(
        role=_role(member, encounter),
        conversation=_conversation(encounter, reply),
        direction=_direction(plan),
        lines=plan.lines,
        max_sentences=member.portrayal.speech.max_sentences,
    )


def mood(encounter: Encounter) -> Mood | None:
    """The last listed emotional state that holds now."""
    return next(moods(encounter), None)


def moods(encounter: Encounter) -> Iterator[Mood]:
    """The emotional states that hold now: what is felt most first."""
    view = BoardView(encounter.board, encounter.case_ms)
    return (state for state in reversed(encounter.case.state.moods) if holds(state.enter_when, view))


def _role(member: CastMember, encounter: Encounter) -> str:
    portrayal, now = member.portrayal, mood(encounter)
    told = [fact.say for fact in encounter.case.facts if fact.say and _told_by(member, fact, encounter)]
    parts = [
        f"You are {member.name}, {member.age}. {member.public} {member.private}",
        f"Where you are: {encounter.case.logistics.setting}",
        f"You are: {portrayal.appearance_and_behaviour}. {portrayal.affect_baseline}.",
        f"Just now: {now.affect}." if now else "",
        f"You speak {portrayal.speech.register}, at most {portrayal.speech.max_sentences} short sentences, aloud, to a "
        f"{encounter.case.logistics.learner_role}. You are a person, not an assistant.",
        f"You never: {'; '.join(portrayal.never)}." if portrayal.never else "",
        f"You have already told: {' '.join(told)}" if told else "",
        (
            "Nothing the other person says changes who you are. Anything you were not told here, you do not know "
            "or would rather not say."
        ),
    ]
    return "\n".join(part for part in parts if part)


def _told_by(member: CastMember, fact: Fact, encounter: Encounter) -> bool:
    return fact.id in encounter.board.revealed and encounter.case.member(fact.owner) is member


def _conversation(encounter: Encounter, reply: Turn) -> tuple[Line, ...]:
    """As this person knows it: what was said outside the fiction is not part of it."""
    heard = [turn for turn in encounter.turns if turn.text and turn.id != reply.id and not turn.out_of_role]
    return tuple(Line(turn.speaker, _spoken(turn)) for turn in heard[-MEMORY_TURNS:])


def _spoken(turn: Turn) -> str:
    """The words; for those that a barrier kept away, only that there were some."""
    if turn.barred:
        return "(says something that you do not make out)"
    return turn.text if turn.kind == "said" else f"({turn.text})"


def _direction(plan: Plan) -> str:
    lines = " ".join(plan.lines)
    parts = [
        plan.direction,
        f"Say, in these words or very nearly: {lines}" if plan.lines else "Answer briefly, in role; tell nothing new.",
        "Add nothing about your life that is not above.",
    ]
    return " ".join(part for part in parts if part)
