"""A level from the turns that earn most, held down by what was also said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from server.core.doubting import any_in_doubt, costing, earning
from server.core.ledger import Opportunity
from server.core.moves import ACKNOWLEDGES, MOVES
from server.core.rubric import CREDIT_MOST, Credit, Dimension
from server.core.scoring.quoting import whole
from server.core.scoring.scorecard import (
    Evidence,
    Heard,
    Rating,
    against,
    counted,
    cue,
    in_doubt,
    not_applicable,
    once,
    said,
)
from server.core.transcript import LEARNER, Turn

MOST_QUOTES = 4
"""Quotes under one level."""


@dataclass(frozen=True)
class _Earned:
    level: int
    turn: Turn
    quote: str
    because: str
    beat: str


def by_credit(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    """By what is sure; unrated where words that were heard with doubt would have earned more."""
    own = counted(turns)
    sure = _credited(dimension, [Heard(turn, earning(turn), costing(turn)) for turn in own], opportunities)
    if not any(any_in_doubt(turn) for turn in own):
        return sure
    best = _credited(dimension, [Heard(turn, turn.observations, costing(turn)) for turn in own], opportunities)
    if (best.level or 0) <= (sure.level or 0):
        return sure
    doubtful = (replace(e, role="doubt") for e in best.evidence if e.role == "said" and e not in sure.evidence)
    return replace(in_doubt(dimension), evidence=once(doubtful))


def _credited(dimension: Dimension, own: Sequence[Heard], opportunities: Sequence[Opportunity]) -> Rating:
    earned = [e for heard in own for e in _earned(dimension, heard, own, opportunities)]
    came = [o for o in opportunities if o.code is not None or o.state in ("missed", "unclear")]
    if not earned:
        return _unearned(dimension, own, came)
    best = min(max(e.level for e in earned), CREDIT_MOST)
    reached = _sustained(best, earned, len(came))
    caps = [cap for cap in _caps(dimension, own, earned, reached) if cap.level < reached]
    level = min([reached, *(cap.level for cap in caps)])
    top = _shown_for(best, earned)
    evidence = [*(Evidence(e.turn.id, LEARNER, e.quote, "said") for e in top), *(cap.evidence for cap in caps)]
    return Rating(dimension.id, level, "rated", once(evidence), _because(top, level, caps))


@dataclass(frozen=True)
class _Cap:
    level: int
    move: str
    evidence: Evidence


def _caps(dimension: Dimension, own: Sequence[Heard], earned: Sequence[_Earned], reached: int) -> list[_Cap]:
    """What holds the level down, each with the latest words that do. What can be mended is a mistake: it costs a level
    in any case, and no more where a turn after it earned 3.
    """
    latest = {o.move: (turn, o) for turn, o in against(own) if o.move in dimension.cap}
    order = [heard.turn.id for heard in own]
    mending = max((order.index(e.turn.id) for e in earned if e.level >= CREDIT_MOST), default=-1)
    found: list[_Cap] = []
    for move, (turn, observation) in latest.items():
        level = dimension.cap[move]
        if move in dimension.mended:
            mended = mending > order.index(turn.id)
            level = min(dimension.mended[move] if mended else level, max(0, reached - 1))
        found.append(_Cap(level, move, said(turn, observation)))
    return found


def _shown_for(level: int, earned: Sequence[_Earned]) -> list[_Earned]:
    """The turns to quote: the best of each moment first, so that a level sustained over two moments shows both."""
    high = sorted((e for e in earned if e.level >= level), key=lambda e: -e.level)
    first = {e.beat or e.turn.id: e for e in reversed(high)}
    return [*first.values(), *(e for e in high if e not in first.values())][:MOST_QUOTES]


def _sustained(level: int, earned: Sequence[_Earned], opportunities: int) -> int:
    """4 needs level-3 credit in two different opportunities; in two turns where only one opportunity existed; and none
    came where there was none.
    """
    if not opportunities:
        return level
    high = [e for e in earned if e.level >= 3]
    apart = {e.beat for e in high if e.beat} if opportunities > 1 else {e.turn.id for e in high}
    return 4 if level == CREDIT_MOST and len(apart) >= 2 else level


def _because(top: Sequence[_Earned], level: int, caps: Sequence[_Cap]) -> str:
    reasons = "; ".join(dict.fromkeys(e.because for e in top))
    if caps:
        return f"In the words: {reasons}. Held at {level} by what was also said: {_in_words(caps)}."
    return f"In the words: {reasons}{', at more than one moment' if level == 4 else ''}."


def _in_words(caps: Iterable[_Cap]) -> str:
    """What the moves mean, in the words of the rules."""
    told = (MOVES.get(cap.move, cap.move.replace("_", " ")).rstrip(".") for cap in caps)
    return "; ".join(f"{words[:1].lower()}{words[1:]}" for words in told)


def _unearned(dimension: Dimension, own: Sequence[Heard], came: Sequence[Opportunity]) -> Rating:
    """Nothing in the words earned a level: 0 where there was an occasion, not applicable where there was none. That
    nothing was said cannot be told where something was heard with doubt.
    """
    took = [(turn, o) for turn, o in against(own) if o.move in dimension.floor]
    if not came and not took:
        return not_applicable(dimension, "No moment called for it.")
    doubtful = [Evidence(each.turn.id, LEARNER, each.turn.text, "doubt") for each in own if any_in_doubt(each.turn)]
    if doubtful and not took:
        return replace(in_doubt(dimension), evidence=once(doubtful))
    evidence = [*(said(turn, o) for turn, o in took), *(cue(o) for o in came if o.state != "unclear")]
    why = "What was said took space away." if took else "Not expressed in the words that followed these moments."
    return Rating(dimension.id, 0, "rated", once(evidence), why)


def _earned(
    dimension: Dimension, heard: Heard, own: Sequence[Heard], opportunities: Sequence[Opportunity]
) -> list[_Earned]:
    beat = next((o.beat for o in opportunities if heard.turn.id in o.response_turns), "")
    return [
        _Earned(credit.level, heard.turn, _quote(heard, credit), credit.because, beat)
        for credit in dimension.credit
        if set(credit.moves) <= heard.earns
        and not set(credit.without) & heard.costs
        and _in_place(credit, heard, beat, own)
    ]


def _in_place(credit: Credit, heard: Heard, beat: str, own: Sequence[Heard]) -> bool:
    match credit.place:
        case "anywhere":
            return True
        case "opportunity":
            return bool(beat)
        case "after_acknowledgement":
            before = own[: [each.turn.id for each in own].index(heard.turn.id) + 1]
            return any(each.earns & ACKNOWLEDGES for each in before)


def _quote(heard: Heard, credit: Credit) -> str:
    return next(whole(heard.turn, o) for o in heard.earning if o.move == credit.moves[0])
