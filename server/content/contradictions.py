"""Can several conditions hold at once? Decided for pairs of terms that speak of the same thing; where nothing is known,
they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from server.core.conditions import Ask, BadCondition, Compare, Negation, Term, parse

_OPPOSITE = {">=": "<", "<": ">=", "<=": ">", ">": "<=", "==": "!=", "!=": "=="}
_IMPLIES = {"beat_open": "beat_heard", "beat_addressed": "beat_heard", "beat_missed": "beat_heard"}
_ONE_ENDING = {"beat_addressed", "beat_missed"}


@dataclass(frozen=True)
class Clash:
    """Two terms that never hold together, as they are written."""

    one: str
    other: str

    def __str__(self) -> str:
        return f"`{self.one}` and `{self.other}` never hold together;"


def clash(texts: Sequence[str]) -> Clash | None:
    """The first two terms of `texts` that contradict each other. Conditions that do not parse are passed over."""
    terms = [_plain(term) for text in texts for term in _terms(text)]
    pairs = ((a, b) for a, b in combinations(terms, 2) if _contradict(a, b) or _contradict(b, a))
    return next((Clash(_text(a), _text(b)) for a, b in pairs), None)


def _terms(text: str) -> tuple[Term, ...]:
    try:
        return parse(text).terms
    except BadCondition:
        return ()


def _plain(term: Term) -> Term:
    """A denied comparison as the opposite one."""
    if isinstance(term, Negation) and isinstance(term.of, Compare):
        return replace(term.of, op=_OPPOSITE[term.of.op])
    return term


def _contradict(a: Term, b: Term) -> bool:
    if isinstance(a, Ask) and isinstance(b, Negation) and isinstance(b.of, Ask):
        return a.subject == b.of.subject and b.of.verb in (a.verb, _IMPLIES.get(a.verb))
    if isinstance(a, Ask) and isinstance(b, Ask):
        return a.subject == b.subject and {a.verb, b.verb} == _ONE_ENDING
    return isinstance(a, Compare) and isinstance(b, Compare) and a.name == b.name and _apart(a, b)


def _apart(a: Compare, b: Compare) -> bool:
    if isinstance(a.value, str) or isinstance(b.value, str):
        same = a.value == b.value
        return {a.op, b.op} == {"==", "!="} if same else a.op == b.op == "=="
    if {a.op, b.op} == {"==", "!="}:
        return a.value == b.value
    (low, low_in), (high, high_in) = _least(a, b), _most(a, b)
    return low > high or (low == high and not (low_in and high_in)) or _between(a, low, low_in, high, high_in)


def _between(a: Compare, low: float, low_in: bool, high: float, high_in: bool) -> bool:
    """Only minutes have values between two whole numbers."""
    return a.name != "minute" and not low_in and not high_in and high - low <= 1 and low == int(low)


def _least(*terms: Compare) -> tuple[float, bool]:
    """The highest lower bound, and whether it is itself allowed."""
    bounds = [(float(t.value), t.op != ">") for t in terms if t.op in (">=", ">", "==")]
    return max(bounds, key=lambda bound: (bound[0], not bound[1]), default=(float("-inf"), False))


def _most(*terms: Compare) -> tuple[float, bool]:
    """The lowest upper bound, and whether it is itself allowed."""
    bounds = [(float(t.value), t.op != "<") for t in terms if t.op in ("<=", "<", "==")]
    return min(bounds, key=lambda bound: (bound[0], bound[1]), default=(float("inf"), False))


def _text(term: Term) -> str:
    if isinstance(term, Negation):
        return f"not {_text(term.of)}"
    if isinstance(term, Ask):
        return f"{term.verb}:{term.subject}"
    shown = f"'{term.value}'" if isinstance(term.value, str) else f"{term.value:g}"
    return f"{term.name} {term.op} {shown}"
