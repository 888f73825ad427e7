"""From a model's answer to a rating: what was found in the transcript becomes observations, and the rubric's own rules
make the level of them. The same rules as for the program's own observations; a number is never taken from a model.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from server.core.ledger import EXTENDS, LEAVES, SHUTS, SOFTENS, SPACE, STAYS_WITH, TASK, TOKEN, Opportunity
from server.core.lexicon import tokens, words
from server.core.moves import ACKNOWLEDGES, MOVES, Observation
from server.core.rating.answers import ANSWERS
from server.core.rating.levels import level, unread, weigh
from server.core.rating.reading import EVIDENCE, Finding, Shown, counts, read
from server.core.rubric import Dimension, Weighed
from server.core.scoring.claims import Claim, LookedUp, Upheld, look_up
from server.core.scoring.scorecard import Evidence, Rating, once
from server.core.scoring.scoring import checked, rate
from server.core.transcript import LEARNER, Turn

MEASURED = words("interrupts talks_at_length sees_to_urgent invites_silence sits_down breaks_role own_distress")
"""Moves that the program goes on observing itself: they are counted or timed, or only ever protect the learner."""
ANSWERED = frozenset(rule.name for rule in ANSWERS)
"""Kinds of evidence that stand in the other person's answer; the program goes on finding them itself."""
Counting = Callable[[Sequence[Turn]], tuple[Sequence[Turn], tuple[Opportunity, ...]]]
"""Of turns that were observed anew: the same without what may not earn, and the ledger of them."""


@dataclass(frozen=True)
class Verdict:
    """What one reading of one dimension came to."""

    rating: Rating
    found: LookedUp
    opportunities: tuple[Opportunity, ...] = ()


def items_of(dimension: Dimension | Weighed, wanted: Collection[str] = ()) -> Mapping[str, str]:
    """What a model is asked about a dimension: names of moves or kinds of evidence, each in words. `wanted`: moves that
    the case's own moments ask for.
    """
    if isinstance(dimension, Weighed):
        kinds = {kind for part in dimension.weights for kind in (*part.shows, *part.without)}
        return {kind: says for kind, says in EVIDENCE.items() if kind in kinds - ANSWERED}
    named = _ledger_moves() | frozenset(wanted) if dimension.rule == "ledger" else _moves_of(dimension)
    return {move: says for move, says in MOVES.items() if move in named - MEASURED}


def _ledger_moves() -> frozenset[str]:
    """Every move that the code of a moment may turn on."""
    return ACKNOWLEDGES | EXTENDS | SPACE | TASK | TOKEN | SHUTS | SOFTENS | LEAVES | STAYS_WITH


def _moves_of(dimension: Dimension) -> frozenset[str]:
    """Every move that the dimension's rules name, and what their places turn on."""
    named = [move for credit in dimension.credit for move in (*credit.moves, *credit.without)]
    named += [*dimension.floor, *dimension.cap, *(blocker.move for blocker in dimension.blockers)]
    late = any(credit.place == "after_acknowledgement" for credit in dimension.credit)
    return frozenset(named) | (ACKNOWLEDGES if late else frozenset())


def read_verdict(
    dimension: Dimension, answer: Sequence[Claim], turns: Sequence[Turn], count: Counting, wanted: Collection[str] = ()
) -> Verdict:
    """The rating that an answer supports. One that claims what is not there is unrated; it never becomes a number."""
    found = look_up(answer, turns, items_of(dimension, wanted))
    seen, opportunities = count(_observed(turns, found.upheld))
    rating = checked(rate(dimension, seen, opportunities), seen)
    return Verdict(_relied_on(rating, found), found, opportunities)


def read_weighed(dimension: Weighed, answer: Sequence[Claim], turns: Sequence[Turn]) -> Verdict:
    """The same for a dimension that is a weighed sum; words heard with doubt are no evidence here."""
    found = look_up(answer, turns, items_of(dimension), sure_only=True)
    if why := unread(turns):
        status, sentence = why
        unrated: Rating = Rating(dimension.id, None, "unrated", (), sentence)
        return Verdict(replace(unrated, status="not_applicable") if status == "not_applicable" else unrated, found)
    rating = checked(_weighed(dimension, _shown(dimension, turns, found.upheld), turns), turns)
    return Verdict(_relied_on(rating, found), found)


def failed(dimension: Dimension | Weighed, code: str) -> Verdict:
    """In place of an answer that never came."""
    why = f"The rating model gave no usable answer ({code}); needs a person."
    return Verdict(Rating(dimension.id, None, "unrated", (), why), LookedUp())


def _relied_on(rating: Rating, found: LookedUp) -> Rating:
    """Unrated where the answer claims something, and nothing that it quotes for it can be found."""
    if not found.lost:
        return rating
    named = ", ".join(found.lost)
    why = f"What the model quoted does not stand in the learner's own words ({named}); needs a person."
    return Rating(rating.id, None, "unrated", (), why)


def _observed(turns: Sequence[Turn], upheld: Sequence[Upheld]) -> tuple[Turn, ...]:
    """The turns with the model's observations in place of the program's. What was done or shown keeps its own."""
    return tuple(_reread(turn, upheld) if turn.kind == "said" and turn.speaker == LEARNER else turn for turn in turns)


def _reread(turn: Turn, upheld: Sequence[Upheld]) -> Turn:
    own = [o for o in turn.observations if o.move in MEASURED or o.move not in MOVES]
    found = [_observation(each) for each in upheld if each.turn.id == turn.id]
    return replace(turn, observations=tuple(sorted([*own, *found], key=lambda o: (o.start, o.end, o.move))))


def _observation(each: Upheld) -> Observation:
    return Observation(each.item, each.quote, each.start, each.start + len(each.quote))


def _shown(dimension: Weighed, turns: Sequence[Turn], upheld: Sequence[Upheld]) -> list[Shown]:
    """What each turn that counts shows, in order: of its words by the model, of how it was answered by the program."""
    own, once_only, told = [turn for turn in turns if counts(turn)], _helps(dimension), set[tuple[str, str]]()
    shown: list[Shown] = []
    for turn, by_program in zip(own, read(turns), strict=True):
        found = {kind: finding for kind, finding in by_program.items() if kind in ANSWERED}
        for each in (each for each in upheld if each.turn.id == turn.id):
            same = (each.item, " ".join(tokens(each.quote)))
            if each.item not in once_only or same not in told:
                found.setdefault(each.item, Finding(each.item, turn.id, each.quote))
            told.add(same)
        shown.append(found)
    return shown


def _helps(dimension: Weighed) -> frozenset[str]:
    """Kinds that bring the level nearer its good end: in the same words they count once."""
    good = (part for part in dimension.weights if (part.weight > 0) == (dimension.better == "high"))
    return frozenset(kind for part in good for kind in part.shows)


def _weighed(dimension: Weighed, shown: Sequence[Shown], turns: Sequence[Turn]) -> Rating:
    parts = [(part, [each for each in shown if _adds(part.shows, part.without, each)]) for part in dimension.weights]
    quotes = [_quoted(each[kind]) for part, adding in parts for each in adding for kind in part.shows if kind in each]
    reasons = [f"{p.because} ({len(adding)} of {len(shown)} turns, {p.weight:+g})" for p, adding in parts if adding]
    reached = level(dimension, weigh(dimension, shown))
    if not quotes:
        examined = tuple(Evidence(turn.id, LEARNER, turn.text, "examined") for turn in turns if counts(turn))
        why = f"Nothing to weigh was found in the {len(shown)} turns examined."
        return Rating(dimension.id, reached, "rated", examined, why)
    return Rating(dimension.id, reached, "rated", once(quotes), f"In the words: {'; '.join(reasons)}.")


def _quoted(finding: Finding) -> Evidence:
    return Evidence(finding.turn, finding.speaker, finding.quote, "said" if finding.speaker == LEARNER else "cue")


def _adds(shows: Sequence[str], without: Sequence[str], turn: Shown) -> bool:
    return bool(turn.keys() & set(shows)) and not turn.keys() & set(without)
