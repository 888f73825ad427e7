"""What a lexical rule is: the words that make one move, and the words that take it back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

OPENING, RELATING, ASKING = "opening", "relating", "asking"
OFFERING, BLOCKING, OUTSIDE = "offering", "blocking", "outside"
EXPLAINING, SPEAKING_UP, DISCLOSING, AS_PATIENT = "explaining", "speaking up", "disclosing", "as the patient"


@dataclass(frozen=True)
class Rule:
    """One move and the expressions that make it."""

    move: str
    group: str
    says: str
    """What the move is, in a sentence for educators."""
    patterns: tuple[str, ...] = ()
    """Regular expressions over the lower-case turn; none: the move is found from context."""
    unless: tuple[str, ...] = ()
    """Expressions that take back what they overlap."""
    compiled: re.Pattern[str] | None = field(init=False, default=None, compare=False, repr=False)
    refused: re.Pattern[str] | None = field(init=False, default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", _join(self.patterns))
        object.__setattr__(self, "refused", _join(self.unless))


def _join(patterns: tuple[str, ...]) -> re.Pattern[str] | None:
    return expression("|".join(f"(?:{pattern})" for pattern in patterns)) if patterns else None


def expression(pattern: str) -> re.Pattern[str]:
    """The pattern compiled, its apostrophes optional: people type `dont`, and some recognisers write it."""
    return re.compile(pattern.replace("'", "'?"))
