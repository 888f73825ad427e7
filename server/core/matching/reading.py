"""What a question says, as a set of features: its words by family, how it asks, of whom, and the order of its words.

Learners' words are read and not kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from server.core.lexicon import STOPWORDS, fold, tokens
from server.core.lexicon import words as word_set
from server.core.matching.words import FAMILIES, IRREGULAR, LIGHT


class Kind(NamedTuple):
    """A way of asking."""

    weight: float
    """Beside a word's, which is 1 to about 5."""
    pattern: str


KINDS: dict[str, Kind] = {
    "?who": Kind(1.1, r"\bwho(?:'s|se)?\b"),
    "?why": Kind(1.6, r"\bwhy\b|\bwhat made\b|\breason\b|\bhow come\b|\bwhat stop"),
    "?how long": Kind(1.8, r"\bhow long\b|\blong (?:did|were|have)\b|\bwait(?:ed)? long\b"),
    "?how many": Kind(1.0, r"\bhow (?:many|much)\b"),
    "?how often": Kind(1.0, r"\bhow often\b|\bhow many times\b"),
    "?when": Kind(0.7, r"\bwhen (?:did|was|were|is|do|are|will|have|has)\b|\bwhat time\b|^\W*(?:and |so )?when\b"),
    "?where": Kind(0.7, r"\bwhere\b"),
    "?how": Kind(0.3, r"\bhow\b"),
    "?what": Kind(0.2, r"\bwhat\b"),
    "?what like": Kind(1.6, r"\bwhat(?:'s| is| was| were| has| are)\b.*\blike\b"),
    "?use to": Kind(1.6, r"\bused? to\b"),
    "?offer": Kind(1.5, r"(?!)"),
    "=you": Kind(0.3, r"\byou(?:r|rs|'re|'ve|'d|'ll|rself)?\b"),
    "=he": Kind(0.35, r"\b(?:he|him|his|he's)\b"),
    "=she": Kind(0.35, r"\b(?:she|her|hers|she's)\b"),
    "=they": Kind(0.25, r"\b(?:they|them|their)\b"),
    "=we": Kind(0.25, r"\b(?:we|us|our)\b"),
    "=it": Kind(0.0, r"\b(?:it|that|this|those|then|there)(?:'s)?\b"),
    "=i": Kind(0.35, r"\b(?:i|me|my)\b"),
}
"""How a question asks, and of whom."""
PERSONS = frozenset({"=you", "=he", "=she", "=they"})
_KINDS = {mark: re.compile(kind.pattern) for mark, kind in KINDS.items()}
_GIVE = "(?:get|fetch|bring|make|pour|pass|find|give|help|turn|open|close|draw|hang|take you|put)"
_OFFER = re.compile(
    rf"(?<!what )(?<!how )\b(?:would you like|do you (?:want|need|fancy)|shall i|should i|(?:can|could) i {_GIVE}"
    rf"|let me {_GIVE}|i(?:'ll| will|'m going to) (?:go and )?{_GIVE})\b(?! (?:me )?to (?:talk|tell|say|share|explain))"
)
"""An offer is no question for a fact, though it may name one's words: only an offer among the examples explains it."""
_PHRASES = {
    "#day": re.compile(r"\b(?:what|which) (?:day|month|year)\b|\bwhat(?:'s| is) (?:the|today's) (?:date|day)\b"),
    "#time": re.compile(r"\b(?:what|know the) time\b(?! (?:is|will|does|are) (?:the|your))"),
    "#here": re.compile(r"\bwhere (?:you are|are you|are we|we are|this is)\b|\bwhat (?:ward|hospital|place)\b"),
    "#likes": re.compile(r"\bwhat do you (?:like|enjoy)\b|\bdo you like to do\b"),
    "#anything": re.compile(
        r"\banything (?:i can (?:get|do|bring)|you (?:need|want)|for you)\b|\b(?:need|get you|want) anything\b"
    ),
    "#back": re.compile(r"\b(?:your|the) (?:lower )?back\b(?! of)"),
    "#bell": re.compile(r"\bcall (?:bell|button)\b|\bring the bell\b"),
    "#well": re.compile(r"\bfeel(?:ing)? (?:well|unwell|poorly|ill|funny)\b|\b(?:unwell|poorly)\b"),
}
"""Common words that mean something together, though each alone means nothing."""
_STOP = STOPWORDS - word_set(
    "night nights tonight evening evenings morning mornings day days today tomorrow time say said tell told think know "
    "feel feeling come comes coming came another other others much bit back let"
)
_FILLERS = word_set("so um erm er well and but the a an oh ok okay right then please sorry like just")
_PEOPLE = word_set("you your he his she her him they their them")
_ENDINGS = (
    ("ness", 3, ""),
    ("ing", 3, ""),
    ("ied", 2, "y"),
    ("ies", 2, "y"),
    ("ed", 3, ""),
    ("ly", 3, ""),
    ("s", 2, ""),
)
_BASES = {form: base for base, forms in IRREGULAR.items() for form in forms.split()}


@dataclass(frozen=True)
class Reading:
    """What was found in a text."""

    features: frozenset[str]
    """Bare: a word's stem. `~`: its family. `?`: a way of asking. `=`: a person. `#`: a phrase."""
    order: frozenset[str]
    """Which word, by family, follows which."""

    @property
    def content(self) -> frozenset[str]:
        return frozenset(feature for feature in self.features if feature[0] not in "?=")


def read(text: str) -> Reading:
    """The features of `text`, without a memory of it."""
    lower = fold(text)
    found = {mark for mark, pattern in (_KINDS | _PHRASES).items() if pattern.search(lower)}
    if _OFFER.search(lower):
        found.add("?offer")
    plain = tokens(_in_one_word().sub(lambda phrase: f" {_phrases()[' '.join(phrase.group().split())]} ", lower))
    found.update(feature for word in plain if word not in _STOP for feature in _of_word(word))
    return Reading(frozenset(found), frozenset(_in_order(plain)))


@cache
def read_example(text: str) -> Reading:
    """The same, kept: for what a case or a table says."""
    return read(text)


@lru_cache(maxsize=8192)
def base(word: str) -> str:
    """The stem of a word: irregular forms by the table, endings taken off."""
    word = word.removesuffix("'s")
    word = _BASES.get(word, word)
    for ending, least, put in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = _undoubled(word.removesuffix(ending)) + put
            break
    return word.removesuffix("e") if len(word) > 3 else word


def _undoubled(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


@cache
def light() -> frozenset[str]:
    """Stems that support a match and never make one."""
    return frozenset(base(word) for word in LIGHT)


@cache
def families() -> dict[str, tuple[str, ...]]:
    """The families of each stem."""
    found: dict[str, tuple[str, ...]] = {}
    for family, member in _members():
        if " " not in member and family not in found.get(base(member), ()):
            found[base(member)] = (*found.get(base(member), ()), family)
    return found


def family(stem: str) -> str:
    """The first family of a stem, or the stem itself."""
    return families().get(stem, (stem,))[0]


def _members() -> Iterator[tuple[str, str]]:
    for name, others in FAMILIES.items():
        yield from ((name, member.strip()) for member in (name, *others.split(",")))


@cache
def _phrases() -> dict[str, str]:
    return {member: name for name, member in _members() if " " in member}


@cache
def _in_one_word() -> re.Pattern[str]:
    longest_first = sorted(_phrases(), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first) + r")\b"
    )


def _of_word(word: str) -> Iterator[str]:
    stem = base(word)
    yield stem
    yield from (f"~{name}" for name in families().get(stem, ()))


def _in_order(plain: list[str]) -> Iterator[str]:
    kept = ["*" if word in _PEOPLE else family(base(word)) for word in plain if word not in _FILLERS]
    return (f"{one} {two}" for one, two in zip(["^", *kept], [*kept, "$"], strict=True))
