"""A rating model made of a table: it reads the question as a model would and answers from what it was told to find.

reader = Reader({"names_feeling": [(3, "that sounds frightening")]})
server.answers = reader
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.core.rating.reading import read
from server.core.scoring.claims import numbered
from server.core.scoring.quoting import whole
from server.core.transcript import LEARNER, Turn

Found = Mapping[str, Sequence[tuple[int, str]]]
"""By item: number of a turn, words of it."""
_ITEM = re.compile(r"^- (\w+): ", re.MULTILINE)
_MARKS = re.compile(r"^=== transcript (\w+) begins\n(.*?)\n=== transcript \1 ends$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Asked:
    """One question, taken apart."""

    question: str
    items: tuple[str, ...]
    turns: tuple[dict[str, Any], ...]


def taken_apart(body: Mapping[str, Any]) -> Asked:
    """What a request asks."""
    text = body["messages"][1]["content"]
    found = _MARKS.search(text)
    assert found, "no transcript between its marks"
    after = text[found.end() :]
    items = _ITEM.findall(after[after.index("\nItems:\n") :])
    question = next(line for line in after.splitlines() if line.startswith("Question: "))
    return Asked(question, tuple(items), tuple(json.loads(line) for line in found[2].splitlines()))


@dataclass
class Reader:
    """Answers every request; `changed` may make another answer of it, given the rows and which request this is."""

    found: Found
    changed: Callable[[list[dict[str, Any]], Asked, int], Any] | None = None
    asked: list[Asked] = field(default_factory=list)

    def __call__(self, body: dict[str, Any]) -> str:
        asked = taken_apart(body)
        self.asked.append(asked)
        rows = [row for item in asked.items for row in self._rows(item)]
        if self.changed is None:
            return json.dumps({"items": rows})
        made = self.changed(rows, asked, len(self.asked))
        return made if isinstance(made, str) else json.dumps(made)

    def _rows(self, item: str) -> list[dict[str, Any]]:
        held = [{"item": item, "holds": True, "quote": quote, "turn": turn} for turn, quote in self.found.get(item, ())]
        return held or [{"item": item, "holds": False, "quote": "", "turn": 0}]


def by_the_rules(turns: Sequence[Turn]) -> dict[str, list[tuple[int, str]]]:
    """What a model would say that finds exactly what the program's own rules find."""
    numbers = {turn.id: number for number, turn in enumerate(numbered(turns), 1)}
    found: dict[str, list[tuple[int, str]]] = {}
    for turn in turns:
        for observation in turn.observations if turn.speaker == LEARNER and turn.kind == "said" else ():
            found.setdefault(observation.move, []).append((numbers[turn.id], whole(turn, observation)))
    return found


def kinds_by_the_rules(turns: Sequence[Turn]) -> dict[str, list[tuple[int, str]]]:
    """The same for kinds of evidence."""
    numbers = {turn.id: number for number, turn in enumerate(numbered(turns), 1)}
    found: dict[str, list[tuple[int, str]]] = {}
    for shown in read(turns):
        for kind, finding in shown.items():
            found.setdefault(kind, []).append((numbers[finding.turn], finding.quote))
    return found
