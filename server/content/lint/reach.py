"""Lint: can every beat be reached and every fact be told? What cannot is named, and a cycle of unlocks is printed."""

from __future__ import annotations

from server.content.lint.conditions import KINDS
from server.content.names import Names, Problems, fault
from server.content.reach import OF_BEATS, Reach, Reached, outcomes
from server.core.case import Case
from server.core.case_parts.play import Fact
from server.core.conditions import Ask, BadCondition, Negation, parse


def reach(names: Names) -> Problems:
    if not _references_hold(names):
        return
    now = Reach(names).all()
    yield from _beats(names, now)
    for index, fact in enumerate(names.case.facts):
        if fact.id not in now.facts and not _is_in_cycle(names.case, fact, now):
            yield from _closed(names, fact, f"facts.{index}", now)


def _beats(names: Names, now: Reached) -> Problems:
    case = names.case
    for index, beat in enumerate(case.beats):
        if beat.id in now.beats:
            continue
        path = _cycle(case, beat.id, now)
        if path and path[0] != min(path):
            continue
        if path:
            message = f"a cycle of unlocks: {' -> '.join([*path, path[0]])};"
            yield fault(f"beats.{index}.trigger", message, "open one of them by a question or another beat.")
        elif beat.speaker and beat.speaker not in now.people:
            mend = f"add `enters: [{beat.speaker}]` to an outcome, or make the beat core."
            yield fault(f"beats.{index}.speaker", f'"{beat.speaker}" is never in the room to say "{beat.id}";', mend)
        else:
            message = f'beat "{beat.id}" can never be reached;'
            yield fault(f"beats.{index}.trigger", message, "nothing makes its trigger hold.")


def _closed(names: Names, fact: Fact, key: str, now: Reached) -> Problems:
    """Why nobody is ever told this."""
    if fact.owner and fact.owner not in now.people:
        mend = f"add `enters: [{fact.owner}]` to an outcome."
        yield fault(f"{key}.owner", f'"{fact.owner}" is never in the room to tell "{fact.id}";', mend)
    elif fact.when and not Reach(names).can_hold(fact.when, key, now):
        yield fault(f"{key}.when", f'fact "{fact.id}" waits for what never holds;', "write what can.")
    else:
        message = f'no question and no beat opens fact "{fact.id}";'
        yield fault(key, message, "add `asked`, or reveal it in a beat.")


def _references_hold(names: Names) -> bool:
    """Reach is asked only of a case whose names exist; the other rules tell about the others."""
    case = names.case
    texts = [text for beat in case.beats for text in (*beat.trigger.any, *beat.trigger.all)]
    texts += [fact.when for fact in case.facts] + [action.when for action in case.actions]
    try:
        terms = [term for text in texts for term in parse(text).terms]
    except BadCondition:
        return False
    atoms = [term.of if isinstance(term, Negation) else term for term in terms]
    asks = [atom for atom in atoms if isinstance(atom, Ask) and atom.verb in KINDS]
    return all(ask.subject in names.known[KINDS[ask.verb]] for ask in asks)


def _needs(case: Case, name: str) -> list[str]:
    """What must come before a beat or a fact, by id."""
    beat = next((beat for beat in case.beats if beat.id == name), None)
    if beat is None:
        return [beat.id for beat in case.beats if any(name in outcome.reveal for outcome in outcomes(beat))]
    texts = (*beat.trigger.any, *beat.trigger.all)
    asks = [term for text in texts for term in parse(text).terms if isinstance(term, Ask)]
    return [ask.subject for ask in asks if ask.verb == "fact_revealed" or ask.verb in OF_BEATS]


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
    """Told of already, with the beat that would open it."""
    waiting = [need for need in _needs(case, fact.id) if need not in now.beats]
    return bool(waiting) or bool(_cycle(case, fact.id, now))


RULES = (reach,)
