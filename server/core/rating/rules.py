"""What a readable rule of evidence is: what counts in one sentence, by the words that show it.

A rule says what was done, never what somebody is. It is one of a few that `server.core.rating.levels` weighs. The rules
for what meets a feeling stand in `rating_meeting` and `rating_staying`, for what takes space in `rating_taking`, for
steering in `rating_steering`, for how the other answered in `rating_answers`; `rating_reading` has those that need the
story.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from server.core.rules.rule import expression


@dataclass(frozen=True)
class EvidenceRule:
    """One kind of evidence, and the expressions that show it in a sentence in lower case."""

    name: str
    says: str
    """What was done, in words for educators; printed in the rationale."""
    patterns: tuple[str, ...]
    unless: tuple[str, ...] = ()
    """Expressions that take the sentence back."""
    compiled: re.Pattern[str] = field(init=False, compare=False, repr=False)
    refused: re.Pattern[str] | None = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", any_of(self.patterns))
        object.__setattr__(self, "refused", any_of(self.unless) if self.unless else None)

    def holds(self, sentence: str) -> bool:
        """Whether `sentence`, in lower case with straight apostrophes, shows it."""
        return bool(self.compiled.search(sentence)) and not (self.refused and self.refused.search(sentence))


def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return expression("|".join(f"(?:{pattern})" for pattern in patterns))
