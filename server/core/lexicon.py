"""Words, and nothing but words: tokens, stems, families of feeling. No rule lives here; `server.core.moves` has those."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")

FEELINGS: dict[str, frozenset[str]] = {
    "loneliness": frozenset("lonely loneliness alone lonesome isolated empty quiet miss missing companionship".split()),
    "grief": frozenset("grief grieving loss lost miss missing mourning bereaved heartbroken sad sadness".split()),
    "fear": frozenset(
        "afraid fear fears fearful frightened frightening scared scary scare terrified terrifying worried worry worries "
        "worrying anxious nervous dread dreading panic".split()
    ),
    "shame": frozenset(
        "ashamed shame embarrassed embarrassing embarrassment humiliated humiliating guilty guilt".split()
    ),
    "burden": frozenset("burden bother nuisance trouble fuss".split()),
    "sadness": frozenset("sad sadness upset tearful unhappy heartbroken miserable".split()),
    "anger": frozenset("angry anger annoyed cross furious frustrated frustrating frustration resentful".split()),
    "overwhelm": frozenset(
        "overwhelmed overwhelming exhausted tired worn stressed stressful struggling hard difficult".split()
    ),
    "helplessness": frozenset("helpless powerless stuck trapped hopeless vulnerable unsafe".split()),
    "relief": frozenset("relieved relief glad thankful grateful".split()),
    "happiness": frozenset("happy excited cheerful pleased delighted thrilled joyful looking-forward".split()),
}
"""Families of feeling. A word may belong to more than one; families, not words, are compared."""

STOPWORDS = frozenset(
    "a about after again all am an and any are as at be because been being but by can could did do does doing don't for "
    "from get go going got had has have having he her hers him his how i i'd i'll i'm i've if in into is it it's its just "
    "let like me more most my no nor not now of off on once only or other our out over own please really s same shall she "
    "should so some such t than that that's the their them then there these they they're this those to too up us very was "
    "we were what what's when where which while who why will with would you you'd you'll you're you've your yours okay ok "
    "well oh yes right tell say said think know mrs mr love dear anything something much bit little time today tonight "
    "tomorrow evening evenings night nights morning day days hello good bye fine sure".split()
)

_SYNONYMS = {
    "ache": "pain", "aching": "pain", "hurt": "pain", "hurts": "pain", "hurting": "pain", "painful": "pain", "sore": "pain",
    "eating": "eat", "ate": "eat", "eaten": "eat", "appetite": "eat", "food": "eat", "meal": "eat", "meals": "eat",
    "lunch": "eat", "dinner": "eat", "tea": "eat", "breakfast": "eat", "hungry": "eat",
    "fell": "fall", "fallen": "fall", "falling": "fall", "falls": "fall", "tumble": "fall", "tripped": "fall",
    "husband's": "husband", "partner": "husband", "spouse": "husband",
    "medicine": "medicine", "medicines": "medicine", "medication": "medicine", "medications": "medicine",
    "tablets": "medicine", "pills": "medicine", "drugs": "medicine",
    "hearing": "hear", "heard": "hear", "hears": "hear", "batteries": "battery",
    "sleeping": "sleep", "slept": "sleep", "family": "family", "relatives": "family", "kids": "children",
    "scared": "afraid", "frightened": "afraid", "frightening": "afraid", "worried": "afraid", "worry": "afraid",
    "worries": "afraid", "worrying": "afraid", "fear": "afraid", "anxious": "afraid", "nervous": "afraid",
    "happened": "happen", "home": "home", "house": "home", "flat": "home",
}  # fmt: skip
"""Words that ask for the same thing at a bedside."""


def tokens(text: str) -> list[str]:
    """Lower-case words of `text`, apostrophes kept inside a word and made straight."""
    return _TOKEN.findall(text.lower().replace("\u2019", "'"))


@cache
def stem(word: str) -> str:
    """A crude stem: synonyms folded, then plural, -ing and -ed removed. Good for matching, not for showing."""
    word = _SYNONYMS.get(word, word).removesuffix("'s")
    for suffix, least in (("ing", 3), ("ied", 2), ("ies", 2), ("ed", 3), ("s", 3)):
        if word.endswith(suffix) and len(word) - len(suffix) >= least and not word.endswith("ss"):
            return word.removesuffix(suffix) + ("y" if suffix in ("ied", "ies") else "")
    return word.removesuffix("e") if len(word) > 4 else word


def content_stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning."""
    return frozenset(stem(word) for word in tokens(text) if word not in STOPWORDS)


def feelings_in(words: Iterable[str]) -> frozenset[str]:
    """Families of feeling that any of `words` belongs to."""
    found = set(words)
    return frozenset(family for family, members in FEELINGS.items() if members & found)


def word_count(text: str) -> int:
    return len(tokens(text))
