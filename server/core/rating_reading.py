"""What a supporter's turns show: one finding for each rule and turn, with the sentence it rests on.

Here stand the rules that need more than a sentence: whether it asks, and whether it gives the other's story back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.core.asking import SENTENCE, questions
from server.core.doubting import all_in_doubt
from server.core.lexicon import content_stems, fold, tokens
from server.core.rating_rules import CARING
from server.core.rating_steering import ADVISES, ADVISES_BY_ASKING, ASKS_BEFORE_ADVISING, INVITES, OWN_STORY
from server.core.rating_taking import TAKING
from server.core.rule import expression
from server.core.transcript import LEARNER, Turn

_PLAIN = (*CARING, *TAKING, INVITES, ASKS_BEFORE_ADVISING)
EVIDENCE: Mapping[str, str] = {
    **{rule.name: rule.says for rule in (*_PLAIN, ADVISES, ADVISES_BY_ASKING, OWN_STORY)},
    "explores": "asked about them",
    "gives_back": "gave their own story back in a statement",
}
"""Every kind of evidence by name, with what was done."""
_ONCE = frozenset(rule.name for rule in (*CARING, INVITES)) | {"explores", "gives_back"}
"""What a sentence earns the first time it is said; said again, it earns nothing."""
_STEERS = frozenset(rule.name for rule in TAKING if rule.name not in ("jokes", "contradicts")) | {
    "advises",
    "own_story",
}
"""Beside one of these a sentence gives nothing back."""
LEAST_SHARED = 2
"""Words of theirs in a statement that gives their story back."""
_OF_THEM = expression(r"\b(?:you|your|it|that|he|she|they)\b")
_STARTS = r"(?:(?:and|so|but|or|well|ok|okay|oh|wow|right|now|then|hey|yes|yeah|also|man|gosh|no|just)\W+)*$"
_OPENING = re.compile(r"^\W*" + _STARTS)
_AFTER_COMMA = re.compile(r"(?:^|[,:;-])\W*" + _STARTS)
_COMMANDS = re.compile(r"^\W*(?:(?:and|so|just|maybe|please)\W+)*(?:do|have) (?!you|they|he|she|we|i|your|the|any)")
"""`Do something fun` opens like a question, and tells."""
_SHORTEST_QUESTION = 3
"""Words of a question that has no mark."""


@dataclass(frozen=True)
class Finding:
    """One kind of evidence in one turn: the sentence that shows it, exact to the letter."""

    name: str
    turn: str
    quote: str


Shown = Mapping[str, Finding]
"""What one turn shows, by rule."""


def read(turns: Sequence[Turn]) -> list[Shown]:
    """What each of the learner's spoken turns shows, in order; a turn that shows nothing is there, and empty."""
    told: frozenset[str] = frozenset()
    said: set[str] = set()
    found: list[Shown] = []
    for turn in turns:
        if turn.speaker != LEARNER:
            told |= content_stems(turn.text)
        elif counts(turn):
            found.append(_in_turn(turn, told, said))
    return found


def counts(turn: Turn) -> bool:
    """Whether this is a turn of the learner's own words, heard surely and in role."""
    spoken = turn.speaker == LEARNER and turn.kind == "said" and any(mark.isalnum() for mark in turn.text)
    return spoken and not all_in_doubt(turn) and not turn.out_of_role


def _in_turn(turn: Turn, told: frozenset[str], said: set[str]) -> dict[str, Finding]:
    """`said` holds the sentences of the turns before, and gets those of this one."""
    found: dict[str, Finding] = {}
    for match in SENTENCE.finditer(fold(turn.text)):
        quote = turn.text[match.start() : match.end()].strip()
        key = " ".join(tokens(quote))
        for name in shown(match.group(), told):
            if key not in said or name not in _ONCE:
                found.setdefault(name, Finding(name, turn.id, quote))
        said.add(key)
    return found


def shown(sentence: str, told: frozenset[str] = frozenset()) -> frozenset[str]:
    """What one sentence shows, in lower case; `told` holds the stems of the other's story so far."""
    plain = frozenset(rule.name for rule in _PLAIN if rule.holds(sentence))
    return plain | (_asked(sentence, plain) if asks(sentence) else _told(sentence, plain, told))


def _asked(sentence: str, plain: Iterable[str]) -> frozenset[str]:
    if ADVISES_BY_ASKING.holds(sentence):
        return frozenset({ADVISES_BY_ASKING.name})
    return frozenset() if ASKS_BEFORE_ADVISING.name in plain else frozenset({"explores"})


def _told(sentence: str, plain: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    steers = frozenset(rule.name for rule in (ADVISES, OWN_STORY) if rule.holds(sentence))
    theirs = len(content_stems(sentence) & told) >= LEAST_SHARED and _OF_THEM.search(sentence)
    return steers | {"gives_back"} if theirs and not (steers | plain) & _STEERS else steers


def asks(sentence: str) -> bool:
    """Whether the sentence asks; without a mark, where the question opens it or follows a comma."""
    bare = sentence.rstrip()
    return bare.endswith("?") or any(_unmarked(sentence, bare))


def _unmarked(sentence: str, bare: str) -> Iterator[bool]:
    if _COMMANDS.match(sentence):
        return
    stopped = bare.endswith((".", "!"))
    for _, start, _ in questions(sentence):
        opens = (_OPENING if stopped else _AFTER_COMMA).search(sentence[:start])
        yield bool(opens) and (stopped or len(sentence[start:].split()) >= _SHORTEST_QUESTION)
