"""What an author may look for in a learner's turn, beyond a bare move.

    sign := move                     names_feeling
          | move "@" word ("|" word)*  closed_question@week|days   the move, in a turn that uses one of the words
          | "asks:" fact             asks:F_fall                 a question for that fact, locked or not
          | "did:" action            did:sit_down

A sign that a turn gives stands among its observations under its own name, so that whatever looks at moves sees it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from server.core.case import Case
from server.core.lexicon import content_stems, fold, stem
from server.core.moves import Observation

ASKS, DID, AT = "asks:", "did:", "@"


@dataclass(frozen=True)
class Sign:
    """A sign as it was written, in parts; two of the three are empty."""

    text: str
    move: str = ""
    words: tuple[str, ...] = ()
    asks: str = ""
    did: str = ""


def read_sign(text: str) -> Sign:
    if text.startswith(ASKS):
        return Sign(text, asks=text.removeprefix(ASKS))
    if text.startswith(DID):
        return Sign(text, did=text.removeprefix(DID))
    move, _, words = text.partition(AT)
    return Sign(text, move=move, words=tuple(word.strip() for word in words.split("|") if word.strip()))


def composite(case: Case) -> tuple[Sign, ...]:
    """Every sign of the case that is more than a move, each once."""
    texts = dict.fromkeys(text for text in _written(case) if AT in text or text.startswith((ASKS, DID)))
    return tuple(read_sign(text) for text in texts)


def _written(case: Case) -> Iterator[str]:
    for beat in case.beats:
        yield from (*beat.success_if, *beat.eased_if)
    for member in case.cast:
        state, portrayal = case.state_of(member.id), member.portrayal
        yield from (response.move for response in (*state.de_escalation, *state.escalation))
        yield from (to for reaction in portrayal.reactions for to in reaction.to)
        yield from (through for barrier in portrayal.barriers for through in barrier.let_through)


def signs_in(
    case: Case, text: str, seen: Iterable[Observation], asks: Iterable[str] = (), did: str = ""
) -> tuple[Observation, ...]:
    """The composite signs that a turn gives: its text, the moves seen in it, the facts it asks for, what was done."""
    seen, asked, stems = tuple(seen), frozenset(asks), content_stems(text)
    whole = Observation("", text, 0, len(text))
    found = []
    for sign in composite(case):
        at = _place(sign, seen, asked, stems, did, whole)
        if at:
            found.append(Observation(sign.text, at.quote, at.start, at.end))
    return tuple(found)


def _place(
    sign: Sign,
    seen: tuple[Observation, ...],
    asked: frozenset[str],
    stems: frozenset[str],
    did: str,
    whole: Observation,
) -> Observation | None:
    """The words that the sign rests on."""
    if sign.asks or sign.did:
        return whole if sign.asks in asked or (sign.did and sign.did == did) else None
    if not stems & {stem(word.lower()) for word in sign.words}:
        return None
    return next((observation for observation in seen if observation.move == sign.move), None)


def phrased(case: Case, text: str) -> tuple[Observation, ...]:
    """Moves that this case's own phrases make."""
    lower = fold(text)
    found = []
    for move, phrases in case.phrases.items():
        start = min((at for phrase in phrases if (at := _find(lower, fold(phrase))) >= 0), default=-1)
        if start >= 0:
            length = max(len(phrase) for phrase in phrases if _find(lower, fold(phrase)) == start)
            found.append(Observation(move, text[start : start + length], start, start + length))
    return tuple(found)


def _find(text: str, phrase: str) -> int:
    """Where `phrase` stands in `text` as whole words; -1 when it does not."""
    at = text.find(phrase)
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(phrase) : at + len(phrase) + 1]
        if not before.isalnum() and not after.isalnum():
            return at
        at = text.find(phrase, at + 1)
    return -1
