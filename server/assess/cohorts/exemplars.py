"""Words worth hearing again, of learners who agreed to it: by dimension, from marks that somebody signed."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from server.assess.calibrating.marks import Scale
from server.assess.cohorts.seen import Seen

MOST = 3
"""Of one dimension."""
Nameless = Callable[[str, str], str]
"""Of a learner and what they said: the same without their name."""


@dataclass(frozen=True)
class Exemplar:
    """What somebody said, under a mark near the best."""

    dimension: str
    name: str
    level: int
    quote: str


def exemplars(seen: Iterable[Seen], scales: Sequence[Scale], nameless: Nameless) -> list[Exemplar]:
    """In an order that tells nothing of who said it."""
    shown = [each for each in seen if each.may_show and each.card and each.card["status"] == "signed"]
    shown.sort(key=lambda each: hashlib.sha256(each.encounter_id.encode()).digest())
    return [found for scale in scales for found in list(_of(shown, scale, nameless))[:MOST]]


def _of(shown: Iterable[Seen], scale: Scale, nameless: Nameless) -> Iterator[Exemplar]:
    for each in shown:
        for line in (each.card or {})["dimensions"]:
            if line["id"] == scale.id and _is_good(line["level"], scale):
                said = next((e["quote"] for e in line["evidence"] if e["role"] == "said"), "")
                if said:
                    yield Exemplar(scale.id, scale.name, line["level"], nameless(each.learner, said))


def _is_good(level: int | None, scale: Scale) -> bool:
    """The best level, or the one next to it."""
    if level is None:
        return False
    return level >= scale.highest - 1 if scale.better == "high" else level <= scale.lowest + 1
