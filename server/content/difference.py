"""What differs between two texts, line by line, as data for a page."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import zip_longest
from typing import Literal

AROUND = 3
"""Lines that stay the same shown on either side."""
LONG = 1_000
"""Lines, in either text, from which on only those that both have once guide: to compare each line with each would hold
up everybody who writes, for hours in a text of nothing but line ends.
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
    far = max(len(before), len(after)) > LONG
    matcher = _Anchored(before, after) if far else SequenceMatcher(None, before, after, autojunk=False)
    groups = matcher.get_grouped_opcodes(AROUND)
    found = [[line for code in group for line in _lines(code, before, after)] for group in groups]
    return [group for group in found if any(line.kind != "same" for line in group)]


class _Anchored(SequenceMatcher[str]):
    """Two long texts: what is the same on either side of the lines that both have once, and at both ends."""

    def __init__(self, before: list[str], after: list[str]) -> None:
        super().__init__(None, [], [], autojunk=False)
        self.blocks = [*_same_parts(before, after), Match(len(before), len(after), 0)]

    def get_matching_blocks(self) -> list[Match]:
        """As the base has them: in order, none within another, and an empty one behind all."""
        return self.blocks


def _same_parts(before: list[str], after: list[str]) -> Iterator[Match]:
    """In time that grows with the length of both, and no faster."""
    old = new = 0  # what is before these is dealt with
    for at, there in [(0, 0), *_anchors(before, after), (len(before), len(after))]:
        if at < old or there < new:
            continue
        start, begin = at, there
        while start > old and begin > new and before[start - 1] == after[begin - 1]:
            start, begin = start - 1, begin - 1
        old, new = at, there
        while old < len(before) and new < len(after) and before[old] == after[new]:
            old, new = old + 1, new + 1
        if old > start:
            yield Match(start, begin, old - start)


def _anchors(before: list[str], after: list[str]) -> list[tuple[int, int]]:
    """Most lines that both have once and in the same order, with where they stand in each."""
    once, there = Counter(before), dict(_once(after))
    pairs = [(at, there[line]) for at, line in enumerate(before) if once[line] == 1 and line in there]
    lasts: list[int] = []
    chains: list[tuple[int, int, int]] = []  # one pair each, and which pair goes before it
    ends: list[int] = []
    for at, other in pairs:
        place = bisect(lasts, other)
        lasts[place : place + 1] = [other]
        ends[place : place + 1] = [len(chains)]
        chains.append((at, other, ends[place - 1] if place else -1))
    found, link = list[tuple[int, int]](), ends[-1] if ends else -1
    while link >= 0:
        at, other, link = chains[link]
        found.append((at, other))
    return found[::-1]


def _once(lines: list[str]) -> Iterator[tuple[str, int]]:
    counted = Counter(lines)
    return ((line, at) for at, line in enumerate(lines) if counted[line] == 1)


def _lines(code: tuple[str, int, int, int, int], before: list[str], after: list[str]) -> Iterator[Line]:
    tag, start, end, new_start, new_end = code
    for one, other in zip_longest(range(start, end), range(new_start, new_end), fillvalue=-1):
        old, new = ("" if one < 0 else before[one]), ("" if other < 0 else after[other])
        kind: Literal["same", "changed", "gone", "new"] = (
            "gone" if other < 0 else "new" if one < 0 else "same" if tag == "equal" or old == new else "changed"
        )
        yield Line(kind, one + 1, other + 1, old, new)
