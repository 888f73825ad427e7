"""The draft scorecard: levels computed from observed moves, every one resting on quotes that a program has checked.

Nothing here is a judgement of a person. A dimension without an occasion is not applicable; one whose evidence does not
hold is unrated and needs a person; neither ever becomes a number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from server.core.encounter import Encounter
from server.core.ledger import SURE, URGENT, Opportunity, ledger
from server.core.moves import ACKNOWLEDGES, MOVES, Observation
from server.core.quoting import whole
from server.core.rubric import CREDIT_MOST, Blocker, Credit, Dimension, Rubric
from server.core.transcript import LEARNER, Turn

SCORER = "lexical-3"
"""Version of the rules in this room; part of every scorecard's provenance."""
MOST_QUOTES = 4
"""Quotes under one level of D2 to D5."""
FEWEST_TURNS = 3
"""Learner turns below which the absence of blockers says nothing."""


@dataclass(frozen=True)
class Evidence:
    """A verified quote. said: the learner's words; cue: the patient's; examined: a turn that was read and held
    nothing.
    """

    turn: str
    speaker: str
    quote: str
    role: Literal["said", "cue", "examined"]


@dataclass(frozen=True)
class Rating:
    id: str
    level: int | None
    status: Literal["rated", "unrated", "not_applicable"]
    evidence: tuple[Evidence, ...]
    rationale: str


@dataclass(frozen=True)
class Scorecard:
    status: Literal["draft", "signed", "pending", "not_scored"]
    rubric: dict[str, str]
    """id, version, digest, title, claim"""
    dimensions: tuple[Rating, ...]
    opportunities: tuple[Opportunity, ...]
    provenance: dict[str, str]


def score(encounter: Encounter, rubric: Rubric) -> Scorecard:
    """The draft for an encounter that is over; pure, so it can be recomputed from the log at any time."""
    case = encounter.case
    provenance = {
        "rater": SCORER,
        "case": case.case_id,
        "case_version": case.case_version,
        "case_digest": case.digest,
        **({"variant": case.variant} if case.variant else {}),
        **how_heard(encounter.turns),
    }
    if encounter.ended == "stop" or not encounter.over:
        return Scorecard("not_scored", about(rubric), (), (), provenance)
    return score_turns(encounter.turns, ledger(encounter), rubric, provenance)


def never_began(encounter: Encounter) -> bool:
    """Over without a reflection to give: it was stopped, or ended at the door."""
    return encounter.phase == "done" and encounter.reflection is None


def why_not_scored(encounter: Encounter) -> str:
    """role_reversal, stopped or never_began, for an encounter that is over; empty for one that is scored."""
    if encounter.case.activity == "role_reversal":
        return "role_reversal"
    if encounter.ended == "stop":
        return "stopped"
    return "never_began" if never_began(encounter) else ""


def how_heard(turns: Sequence[Turn]) -> dict[str, str]:
    """heard: typed, spoken or mixed; lowest_confidence: of the words that were spoken."""
    own = [turn for turn in turns if turn.speaker == LEARNER and turn.kind == "said" and turn.text]
    spoken = [turn.confidence for turn in own if turn.heard_ms]
    if not spoken:
        return {"heard": "typed"}
    return {"heard": "spoken" if len(spoken) == len(own) else "mixed", "lowest_confidence": f"{min(spoken):.2f}"}


def score_turns(
    turns: Sequence[Turn], opportunities: tuple[Opportunity, ...], rubric: Rubric, provenance: dict[str, str]
) -> Scorecard:
    """A draft from turns with their observed moves, wherever they come from."""
    ratings = tuple(checked(rate(dimension, turns, opportunities), turns) for dimension in rubric.dimensions)
    return Scorecard("draft", about(rubric), ratings, opportunities, provenance)


def about(rubric: Rubric) -> dict[str, str]:
    """Which rubric it was, exactly, and what the score is a score of."""
    return {
        "id": rubric.rubric_id,
        "version": rubric.rubric_version,
        "digest": rubric.digest,
        "title": rubric.title,
        "claim": rubric.claim,
    }


def rate(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    """One dimension, by the rule that the rubric names."""
    match dimension.rule:
        case "ledger":
            return _by_ledger(dimension, opportunities)
        case "credit":
            return _by_credit(dimension, turns, opportunities)
        case "blockers":
            return _by_blockers(dimension, turns, opportunities)


def checked(rating: Rating, turns: Iterable[Turn]) -> Rating:
    """The rating, or `unrated` when a quote is not found word for word in the turn it names."""
    by_id = {turn.id: turn for turn in turns}
    if rating.status != "rated" or (all(_holds(evidence, by_id) for evidence in rating.evidence) and rating.evidence):
        return rating
    return replace(
        rating,
        level=None,
        status="unrated",
        evidence=(),
        rationale="Its evidence could not be verified; needs a person.",
    )


def _holds(evidence: Evidence, turns: dict[str, Turn]) -> bool:
    turn = turns.get(evidence.turn)
    if turn is None or not evidence.quote or evidence.quote not in turn.text or turn.speaker != evidence.speaker:
        return False
    return (
        (evidence.speaker == LEARNER)
        if evidence.role == "said"
        else (evidence.role == "examined" or evidence.speaker != LEARNER)
    )


def _said(turn: Turn, observation: Observation) -> Evidence:
    return Evidence(turn.id, LEARNER, whole(turn, observation), "said")


def _cue(opportunity: Opportunity) -> Evidence:
    return Evidence(opportunity.cue_turn, opportunity.cue_speaker, opportunity.cue_quote, "cue")


def _once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """In order, each quote once."""
    return tuple(dict.fromkeys(evidence))


def not_applicable(dimension: Dimension, why: str) -> Rating:
    return Rating(dimension.id, None, "not_applicable", (), why)


# D1: from the ledger


def _by_ledger(dimension: Dimension, opportunities: Sequence[Opportunity]) -> Rating:
    coded = [(o, o.code) for o in opportunities if o.code is not None]
    if not coded:
        return not_applicable(dimension, "No opportunity was heard and answered.")
    codes = [code for _, code in coded]
    level = _ledger_level(codes)
    evidence = _once(_ledger_evidence(opportunity) for opportunity, _ in coded)
    met = sum(code >= 3 for code in codes)
    return Rating(
        dimension.id,
        level,
        "rated",
        evidence,
        f"{met} of {len(codes)} opportunities were acknowledged in what was said.",
    )


def _ledger_level(codes: Sequence[int]) -> int:
    """Anchors of D1: nearly all reach 3, most reach 3, about half reach 2, any token, none."""
    acknowledged = sum(code >= 3 for code in codes) / len(codes)
    partial = sum(code >= 2 for code in codes) / len(codes)
    if acknowledged > 0.5:
        return 4 if acknowledged >= 0.85 else 3
    return 2 if partial >= 0.5 else 1 if any(codes) else 0


def _ledger_evidence(opportunity: Opportunity) -> Evidence:
    if opportunity.turn:
        return Evidence(opportunity.turn, LEARNER, opportunity.quote, "said")
    return _cue(opportunity)


# D2-D5: from the turns that earn most


@dataclass(frozen=True)
class _Earned:
    level: int
    turn: Turn
    quote: str
    because: str
    beat: str


def _by_credit(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    earned = [e for turn in _counted(turns) for e in _earned(dimension, turn, turns, opportunities)]
    heard = [o for o in opportunities if o.code is not None or o.state == "missed"]
    if not earned:
        return _unearned(dimension, turns, heard)
    best = min(max(e.level for e in earned), CREDIT_MOST)
    reached = _sustained(best, earned, len(heard))
    caps = [cap for cap in _caps(dimension, turns, earned) if cap.level < reached]
    level = min([reached, *(cap.level for cap in caps)])
    top = _shown_for(best, earned)
    evidence = [*(Evidence(e.turn.id, LEARNER, e.quote, "said") for e in top), *(cap.evidence for cap in caps)]
    return Rating(dimension.id, level, "rated", _once(evidence), _because(top, level, caps))


@dataclass(frozen=True)
class _Cap:
    level: int
    move: str
    evidence: Evidence


def _caps(dimension: Dimension, turns: Sequence[Turn], earned: Sequence[_Earned]) -> list[_Cap]:
    """What holds the level down, each with the latest words that do; mended by a turn after them that earned 3."""
    latest = {o.move: (turn, o) for turn, o in _against(turns) if o.move in dimension.cap}
    order = [turn.id for turn in turns]
    mending = max((order.index(e.turn.id) for e in earned if e.level >= CREDIT_MOST), default=-1)
    found: list[_Cap] = []
    for move, (turn, observation) in latest.items():
        level = dimension.cap[move]
        if mending > order.index(turn.id):
            level = dimension.mended.get(move, level)
        found.append(_Cap(level, move, _said(turn, observation)))
    return found


def _shown_for(level: int, earned: Sequence[_Earned]) -> list[_Earned]:
    """The turns to quote: the best of each moment first, so that a level sustained over two moments shows both."""
    high = sorted((e for e in earned if e.level >= level), key=lambda e: -e.level)
    first = {e.beat or e.turn.id: e for e in reversed(high)}
    return [*first.values(), *(e for e in high if e not in first.values())][:MOST_QUOTES]


def _sustained(level: int, earned: Sequence[_Earned], opportunities: int) -> int:
    """4 needs level-3 credit in two different opportunities; in two turns where only one opportunity existed."""
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


def _unearned(dimension: Dimension, turns: Sequence[Turn], heard: Sequence[Opportunity]) -> Rating:
    """Nothing in the words earned a level: 0 where there was an occasion, not applicable where there was none."""
    against = [(turn, o) for turn, o in _against(turns) if o.move in dimension.floor]
    if not heard and not against:
        return not_applicable(dimension, "No moment called for it.")
    evidence = [*(_said(turn, o) for turn, o in against), *(_cue(o) for o in heard)]
    why = "What was said took space away." if against else "Not expressed in the words that followed these moments."
    return Rating(dimension.id, 0, "rated", _once(evidence), why)


def _earned(
    dimension: Dimension, turn: Turn, turns: Sequence[Turn], opportunities: Sequence[Opportunity]
) -> list[_Earned]:
    beat = next((o.beat for o in opportunities if turn.id in o.response_turns), "")
    return [
        _Earned(credit.level, turn, _quote(turn, credit), credit.because, beat)
        for credit in dimension.credit
        if set(credit.moves) <= turn.moves
        and not set(credit.without) & turn.moves
        and _in_place(credit, turn, beat, turns)
    ]


def _in_place(credit: Credit, turn: Turn, beat: str, turns: Sequence[Turn]) -> bool:
    match credit.place:
        case "anywhere":
            return True
        case "opportunity":
            return bool(beat)
        case "after_acknowledgement":
            before = turns[: turns.index(turn) + 1]
            return any(t.moves & ACKNOWLEDGES for t in before if t.speaker == LEARNER)


def _quote(turn: Turn, credit: Credit) -> str:
    return next(whole(turn, o) for o in turn.observations if o.move == credit.moves[0])


# D6: from what was counted


def _by_blockers(dimension: Dimension, turns: Sequence[Turn], opportunities: Sequence[Opportunity]) -> Rating:
    spoken = _spoken(turns)
    if len(spoken) < FEWEST_TURNS:
        return not_applicable(dimension, f"Fewer than {FEWEST_TURNS} turns to examine.")
    rules = {blocker.move: blocker for blocker in dimension.blockers}
    found = [(turn, o, rules[o.move]) for turn, o in _against(turns) if o.move in rules]
    if not found:
        return _none_found(dimension, spoken)
    serious = sum(rule.weight == "serious" for _, _, rule in found)
    evidence = _once(e for turn, o, rule in found for e in _blocked(turn, o, rule, opportunities))
    reasons = "; ".join(dict.fromkeys(rule.because for _, _, rule in found))
    level = _blocker_level(serious, len(found) - serious)
    return Rating(dimension.id, level, "rated", evidence, f"In the words: {reasons}.")


def _none_found(dimension: Dimension, turns: Sequence[Turn]) -> Rating:
    why = f"None of the listed blockers was found by the rules in the {len(turns)} turns examined."
    examined = tuple(Evidence(turn.id, LEARNER, turn.text, "examined") for turn in turns)
    return Rating(dimension.id, 4, "rated", examined, why)


def _blocked(turn: Turn, found: Observation, rule: Blocker, opportunities: Sequence[Opportunity]) -> list[Evidence]:
    """The words; for a serious one in answer to a cue, the cue before them."""
    answered = [o for o in opportunities if rule.weight == "serious" and turn.id in o.response_turns]
    return [*(_cue(o) for o in answered), _said(turn, found)]


def _blocker_level(serious: int, minor: int) -> int:
    """Anchors of D6: one minor; one serious or two minor; several; repeated or serious."""
    weight = 2 * serious + minor
    return 3 if weight == 1 else 2 if weight == 2 else 1 if weight <= 4 else 0


def _counted(turns: Sequence[Turn]) -> list[Turn]:
    """The learner's turns that may count: heard surely, and in role. What was done or held in silence counts as
    well.
    """
    own = (turn for turn in turns if turn.speaker == LEARNER)
    return [turn for turn in own if turn.confidence >= SURE and not turn.out_of_role]


def _spoken(turns: Sequence[Turn]) -> list[Turn]:
    """Those of them that are words."""
    return [turn for turn in _counted(turns) if turn.kind == "said"]


def _against(turns: Sequence[Turn]) -> list[tuple[Turn, Observation]]:
    """What may count against the learner; seeing to something urgent first never does."""
    return [(turn, o) for turn in _spoken(turns) if URGENT not in turn.moves for o in turn.observations]
