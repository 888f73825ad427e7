"""What is said when nothing is due and nothing was unlocked: a reaction, a deflection, a mood, an honest blank."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from server.core.answering import key
from server.core.case_parts.cast import Habit, Reaction
from server.core.case_parts.play import Outcome
from server.core.conditions import holds
from server.core.encounter import Encounter
from server.core.lexicon import content_stems, stem
from server.core.matching.matching import Asked
from server.core.outcomes import bring_about
from server.core.prompting import moods
from server.core.rotating import Source, fresh_line
from server.core.tongue import is_foreign
from server.core.transcript import Plan, Turn, last_said

_ABOUT_THEM = re.compile(r"\b(?:you|your|yours|you're|you've|you'd|you'll)\b", re.IGNORECASE)
_OF_THE_LEARNER = re.compile(r"\b(?:can|could|may|might|shall|should|do|did|am) (?:i|we)\b", re.IGNORECASE)
"""A question about what the learner may do, which nobody's ignorance answers."""


def reaction(encounter: Encounter, turn: Turn, asked: tuple[Asked, ...]) -> tuple[Encounter, Plan]:
    """The plan of such a reply; without a line where even that is missing, or for a deed that nobody remarks on."""
    before = last_said(encounter.turns, by_learner=False)
    if "asks_repeat" in turn.moves and before and _may_repeat(encounter, before):
        told = tuple(fact for fact in (before.plan.facts if before.plan else ()) if fact in encounter.board.revealed)
        encounter, line = fresh_line(encounter, [Source("repeats", [before.text], speaker=before.speaker)])
        return encounter, Plan(lines=(line,), facts=told, speaker=before.speaker)
    sources = _sources(encounter, turn, asked) if turn.kind == "said" else reactions(encounter, turn)
    encounter, line = fresh_line(encounter, sources)
    found = _reaction(encounter, turn)
    if found and line in found.lines:
        encounter, line = _lead_to(encounter, turn, found.outcome, line)
    return encounter, Plan(lines=(line,) if line else (), speaker=turn.toward)


def _lead_to(encounter: Encounter, turn: Turn, outcome: Outcome, line: str) -> tuple[Encounter, str]:
    """A reaction's outcome, and its line with what the outcome adds to it."""
    encounter = bring_about(encounter, replace(outcome, say=""), turn.toward)
    return encounter, f"{line} {outcome.say}".strip()


def _may_repeat(encounter: Encounter, before: Turn) -> bool:
    """Whoever said it is still here, and what it told may be said in front of whoever is here now."""
    facts = (encounter.case.fact(fact) for fact in (before.plan.facts if before.plan else ()))
    permitted = all(encounter.board.permits(fact, encounter.case_ms) for fact in facts)
    return permitted and encounter.board.is_present(before.speaker)


def _sources(encounter: Encounter, turn: Turn, asked: tuple[Asked, ...]) -> Iterator[Source]:
    """Where a line may come from, the nearest source first."""
    who = turn.toward
    if "breaks_role" in turn.moves or is_foreign(turn):
        yield Source(key(encounter, who, "deflections"), encounter.case.member(who).portrayal.deflections, speaker=who)
    else:
        yield from reactions(encounter, turn)
        asks = turn.moves & {"closed_question", "leading_question"} and not _OF_THE_LEARNER.search(turn.text)
        if asks and not any(each.fact for each in asked):
            yield _unknown(encounter, turn)
    for now in moods(encounter, who):
        yield Source(key(encounter, who, f"mood:{now.id}"), now.lines, now.shown, who)
    yield _unknown(encounter, turn)


def _unknown(encounter: Encounter, turn: Turn) -> Source:
    """`I don't know` is for what this person cannot know; about themselves they say neither yes nor no."""
    who = turn.toward
    portrayal = encounter.case.member(who).portrayal
    if portrayal.evasions and _ABOUT_THEM.search(turn.text):
        return Source(key(encounter, who, "evasions"), portrayal.evasions, speaker=who)
    return Source(key(encounter, who, "dont_know"), portrayal.dont_know, speaker=who)


def reactions(encounter: Encounter, turn: Turn) -> list[Source]:
    """What is said to how it was said or to something done, which may be nothing."""
    found = _reaction(encounter, turn)
    if found is None:
        return []
    name = key(encounter, turn.toward, f"reaction:{found.to[0]}:{found.when}:{found.after}".rstrip(":"))
    return [Source(name, found.lines, found.shown, turn.toward)]


def outranks_beats(encounter: Encounter, turn: Turn) -> bool:
    """Does what was said or done deserve an answer before anything else comes up?"""
    found = _reaction(encounter, turn)
    return found is not None and found.outranks_beats


def _reaction(encounter: Encounter, turn: Turn) -> Reaction | None:
    view, stems = encounter.view(turn.toward), content_stems(turn.text)
    possible = (
        reaction
        for reaction in encounter.case.member(turn.toward).portrayal.reactions
        if not reaction.after or reaction.after in encounter.board.answering
    )
    return next((r for r in possible if _is_to(r, turn, stems) and holds(r.when, view)), None)


def _is_to(found: Reaction, turn: Turn, stems: frozenset[str]) -> bool:
    topics = {stem(to.removeprefix("topic:").lower()) for to in found.to if to.startswith("topic:")}
    return bool(set(found.to) & turn.moves or topics & stems)


def with_habit(encounter: Encounter, turn: Turn, plan: Plan) -> tuple[Encounter, Plan]:
    """The plan, and after it what this person says every few turns whatever was asked."""
    who = encounter.case.member(plan.speaker)
    due = (habit for habit in who.portrayal.habits if turn.kind == "said" and _is_due(encounter, habit, who.id))
    habit = next(due, None)
    if habit is None or not plan.lines or "says_goodbye" in turn.moves or _costly(encounter, plan):
        return encounter, plan
    source = Source(key(encounter, who.id, f"habit:{habit.id}"), habit.lines, habit.shown, who.id)
    encounter, line = fresh_line(encounter, [source])
    return encounter, replace(plan, lines=(*plan.lines, *([line] if line else [])))


def _costly(encounter: Encounter, plan: Plan) -> bool:
    """What took trust to say is not followed by a habit."""
    return any(encounter.case.fact(fact).min_trust for fact in plan.facts)


def _is_due(encounter: Encounter, habit: Habit, cast_id: str) -> bool:
    turns = encounter.board.learner_turns
    return turns > 0 and turns % habit.every_turns == 0 and holds(habit.when, encounter.view(cast_id))
