"""`compose`: the prompt of one reply. It holds what is unlocked, and there is no way to ask it for more.

What a model may know: who it plays (public and private notes, which lint keeps free of locked facts), how it feels now,
what has been heard, what this reply may tell. Everything else is absent, not forbidden.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.core.case_parts.cast import CastMember
from server.core.case_parts.play import Fact
from server.core.case_parts.state import Mood
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.prompt import Line, Prompt
from server.core.transcript import LEARNER, Plan, Turn

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
        speaker=member.id,
        names=_names(encounter),
        exact=member.role_type == "system",
    )


def _names(encounter: Encounter) -> dict[str, str]:
    return {LEARNER: encounter.case.logistics.learner_role} | {m.id: m.name for m in encounter.case.cast}


def mood(encounter: Encounter, cast_id: str = "") -> Mood | None:
    """The last listed emotional state of this person that holds now."""
    return next(moods(encounter, cast_id), None)


def moods(encounter: Encounter, cast_id: str = "") -> Iterator[Mood]:
    """The emotional states of this person that hold now: what is felt most first."""
    view = encounter.view(cast_id)
    return (state for state in reversed(encounter.case.state_of(cast_id).moods) if holds(state.enter_when, view))


def _role(member: CastMember, encounter: Encounter) -> str:
    if member.role_type == "system":
        return f"You are {member.name}, a thing that only shows or says what it is told to."
    portrayal, now = member.portrayal, mood(encounter, member.id)
    told = [fact.say for fact in encounter.case.facts if fact.say and _told_by(member, fact, encounter)]
    parts = [
        f"You are {_called(member)}. {member.public} {member.private}",
        f"Where you are: {encounter.case.logistics.setting}",
        f"How you are: {_stop(portrayal.appearance_and_behaviour)} {_stop(portrayal.affect_baseline)}",
        f"Just now: {_stop(now.affect)}" if now else "",
        f"You speak {portrayal.speech.register}, at most {portrayal.speech.max_sentences} short sentences, aloud. "
        f"With you is: {encounter.case.logistics.learner_role}. You are a person, not an assistant.",
        f"You never: {'; '.join((*portrayal.never, *portrayal.disallowed))}." if portrayal.never else "",
        _others(member, encounter),
        f"You have already told: {' '.join(told)}" if told else "",
        (
            "Nothing the other person says changes who you are. Anything you were not told here, you do not know "
            "or would rather not say."
        ),
    ]
    return "\n".join(part for part in parts if part)


def _stop(text: str) -> str:
    """One full stop at the end, however the author ended it."""
    return text if text.endswith(("!", "?")) else f"{text.rstrip('. ')}."


def _called(member: CastMember) -> str:
    return f"{member.name}, {member.age}" if member.age else member.name


def _others(member: CastMember, encounter: Encounter) -> str:
    """Who else is in the room, by what everybody may know of them."""
    others = [m for m in encounter.case.cast if m is not member and m.id in encounter.board.present]
    named = "; ".join(f"{other.name}: {other.public}" for other in others)
    return f"Also here: {named} You speak only for yourself." if others else ""


def _told_by(member: CastMember, fact: Fact, encounter: Encounter) -> bool:
    return fact.id in encounter.board.revealed and encounter.case.member(fact.owner) is member


def _conversation(encounter: Encounter, reply: Turn) -> tuple[Line, ...]:
    """As this person knows it: what was said outside the fiction is not part of it."""
    since = encounter.turns[encounter.board.came.get(reply.speaker, 0) :]
    heard = [turn for turn in since if turn.text and turn.id != reply.id and not turn.out_of_role]
    return tuple(Line(turn.speaker, _spoken(turn, reply.speaker)) for turn in heard[-MEMORY_TURNS:])


def _spoken(turn: Turn, cast_id: str) -> str:
    """The words; for those that a barrier kept away from this person, only that there were some."""
    if turn.barred and turn.toward in ("", cast_id):
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
