"""What differs between two texts, line by line, as data for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

AROUND = 3
"""Lines that stay the same shown on either side."""


@dataclass(frozen=True)
class Line:
    """One line of both, beside each other; 0 and empty where one has none."""

    kind: Literal["same", "changed", "gone", "new"]
    old_line: int
    new_line: int
    old: str
    new: str


def differences(old: str, new: str) -> list[list[Line]]:
    """Places that differ, each with a few lines round it; none where both say the same."""
    before, after = old.splitlines(), new.splitlines()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    groups = matcher.get_grouped_opcodes(AROUND)
    found = [[line for code in group for line in _lines(code, before, after)] for group in groups]
    return [group for group in found if any(line.kind != "same" for line in group)]


def _lines(code: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Line]:
    tag, start, end, new_start, new_end = code
    for one, other in zip_longest(range(start, end), range(new_start, new_end), fillvalue=-1):
        kind: Literal["same", "changed", "gone", "new"] = (
            "same" if tag == "equal" else "gone" if other < 0 else "new" if one < 0 else "changed"
        )
        old, new = ("" if one < 0 else before[one]), ("" if other < 0 else after[other])
        yield Line(kind, one + 1, other + 1, old, new)
