"""Lint: every fact says or shows something, at a price that can be paid, to questions that can be told apart."""

from __future__ import annotations

from server.content.names import Names, Problems, fault, warn
from server.core.case_play import Fact
from server.core.lexicon import content_stems


def telling(names: Names) -> Problems:
    for index, fact in enumerate(names.case.facts):
        key = f"facts.{index}"
        if fact.disclosure == "never_verbal" and (fact.say or not fact.show):
            yield fault(key, f'fact "{fact.id}" is never put into words;', "give it `show` and no `say`.")
        elif fact.disclosure != "never_verbal" and not fact.say:
            yield fault(key, f'fact "{fact.id}" says nothing;', "add `say`.")


def trust(names: Names) -> Problems:
    number = names.case.state.numbers.get("trust")
    for index, fact in enumerate(names.case.facts):
        key = f"facts.{index}.min_trust"
        if fact.min_trust and number is None:
            yield fault(key, "there is no number called trust;", "add `state.numbers.trust`, or take min_trust out.")
        elif number and fact.min_trust and not number.min <= fact.min_trust <= number.max:
            yield fault(key, f"trust never reaches {fact.min_trust};", f"it runs from {number.min} to {number.max}.")
        elif number and fact.disclosure == "if_trust" and fact.min_trust <= number.start:
            yield fault(
                key,
                f'fact "{fact.id}" waits for trust that is there at the start;',
                f"ask for more than {number.start}.",
            )


def questions(names: Names) -> Problems:
    """Example questions are matched by their meaningful words, so they must have some, and their own."""
    owners: dict[frozenset[str], str] = {}
    for index, fact in enumerate(names.case.facts):
        for number, question in enumerate(fact.asked):
            key, stems = f"facts.{index}.asked.{number}", content_stems(question)
            if not stems:
                yield warn(
                    key,
                    f'"{question}" has no word that could tell it from another question;',
                    "add one or take it out.",
                )
            elif owners.setdefault(stems, fact.id) != fact.id:
                yield warn(key, f'"{question}" asks for "{owners[stems]}" as well;', "word one of them differently.")


def volunteered(names: Names) -> Problems:
    for index, fact in enumerate(names.case.facts):
        if fact.disclosure == "volunteered" and fact.min_trust:
            yield fault(f"facts.{index}.min_trust", "what is volunteered waits for nothing;", "take min_trust out.")


def is_locked(fact: Fact) -> bool:
    """Kept back at the start of an encounter."""
    return fact.disclosure not in ("volunteered", "never_verbal")


RULES = (telling, trust, questions, volunteered)
