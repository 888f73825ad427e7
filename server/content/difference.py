"""What differs between two texts, line by line, as data for a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal

AROUND = 3
"""Lines that stay the same shown on either side."""
LONG = 1_000
"""Lines from which on those that come again and again (blank ones) are no guide to what moved where: to compare each
with each would hold up everybody who writes, for hours in a text of nothing but line ends.
"""


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
    matcher = SequenceMatcher(None, before, after, autojunk=len(after) > LONG)
    groups = matcher.get_grouped_opcodes(AROUND)
    found = [[line for code in group for line in _lines(code, before, after)] for group in groups]
    return [group for group in found if any(line.kind != "same" for line in group)]


def _lines(code: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Line]:
    tag, start, end, new_start, new_end = code
    for one, other in zip_longest(range(start, end), range(new_start, new_end), fillvalue=-1):
        old, new = ("" if one < 0 else before[one]), ("" if other < 0 else after[other])
        kind: Literal["same", "changed", "gone", "new"] = (
            "gone" if other < 0 else "new" if one < 0 else "same" if tag == "equal" or old == new else "changed"
        )
        yield Line(kind, one + 1, other + 1, old, new)
