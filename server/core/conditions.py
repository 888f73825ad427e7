"""The small language in which authors write `when`, `trigger` and `enter_when`.

    condition := term (" and " term)*
    term      := ["not "] atom
    atom      := name op value            trust >= 4 · hears == 'not_heard' · turn >= 2 · minute >= 3.5
                                         surgeon.irritation >= 5 · portrayal == 'teaching'
               | "learner_mentions:" word a word (or its stem) from the learner's last turn
               | "learner_made:" move     a move made at any time so far
               | "did:" action            done at any time so far
               | "asked:" fact            asked for at any time so far, told or not
               | "present:" cast member   in the room now
               | "fact_revealed:" fact    heard, not merely unlocked
               | "beat_heard:" beat · "beat_open:" beat · "beat_addressed:" beat · "beat_missed:" beat

`turn` counts the learner's turns; `minute` is encounter time. Every other name is a variable of a state: within the
part of a cast member their own first, then the case's; from anywhere else theirs is `id.name`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from server.core.errors import BedsideError
from server.core.reasons import Reason

VERBS = (
    "learner_mentions", "learner_made", "did", "asked", "present",
    "fact_revealed", "beat_heard", "beat_open", "beat_addressed", "beat_missed",
)  # fmt: skip
COUNTERS = ("turn", "minute")
PORTRAYAL = "portrayal"
_COMPARE = re.compile(r"^((?:[\w-]+\.)?\w+)\s*(==|!=|>=|<=|>|<)\s*(?:'([^']*)'|\"([^\"]*)\"|(-?\d+(?:\.\d+)?))$")
_ASK = re.compile(rf"^({'|'.join(VERBS)}):(\S+)$")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": lambda a, b: a >= b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    "<": lambda a, b: a < b,
}


class BadCondition(BedsideError):
    """A condition that does not parse; the message says which part."""

    code = "bad_condition"


class View(Protocol):
    """What a condition may ask about."""

    def value(self, name: str) -> float | str: ...

    def holds(self, verb: str, subject: str) -> bool: ...


@dataclass(frozen=True)
class Compare:
    name: str
    op: str
    value: float | str

    def holds(self, view: View) -> bool:
        actual = view.value(self.name)
        if self.op in ("==", "!="):
            return (actual == self.value) is (self.op == "==")
        if isinstance(actual, str) or isinstance(self.value, str):
            return False
        return _OPERATORS[self.op](actual, self.value)

    def now(self, view: View) -> str:
        """What it compares, as it is."""
        actual = view.value(self.name)
        return actual if isinstance(actual, str) else f"{actual:.4g}"


@dataclass(frozen=True)
class Ask:
    verb: str
    subject: str

    def holds(self, view: View) -> bool:
        return view.holds(self.verb, self.subject)

    def now(self, view: View) -> str:  # noqa: ARG002 - it has no value beside yes and no
        return ""


@dataclass(frozen=True)
class Negation:
    of: Compare | Ask

    def holds(self, view: View) -> bool:
        return not self.of.holds(view)

    def now(self, view: View) -> str:
        return self.of.now(view)


Term = Compare | Ask | Negation


@dataclass(frozen=True)
class Condition:
    """Terms that must all hold; none is always true."""

    terms: tuple[Term, ...]
    parts: tuple[str, ...]
    """Each of them as its author wrote it."""

    def unmet(self, view: View) -> Iterator[Reason]:
        """The terms that do not hold."""
        for part, term in zip(self.parts, self.terms, strict=True):
            if not term.holds(view):
                yield Reason("condition", part, term.now(view))

    def holds(self, view: View) -> bool:
        return not any(self.unmet(view))


@cache
def parse(text: str) -> Condition:
    """Read a condition; an empty text always holds. Raises `BadCondition`."""
    parts = [part.strip() for part in text.split(" and ")] if text.strip() else []
    return Condition(tuple(_term(part) for part in parts), tuple(parts))


def _term(text: str) -> Term:
    if text.startswith("not "):
        return Negation(_atom(text[4:].strip()))
    return _atom(text)


def _atom(text: str) -> Compare | Ask:
    if ask := _ASK.match(text):
        return Ask(ask[1], ask[2])
    if compare := _COMPARE.match(text):
        word = compare[3] if compare[3] is not None else compare[4]
        return Compare(compare[1], compare[2], word if word is not None else float(compare[5]))
    raise BadCondition(
        f"cannot read the condition {text!r}: write `trust >= 4`, `hears == 'heard'` or `{VERBS[0]}:home`"
    )


def holds(text: str, view: View) -> bool:
    return parse(text).holds(view)


def unmet(text: str, view: View) -> Iterator[Reason]:
    """The parts of a condition that do not hold; none when it holds."""
    return parse(text).unmet(view)


def any_of(texts: tuple[str, ...], view: View) -> bool:
    """True when one of `texts` holds; no texts, no reason."""
    return any(holds(text, view) for text in texts)
