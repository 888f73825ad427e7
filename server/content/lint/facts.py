"""Lint: every fact says or shows something, at a price that can be paid, to questions that can be told apart."""

from __future__ import annotations

from server.content.names import Names, Problems, fault, warn
from server.content.ranges import reached_numbers
from server.core.case_parts.play import Fact
from server.core.matching.matching import facts_asked

MOST_ASKED = 3
"""Times that somebody will ask for the same thing, with care."""


def telling(names: Names) -> Problems:
    for index, fact in enumerate(names.case.facts):
        key = f"facts.{index}"
        if fact.disclosure == "never_verbal" and (fact.say or not fact.show):
            yield fault(key, f'fact "{fact.id}" is never put into words;', "give it `show` and no `say`.")
        elif fact.disclosure != "never_verbal" and not fact.say:
            yield fault(key, f'fact "{fact.id}" says nothing;', "add `say`.")


def trust(names: Names) -> Problems:
    """`min_trust` is a price in the owner's own trust, or else in the case's; it must be asked for and payable."""
    reached = reached_numbers(names)
    for index, fact in enumerate(names.case.facts):
        key, full = f"facts.{index}.min_trust", names.full("trust", f"facts.{index}.min_trust")
        number = names.case.numbers.get(full)
        if fact.disclosure == "if_trust" and not fact.min_trust:
            yield fault(key, f'fact "{fact.id}" waits for trust and asks for none;', "add `min_trust`.")
        elif fact.min_trust and number is None:
            yield fault(key, "there is no number called trust;", "add `state.numbers.trust`, or take min_trust out.")
        elif number and fact.min_trust and not number.min <= fact.min_trust <= number.max:
            yield fault(key, f"trust never reaches {fact.min_trust};", f"it runs from {number.min} to {number.max}.")
        elif number and fact.disclosure == "if_trust" and fact.min_trust <= number.start:
            yield fault(
                key,
                f'fact "{fact.id}" waits for trust that is there at the start;',
                f"ask for more than {number.start}.",
            )
        elif number and fact.min_trust > reached[full].max:
            mend = f"nothing raises it above {reached[full].max}: add an effect, or ask for less."
            yield fault(key, f'trust never reaches {fact.min_trust}, so fact "{fact.id}" is never told;', mend)


def questions(names: Names) -> Problems:
    """Example questions are matched by their meaningful words, so each must find its own fact before others."""
    first = names.case.cast[0].id if names.case.cast else ""
    for index, fact in enumerate(names.case.facts):
        mine = [other for other in names.case.facts if (other.owner or first) == (fact.owner or first)]
        for number, question in enumerate(fact.asked):
            key, found = f"facts.{index}.asked.{number}", [match.id for match in facts_asked(question, mine)]
            if fact.id not in found:
                message = f'"{question}" has no word that could tell it from another question;'
                yield warn(key, message, "add one or take it out.")
            elif found[0] != fact.id:
                yield warn(key, f'"{question}" asks for "{found[0]}" as well;', "word one of them differently.")


def volunteered(names: Names) -> Problems:
    for index, fact in enumerate(names.case.facts):
        if fact.disclosure == "volunteered" and fact.min_trust:
            yield fault(f"facts.{index}.min_trust", "what is volunteered waits for nothing;", "take min_trust out.")


def asking(names: Names) -> Problems:
    """Short answers, refusals and second askings belong to facts that can be asked for."""
    for index, fact in enumerate(names.case.facts):
        key = f"facts.{index}"
        if not 1 <= fact.times_asked <= MOST_ASKED:
            yield fault(f"{key}.times_asked", f"asked {fact.times_asked} times;", f"use 1 to {MOST_ASKED}.")
        for part in ("brief", "instead"):
            if getattr(fact, part) and not fact.asked:
                yield fault(f"{key}.{part}", f'nobody can ask for fact "{fact.id}";', f"add `asked`, or drop `{part}`.")
        if fact.times_asked > 1 and not fact.asked:
            yield fault(f"{key}.times_asked", f'nobody can ask for fact "{fact.id}";', "add `asked`.")
        if fact.instead and not (is_locked(fact) or fact.when):
            yield fault(f"{key}.instead", f'fact "{fact.id}" is never locked;', "`instead` is for what is kept back.")
        if (fact.brief or fact.instead) and fact.disclosure == "never_verbal":
            yield fault(key, f'fact "{fact.id}" is never put into words;', "take `brief` and `instead` out.")


def is_locked(fact: Fact) -> bool:
    """Kept back at the start of an encounter."""
    return fact.disclosure not in ("volunteered", "never_verbal")


RULES = (telling, trust, volunteered, asking)
WARNINGS = (questions,)
"""Rules that only warn, and take long."""
