"""A variant of a case: the same beats, other names, or another way in which somebody is. Made here, checked by lint."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import TypeVar

from server.core.case import Case
from server.core.case_parts.links import Variant
from server.core.case_parts.state import State
from server.core.errors import NotFound

T = TypeVar("T")
KEPT = frozenset({"case_id", "case_version", "variants", "variant"})
"""Fields of a case that no exchange of words touches."""


def as_variant(case: Case, variant_id: str) -> Case:
    """The case as this variant of it; the case itself for an empty id. Raises `NotFound`."""
    if not variant_id:
        return case
    found = next((variant for variant in case.variants if variant.id == variant_id), None)
    if found is None:
        known = ", ".join(variant.id for variant in case.variants) or "none"
        raise NotFound("There is no such variant of this case.", mend=f"Variants here: {known}.")
    return _varied(case, found)


def _varied(case: Case, variant: Variant) -> Case:
    parts = {f.name: getattr(case, f.name) for f in fields(case) if f.name not in KEPT}
    changed = {name: _exchanged(part, variant.words) for name, part in parts.items()} if variant.words else {}
    varied = replace(case, **changed, variant=variant.id)
    frame = variant.cultural_frame or varied.education.cultural_frame
    education = replace(varied.education, cultural_frame=frame)
    cast = tuple(replace(member, state=_started(member.state, variant, f"{member.id}.")) for member in varied.cast)
    varied = replace(varied, state=_started(varied.state, variant), cast=cast, education=education)
    varied.__dict__["digest"] = case.digest  # an encounter pins the case as it was written, and the variant beside it
    return varied


def _started(state: State, variant: Variant, whose: str = "") -> State:
    """The state with this variant's own starts; `whose` is what its names begin with from outside."""
    numbers = {
        name: replace(number, start=variant.numbers.get(whose + name, number.start))
        for name, number in state.numbers.items()
    }
    choices = {
        name: replace(choice, start=variant.choices.get(whose + name, choice.start))
        for name, choice in state.choices.items()
    }
    return replace(state, numbers=numbers, choices=choices)


def _exchanged(part: T, words: Mapping[str, str]) -> T:
    """`part` with whole words exchanged in every text inside it, ids included, so that references still hold."""
    if isinstance(part, str):
        return _text(part, words)  # type: ignore[return-value]
    if isinstance(part, tuple):
        return tuple(_exchanged(each, words) for each in part)  # type: ignore[return-value]
    if isinstance(part, Mapping):
        return {_exchanged(key, words): _exchanged(value, words) for key, value in part.items()}  # type: ignore[return-value]
    if is_dataclass(part) and not isinstance(part, type):
        return replace(part, **{f.name: _exchanged(getattr(part, f.name), words) for f in fields(part)})
    return part


def _text(text: str, words: Mapping[str, str]) -> str:
    return _pattern(tuple(words)).sub(lambda found: words[found.group()], text)


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})\b")
