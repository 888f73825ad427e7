"""Marks that are each in order and make no sense together: one twice, one rater alone, names that nearly agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from server.assess.calibrating.marks import DRAFT, Mark
from server.core.errors import Problem


def together(marks: Sequence[tuple[int, Mark]], file: str) -> list[Problem]:
    """Everything of that kind; each mark comes with its row."""
    only = [mark for _, mark in marks]
    return [
        *_twice(marks, file),
        *_without_first(marks, file),
        *_two_groups(only, file),
        *_spelt_alike({mark.rater for mark in only} - {DRAFT}, file),
        *_alone(only, file),
    ]


def _twice(marks: Iterable[tuple[int, Mark]], file: str) -> list[Problem]:
    seen: dict[tuple[str, str, str, int], int] = {}
    problems = []
    for line, mark in marks:
        key = (mark.transcript, mark.rater, mark.dimension, mark.round)
        if key in seen:
            what = f"{mark.rater} has marked {mark.dimension} of {mark.transcript} already, in row {seen[key]}."
            mend = "Delete one; where the transcript was given out again, write 2 into the column `round`."
            problems.append(Problem(what, file, line, "rater", mend))
        seen.setdefault(key, line)
    return problems


def _without_first(marks: Sequence[tuple[int, Mark]], file: str) -> list[Problem]:
    first = {(m.transcript, m.rater, m.dimension) for _, m in marks if m.round == 1}
    again = [(line, m) for line, m in marks if m.round > 1 and (m.transcript, m.rater, m.dimension) not in first]
    mend = "Add the first mark, or write 1."
    return [Problem(f"round {m.round} has no round 1 before it.", file, line, "round", mend) for line, m in again]


def _two_groups(marks: Iterable[Mark], file: str) -> list[Problem]:
    groups: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        groups[mark.transcript] |= {mark.group} - {""}
    odd = [name for name, found in groups.items() if len(found) > 1]
    mend = "A transcript has one group."
    return [Problem(f"{name} is in {len(groups[name])} groups.", file, key="group", mend=mend) for name in odd]


def _spelt_alike(raters: Iterable[str], file: str) -> list[Problem]:
    spelt: dict[str, list[str]] = defaultdict(list)
    for name in sorted(raters):
        spelt[" ".join(name.casefold().split())].append(name)
    mend = "Write a person's name in one way."
    return [Problem(f"{' and '.join(names)} look like one rater.", file, key="rater", mend=mend)
            for names in spelt.values() if len(names) > 1]  # fmt: skip


def _alone(marks: Iterable[Mark], file: str) -> list[Problem]:
    """Whom did one rater only mark? Agreement needs two."""
    by: dict[str, set[str]] = defaultdict(set)
    for mark in marks:
        by[mark.transcript] |= {mark.rater} - {DRAFT}
    people = set().union(*by.values())
    if len(people) < 2:
        who = f"only {next(iter(people))} has marked" if people else "no person has marked"
        mend = "Let a second person mark the same transcripts, blind to the first."
        return [Problem(f"{who}; agreement needs two.", file, key="rater", mend=mend)]
    alone = sorted(name for name, raters in by.items() if len(raters) < 2)
    mend = "Let a second person mark it, or leave it out."
    told = {name: ", ".join(by[name]) or "no person" for name in alone}
    return [
        Problem(f"{name} was marked by {who} only.", file, key="transcript", mend=mend) for name, who in told.items()
    ]
