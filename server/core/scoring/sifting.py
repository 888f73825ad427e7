"""What of a learner's words may earn anything: not what is said to everybody, to nobody or to the rater.

A phrase that stands in most turns answers none of them; the other person's own sentence, said back again and again,
gives nothing back; a feeling that nobody has shown is a guess. What costs something keeps its cost: only credit is
sifted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from server.core.asking import SENTENCE
from server.core.feelings import feelings
from server.core.lexicon import content_stems, feelings_in, fold, tokens, words
from server.core.moves import BLOCKERS, COMMON, Observation
from server.core.rules.rule import expression
from server.core.scoring.said_back import is_said_back
from server.core.scoring.to_the_rater import sentences_to_the_rater
from server.core.transcript import LEARNER, Turn

FEWEST_WORDS = 3
"""Of a sentence that can be a refrain: `Go on.` may be said as often as it is meant."""
REFRAIN = 3
"""Turns in which the same sentence stands, from which on it belongs to none; two, beside a habit of formulas."""
HABIT, LEAST_HABIT = 0.5, 3
"""Share of the learner's turns, and turns, from which on a ready-made phrase or an echo is a habit."""
_KEPT = BLOCKERS | words("names_wrong_feeling says_goodbye sees_to_urgent")
"""Moves that may cost something, or say what the turn was for."""
RELATIONAL = words(
    "stock_phrase vague_support apologises praises_emptily validates appreciates_telling believes normalises affirms "
    "gives_permission stays invites_more thanks names_feeling paraphrases offers_help"
)
"""Moves that a phrase which fits anybody can make."""
_ANYBODYS = content_stems(
    "understand hear hard difficult tough sorry sad feel feeling feelings valid sense share sharing listen "
    "going lot time times thing things alone reason imagine overwhelming frustrating together need help way "
    "anyone people normal okay situation trouble want take make makes completely trust talk talking honest "
    "open brave strong matter matters must may might maybe perhaps hope know see every thank thanks sound "
    "sounds seem seems look looks give gave day one sure much tell told nobody everybody somebody anybody "
    "never always through everything something nothing fine along"
)
"""Words that fit any trouble: sharing one of them with the other person shows nothing."""
_POLITE = expression(r"\b(?:pleased|glad|happy|delighted|grateful|excited) (?:to|of|with|as|enough|for)\b")
"""`Pleased to meet you` is no feeling to be met."""
_INVITES = expression(
    r"^\W*(?:please |do |so )?tell me (?:a (?:bit|little) )?more(?: about (?:that|it|this|how you feel))?\W*$"
)
_GLAD = frozenset({"happiness", "relief"})

Span = tuple[int, int]


@dataclass(frozen=True)
class _Sentence:
    """One sentence of the learner's, beside what the other person had told by then."""

    span: Span
    words: str
    told: frozenset[str]
    """Stems of it."""
    felt: frozenset[str]
    """Families of feeling in it."""
    back: bool
    """It says the other's last words back, with nothing added."""
    answering: bool
    again: bool
    """The same turn has said it before."""
    lends: bool
    """It names a feeling that fits this moment, as this person's own."""

    @property
    def key(self) -> str:
        return key(self.words)

    @property
    def generic(self) -> bool:
        """It would fit anybody: no word of what was told, and no feeling of theirs named as theirs."""
        return not content_stems(self.words) & self.told - _ANYBODYS

    def overlaps(self, observation: Observation) -> bool:
        start, end = self.span
        return observation.start < end and start < observation.end


def sifted(turns: Sequence[Turn], answering: Collection[str]) -> tuple[Turn, ...]:
    """The turns, with those observations gone that may not earn. `answering`: ids of turns that answer a moment."""
    read = dict(_read(turns, answering))
    habits = _Habits.of(turns, read)
    return tuple(_sifted(turn, read[turn.id], habits) if turn.id in read else turn for turn in turns)


def _read(turns: Sequence[Turn], answering: Collection[str]) -> Iterator[tuple[str, list[_Sentence]]]:
    """The sentences of each of the learner's spoken turns that count."""
    told, felt, last = frozenset[str](), frozenset[str](), ""
    for before, turn in pairwise((None, *turns)):
        if turn is None or not turn.text:
            continue
        if turn.speaker != LEARNER:
            told, felt = told | content_stems(turn.text), felt | feelings_in(tokens(_POLITE.sub(" ", fold(turn.text))))
            last = f"{last} {turn.text}" if before is not None and before.speaker != LEARNER else turn.text
        elif turn.kind == "said" and not turn.out_of_role:
            yield turn.id, list(_sentences(turn, _Told(told, felt, last), turn.id in answering))


@dataclass(frozen=True)
class _Told:
    """What the other person has said by then."""

    stems: frozenset[str]
    felt: frozenset[str]
    last: str
    """Since the learner's last turn."""


def _sentences(turn: Turn, told: _Told, answering: bool) -> Iterator[_Sentence]:
    said: set[str] = set()
    for match in SENTENCE.finditer(turn.text):
        back = is_said_back(match.group(), told.last)
        again, lends = key(match.group()) in said, _lends(turn, match)
        one = _Sentence(match.span(), match.group(), told.stems, told.felt, back, answering, again, lends)
        said.add(one.key)
        yield one


def _lends(turn: Turn, sentence: re.Match[str]) -> bool:
    """`You sound lonely`, and not `that must be frustrating`, nor `you must be sad`, which goes with any trouble."""
    named = any(o.move == "names_feeling" and sentence.start() <= o.start < sentence.end() for o in turn.observations)
    to_them = any(word.partition("'")[0] == "you" for word in tokens(sentence.group()))
    return named and to_them and not _named(sentence.group()) <= COMMON


def key(sentence: str) -> str:
    """A sentence without marks and capitals; one that only counts on is the same sentence."""
    return " ".join("#" if token.isdigit() else token for token in tokens(sentence))


@dataclass(frozen=True)
class _Habits:
    """What this learner does in most turns, whatever was said."""

    refrains: frozenset[str]
    formula: bool
    echo: bool

    @classmethod
    def of(cls, turns: Sequence[Turn], read: dict[str, list[_Sentence]]) -> _Habits:
        own = [turn for turn in turns if turn.id in read]
        counted = Counter(key for turn in own for key in {each.key for each in read[turn.id]})
        formulas = sum(any(_is_formula(turn, each) for each in read[turn.id]) for turn in own)
        echoes = sum(any(each.back for each in read[turn.id]) for turn in own)
        formula = _is_habit(formulas, len(own))
        most = 2 if formula else REFRAIN
        often = (key for key, times in counted.items() if times >= most and len(key.split()) >= FEWEST_WORDS)
        return cls(frozenset(often), formula, _is_habit(echoes, len(own)))


def _is_habit(times: int, turns: int) -> bool:
    return times >= LEAST_HABIT and times >= HABIT * turns


def _is_formula(turn: Turn, sentence: _Sentence) -> bool:
    """It does what answers a person, in words that would fit anybody."""
    relational = [o for o in turn.observations if o.move in RELATIONAL and sentence.overlaps(o)]
    return sentence.generic and any(not _fits_only_them(o, sentence) for o in relational)


def _fits_only_them(found: Observation, sentence: _Sentence) -> bool:
    """An offer that says who or what brings words of its own; a feeling, and why it makes sense, may be theirs."""
    return _is_concrete(found, sentence) or (sentence.lends and _move(found) in ("names_feeling", "validates"))


def _is_concrete(found: Observation, sentence: _Sentence) -> bool:
    return found.move == "offers_help" and bool(content_stems(sentence.words) - _ANYBODYS)


def _sifted(turn: Turn, sentences: Sequence[_Sentence], habits: _Habits) -> Turn:
    to_rater = list(sentences_to_the_rater(turn.text))
    kept = [o for o in turn.observations if _counts(o, sentences, to_rater, habits)]
    guessed = [replace(o, move="names_wrong_feeling") for o in turn.observations if _misread(o, sentences)]
    kept += [o for o in guessed if o not in kept]
    return turn if kept == list(turn.observations) else replace(turn, observations=tuple(kept))


def _move(found: Observation) -> str:
    """The plain move, where it is that of a sign: `validates@home`."""
    return found.move.partition("@")[0]


def _counts(found: Observation, sentences: Sequence[_Sentence], to_rater: Sequence[Span], habits: _Habits) -> bool:
    """What costs always does, but for a feeling that is named in a formula and lent to nobody."""
    if found.move == "names_wrong_feeling" and habits.formula:
        return any(not each.generic or "you" in tokens(each.words) for each in sentences if each.overlaps(found))
    return found.move in _KEPT or _may_earn(found, sentences, to_rater, habits)


def _may_earn(found: Observation, sentences: Sequence[_Sentence], to_rater: Sequence[Span], habits: _Habits) -> bool:
    if any(start <= found.start and found.end <= end for start, end in to_rater):
        return False
    over = [each for each in sentences if each.overlaps(found)]
    if any(each.again or each.key in habits.refrains or (habits.echo and each.back) for each in over):
        return False
    if (
        habits.formula
        and _is_relational(found)
        and any(each.generic and not _fits_only_them(found, each) for each in over)
    ):
        return False
    if found.move == "names_feeling":
        return any(not each.back and (each.answering or _named(each.words) & each.felt) for each in over)
    return True


def _is_relational(found: Observation) -> bool:
    """`Tell me more about that` is an open question by its form."""
    return _move(found) in RELATIONAL or bool(_INVITES.search(fold(found.quote)))


def _misread(found: Observation, sentences: Sequence[_Sentence]) -> bool:
    """A glad feeling is lent to somebody who has shown none."""
    if found.move != "names_feeling":
        return False
    over = [each for each in sentences if each.overlaps(found) and not each.answering]
    named = [(_named(each.words), each.felt) for each in over]
    return any(families and families <= _GLAD and not families & felt for families, felt in named)


def _named(sentence: str) -> frozenset[str]:
    return frozenset().union(*(each.families for each in feelings(fold(sentence)) if not each.denied))
