"""What a model claims to have found in a transcript, looked up letter by letter before it counts.

A model answers items: does this hold, in which turn, in which words. It is never asked for a level, and what it quotes
is believed where the words stand in a turn of the learner's own, said in role, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from server.core.asking import SENTENCE
from server.core.doubting import in_doubt
from server.core.lexicon import word_count
from server.core.scoring.to_the_rater import sentences_to_the_rater
from server.core.transcript import LEARNER, Turn

FEWEST_WORDS = 2
"""Of a quote; one word is in every turn. A whole turn or sentence may be shorter."""


@dataclass(frozen=True)
class Claim:
    """One entry of an answer."""

    item: str
    holds: bool
    quote: str
    turn: int
    """Number of the turn among those that were shown, from 1; 0 for none."""


@dataclass(frozen=True)
class Upheld:
    """A claim whose words were found."""

    item: str
    turn: Turn
    quote: str
    start: int


@dataclass(frozen=True)
class Fallen:
    """A claim whose words were not found, or may not count."""

    item: str
    turn: int
    why: str
    """unknown_item, no_such_turn, not_the_learner, not_words, out_of_role, too_short, not_said, to_the_rater,
    in_doubt
    """


@dataclass(frozen=True)
class LookedUp:
    upheld: tuple[Upheld, ...] = ()
    fallen: tuple[Fallen, ...] = ()

    @property
    def lost(self) -> tuple[str, ...]:
        """Items that were claimed and hold nowhere: the answer cannot be relied on for what rests on them."""
        held = {each.item for each in self.upheld}
        return tuple(dict.fromkeys(each.item for each in self.fallen if each.item not in held))


def numbered(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """The turns as they are shown and counted, from 1: those that hold anything."""
    return tuple(turn for turn in turns if turn.text.strip())


def look_up(
    claims: Sequence[Claim], turns: Sequence[Turn], items: Collection[str], *, sure_only: bool = False
) -> LookedUp:
    """Each claim that something holds, sorted into what was found and what was not.

    With `sure_only` words that were heard with doubt are not evidence; without, they are left to the rules that know
    what doubt may earn and cost.
    """
    shown = numbered(turns)
    upheld: list[Upheld] = []
    fallen: list[Fallen] = []
    for claim in dict.fromkeys(claim for claim in claims if claim.holds):
        turn = shown[claim.turn - 1] if 1 <= claim.turn <= len(shown) else None
        why = "unknown_item" if claim.item not in items else _why_not(claim, turn, sure_only=sure_only)
        if why or turn is None:
            fallen.append(Fallen(claim.item, claim.turn, why))
        else:
            quote = claim.quote.strip()
            upheld.append(Upheld(claim.item, turn, quote, place(turn.text, quote)))
    return LookedUp(tuple(upheld), tuple(fallen))


def _why_not(claim: Claim, turn: Turn | None, *, sure_only: bool) -> str:
    if turn is None:
        return "no_such_turn"
    return _wrong_turn(turn) or _wrong_words(claim.quote.strip(), turn, sure_only=sure_only)


def _wrong_turn(turn: Turn) -> str:
    if turn.speaker != LEARNER:
        return "not_the_learner"
    if turn.kind != "said":
        return "not_words"
    return "out_of_role" if turn.out_of_role else ""


def _wrong_words(quote: str, turn: Turn, *, sure_only: bool) -> str:
    start = place(turn.text, quote)
    if not quote or start < 0:
        return "not_said"
    end = start + len(quote)
    if word_count(quote) < FEWEST_WORDS and not _whole_sentence(turn.text, start, end):
        return "too_short"
    if any(at < end and start < to for at, to in sentences_to_the_rater(turn.text)):
        return "to_the_rater"
    return "in_doubt" if sure_only and _doubtful(turn, start, end) else ""


def _doubtful(turn: Turn, start: int, end: int) -> bool:
    """Any word of `turn.text[start:end]` was heard with doubt."""
    words = zip(re.finditer(r"\S+", turn.text), in_doubt(turn), strict=False)
    return any(doubt and word.start() < end and start < word.end() for word, doubt in words)


def place(text: str, quote: str) -> int:
    """Where `quote` stands in `text` as whole words; -1 where it does not."""
    at = text.find(quote) if quote else -1
    while at >= 0:
        before, after = text[at - 1 : at], text[at + len(quote) : at + len(quote) + 1]
        if not (before.isalnum() and quote[:1].isalnum()) and not (after.isalnum() and quote[-1:].isalnum()):
            return at
        at = text.find(quote, at + 1)
    return -1


def _whole_sentence(text: str, start: int, end: int) -> bool:
    """Nothing but marks stands beside it in its sentence, and there is a word in it."""
    held = next((m for m in SENTENCE.finditer(text) if m.start() <= start < m.end()), None)
    words = re.findall(r"\w+", held.group()) if held else []
    return bool(words) and words == re.findall(r"\w+", text[start:end])
