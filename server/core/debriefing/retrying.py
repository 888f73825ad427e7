"""What counts in an encounter that takes one moment up again, and how that moment went the first time and now.

The turns before the moment are the first encounter's: they earn nothing anew and cost nothing anew. Of the planted
moments those are looked at that lay open there, and those that came later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from server.core.encounter import Encounter
from server.core.ledger import Opportunity, ledger
from server.core.transcript import LEARNER


def as_retried(encounter: Encounter) -> Encounter:
    """A copy to be scored, in which what the learner said before the moment does not count."""
    if encounter.retry is None:
        return encounter
    before = encounter.turns[: encounter.retry.turns]
    set_aside = (replace(turn, out_of_role=True) if turn.speaker == LEARNER else turn for turn in before)
    return replace(encounter, turns=(*set_aside, *encounter.own_turns))


def own_ledger(encounter: Encounter) -> tuple[Opportunity, ...]:
    """The planted moments, in a retry without those that were over before it began."""
    lines = ledger(encounter)
    if encounter.retry is None:
        return lines
    earlier = {turn.id for turn in encounter.turns[: encounter.retry.turns]}
    own = (line for line in lines if line.beat in encounter.retry.beats or line.cue_turn not in earlier)
    return tuple(_since(line, earlier) for line in own)


def _since(line: Opportunity, earlier: set[str]) -> Opportunity:
    return replace(line, response_turns=tuple(turn for turn in line.response_turns if turn not in earlier))


def about_retry(encounter: Encounter) -> dict[str, str]:
    """For a scorecard's provenance: retry_of and retry_turn; nothing for a first meeting."""
    retry = encounter.retry
    return {"retry_of": retry.of, "retry_turn": retry.turn} if retry else {}


@dataclass(frozen=True)
class Answered:
    """How one moment was answered, one time."""

    state: str
    code: int | None
    turn: str
    quote: str
    """Words of the learner's that earned the code; empty where none did."""


@dataclass(frozen=True)
class Again:
    """One moment, the first time and now."""

    beat: str
    kind: str
    retried: bool
    """It is the moment that was taken up again; False: it came up later, both times or only now."""
    first: Answered | None
    """None where it did not come up."""
    now: Answered


def compared(first: Sequence[Opportunity], now: Sequence[Opportunity], beats: Sequence[str] = ()) -> tuple[Again, ...]:
    """Every moment that came up now, beside what became of it the first time; `beats` lay open where this began."""
    before = {line.beat: line for line in first if line.cue_turn}
    return tuple(
        Again(line.beat, line.kind, line.beat in beats, _answered(before.get(line.beat)), _said(line))
        for line in now
        if line.cue_turn
    )


def _answered(line: Opportunity | None) -> Answered | None:
    return _said(line) if line else None


def _said(line: Opportunity) -> Answered:
    return Answered(line.state, line.code, line.turn, line.quote if line.turn else "")
