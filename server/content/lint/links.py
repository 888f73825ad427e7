"""Lint: acts of a story and what is carried between them, variants, and the card of a learner who plays the patient."""

from __future__ import annotations

import re

from server.content.lint.names import is_slug
from server.content.names import Names, Problems, absent, fault, warn
from server.content.spoken import all_texts
from server.core.case_parts.links import Carry, Variant
from server.core.case_parts.state import Choice, Number


def acts(names: Names) -> Problems:
    case, act = names.case, names.case.unfolding
    if act and not 1 <= act.number <= act.of:
        yield fault("unfolding.number", f"act {act.number} of {act.of};", f"number it from 1 to {act.of}.")
    if case.carry_forward is None:
        return
    key, to = "carry_forward", case.carry_forward.to
    if act is None:
        yield fault(key, "this case is no act of a story;", "add `unfolding: {story: ..., number: 1, of: 2}`.")
    elif act.number == act.of:
        yield fault(key, "the last act hands nothing on;", "take it out, or correct `unfolding`.")
    if not is_slug(to) or to == case.case_id:
        yield fault(f"{key}.to", f'"{to}" cannot be the next act;', "write the case id of another case.")
    for index, carry in enumerate(case.carry_forward.carries):
        yield from _carry(names, carry, f"{key}.carries.{index}")


def _carry(names: Names, carry: Carry, key: str) -> Problems:
    if bool(carry.number) == bool(carry.when):
        yield fault(key, "one thing is carried by `number` or by `when`, and not both;", "keep exactly one of them.")
    elif carry.when and not (carry.into and carry.value):
        yield fault(key, "a `when` sets a choice of the next act;", "add `into` and `value`.")
    elif carry.number:
        yield from names.missing_state("number", [carry.number], f"{key}.number")
        if carry.value:
            yield fault(f"{key}.value", "a number is carried as it stands;", "take `value` out.")


def variants(names: Names) -> Problems:
    """What a variant changes is there, and may be changed to that."""
    for index, variant in enumerate(names.case.variants):
        key = f"variants.{index}"
        if not (variant.words or variant.numbers or variant.choices or variant.cultural_frame):
            yield fault(key, f'variant "{variant.id}" changes nothing;', "add `words`, `numbers` or `choices`.")
        yield from absent("number", variant.numbers, names.case.state.numbers, f"{key}.numbers")
        yield from absent("choice", variant.choices, names.case.state.choices, f"{key}.choices")
        yield from _starts(names, variant, key)
        yield from _words(names, variant, key)


def _starts(names: Names, variant: Variant, key: str) -> Problems:
    state = names.case.state
    for name, start in variant.numbers.items():
        number = state.numbers.get(name, Number(start, start, start))
        if not number.min <= start <= number.max:
            yield fault(f"{key}.numbers.{name}", f"{name} cannot be {start};", f"it is {number.min} to {number.max}.")
    for name, value in variant.choices.items():
        choice = state.choices.get(name, Choice(value, (value,)))
        if value not in choice.values:
            yield fault(
                f"{key}.choices.{name}", f'{name} cannot be "{value}";', f"it is one of: {', '.join(choice.values)}."
            )


def _words(names: Names, variant: Variant, key: str) -> Problems:
    texts = [text for _, text in all_texts(names.case)] if variant.words else []
    for word in variant.words:
        if not word.strip() or not any(re.search(rf"\b{re.escape(word)}\b", text) for text in texts):
            yield fault(
                f"{key}.words.{word}", f'the case has no word "{word}";', "copy it from the case, capitals too."
            )


def reversal(names: Names) -> Problems:
    """The learner plays the patient: from a card, and unscored."""
    case = names.case
    reversed_roles = case.activity == "role_reversal"
    if reversed_roles and case.role_card is None:
        yield fault("activity", "whoever plays the patient needs a card;", "add `role_card`.")
    if case.role_card and not reversed_roles:
        yield fault("role_card", "nobody plays from this card;", "add `activity: role_reversal`, or take it out.")
    if case.role_card and not case.role_card.your_story:
        yield fault("role_card.your_story", "there is no story to tell;", "add what the patient knows, a point each.")
    if reversed_roles and case.cast and case.cast[0].role_type != "clinician":
        yield fault("cast.0.role_type", "the software plays the clinician here;", "write `role_type: clinician`.")
    rubrics = [i for i, tool in enumerate(case.assessment.instruments) if tool.kind == "rubric"]
    if reversed_roles:
        for index in rubrics:
            place = f"assessment.instruments.{index}"
            yield warn(place, "a learner who plays the patient is not scored;", "take the rubric out.")
    elif not rubrics:
        yield fault("assessment.instruments", "nothing says how this is scored;", "add `kind: rubric` with a `ref`.")


def rehearsed_variants(names: Names) -> Problems:
    for index, rehearsal in enumerate(names.case.rehearsals):
        key = f"rehearsals.{index}.variant"
        if rehearsal.variant:
            yield from names.missing("variant", [rehearsal.variant], key)
        elif names.case.activity == "role_reversal":
            mend = "add `variant`: each rehearsal meets another quality of clinician."
            yield fault(key, "it does not say which clinician is met;", mend)


RULES = (acts, variants, reversal, rehearsed_variants)
