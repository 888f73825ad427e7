"""Where the words of a text end in its sound, from what an engine tells of the units that it spoke.

Pure. An engine speaks a cleaned line (see `speakable`): a word of the text may be gone from it or have fallen into
several, and an engine may know the end of only some. What is asked for is one end for each word of the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

Known = float | None
"""End of a spoken word in ms; None where the engine does not tell it."""
_VOWELS = frozenset("aeiouyøœɐɑɒɔəɘɚɛɜɝɞɤɨɪɯɵɶɾʉʊʌʏæᵻ")  # noqa: RUF001 - phonetic letters
_LASTING = frozenset("ːˑ\u0303\u0329\u030d\u032f\u0361ʲʰʷ")
"""Marks that belong to the phoneme before them."""
_MARKS = _LASTING | frozenset("ˈˌ.,;:!?'\"-")
_GAP, _SPACE_GAP, _KIN, _ALIEN, _NEVER = 0.8, 0.6, 0.6, 1.4, 9.0
_BAND = 24
"""How far one side may run ahead of the other, in phonemes, beside their difference in length."""
_MOST_WORK = 100_000
"""Comparisons; about a fifth of a second. A sentence of twenty words takes 5 000."""


@dataclass
class WordEnds:
    """Collects ends while sound comes, and gives those of the text's words that are settled.

    `counts` holds for each word of the text into how many spoken words it went: 0 for one that is not spoken, which
    ends where the word before it does (at the beginning: where the next one does).
    """

    counts: Sequence[int]
    _given: int = 0
    """Words of the text whose ends are out."""
    _spoken: int = 0
    """Spoken words that have ended and belong to a word that has not."""
    _last: float = 0.0

    def take(self, ends: Sequence[float]) -> tuple[int, ...]:
        """The next spoken words end at `ends`, counted from the beginning of all sound."""
        found: list[int] = []
        for end in ends:
            self._last = max(self._last, end)
            self._spoken += 1
            found += self._settled()
        return tuple(found)

    def rest(self) -> tuple[int, ...]:
        """Ends of the words that are left when no more sound comes."""
        left, self._given = len(self.counts) - self._given, len(self.counts)
        return (int(self._last),) * left

    def _settled(self) -> list[int]:
        """The word that is over now, with those beside it that are not spoken."""
        start = self._given
        spoken = next((at for at in range(start, len(self.counts)) if self.counts[at]), len(self.counts) - 1)
        if spoken < start or self._spoken < self.counts[spoken]:
            return []
        after = next((at for at in range(spoken + 1, len(self.counts)) if self.counts[at]), len(self.counts))
        self._given, self._spoken = after, 0
        return [int(self._last)] * (after - start)


def filled(words: Sequence[str], ends: Sequence[Known], length_ms: float) -> list[float]:
    """`ends` for each of the spoken `words`, never falling and inside the sound.

    Words without an end share the time up to the next known one by their letters; so do all where the number of ends
    is not that of the words. Marks alone end with the word before, at the beginning with the first word.
    """
    known = list(ends) if len(ends) == len(words) else [None] * len(words)
    found: list[float] = []
    while len(found) < len(words):
        start, before = len(found), found[-1] if found else 0.0
        stop = next((at for at in range(start, len(words)) if known[at] is not None), len(words))
        end = known[stop] if stop < len(words) else length_ms
        found += _shared(words[start : stop + 1], before, min(max(before, end or 0.0), length_ms))
    first = next((at for at, word in enumerate(words) if _letters(word)), 0)
    return [*found[first : first + 1] * first, *found[first:]]


def _shared(words: Sequence[str], start: float, end: float) -> list[float]:
    """Ends of `words` between `start` and `end`, in proportion to their letters."""
    total, found, at = sum(map(_letters, words)), [], 0
    for word in words:
        at += _letters(word)
        found.append(min(end, start + (end - start) * at / total) if total else start)
    return found


def _letters(word: str) -> int:
    return sum(map(str.isalnum, word))


def phoneme_ends(words: Sequence[str], whole: Sequence[str]) -> list[int | None]:
    """For each word, how many phonemes of `whole` are over when it is; None for a word without phonemes.

    `words` are the phonemes of each word by itself, `whole` those of the words together, where sounds change and words
    run into one another ("has been" becomes one). Both are matched at the least cost of sounds added, lost or changed;
    where that would take long, as for a page of digits, each word gets its share.
    """
    own, owners = _own(words)
    if len(own) * (2 * _BAND + abs(len(own) - len(whole))) > _MOST_WORK:
        return _in_proportion(words, len(whole))
    heard = [at for at, phoneme in enumerate(whole) if phoneme not in _MARKS]
    path = _path(own, [whole[at] for at in heard])
    reached: dict[int, int] = {}
    for mine, theirs in path:
        if mine and own[mine - 1] != " ":
            reached[owners[mine - 1]] = theirs
    return [_with_marks(whole, heard, reached[at]) if at in reached else None for at in range(len(words))]


def _in_proportion(words: Sequence[str], whole: int) -> list[int | None]:
    over = list(accumulate(map(len, words)))
    return [whole * end // over[-1] if word else None for word, end in zip(words, over, strict=True)]


def _own(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The phonemes of all words with a space after each, and whose each is."""
    own, owners = [], []
    for at, word in enumerate(words):
        said = [phoneme for phoneme in word if phoneme not in _MARKS]
        own += [*said, " "] if said else []
        owners += [at] * (len(said) + 1 if said else 0)
    return own, owners


def _with_marks(whole: Sequence[str], heard: Sequence[int], count: int) -> int:
    """`count` of the `heard` phonemes as a number of all, with the length marks that follow."""
    end = heard[count - 1] + 1 if count else 0
    while end < len(whole) and whole[end] in _LASTING:
        end += 1
    return end


def _path(own: Sequence[str], heard: Sequence[str]) -> list[tuple[int, int]]:
    """How many of each side are over, step by step, along the cheapest way to match them."""
    band = _BAND + abs(len(own) - len(heard))
    costs: list[dict[int, float]] = [{at: at * _GAP for at in range(band + 1)}]
    for row in range(1, len(own) + 1):
        costs.append(_row(own[row - 1], heard, costs[-1], range(max(0, row - band), min(len(heard), row + band) + 1)))
    at, path = (len(own), len(heard)), [(len(own), len(heard))]
    while at != (0, 0):
        at = _back(own, heard, costs, *at)
        path.append(at)
    return path[::-1]


def _row(mine: str, heard: Sequence[str], above: dict[int, float], columns: range) -> dict[int, float]:
    row: dict[int, float] = {}
    for column in columns:
        ways = [above.get(column, _NEVER * 1000) + _gap(mine)]
        if column:
            ways.append(above.get(column - 1, _NEVER * 1000) + _change(mine, heard[column - 1]))
            ways.append(row.get(column - 1, _NEVER * 1000) + _gap(heard[column - 1]))
        row[column] = min(ways)
    return row


def _back(
    own: Sequence[str], heard: Sequence[str], costs: list[dict[int, float]], row: int, column: int
) -> tuple[int, int]:
    """The step before this one on the cheapest way."""
    here = costs[row][column]
    if row and column:
        came = costs[row - 1].get(column - 1)
        if came is not None and abs(came + _change(own[row - 1], heard[column - 1]) - here) < 1e-6:
            return row - 1, column - 1
    came = costs[row - 1].get(column) if row else None
    if came is not None and abs(came + _gap(own[row - 1]) - here) < 1e-6:
        return row - 1, column
    return row, column - 1


def _gap(phoneme: str) -> float:
    return _SPACE_GAP if phoneme == " " else _GAP


def _change(mine: str, theirs: str) -> float:
    if mine == theirs:
        return 0.0
    if " " in (mine, theirs):
        return _NEVER
    return _KIN if (mine in _VOWELS) == (theirs in _VOWELS) else _ALIEN
