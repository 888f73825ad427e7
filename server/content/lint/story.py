"""Lint over a whole shelf: the acts of a story name each other, and what one hands on the next can take.

One file cannot know of another, so these are told where a folder is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from server.core.case import Case
from server.core.case_parts.links import Carry
from server.core.errors import Problem


def story_problems(cases: Mapping[str, Case]) -> list[Problem]:
    """Warnings, by file: an act can be practised alone, so a broken link hurts nobody but the next act."""
    return [problem for case in cases.values() for problem in _of(case, cases)]


def _of(case: Case, cases: Mapping[str, Case]) -> Iterator[Problem]:
    forward = case.carry_forward
    if forward is None:
        return
    if forward.to not in cases:
        yield _warn(case, "carry_forward.to", f'there is no case "{forward.to}" here;', f"cases: {', '.join(cases)}.")
        return
    after = cases[forward.to]
    yield from _acts(case, after)
    for index, carry in enumerate(forward.carries):
        yield from _taken(case, carry, after, f"carry_forward.carries.{index}")


def _acts(case: Case, after: Case) -> Iterator[Problem]:
    """Both say that they belong to one story, in order."""
    one, other = case.unfolding, after.unfolding
    if one is None or other is None or (one.story, one.number + 1, one.of) != (other.story, other.number, other.of):
        mend = f'give both `unfolding`: the same story and `of`, and "{after.case_id}" the next number.'
        yield _warn(
            case, "unfolding", f'"{case.case_id}" and "{after.case_id}" are not acts of one story in order;', mend
        )


def _taken(case: Case, carry: Carry, after: Case, key: str) -> Iterator[Problem]:
    name = carry.into or carry.number
    if carry.number and name not in after.numbers:
        mend = f"its numbers: {', '.join(after.numbers) or 'none'}."
        yield _warn(case, key, f'"{after.case_id}" has no number "{name}";', mend)
    elif carry.when and name not in after.choices:
        mend = f"its choices: {', '.join(after.choices) or 'none'}."
        yield _warn(case, key, f'"{after.case_id}" has no choice "{name}";', mend)
    elif carry.when and carry.value not in after.choices[name].values:
        mend = f"it is one of: {', '.join(after.choices[name].values)}."
        yield _warn(case, f"{key}.value", f'"{name}" of "{after.case_id}" is never "{carry.value}";', mend)


def _warn(case: Case, key: str, message: str, mend: str) -> Problem:
    return Problem(message, f"{case.case_id}.yaml", key=key, mend=mend, warning=True)
