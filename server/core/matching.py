"""Which fact does a question ask for? Overlap of meaningful words with the author's example questions.

A word counts by how few facts use it, so that `stairs` decides and `home` does not; what kind of question it is (who,
why, how long) tells facts apart that share a topic. No model, no download: measured on questions that were held apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from server.core.case_play import Fact, Unscripted
from server.core.lexicon import content_stems

THRESHOLD = 0.5
"""Least agreement of a question with an example, 0 to 1."""
UNKNOWN = 0.5
"""Weight of a word that no example uses, as a share of the rarest word's: it speaks of something else."""
KIND_WEIGHT = 1.5
"""Weight of asking in the same way (why, who, how long); never enough by itself."""
_KINDS = {
    "?who": re.compile(r"\bwho(?:'s|se)?\b"),
    "?why": re.compile(r"\bwhy\b|\bwhat made\b|\breason\b|\bhow come\b"),
    "?how long": re.compile(r"\bhow long\b|\blong (?:did|were|have)\b|\bwait(?:ed)? long\b"),
    "?what like": re.compile(r"\bwhat(?:'s| is| was| were)\b.*\blike\b"),
    "?use to": re.compile(r"\bused? to\b"),
}


@dataclass(frozen=True)
class Match:
    id: str
    score: float
    """0 to 1."""


@cache
def _features(text: str) -> frozenset[str]:
    """The meaningful stems of a text, and the kind of question it is."""
    lower = text.lower().replace("\u2019", "'")
    return content_stems(text) | {kind for kind, pattern in _KINDS.items() if pattern.search(lower)}


@lru_cache(maxsize=64)
def _weights(examples: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, float]:
    """Rarity of each stem over the entries that mention it."""
    seen: dict[str, int] = {}
    for _, asked in examples:
        for found in frozenset().union(*map(_features, asked)):
            seen[found] = seen.get(found, 0) + 1
    rarest = 1.0 + log(max(len(examples), 1))
    weights = {found: rarest - log(count) for found, count in seen.items()}
    return weights | dict.fromkeys(_KINDS, KIND_WEIGHT) | {"": rarest * UNKNOWN}


def matches(text: str, entries: Sequence[tuple[str, tuple[str, ...]]]) -> list[Match]:
    """Entries (`id`, example questions) that `text` asks for, best first."""
    examples = tuple(entries)
    weights, asked = _weights(examples), _question(text)
    best = ((name, max((_score(asked, _features(q), weights) for q in qs), default=0.0)) for name, qs in examples)
    return sorted((Match(name, score) for name, score in best if score >= THRESHOLD), key=lambda match: -match.score)


def _question(text: str) -> frozenset[str]:
    """Features of what the learner said; not kept, because learners' words are many."""
    return _features.__wrapped__(text)


def _score(asked: frozenset[str], example: frozenset[str], weights: dict[str, float]) -> float:
    """How well one example explains the question: harmonic mean of both coverages, weighted by rarity."""
    shared = asked & example
    if shared <= _KINDS.keys():
        return 0.0
    weight = sum(weights[word] for word in shared)
    of_example = weight / sum(weights[word] for word in example)
    of_question = weight / sum(weights.get(word, weights[""]) for word in asked)
    return 2 * of_example * of_question / (of_example + of_question)


def facts_asked(text: str, facts: Sequence[Fact]) -> list[Match]:
    return matches(text, [(fact.id, fact.asked) for fact in facts if fact.asked])


def unscripted_kind(text: str, policies: Sequence[Unscripted]) -> str:
    """The kind of clinical or personal question this is, when the case has a policy for it; else empty."""
    found = matches(text, [(policy.kind, policy.asked) for policy in policies])
    return found[0].id if found else ""
