"""Lint: everybody who may be spoken to has something to say, and nobody leaves before the talk began."""

from __future__ import annotations

from dataclasses import dataclass

from server.content.names import Names, Problems, fault, walk, warn
from server.core.case import Case
from server.core.case_parts.cast import CastMember, Portrayal
from server.core.case_parts.play import Outcome
from server.core.case_parts.state import State
from server.core.conditions import COUNTERS, PORTRAYAL, BadCondition, View, holds

FEWEST_TURNS = 2
"""Learner turns between two returns of a habit: with every turn it would be the only thing heard."""


def first(names: Names) -> Problems:
    """The first of the cast opens and closes the talk."""
    for member in names.case.cast[:1]:
        for part in ("opening_statement", "closing_statement"):
            if not getattr(member.portrayal, part):
                mend = f"add `{part}`, word for word."
                yield fault(
                    f"cast.0.portrayal.{part}", f'"{member.id}" is the first of the cast and has no {part};', mend
                )
        if member.role_type == "system":
            yield fault("cast.0.role_type", "a thing cannot be the first of the cast;", "put a person first.")
        if not member.present:
            yield fault("cast.0.present", "the first of the cast is there from the start;", "take `present` out.")
        if member.state != State():
            yield fault("cast.0.state", "the state of the first of the cast is the case's;", "move it to `state:`.")


def lines(names: Names) -> Problems:
    """Whoever is in the room, or owns a fact, may be asked something."""
    case = names.case
    for index, member in enumerate(case.cast):
        speaks = member.id in {*(fact.owner for fact in case.facts), *(beat.speaker for beat in case.beats)}
        if member.role_type == "system":
            yield from _thing(case, member, f"cast.{index}")
        elif (speaks or member.present or _enters(case, member)) and not _has_lines(case, member, index):
            mend = "add `reactions`, moods, or `dont_know` of their own."
            yield fault(f"cast.{index}.portrayal", f'"{member.id}" may be spoken to and has no lines;', mend)


def _enters(case: Case, member: CastMember) -> bool:
    return any(isinstance(part, Outcome) and member.id in part.enters for _, part in walk(case))


def _has_lines(case: Case, member: CastMember, index: int) -> bool:
    portrayal, state = member.portrayal, case.state if index == 0 else member.state
    written = portrayal.dont_know if portrayal.dont_know != Portrayal.dont_know else ()
    return any((portrayal.reactions, portrayal.evasions, portrayal.unscripted, state.moods, written))


def _thing(case: Case, member: CastMember, key: str) -> Problems:
    """A count sheet or a monitor speaks its beats and nothing else."""
    for number, fact in enumerate(case.facts):
        if fact.owner == member.id:
            yield fault(f"facts.{number}.owner", f'"{member.id}" is a thing and is never asked;', "name a person.")
    if member.portrayal.reactions:
        yield fault(f"{key}.portrayal.reactions", "a thing reacts to nobody;", "let it speak in beats.")
    for number, action in enumerate(case.actions):
        if action.toward == member.id:
            yield fault(
                f"actions.{number}.toward", f'"{member.id}" is a thing and feels nothing;', "leave `toward` out."
            )


def nobody_comes(names: Names) -> Problems:
    """Somebody outside the room whom nothing brings in."""
    case = names.case
    for index, member in enumerate(case.cast):
        core = any(beat.core and beat.speaker == member.id for beat in case.beats)
        if index and not member.present and not core and not _enters(case, member):
            mend = f"add `enters: [{member.id}]` to an outcome."
            yield warn(f"cast.{index}.present", f'"{member.id}" is outside and nothing brings them in;', mend)


def habits(names: Names) -> Problems:
    for number, member in enumerate(names.case.cast):
        for index, habit in enumerate(member.portrayal.habits):
            key = f"cast.{number}.portrayal.habits.{index}.every_turns"
            if habit.every_turns < FEWEST_TURNS:
                yield fault(key, f"a habit every {habit.every_turns} turns;", f"use {FEWEST_TURNS} or more.")


def mishearings(names: Names) -> Problems:
    for number, member in enumerate(names.case.cast):
        for index, barrier in enumerate(member.portrayal.barriers):
            for place, misheard in enumerate(barrier.mishears):
                if not misheard.of.strip() or not misheard.lines:
                    key = f"cast.{number}.portrayal.barriers.{index}.mishears.{place}"
                    yield fault(key, "a mishearing is `of` a word and has `lines`;", "add them.")


@dataclass(frozen=True)
class AtStart(View):
    """A case as conditions see it when the learner comes in."""

    names: Names
    key: str
    portrayal: str

    def value(self, name: str) -> float | str:
        if name == PORTRAYAL:
            return self.portrayal
        full = self.names.full(name, self.key)
        found = self.names.case.numbers.get(full) or self.names.case.choices.get(full)
        return 0 if name in COUNTERS or found is None else found.start

    def holds(self, verb: str, subject: str) -> bool:
        return verb == "present" and any(member.present for member in self.names.case.cast if member.id == subject)


def walkouts(names: Names) -> Problems:
    """Somebody who would walk out before a word was said."""
    for number, member in enumerate(names.case.cast):
        for index, walkout in enumerate(member.portrayal.walkouts):
            key = f"cast.{number}.portrayal.walkouts.{index}"
            if not walkout.when.strip() or holds_at_start(names, walkout.when, f"{key}.when"):
                yield fault(f"{key}.when", "this holds before a word was said;", "write what drives them out.")
            if not walkout.say and not walkout.shown:
                yield fault(key, "they go without a word or a sign;", "add `say`.")


def holds_at_start(names: Names, text: str, key: str) -> bool:
    try:
        return any(holds(text, AtStart(names, key, portrayal)) for portrayal in ("teaching", "assessment"))
    except BadCondition:
        return False


RULES = (first, lines, nobody_comes, habits, mishearings, walkouts)
