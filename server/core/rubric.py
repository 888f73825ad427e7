"""A rubric: dimensions with anchored levels, and readable rules from observed moves to a level.

The rules are data, so that faculty can read and change what earns a mark; `server.core.scoring.scoring` applies them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from json import dumps
from typing import Literal

from server.core.strict import Strict

Place = Literal["anywhere", "opportunity", "after_acknowledgement"]


CREDIT_MOST = 3
"""What one turn may earn; the level above it is for two moments."""


@dataclass(frozen=True)
class Credit(Strict):
    """One turn that earns a level: it holds every move of `moves` and none of `without`."""

    level: int
    moves: tuple[str, ...]
    because: str
    """Said in the rationale, about the behaviour: `named a feeling she had shown`."""
    place: Place = "anywhere"
    """opportunity: while a beat's window was open; after_acknowledgement: a feeling was met earlier or in the same
    turn.
    """
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Blocker(Strict):
    """A move that reduces the patient's space to speak."""

    move: str
    weight: Literal["minor", "serious"]
    because: str


@dataclass(frozen=True)
class Dimension(Strict):
    id: str
    name: str
    question: str
    """What a reader asks of the transcript."""
    anchors: Mapping[str, str]
    """By level, `"0"` to `"4"`."""
    rule: Literal["ledger", "credit", "blockers", "checklist"]
    """ledger: from the codes of the opportunities; credit: from the best-earning turns; blockers: from what was
    counted; checklist: done or not done, 1 or 0, by the same rules as credit.
    """
    credit: tuple[Credit, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    floor: tuple[str, ...] = ()
    """Moves that, with no credit earned, put this dimension at 0."""
    cap: Mapping[str, int] = field(default_factory=dict)
    """Moves that cap the level: `{names_wrong_feeling: 1}`."""
    mended: Mapping[str, int] = field(default_factory=dict)
    """What such a cap becomes once a later turn has earned 3: `{names_wrong_feeling: 3}`."""
    applies: Literal["at_a_moment", "always"] = "at_a_moment"
    """Of a checklist. at_a_moment: not applicable where no moment came; always: to be done in every encounter."""


@dataclass(frozen=True)
class Weight(Strict):
    """What the turns that show something add to a sum; a weight below 0 takes away."""

    shows: tuple[str, ...]
    """Kinds of evidence, any of them; `server.core.rating.reading.EVIDENCE` has their names."""
    weight: float
    because: str
    """Said in the rationale, about the behaviour: `told them what to do`."""
    without: tuple[str, ...] = ()
    """Only turns that show none of these."""


@dataclass(frozen=True)
class Weighed(Strict):
    """A dimension whose level is a weighed sum of evidence, placed on the scale by two fitted numbers."""

    id: str
    name: str
    question: str
    """What a reader asks of the transcript."""
    anchors: Mapping[str, str]
    """By level."""
    better: Literal["high", "low"]
    """Which end of the scale is the good one."""
    weights: tuple[Weight, ...]
    start: float
    """The level, before rounding, where nothing was shown."""
    step: float
    """Levels for each point of the sum."""
    origin: str
    """What `start` and `step` were fitted on, and how."""
    n: int
    """How many transcripts that was."""
    counts: Literal["share", "times"] = "share"
    """share: of the learner's turns, 0 to 1; times: how many turns, up to `most`."""
    most: int = 4


@dataclass(frozen=True)
class Rubric(Strict):
    rubric_id: str
    rubric_version: str
    title: str
    claim: str
    """What the score is a score of, shown beside it."""
    dimensions: tuple[Dimension, ...]
    evidence_rules: tuple[str, ...]
    lowest: int = 0
    highest: int = 4
    language: str = "en"
    license: str = "CC-BY-4.0"
    status: Literal["draft", "in_review", "approved", "retired"] = "draft"
    weighed: tuple[Weighed, ...] = ()
    """Dimensions by weighed sums, for a rubric fitted to experts' marks; `dimensions` is then empty."""

    @cached_property
    def digest(self) -> str:
        """Of all that is written. A rubric that does not use what came later keeps the digest it had before."""
        written = asdict(self)
        if not self.weighed:
            del written["weighed"]
        for dimension in written["dimensions"]:
            if dimension["rule"] != "checklist":
                del dimension["applies"]
        return hashlib.sha256(dumps(written, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def dimension(self, dimension_id: str) -> Dimension:
        return next(dimension for dimension in self.dimensions if dimension.id == dimension_id)
