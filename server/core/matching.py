"""Which fact does a question ask for? Overlap of meaningful words with the author's example questions.

A word counts by how few facts use it, so that `stairs` decides and `home` does not. No model, no download: measured on
paraphrases that were not used to write it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import log

from server.core.case_play import Fact, Unscripted
from server.core.lexicon import content_stems

THRESHOLD = 0.5
"""Least weighted share of a question's meaningful words that an example must explain."""


@dataclass(frozen=True)
class Match:
    id: str
    score: float
    """0 to 1."""


@lru_cache(maxsize=64)
def _weights(examples: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, float]:
    """Rarity of each stem over the entries that mention it."""
    seen: dict[str, int] = {}
    for _, asked in examples:
        for found in frozenset().union(*(content_stems(question) for question in asked)) if asked else ():
            seen[found] = seen.get(found, 0) + 1
    return {found: 1.0 + log(len(examples) / count) for found, count in seen.items()}


def matches(text: str, entries: Sequence[tuple[str, tuple[str, ...]]]) -> list[Match]:
    """Entries (`id`, example questions) that `text` asks for, best first."""
    examples = tuple(entries)
    weights = _weights(examples)
    asked = content_stems(text)
    scored = [
        Match(name, max((_score(asked, content_stems(q), weights) for q in qs), default=0.0)) for name, qs in examples
    ]
    return sorted((m for m in scored if m.score >= THRESHOLD), key=lambda m: -m.score)


def _score(asked: frozenset[str], example: frozenset[str], weights: dict[str, float]) -> float:
    """How well one example explains the question: harmonic mean of both coverages, weighted by rarity."""
    shared = asked & example
    if not shared:
        return 0.0
    weight = sum(weights.get(word, 1.0) for word in shared)
    of_example = weight / sum(weights.get(word, 1.0) for word in example)
    of_question = weight / max(weight, sum(weights.get(word, 0.6) for word in asked))
    return 2 * of_example * of_question / (of_example + of_question)


def facts_asked(text: str, facts: Sequence[Fact]) -> list[Match]:
    return matches(text, [(fact.id, fact.asked) for fact in facts if fact.asked])


def unscripted_kind(text: str, policies: Sequence[Unscripted]) -> str:
    """The kind of clinical or personal question this is, when the case has a policy for it; else empty."""
    found = matches(text, [(policy.kind, policy.asked) for policy in policies])
    return found[0].id if found else ""
