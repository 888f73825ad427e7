"""What a cohort is made of: for every learner one encounter, its marks, and what its learner gave themselves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from server.assess.reporting.cohort import FEWEST

Card = Mapping[str, Any]
SCORED = ("draft", "signed")


@dataclass(frozen=True)
class Seen:
    """One encounter of one learner, of an assignment."""

    encounter_id: str
    learner: str
    group: str = ""
    card: Card | None = None
    """The scorecard that counts, JSON-ready; None: not scored yet."""
    draft: Card | None = None
    self_rating: Mapping[str, int] = field(default_factory=dict)
    sheets: tuple[tuple[str, Mapping[str, int | None]], ...] = ()
    """Of each person who has marked it and closed their sheet: who, and by dimension the level that they gave before
    they saw the draft.
    """
    may_show: bool = False
    """The learner agreed that moments of theirs are shown without a name."""

    @property
    def scored(self) -> bool:
        return self.card is not None and self.card["status"] in SCORED

    @property
    def signed(self) -> bool:
        """The mark that counts is a person's."""
        return self.card is not None and self.card["status"] == "signed"


def newest_scored(seen: Iterable[Seen]) -> list[Seen]:
    """One encounter of each learner: their last that is scored. `seen`: oldest first."""
    return list({each.learner: each for each in seen if each.scored}.values())


def groups_shown(counted: Sequence[Seen]) -> tuple[str, ...]:
    """Groups that can be looked at by themselves: not one below `FEWEST`, and none whose figures, taken from those of
    the whole, would tell of fewer than that.
    """
    sizes = Counter(each.group for each in counted)
    shown = sorted(name for name, n in sizes.items() if name and n >= FEWEST)
    rest = sum(n for name, n in sizes.items() if name not in shown)
    if 0 < rest < FEWEST and shown:
        shown.remove(min(shown, key=lambda name: sizes[name]))
    return tuple(shown)


def signed_shown(every: Sequence[Seen], group: str = "") -> bool:
    """Whether what is signed, of everybody or of a group, can be looked at without the drafts: neither it nor the
    drafts that could then be told by subtraction are too few.
    """
    signed, drafts = [each for each in every if each.signed], [each for each in every if not each.signed]
    if not group:
        return len(signed) >= FEWEST and (not drafts or len(drafts) >= FEWEST)
    left = group in groups_shown(drafts) or not any(each.group == group for each in drafts)
    return group in groups_shown(signed) and left
