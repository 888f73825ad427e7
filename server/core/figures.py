"""Numbers as people say them: in words or in digits, alone or with the word they count."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from server.core.lexicon import stem, words

_UNITS = (
    *("nought", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_VALUES = {word: value for value, word in enumerate(_UNITS) if value > 1} | {
    word: (place + 2) * 10 for place, word in enumerate(_TENS)
}
"""`one` is no number here: it mostly means a thing."""
_AS_THEY_ARE = words(
    "hundred thousand half twice dozen monday tuesday wednesday thursday friday saturday sunday january february april "
    "june july august september october november december"
)
"""`march` and `may` are left out: they are words as well."""
NUMBER_WORDS = frozenset(_VALUES) | _AS_THEY_ARE
_COUNTED = frozenset(map(stem, words("minutes hours days nights weeks months years pounds mil stone times")))


def figures(said: Sequence[str]) -> frozenset[str]:
    """The numbers and dates in a row of words: "forty", "six" is 46, and so is "46"."""
    return frozenset(number for number, _ in _numbers(said))


def measures(said: Sequence[str]) -> frozenset[str]:
    """Numbers with what they count, as in "6 hour"; a length of time is rarely said by chance."""
    found = _numbers(said)
    return frozenset(f"{number} {stem(after)}" for number, after in found if stem(after) in _COUNTED)


def _numbers(said: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Each number, and the word after it."""
    place = 0
    while place < len(said):
        number, taken = _number_at(said, place)
        if number:
            after = said[place + taken] if place + taken < len(said) else ""
            yield number, after
        place += taken


def _number_at(said: Sequence[str], place: int) -> tuple[str, int]:
    """The number that begins here, or '', and how many words it takes."""
    word = said[place]
    if word[0].isdigit():
        return word, 1
    if word in _TENS and place + 1 < len(said):
        unit = 1 if said[place + 1] == "one" else _VALUES.get(said[place + 1], 0)
        if 0 < unit < 10:
            return str(_VALUES[word] + unit), 2
    if word in _VALUES:
        return str(_VALUES[word]), 1
    named = word if word in _AS_THEY_ARE else word.removesuffix("s") if word.removesuffix("s") in _AS_THEY_ARE else ""
    return named, 1
