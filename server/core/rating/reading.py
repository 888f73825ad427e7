"""What a supporter's turns show: one finding for each rule and turn, with the sentence it rests on.

Here stand the rules that need more than a sentence: what was told and said before, and how it was answered.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from server.core.asking import SENTENCE
from server.core.doubting import all_in_doubt
from server.core.lexicon import content_stems, fold, tokens
from server.core.rating.answers import ANSWERS, FEELS_MET, PUSHES_BACK, answered, welcomed
from server.core.rating.asking import asks
from server.core.rating.meeting import MEETING
from server.core.rating.misnaming import MISNAMES
from server.core.rating.plain import plain
from server.core.rating.staying import STAYS_WITH
from server.core.rating.steering import ADVISES, ADVISES_BY_ASKING, ASKS_BEFORE_ADVISING, INVITES, OWN_STORY
from server.core.rating.stock import is_stock, recited
from server.core.rating.taking import TAKING
from server.core.rating.told import Told
from server.core.rules.rule import expression
from server.core.transcript import LEARNER, Turn

CARING = (*MEETING, STAYS_WITH)
_PLAIN = (*CARING, *TAKING, INVITES, ASKS_BEFORE_ADVISING)
RULES = (*_PLAIN, ADVISES, ADVISES_BY_ASKING, OWN_STORY, MISNAMES, *ANSWERS)
"""Every rule that goes by expressions."""
EVIDENCE: Mapping[str, str] = {
    **{rule.name: rule.says for rule in RULES},
    "explores": "asked about them",
    "gives_back": "gave their own story back in a statement",
}
"""Every kind of evidence by name, with what was done."""
_ONCE = frozenset(rule.name for rule in (*CARING, INVITES)) | {"explores", "gives_back"}
"""What a sentence earns the first time it is said; said again, it earns nothing."""
_MEETS = frozenset(rule.name for rule in CARING)
"""What meets a feeling, if there is one to meet."""
_STEERS = frozenset(rule.name for rule in TAKING if rule.name not in ("jokes", "contradicts")) | {
    "advises",
    "own_story",
}
"""Beside one of these a sentence gives nothing back."""
LEAST_SHARED = 2
"""Words of theirs in a statement that gives their story back."""
_OF_THEM = expression(r"\b(?:you|your|it|that|he|she|they)\b")


@dataclass(frozen=True)
class Finding:
    """One kind of evidence in one turn: the sentence that shows it, exact to the letter."""

    name: str
    turn: str
    quote: str
    speaker: str = LEARNER
    """Somebody else's where it is their answer."""


@dataclass(frozen=True)
class _Sentence:
    turn: str
    quote: str
    key: str
    """Its words, to know it by when it is said again."""
    kinds: frozenset[str]
    meets: bool
    """It meets a feeling, whether or not it earns anything."""
    stock: bool
    """In words that would fit anybody."""


@dataclass(frozen=True)
class _Own:
    """One turn of the learner's, and how the next words of the other answered it."""

    sentences: tuple[_Sentence, ...]
    answers: tuple[Finding, ...] = ()
    answered: bool = False


Shown = Mapping[str, Finding]
"""What one turn shows, by rule."""


def read(turns: Sequence[Turn]) -> list[Shown]:
    """What each of the learner's spoken turns shows, in order; a turn that shows nothing is there, and empty."""
    told, said, own = Told(), set[str](), list[_Own]()
    for turn in turns:
        if turn.speaker != LEARNER:
            told.hear(turn.text)
            if own and not own[-1].answered and turn.kind == "said" and turn.text:
                own[-1] = _Own(own[-1].sentences, tuple(_answers(turn)), answered=True)
        elif counts(turn):
            own.append(_Own(tuple(_sentences(turn, told, said))))
    lines = [[each.key for each in turn.sentences if each.stock and each.meets] for turn in own]
    void = recited(lines, _welcome(own))
    return [_shown(turn, {line for number, line in void if number == at}) for at, turn in enumerate(own)]


def _welcome(own: Sequence[_Own]) -> bool:
    names = [answer.name for turn in own for answer in turn.answers]
    return welcomed(names.count(FEELS_MET.name), names.count(PUSHES_BACK.name), len(own))


def counts(turn: Turn) -> bool:
    """Whether this is a turn of the learner's own words, heard surely and in role."""
    spoken = turn.speaker == LEARNER and turn.kind == "said" and any(mark.isalnum() for mark in turn.text)
    return spoken and not all_in_doubt(turn) and not turn.out_of_role


def _sentences(turn: Turn, told: Told, said: set[str]) -> Iterator[_Sentence]:
    """`said` holds the sentences before, and gets those of this turn."""
    for match in SENTENCE.finditer(fold(turn.text)):
        words = plain(match.group())
        key, kinds = " ".join(tokens(words)), shown(words, told.stems)
        stock = bool(kinds & _ONCE) and is_stock(words, told.stems, bool(kinds & _MEETS))
        earned = _earned(kinds, words, told, stock)
        quote = turn.text[match.start() : match.end()].strip()
        meets = bool(kinds & _MEETS) and not asks(words)
        yield _Sentence(turn.id, quote, key, earned - _ONCE if key in said else earned, meets, stock)
        said.add(key)


def _earned(kinds: frozenset[str], words: str, told: Told, stock: bool) -> frozenset[str]:
    """What is left of `kinds` after what was told: an echo, a feeling that is not theirs, nothing there to meet."""
    if told.echoes(words):
        kinds -= _ONCE
    if misnames(words) and not told.glad:
        kinds = (kinds - _MEETS) | {MISNAMES.name}
    return kinds - _MEETS if stock and not told.troubled else kinds


def misnames(words: str) -> bool:
    """Whether this says, and does not ask, that they have a glad feeling."""
    return MISNAMES.holds(words) and not asks(words)


def _answers(turn: Turn) -> Iterator[Finding]:
    for name, start, end in answered(fold(turn.text)):
        yield Finding(name, turn.id, turn.text[start:end].strip(), turn.speaker)


def _shown(turn: _Own, void: set[str]) -> dict[str, Finding]:
    """What the turn shows; `void`: the stock lines that count for nothing, and with them whatever else is stock."""
    found: dict[str, Finding] = {}
    for sentence in turn.sentences:
        recites = sentence.stock and (sentence.key in void or (bool(void) and not sentence.meets))
        for name in sorted(sentence.kinds - _ONCE if recites else sentence.kinds):
            found.setdefault(name, Finding(name, sentence.turn, sentence.quote))
    for answer in turn.answers:
        found.setdefault(answer.name, answer)
    return found


def shown(sentence: str, told: frozenset[str] = frozenset()) -> frozenset[str]:
    """What one sentence shows, in lower case; `told` holds the stems of the other's story so far."""
    held = frozenset(rule.name for rule in _PLAIN if rule.holds(sentence))
    return held | (_asked(sentence, held) if asks(sentence) else _told(sentence, held, told))


def _asked(sentence: str, held: Iterable[str]) -> frozenset[str]:
    if ADVISES_BY_ASKING.holds(sentence):
        return frozenset({ADVISES_BY_ASKING.name})
    return frozenset() if ASKS_BEFORE_ADVISING.name in held else frozenset({"explores"})


def _told(sentence: str, held: frozenset[str], told: frozenset[str]) -> frozenset[str]:
    steers = frozenset(rule.name for rule in (ADVISES, OWN_STORY) if rule.holds(sentence))
    theirs = len(content_stems(sentence) & told) >= LEAST_SHARED and _OF_THEM.search(sentence)
    return steers | {"gives_back"} if theirs and not (steers | held) & _STEERS else steers
