"""A scorecard's parts: quotes, ratings, and which of the learner's turns may count for and against."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from server.core.doubting import all_in_doubt
from server.core.ledger import URGENT, Opportunity
from server.core.moves import Observation
from server.core.rubric import Dimension
from server.core.scoring.quoting import whole
from server.core.transcript import LEARNER, Turn

IN_DOUBT = "It turns on words that were heard with doubt; needs a person."


@dataclass(frozen=True)
class Evidence:
    """A verified quote. said: the learner's words; cue: the patient's; examined: a turn that was read and held
    nothing; doubt: the learner's words as they were heard, which earned nothing because they may not be theirs.
    """

    turn: str
    speaker: str
    quote: str
    role: Literal["said", "cue", "examined", "doubt"]


@dataclass(frozen=True)
class Rating:
    id: str
    level: int | None
    status: Literal["rated", "unrated", "not_applicable"]
    evidence: tuple[Evidence, ...]
    rationale: str


@dataclass(frozen=True)
class Flag:
    """Something that whoever signs must know, and that changed no mark."""

    code: str
    """For programs, e.g. `instructs_the_rater`."""
    says: str
    """For people; never what was said."""
    turns: tuple[str, ...] = ()
    """Ids of the turns it is about."""


@dataclass(frozen=True)
class Scorecard:
    status: Literal["draft", "signed", "pending", "not_scored"]
    rubric: dict[str, str]
    """id, version, digest, title, claim"""
    dimensions: tuple[Rating, ...]
    opportunities: tuple[Opportunity, ...]
    provenance: dict[str, str]
    flags: tuple[Flag, ...] = ()


def said(turn: Turn, observation: Observation) -> Evidence:
    return Evidence(turn.id, LEARNER, whole(turn, observation), "said")


def cue(opportunity: Opportunity) -> Evidence:
    return Evidence(opportunity.cue_turn, opportunity.cue_speaker, opportunity.cue_quote, "cue")


def once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """In order, each quote once."""
    return tuple(dict.fromkeys(evidence))


def not_applicable(dimension: Dimension, why: str) -> Rating:
    return Rating(dimension.id, None, "not_applicable", (), why)


def in_doubt(dimension: Dimension) -> Rating:
    return Rating(dimension.id, None, "unrated", (), IN_DOUBT)


@dataclass(frozen=True)
class Heard:
    """A learner's turn, with what of it may earn and what of it may cost."""

    turn: Turn
    earning: tuple[Observation, ...]
    costing: tuple[Observation, ...]

    @cached_property
    def earns(self) -> frozenset[str]:
        return frozenset(o.move for o in self.earning)

    @cached_property
    def costs(self) -> frozenset[str]:
        return frozenset(o.move for o in self.costing)


def counted(turns: Sequence[Turn]) -> list[Turn]:
    """The learner's turns that may count: in role. What was done or held in silence counts as well."""
    return [turn for turn in turns if turn.speaker == LEARNER and turn.text and not turn.out_of_role]


def spoken(turns: Sequence[Turn]) -> list[Turn]:
    """Those of them that are words, some of them surely heard."""
    return [turn for turn in counted(turns) if turn.kind == "said" and not all_in_doubt(turn)]


def against(own: Sequence[Heard]) -> list[tuple[Turn, Observation]]:
    """What may count against the learner; seeing to something urgent first never does."""
    words = [heard for heard in own if heard.turn.kind == "said" and URGENT not in heard.turn.moves]
    return [(heard.turn, o) for heard in words for o in heard.costing]
