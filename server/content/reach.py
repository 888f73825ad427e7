"""Lint: can every beat be reached and every fact be told? What cannot is named, and a cycle of unlocks is printed."""

from __future__ import annotations

from dataclasses import dataclass

from server.content.lint_conditions import possible
from server.content.names import Names, Problems, fault
from server.core.case import Case
from server.core.case_play import Beat, Fact
from server.core.conditions import Ask, BadCondition, Compare, Term, parse


@dataclass(frozen=True)
class Reached:
    """Ids of beats and facts that some learner can meet."""

    beats: frozenset[str] = frozenset()
    facts: frozenset[str] = frozenset()


def reachable(case: Case) -> Reached:
    """Grow from what needs nothing until nothing more follows."""
    now = Reached()
    while True:
        beats = frozenset(beat.id for beat in case.beats if beat.core or _can_trigger(case, beat, now))
        opened = {fact for beat in case.beats if beat.id in now.beats for fact in _reveals(beat)}
        facts = frozenset(fact.id for fact in case.facts if fact.asked or fact.id in opened)
        after = Reached(beats, facts)
        if after == now:
            return now
        now = after


def _reveals(beat: Beat) -> tuple[str, ...]:
    return (*beat.on_success.reveal, *beat.on_miss.reveal)


def _can_trigger(case: Case, beat: Beat, now: Reached) -> bool:
    trigger = beat.trigger
    if not (trigger.any or trigger.all):
        return False
    any_holds = not trigger.any or any(_can_hold(case, text, now) for text in trigger.any)
    return any_holds and all(_can_hold(case, text, now) for text in trigger.all)


def _can_hold(case: Case, text: str, now: Reached) -> bool:
    try:
        return all(_term(case, term, now) for term in parse(text).terms)
    except BadCondition:
        return True


def _term(case: Case, term: Term, now: Reached) -> bool:
    if isinstance(term, Ask):
        if term.verb == "fact_revealed":
            return term.subject in now.facts and case.fact(term.subject).disclosure != "never_verbal"
        return not term.verb.startswith("beat_") or term.subject in now.beats
    if isinstance(term, Compare) and term.name in case.state.numbers and isinstance(term.value, float):
        return possible(term, case.state.numbers[term.name])
    return True


def reach(names: Names) -> Problems:
    case = names.case
    now = reachable(case) if _references_hold(names) else None
    if now is None:
        return
    for index, beat in enumerate(case.beats):
        if beat.id not in now.beats:
            path = _cycle(case, beat.id, now)
            if path and path[0] != min(path):
                continue
            message = (
                f"a cycle of unlocks: {' -> '.join([*path, path[0]])};"
                if path
                else f'beat "{beat.id}" can never be reached;'
            )
            mend = "open one of them by a question or another beat." if path else "nothing makes its trigger hold."
            yield fault(f"beats.{index}.trigger", message, mend)
    for index, fact in enumerate(case.facts):
        if fact.id not in now.facts and not _is_in_cycle(case, fact, now):
            yield fault(
                f"facts.{index}",
                f'no question and no beat opens fact "{fact.id}";',
                "add `asked`, or reveal it in a beat.",
            )


def _references_hold(names: Names) -> bool:
    """Reach is asked only of a case whose names exist; `lint_names` and `lint_conditions` tell about the others."""
    known = names.known
    for beat in names.case.beats:
        for text in (*beat.trigger.any, *beat.trigger.all):
            try:
                asks = [term for term in parse(text).terms if isinstance(term, Ask)]
            except BadCondition:
                return False
            subjects = {"fact_revealed": known["fact"]} | dict.fromkeys(
                ("beat_heard", "beat_addressed", "beat_missed"), known["beat"]
            )
            if any(ask.subject not in subjects.get(ask.verb, {ask.subject}) for ask in asks):
                return False
    return True


def _needs(case: Case, name: str) -> list[str]:
    """What must come before a beat or a fact, by id."""
    beat = next((beat for beat in case.beats if beat.id == name), None)
    if beat is None:
        return [beat.id for beat in case.beats if name in _reveals(beat)]
    texts = (*beat.trigger.any, *beat.trigger.all)
    asks = [term for text in texts for term in parse(text).terms if isinstance(term, Ask)]
    return [ask.subject for ask in asks if ask.verb == "fact_revealed" or ask.verb.startswith("beat_")]


def _cycle(case: Case, start: str, now: Reached) -> list[str]:
    """The path from `start` back to itself through what cannot be reached; empty when there is none."""
    stack = [[start]]
    while stack:
        path = stack.pop()
        for need in _needs(case, path[-1]):
            if need == start:
                return path
            if need not in path and need not in now.beats | now.facts:
                stack.append([*path, need])
    return []


def _is_in_cycle(case: Case, fact: Fact, now: Reached) -> bool:
    return bool(_needs(case, fact.id)) or bool(_cycle(case, fact.id, now))


RULES = (reach,)
