"""Lint: what a file of the right shape may still mean wrongly. Errors refuse the file, warnings are shown.

Each rule is a function from names to problems, in the file named after what it looks at; this one runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from server.content.current import current, old_schema
from server.content.lint import alike as lint_alike
from server.content.lint import beats as lint_beats
from server.content.lint import cast as lint_cast
from server.content.lint import conditions as lint_conditions
from server.content.lint import facts as lint_facts
from server.content.lint import leaks as lint_leaks
from server.content.lint import links as lint_links
from server.content.lint import names as lint_names
from server.content.lint import reach as lint_reach
from server.content.lint import references as lint_references
from server.content.lint import rehearsals as lint_rehearsals
from server.content.lint import rubric as lint_rubric
from server.content.lint import signs as lint_signs
from server.content.lint import wording as lint_wording
from server.content.lint.variants import lint_variants
from server.content.names import Names, Problems, fault
from server.content.safe_yaml import Document
from server.core.case import Case
from server.core.errors import Problem
from server.core.rubric import Rubric

CASE_RULES: tuple[Callable[[Names], Problems], ...] = (
    *lint_names.RULES,
    *lint_references.RULES,
    *lint_signs.RULES,
    *lint_conditions.RULES,
    *lint_cast.RULES,
    *lint_beats.RULES,
    *lint_facts.RULES,
    *lint_alike.RULES,
    *lint_reach.RULES,
    *lint_links.RULES,
    *lint_rehearsals.RULES,
    *lint_leaks.RULES,
    *lint_wording.RULES,
)
SLOW_RULES: tuple[Callable[[Names], Problems], ...] = (*lint_facts.WARNINGS, *lint_alike.WARNINGS)


def lint_case(
    case: Case,
    document: Document | None = None,
    rubrics: Collection[str] | None = None,
    *,
    thorough: bool = True,
) -> list[Problem]:
    """Everything wrong with a loaded case, in the order of its lines. `rubrics`: those that exist, or their ids; None:
    not known.

    `thorough` False leaves out the variants, and the rules that only ever warn and take long: for a service that is
    starting. `bedside check` and the tests are thorough.
    """
    names = Names(case)
    rules = (*CASE_RULES, *SLOW_RULES) if thorough else CASE_RULES
    found = [problem for rule in rules for problem in rule(names)]
    found += lint_variants(names, CASE_RULES, found) if thorough else []
    if rubrics is not None:
        found += _unknown_rubrics(case, rubrics)
    if document is not None:
        found += [old] if (old := old_schema(document)) else []
        document = current(document)
    return _placed(found, document)


def lint_of_rubric(rubric: Rubric, document: Document | None = None) -> list[Problem]:
    """Everything wrong with a loaded rubric, in the order of its lines."""
    return _placed([problem for rule in lint_rubric.RULES for problem in rule(rubric)], document)


def errors(problems: Collection[Problem]) -> list[Problem]:
    return [problem for problem in problems if not problem.warning]


def _unknown_rubrics(case: Case, rubrics: Collection[str]) -> Problems:
    for index, instrument in enumerate(case.assessment.instruments):
        if instrument.kind == "rubric" and instrument.ref not in rubrics:
            mend = f"rubrics/ has: {', '.join(sorted(rubrics)) or 'none'}."
            yield fault(f"assessment.instruments.{index}.ref", f'there is no rubric "{instrument.ref}";', mend)
        elif instrument.kind == "rubric" and isinstance(rubrics, Mapping) and rubrics[instrument.ref].weighed:
            message = f'"{instrument.ref}" weighs words and reads no moments: it marks transcripts, and no encounter;'
            yield fault(f"assessment.instruments.{index}.ref", message, "name a rubric with `dimensions`.")


def _placed(found: list[Problem], document: Document | None) -> list[Problem]:
    if document is None:
        return found
    placed = [replace(problem, file=document.file, line=document.line_of(problem.key)) for problem in found]
    return sorted((*placed, *document.doubts), key=lambda problem: problem.line)
