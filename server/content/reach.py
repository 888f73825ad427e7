"""What some learner can meet in a case: beats, facts, actions and people, grown from what needs nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from server.content.contradictions import clash
from server.content.names import Names
from server.content.ranges import possible, reached_numbers, reached_words
from server.core.case import Case
from server.core.case_parts.play import Action, Beat, Fact, Outcome
from server.core.case_parts.state import Number
from server.core.conditions import Ask, BadCondition, Compare, Negation, Term, parse


@dataclass(frozen=True)
class Reached:
    """Ids of what some learner can meet."""

    beats: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()
    actions: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    """Who is in the room at some time."""


@dataclass(frozen=True)
class Reach:
    """What can follow from what, in one case."""

    names: Names

    @property
    def case(self) -> Case:
        return self.names.case

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        return reached_numbers(self.names)

    @cached_property
    def words(self) -> Mapping[str, frozenset[str]]:
        return reached_words(self.names)

    @cached_property
    def sent_away(self) -> frozenset[str]:
        """Who leaves the room at some time."""
        parts = _parts(self.case)
        return frozenset(name for part in parts for outcome in outcomes(part) for name in outcome.leaves)

    def all(self) -> Reached:
        """Grow from what needs nothing until nothing more follows."""
        now = Reached(people=frozenset(member.id for member in self.case.cast if member.present))
        while (after := self._grown(now)) != now:
            now = after
        return now

    def _grown(self, now: Reached) -> Reached:
        case = self.case
        beats = frozenset(beat.id for beat in case.beats if beat.core or self._can_come(beat, now))
        actions = frozenset(a.id for a in case.actions if self.can_hold(a.when, f"actions.{_at(case.actions, a)}", now))
        done = [o for part in _parts(case) if part.id in beats | actions for o in outcomes(part)]
        opened = {fact for outcome in done for fact in outcome.reveal}
        facts = frozenset(f.id for f in case.facts if (f.asked or f.id in opened) and self._can_tell(f, now))
        came = {name for outcome in done for name in outcome.enters}
        speakers = {beat.speaker for beat in case.beats if beat.core and beat.speaker}
        return Reached(beats, facts, actions, now.people | came | speakers)

    def _can_come(self, beat: Beat, now: Reached) -> bool:
        trigger, key = beat.trigger, f"beats.{_at(self.case.beats, beat)}"
        if not (trigger.any or trigger.all) or not self._is_here(beat.speaker, now) or clash(trigger.all):
            return False
        any_holds = not trigger.any or any(self.can_hold(text, key, now) for text in trigger.any)
        return any_holds and all(self.can_hold(text, key, now) for text in trigger.all)

    def _can_tell(self, fact: Fact, now: Reached) -> bool:
        return self._is_here(fact.owner, now) and self.can_hold(fact.when, f"facts.{_at(self.case.facts, fact)}", now)

    def _is_here(self, cast_id: str, now: Reached) -> bool:
        return not cast_id or cast_id in now.people or cast_id not in self.names.known["cast member"]

    def can_hold(self, text: str, key: str, now: Reached) -> bool:
        try:
            return all(self._term(term, key, now) for term in parse(text).terms)
        except BadCondition:
            return True

    def _term(self, term: Term, key: str, now: Reached) -> bool:
        if isinstance(term, Negation):
            return not self._always_present(term)
        return self._asked(term, now) if isinstance(term, Ask) else self._compared(term, key)

    def _always_present(self, term: Negation) -> bool:
        if not isinstance(term.of, Ask) or term.of.verb != "present":
            return False
        stays = {member.id for member in self.case.cast if member.present} - self.sent_away
        return term.of.subject in stays

    def _asked(self, ask: Ask, now: Reached) -> bool:
        if ask.verb == "fact_revealed":
            return ask.subject in now.facts and self.case.fact(ask.subject).disclosure != "never_verbal"
        if ask.verb == "asked":
            return bool(self.case.fact(ask.subject).asked)
        kinds = {"present": now.people, "did": now.actions} | dict.fromkeys(OF_BEATS, now.beats)
        return ask.subject in kinds.get(ask.verb, {ask.subject})

    def _compared(self, compare: Compare, key: str) -> bool:
        full = self.names.full(compare.name, key)
        if full in self.numbers and isinstance(compare.value, float):
            return possible(compare, self.numbers[full])
        return compare.op != "==" or full not in self.words or compare.value in self.words[full]


OF_BEATS = ("beat_heard", "beat_open", "beat_addressed", "beat_missed")


def _at(parts: tuple[Beat, ...] | tuple[Fact, ...] | tuple[Action, ...], part: object) -> int:
    return next(index for index, each in enumerate(parts) if each is part)


def outcomes(part: Beat | Action) -> tuple[Outcome, ...]:
    return (part.on_success, part.on_miss) if isinstance(part, Beat) else (part.outcome,)


def _parts(case: Case) -> list[Beat | Action]:
    """Everything that has outcomes."""
    return [*case.beats, *case.actions]
