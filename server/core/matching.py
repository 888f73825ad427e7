"""Which fact does a question ask for? Overlap of meaningful words with the author's example questions.

A word counts by how few facts use it, so that `stairs` decides and `home` does not; what kind of question it is (who,
why, how long) tells facts apart that share a topic. No model, no download: measured on questions that were held apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log

from server.core.case_play import Fact, Unscripted
from server.core.lexicon import content_stems

THRESHOLD = 0.5
"""Least agreement of a question with an example, 0 to 1."""
UNKNOWN = 0.6
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
_EMPTY = frozenset(
    {"back", "call", "check", "listen", "make", "manag", "mind", "need", "put", "take", "turn", "use", "used"}
)
"""Stems that go with any matter, beyond the stop words: by themselves they find the wrong one."""
_GIVE = "(?:get|fetch|bring|make|pour|pass|find|give|help|turn|open|close|draw|hang|take you|put)"
_OFFER = re.compile(
    rf"(?<!what )(?<!how )\b(?:would you like|do you (?:want|need|fancy)|shall i|should i|(?:can|could) i {_GIVE}"
    rf"|let me {_GIVE}|i(?:'ll| will|'m going to) (?:go and )?{_GIVE})\b(?! (?:me )?to (?:talk|tell|say|share|explain))"
)
"""An offer is no question for a fact, though it may name one's words: only an offer among the examples explains it."""
_ANNOUNCES = re.compile(
    r"\b(?:i(?:'ll|'m| am| will| need| have|'ve| want|'d)|let me|let's|we(?:'ll|'re| need)|here(?:'s| is| are)"
    r"|time (?:for|to))\b"
)
_PHRASES = {
    "#day": re.compile(r"\b(?:what|which) (?:day|month|year)\b|\bwhat(?:'s| is) (?:the|today's) (?:date|day)\b"),
    "#time": re.compile(r"\b(?:what|know the) time\b(?! (?:is|will|does|are) (?:the|your))"),
    "#here": re.compile(r"\bwhere (?:you are|are you|are we|we are|this is)\b|\bwhat (?:ward|hospital|place)\b"),
    "#likes": re.compile(r"\bwhat do you (?:like|enjoy)\b|\bdo you like to do\b"),
    "#anything": re.compile(
        r"\banything (?:i can (?:get|do|bring)|you (?:need|want)|for you)\b|\b(?:need|get you|want) anything\b"
    ),
    "#back": re.compile(r"\b(?:your|the) (?:lower )?back\b(?! of)"),
    "#bell": re.compile(r"\bcall (?:bell|button)\b|\bring the bell\b"),
    "#well": re.compile(r"\bfeel(?:ing)? (?:well|unwell|poorly|ill|funny)\b|\b(?:unwell|poorly)\b"),
}
"""Common words that mean something together, though each alone means nothing."""
_SHORT_FOR = {
    "meds": "medicines",
    "med": "medicine",
    "bp": "blood pressure",
    "obs": "observations",
    "temp": "temperature",
    "wee": "water",
    "pee": "water",
    "cuppa": "cup tea",
    "jumper": "blanket",
}
_SHORT = re.compile(rf"\b(?:{'|'.join(_SHORT_FOR)})\b")


@dataclass(frozen=True)
class Match:
    id: str
    score: float
    """0 to 1."""


@dataclass(frozen=True)
class Asked:
    """What a turn asks for: a fact, a kind of question that has a policy, or neither."""

    fact: Fact | None = None
    policy: Unscripted | None = None


@cache
def _features(text: str) -> frozenset[str]:
    """The meaningful stems of a text, and the kind of question it is."""
    lower = _SHORT.sub(lambda found: _SHORT_FOR[found.group()], text.lower().replace("\u2019", "'"))
    marks = {mark for mark, pattern in (_KINDS | _PHRASES).items() if pattern.search(lower)}
    return (content_stems(lower) - _EMPTY) | marks | ({"?offer"} if _OFFER.search(lower) else frozenset())


@lru_cache(maxsize=64)
def _weights(examples: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, float]:
    """Rarity of each stem over the entries that mention it."""
    seen: dict[str, int] = {}
    for _, asked in examples:
        for found in frozenset().union(*map(_features, asked)):
            seen[found] = seen.get(found, 0) + 1
    rarest = 1.0 + log(max(len(examples), 1))
    weights = {found: rarest - log(count) for found, count in seen.items()}
    return weights | dict.fromkeys((*_KINDS, "?offer"), KIND_WEIGHT) | {"": rarest * UNKNOWN}


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
    if shared <= {*_KINDS, "?offer"} or ("?offer" in asked and "?offer" not in example):
        return 0.0
    weight = sum(weights[word] for word in shared)
    of_example = weight / sum(weights[word] for word in example)
    of_question = weight / sum(weights.get(word, weights[""]) for word in asked)
    return 2 * of_example * of_question / (of_example + of_question)


def announces(text: str) -> bool:
    """Is something about to be done: `I'll just take your temperature`?"""
    return bool(_ANNOUNCES.search(text.lower().replace("\u2019", "'")))


def facts_asked(text: str, facts: Sequence[Fact]) -> list[Match]:
    return matches(text, [(fact.id, fact.asked) for fact in facts if fact.asked])


def asked_for(parts: Iterable[str], facts: Sequence[Fact], policies: Sequence[Unscripted]) -> Asked:
    """The fact or the policy that best explains any of `parts`: a turn, and the questions inside it."""
    examples = {f"fact {fact.id}": fact.asked for fact in facts if fact.asked}
    examples |= {f"policy {policy.kind}": policy.asked for policy in policies}
    known = {f"fact {fact.id}": Asked(fact=fact) for fact in facts}
    known |= {f"policy {policy.kind}": Asked(policy=policy) for policy in policies}
    entries = tuple(examples.items())
    found = [best for part in parts for best in matches(part, entries)[:1]]
    return known[max(found, key=lambda match: match.score).id] if found else Asked()
