"""What agreement is left without the expressions that a conversation alone may have brought into the rules?

    python -m benchmarks.judge_unseen --data FILE.jsonl

Leaving a conversation out while rules stand that were written after reading it flatters them. Here every alternative of
every expression that fires in one conversation only is taken away before that conversation is marked, with `start` and
`step` fitted on the others. Alternatives that are plain English, and would have been written
anyway, go as well; single words inside an alternative stay. Also printed: how many alternatives fire here at all.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.judge_agreement import Marks, kappa, marks
from benchmarks.judge_data import Conversation, load
from benchmarks.judge_fit import RUBRIC, placed
from server.content.loader import load_rubric
from server.core.asking import SENTENCE
from server.core.rating.levels import level, weigh
from server.core.rating.plain import plain
from server.core.rating.reading import RULES, Shown, read
from server.core.rating.rules import EvidenceRule, any_of
from server.core.rubric import Weighed
from server.core.rules.rule import expression

Known = Mapping[tuple[str, str], frozenset[int]]
"""Rule and alternative, to the conversations in which it fires."""


def alternatives(pattern: str) -> list[str]:
    """The pattern split where `|` stands outside every bracket."""
    parts, depth, at, listed = [""], 0, 0, False
    while at < len(pattern):
        mark = pattern[at : at + 2] if pattern[at] == "\\" else pattern[at]
        listed = (listed or mark == "[") and mark != "]"
        depth += 0 if listed else (mark == "(") - (mark == ")")
        if mark == "|" and not depth and not listed:
            parts.append("")
        else:
            parts[-1] += mark
        at += len(mark)
    return parts


def fires(conversations: Sequence[Conversation]) -> Known:
    """Every alternative that fires anywhere."""
    said = [[plain(match) for turn in row.turns for match in SENTENCE.findall(turn.text)] for row in conversations]
    found = {
        (rule.name, part): frozenset(_where(rule, part, said))
        for rule in RULES
        for pattern in rule.patterns
        for part in alternatives(pattern)
    }
    return {key: where for key, where in found.items() if where}


def _where(rule: EvidenceRule, part: str, said: Sequence[Sequence[str]]) -> Iterator[int]:
    wanted = expression(part)
    for index, sentences in enumerate(said):
        if any(wanted.search(sentence) and rule.holds(sentence) for sentence in sentences):
            yield index


@contextmanager
def without(gone: frozenset[tuple[str, str]]) -> Iterator[None]:
    """The rules without these alternatives, for as long as it lasts."""
    kept = {rule.name: rule.compiled for rule in RULES}
    try:
        for rule in RULES:
            if any(name == rule.name for name, _ in gone):
                every = (part for pattern in rule.patterns for part in alternatives(pattern))
                left = tuple(part for part in every if (rule.name, part) not in gone)
                object.__setattr__(rule, "compiled", any_of(left or (r"(?!)",)))
        yield
    finally:
        for rule in RULES:
            object.__setattr__(rule, "compiled", kept[rule.name])


def unseen(conversations: Sequence[Conversation], known: Known) -> list[list[Shown]]:
    """What each conversation shows to rules that do not have what fires in it alone."""
    found = []
    for index, row in enumerate(conversations):
        with without(frozenset(key for key, where in known.items() if where == {index})):
            found.append(read(row.turns))
    return found


def marked(dimension: Weighed, full: Sequence[list[Shown]], blind: Sequence[list[Shown]], medians: Marks) -> Marks:
    """The level of each conversation as it is seen blind, placed as all the others are placed when read in full."""
    totals = marks([weigh(dimension, one) for one in full])
    levels = []
    for index, one in enumerate(blind):
        start, step = placed(np.delete(totals, index), np.delete(medians, index))
        levels.append(level(replace(dimension, start=start, step=step), weigh(dimension, one)))
    return marks(levels)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    rows = load(parser.parse_args().data)
    known = fires(rows)
    full, blind = [read(row.turns) for row in rows], unseen(rows, known)
    kappas, biases = [], []
    print(f"{'':28} standing   unseen     bias")
    for each in load_rubric(RUBRIC).weighed:
        medians = marks([row.median(each.id) for row in rows])
        seen, unknown = marked(each, full, full, medians), marked(each, full, blind, medians)
        kappas.append((float(kappa(seen, medians)), float(kappa(unknown, medians))))
        biases.append(float(np.mean(unknown - medians)))
        print(f"{each.id:28} {kappas[-1][0]:8.2f} {kappas[-1][1]:8.2f} {biases[-1]:+8.2f}")
    print(f"{'mean':28} {np.mean([a for a, _ in kappas]):8.2f} {np.mean([b for _, b in kappas]):8.2f}")
    every = sum(len(alternatives(pattern)) for rule in RULES for pattern in rule.patterns)
    once = sum(len(where) == 1 for where in known.values())
    print(f"{every} alternatives in the rules; {len(known)} fire here, {once} of them in one conversation only")


if __name__ == "__main__":
    main()
