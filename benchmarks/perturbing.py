"""The same conversation, otherwise: what changes in the learner's words, or around them, that no mark should follow.

Pure functions from turns to turns, the same each time. What was observed in the words goes with the words: whoever
scores by moves observes the new turns again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from typing import Literal

from benchmarks.perturbing_words import (
    CONTRACTED,
    DIALECT,
    FEELINGS,
    HOMOPHONES,
    NAMES,
    ORDERS,
    PADDING,
    PERSONS,
    SMALL_TALK,
    SPELLINGS,
    STOCK,
    WRONG,
    WRONG_WORDS,
)
from server.core.transcript import LEARNER, Turn

Turns = Sequence[Turn]
Perturbing = Callable[[Turns], list[Turn]]
_SENTENCE = re.compile(r"[^.!?]+[.!?]*")
_ARTICLE = re.compile(r"\b(?:a|an|the)\s+", re.IGNORECASE)
_ASKED = re.compile(r"\b(what|why|where|how|when) (did|do|does|are|is|have|has) (you|it|they|he|she)\b", re.IGNORECASE)
_MARKS = re.compile(r"[.,!?;:\u2026\u2013-]+(?=\s|$)")
DROPPED_EVERY = 11
"""One word in so many is lost to the recogniser."""


@dataclass(frozen=True)
class Kind:
    """One way to perturb, and what may come of it."""

    change: Perturbing
    bar: Literal["no better", "alike", "worse", "reported"]
    """no better: not one conversation nearer to the good end; alike: the mean moves by at most 0.25 either way; worse:
    a level down wherever there is one to lose, on what measures understanding and validating; reported: no bar.
    """
    before: Perturbing = list
    """What it is compared with, where that is not the conversation as it stands."""


def reworded(turn: Turn, text: str) -> Turn:
    """The turn with other words, and nothing kept of what was found in the old ones."""
    return replace(turn, text=text, observations=(), words_percent=(), as_heard="", context=None)


def own(turn: Turn) -> bool:
    return turn.speaker == LEARNER and turn.kind == "said" and bool(turn.text.strip())


def _each(turns: Turns, change: Callable[[str], str]) -> list[Turn]:
    return [reworded(turn, change(turn.text)) if own(turn) else turn for turn in turns]


def _joined(*parts: str) -> str:
    """One after the other, each ended by a mark."""
    kept = [part.strip() for part in parts if part.strip()]
    return " ".join(part if part[-1] in ".!?" or part == kept[-1] else f"{part}." for part in kept)


def _ended(text: str, *more: str) -> str:
    return _joined(text, *more) if more else text


def stuffed(turns: Turns) -> list[Turn]:
    """The same four stock lines in every turn."""
    return _each(turns, lambda text: _ended(text, *STOCK[:4]))


def stuffed_before(turns: Turns) -> list[Turn]:
    """The same four stock lines at the head of every turn."""
    return _each(turns, lambda text: _joined(*STOCK[:4], text))


def stuffed_with(lines: Sequence[str], times: int) -> Perturbing:
    """So many of these lines in every turn, other ones each time as far as they go."""

    def change(turns: Turns) -> list[Turn]:
        more = cycle(lines)
        return _each(turns, lambda text: _ended(text, *islice(more, times)))

    return change


def formula(turns: Turns) -> list[Turn]:
    """One stock line, the same in every turn."""
    return _each(turns, lambda text: _ended(text, STOCK[0]))


def padded(turns: Turns) -> list[Turn]:
    """Two sentences that say nothing in every turn."""
    lines = cycle(PADDING)
    return _each(turns, lambda text: _ended(text, *islice(lines, 2)))


def shuffled(turns: Turns) -> list[Turn]:
    """The learner's turns in the opposite order, in the same places."""
    said = [turn.text for turn in turns if own(turn)]
    return _each(turns, lambda _: said.pop())


def misplaced(turns: Turns) -> list[Turn]:
    """The right words at the wrong moment: the other says nothing that could be met, and the learner all the same."""
    lines = cycle(SMALL_TALK)
    return [turn if turn.speaker == LEARNER or not turn.text else reworded(turn, next(lines)) for turn in turns]


def _with_what_was_before(turns: Turns, change: Callable[[str, str], str]) -> Iterator[Turn]:
    """`change` gets the learner's words and the last sentence of the other's turn before."""
    last = ""
    for turn in turns:
        if turn.speaker != LEARNER and turn.text.strip():
            last = [*_SENTENCE.findall(turn.text)][-1].strip()
        yield reworded(turn, change(turn.text, last)) if own(turn) and last else turn


def echoed(turns: Turns) -> list[Turn]:
    """The last sentence of the other, said back word for word before the learner's own words."""
    return list(_with_what_was_before(turns, lambda text, last: _joined(last, text)))


def echoed_turned(turns: Turns) -> list[Turn]:
    """The same with `I` and `you` turned about, as an early chat program did it."""
    return list(_with_what_was_before(turns, lambda text, last: _joined(_capital(_swapped(last, PERSONS)), text)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def misnamed(turns: Turns) -> list[Turn]:
    """A feeling that cannot be theirs, named in one turn, the second one; in the only one where there is no second."""
    places = [index for index, turn in enumerate(turns) if own(turn)]
    at = places[min(1, len(places) - 1)] if places else -1
    return [reworded(turn, _ended(turn.text, WRONG)) if index == at else turn for index, turn in enumerate(turns)]


def misnamed_throughout(turns: Turns) -> list[Turn]:
    """Every word for a hard feeling exchanged for a glad one, and a glad one named in the second turn."""
    return _each(misnamed(turns), lambda text: FEELINGS.sub(_glad, text))


def _glad(match: re.Match[str]) -> str:
    return WRONG_WORDS["ing" if match.group().lower().endswith("ing") else "ed"]


def named(name: str) -> Perturbing:
    """The other is called by this name at the end of every turn's first sentence."""
    return lambda turns: _each(turns, lambda text: re.sub(r"^(\W*[^.!?]*\w)", rf"\1, {name}", text, count=1))


def name_swapped(turns: Turns) -> list[Turn]:
    """Names that are told are exchanged for names of other origin, in everybody's words."""
    return [reworded(turn, _swapped(turn.text, NAMES)) if turn.text else turn for turn in turns]


def dialect(turns: Turns) -> list[Turn]:
    """As in the American South and in London: `y'all`, `gonna`, `ain't`, `innit`."""
    return _each(turns, lambda text: _swapped(text, DIALECT))


def spelt(turns: Turns) -> list[Turn]:
    """British spellings for American ones and the other way about; nothing contracted."""
    return _each(turns, lambda text: _swapped(_swapped(text, SPELLINGS), CONTRACTED))


def second_language(turns: Turns) -> list[Turn]:
    """No articles, nothing contracted, questions in the order of statements."""

    def change(text: str) -> str:
        plain = _ARTICLE.sub("", _swapped(text, CONTRACTED))
        return _ASKED.sub(r"\1 \3 \2", plain)

    return _each(turns, change)


def misheard(turns: Turns) -> list[Turn]:
    """As a recogniser writes it: no capitals, no marks, words that sound alike exchanged, some lost."""

    def change(text: str) -> str:
        words = _swapped(_MARKS.sub("", text.lower()), HOMOPHONES).split()
        return " ".join(word for at, word in enumerate(words, 1) if at % DROPPED_EVERY)

    return _each(turns, change)


def unmarked(turns: Turns) -> list[Turn]:
    """No capitals and no marks, all words kept."""
    return _each(turns, lambda text: _MARKS.sub("", text.lower()))


def injected(turns: Turns) -> list[Turn]:
    """Orders to whoever marks, in every turn."""
    lines = cycle(ORDERS)
    return _each(turns, lambda text: _ended(text, next(lines)))


def _swapped(text: str, words: Mapping[str, str]) -> str:
    """Whole words or phrases exchanged, all at once; a capital at the head is kept."""
    found = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.sub(
        rf"(?<![\w'])(?:{found})(?![\w'])", lambda match: _as(match.group(), words), _straight(text), flags=re.I
    )


def _as(word: str, words: Mapping[str, str]) -> str:
    new = words.get(word) or words[word.lower()]
    return new[:1].upper() + new[1:] if word[:1].isupper() and word != "I" else new


def _straight(text: str) -> str:
    return text.replace("\u2019", "'")


KINDS: Mapping[str, Kind] = {
    "stuffed": Kind(stuffed, "no better"),
    "stuffed_before": Kind(stuffed_before, "no better"),
    "stuffed_varied": Kind(stuffed_with(STOCK, 4), "no better"),
    "stuffed_lightly": Kind(stuffed_with(STOCK, 1), "no better"),
    "formula": Kind(formula, "no better"),
    "padded": Kind(padded, "no better"),
    "shuffled": Kind(shuffled, "no better"),
    "misplaced": Kind(misplaced, "no better"),
    "echoed": Kind(echoed, "no better"),
    "echoed_turned": Kind(echoed_turned, "no better"),
    "injected": Kind(injected, "no better"),
    "misnamed": Kind(misnamed, "worse"),
    "misnamed_throughout": Kind(misnamed_throughout, "worse"),
    "name": Kind(named("Nkechi"), "alike", before=named("Emily")),
    "name_swapped": Kind(name_swapped, "alike"),
    "dialect": Kind(dialect, "alike"),
    "spelt": Kind(spelt, "alike"),
    "second_language": Kind(second_language, "alike"),
    "unmarked": Kind(unmarked, "reported"),
    "misheard": Kind(misheard, "reported"),
}
"""Every kind by name."""
