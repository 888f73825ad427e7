"""Lint: each variant is a sound case of its own. What is wrong with the case as written is not told again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict

from pydantic import TypeAdapter, ValidationError

from server.content.names import Names, Problems, fault
from server.core.case import Case
from server.core.case_parts.links import Variant
from server.core.errors import Problem
from server.core.variants import as_variant

Rules = Iterable[Callable[[Names], Problems]]
_CASE: TypeAdapter[Case] = TypeAdapter(Case)


def lint_variants(names: Names, rules: Rules, known: Iterable[Problem]) -> Problems:
    """Errors of each variant that the case itself has not: `known` are those."""
    case = names.case
    told = {(problem.key, problem.message) for problem in known}
    for index, variant in enumerate(case.variants):
        key = f"variants.{index}"
        played = _played(case, variant)
        if played is None:
            mend = "exchange longer words: one of these is also the name of a setting."
            yield fault(f"{key}.words", f'the words of variant "{variant.id}" change more than texts;', mend)
            continue
        fresh = Names(played)
        for problem in (found for rule in rules for found in rule(fresh)):
            fresh_error = not problem.warning and (problem.key, problem.message) not in told
            if fresh_error and not problem.key.startswith("variant"):
                yield fault(key, f'as variant "{variant.id}", {problem.key}: {problem.message}', problem.mend)


def _played(case: Case, variant: Variant) -> Case | None:
    """The case as this variant; None when its words break a setting, such as the kind of a beat."""
    played = as_variant(case, variant.id)
    try:
        _CASE.validate_python(asdict(played))
    except ValidationError:
        return None
    return played
