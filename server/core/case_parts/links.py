"""What ties a case to others: acts of one story, what is carried between them, variants, a card to play from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.core.strict import Strict


@dataclass(frozen=True)
class Act(Strict):
    """This case is one act of an unfolding case (NLN's word): a story told in linked encounters."""

    story: str
    """Title of the whole, e.g. `The count`."""
    number: int
    of: int


@dataclass(frozen=True)
class Carry(Strict):
    """One thing a later act knows of this encounter. Exactly one of `number`, `when`."""

    id: str
    label: str
    """What the learner reads before the next act: `How far he trusts you`. They can put it back."""
    number: str = ""
    """A number of this case's state; it becomes the start of the number of the same name, or of `into`."""
    when: str = ""
    """A condition on the end of this encounter."""
    into: str = ""
    """With `when`: the choice of the later act that is set; with `number`: another name for it there."""
    value: str = ""
    """With `when`: the word the choice is set to."""


@dataclass(frozen=True)
class CarryForward(Strict):
    to: str
    """Case id of the next act."""
    carries: tuple[Carry, ...] = ()


@dataclass(frozen=True)
class Variant(Strict):
    """The same case with a few things exchanged: another name, another family, another quality of clinician."""

    id: str
    label: str
    """What a learner or educator reads when choosing."""
    words: Mapping[str, str] = field(default_factory=dict)
    """Whole words exchanged in every text of the case: `Novak: Rossi`."""
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Other starts of numbers of the state."""
    choices: Mapping[str, str] = field(default_factory=dict)
    """Other starts of choices of the state."""
    cultural_frame: str = ""
    requires_review: bool = True
    """Not offered before somebody of that group has read it; the page says so."""


@dataclass(frozen=True)
class RoleCard(Strict):
    """What a learner needs who plays the patient."""

    you_are: str
    your_story: tuple[str, ...]
    """What you know, one point each, in the second person."""
    you_hold_back: tuple[str, ...] = ()
    """What you say only to somebody who makes it easy."""
    you_want: str = ""
    afterwards: tuple[str, ...] = ()
    """What you are asked when it is over: how it was to be that patient."""


Activity = Literal["encounter", "role_reversal"]
