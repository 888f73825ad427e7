"""From evidence to a level by a weighed sum: the share of turns that show something, times a weight from the rubric.

The weights are the rubric's own and round; the two numbers that place the sum on the scale are fitted, and the rubric
says on what. A sum is no judgement: every level names the rules and the words it rests on.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from server.core.lexicon import STOPWORDS, tokens
from server.core.rating.misnaming import MISNAMES
from server.core.rating.reading import Finding, Shown, counts, read
from server.core.rubric import Rubric, Weighed, Weight
from server.core.scoring.scoring import Evidence, Rating, Scorecard, about, checked
from server.core.transcript import LEARNER, Turn

WEIGHER = "weighed-2"
"""Version of the rules in this room and of those it reads by; part of every scorecard's provenance."""
TOLD_BY_ONCE = frozenset({MISNAMES.name})
"""What weighs in full when it is shown in one turn: the other has not been heard, however kind the rest is."""
FEWEST_TURNS = 2
"""Turns of the learner's below which no share says anything."""
FEWEST_WORDS, LEAST_ENGLISH = 12, 0.2
"""From so many words on, at least this part of them are the small words that all English has."""


def score_weighed(turns: Sequence[Turn], rubric: Rubric, provenance: dict[str, str]) -> Scorecard:
    """The draft on a rubric of weighed dimensions. It reads the words of both, and no opportunities."""
    found = read(turns)
    why = unread(turns)
    ratings = (_refused(each, why) if why else checked(_rate(each, found, turns), turns) for each in rubric.weighed)
    return Scorecard("draft", about(rubric), tuple(ratings), (), provenance | {"rater": WEIGHER})


def unread(turns: Sequence[Turn]) -> tuple[str, str] | None:
    """Why no level can be given, as status and sentence; None: it can."""
    own = [turn for turn in turns if counts(turn)]
    if len(own) < FEWEST_TURNS:
        return "not_applicable", f"Fewer than {FEWEST_TURNS} turns to read."
    words = [word for turn in own for word in tokens(turn.text)]
    if len(words) >= FEWEST_WORDS and sum(word in STOPWORDS for word in words) < LEAST_ENGLISH * len(words):
        return "unrated", "These words are not English as far as the rules can tell; needs a person."
    return None


def _refused(dimension: Weighed, why: tuple[str, str]) -> Rating:
    status, sentence = why
    return Rating(dimension.id, None, "unrated" if status == "unrated" else "not_applicable", (), sentence)


def level(dimension: Weighed, total: float) -> int:
    """The sum on the rubric's scale: rounded, and held within the levels that have an anchor."""
    levels = [int(anchor) for anchor in dimension.anchors]
    return max(min(levels), min(max(levels), floor(dimension.start + dimension.step * total + 0.5)))


def weigh(dimension: Weighed, found: Sequence[Shown]) -> float:
    """The weighed sum over the turns read; 0 where nothing was shown."""
    return sum(part.weight * _share(dimension, part, found) for part in dimension.weights)


def _share(dimension: Weighed, part: Weight, found: Sequence[Shown]) -> float:
    shown = len(_turns(part, found))
    if set(part.shows) <= TOLD_BY_ONCE:
        return float(shown > 0)
    return _part(dimension, shown, len(found))


def _part(dimension: Weighed, shown: int, turns: int) -> float:
    if dimension.counts == "times":
        return min(shown, dimension.most)
    return shown / turns if turns else 0.0


def _turns(part: Weight, found: Iterable[Shown]) -> list[list[Finding]]:
    """For each turn that shows any of `part.shows` and none of `part.without`: what shows it."""
    own = [turn for turn in found if not turn.keys() & set(part.without)]
    return [shows for turn in own if (shows := [turn[name] for name in part.shows if name in turn])]


def _rate(dimension: Weighed, found: Sequence[Shown], turns: Sequence[Turn]) -> Rating:
    parts = [(part, _turns(part, found)) for part in dimension.weights]
    reasons = [_reason(part, shown, len(found)) for part, shown in parts if shown]
    quotes = dict.fromkeys(_evidence(finding) for _, shown in parts for each in shown for finding in each)
    reached = level(dimension, weigh(dimension, found))
    if not quotes:
        examined = tuple(Evidence(turn.id, LEARNER, turn.text, "examined") for turn in turns if counts(turn))
        why = f"The rules found nothing to weigh in the {len(found)} turns examined."
        return Rating(dimension.id, reached, "rated", examined, why)
    return Rating(dimension.id, reached, "rated", tuple(quotes), f"In the words: {'; '.join(reasons)}.")


def _evidence(finding: Finding) -> Evidence:
    return Evidence(finding.turn, finding.speaker, finding.quote, "said" if finding.speaker == LEARNER else "cue")


def _reason(part: Weight, shown: Sequence[Sequence[Finding]], turns: int) -> str:
    """What was done, by which rules, in how many turns, and what that weighs."""
    rules = dict.fromkeys(finding.name for each in shown for finding in each)
    return f"{part.because} ({', '.join(rules)}: {len(shown)} of {turns} turns, {part.weight:+g})"
