"""Words, and nothing but words: tokens, stems, families of feeling. No rule lives here; `server.core.moves` has
those.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")


def words(text: str) -> frozenset[str]:
    """The words of a list that is written as a text."""
    return frozenset(text.split())


FEELINGS: dict[str, frozenset[str]] = {
    "loneliness": words(
        "lonely lonelier loneliness abandoned rejected invisible alone lonesome "
        "isolated empty miss missing companionship"
    ),
    "grief": words("grief grieving loss lost miss missing mourning bereaved heartbroken sad sadness"),
    "fear": words(
        "afraid fear fears fearful frightened frightening scared scary scare terrified terrifying worried "
        "worry worries "
        "worrying anxious nervous horrified "
        "dread dreading panic panicky panicking petrified apprehensive uneasy stressed"
    ),
    "shame": words(
        "ashamed shame embarrassed embarrassing embarrassment humiliated humiliating guilty guilt self-conscious shy "
        "mortified humiliation useless worthless"
    ),
    "burden": words("burden bother nuisance trouble fuss"),
    "sadness": words(
        "sad sadness upset rejected hopeless distressed despairing despair "
        "disappointed disappointing tearful unhappy heartbroken miserable devastated gutted"
    ),
    "anger": words(
        "angry anger upset annoyed irritated livid cross furious frustrated frustrating frustration resentful"
    ),
    "overwhelm": words(
        "overwhelmed overwhelming drained shattered worn-out exhausted tired worn stressed stressful struggling hard "
        "difficult"
    ),
    "helplessness": words(
        "frustrated frustrating frustration helpless powerless stuck trapped hopeless vulnerable unsafe"
    ),
    "relief": words("relieved relief glad thankful grateful"),
    "happiness": words("happy excited cheerful pleased delighted thrilled joyful looking-forward"),
}
"""Families of feeling. A word may belong to more than one; families, not words, are compared."""

STOPWORDS: frozenset[str] = words(
    "a about after again all am an and any are as at be because been being but by can could did do does "
    "doing don't for "
    "from get go going got had has have having he her hers him his how i i'd i'll i'm i've if in into is "
    "it it's its just "
    "let like me more most my no nor not now of off on once only or other our out over own please really "
    "s same shall she "
    "should so some such t than that that's the their them then there these they they're this those to "
    "too up us very was "
    "we were what what's when where which while who why will with would you you'd you'll you're you've "
    "your yours okay ok "
    "well oh yes right tell say said think know mrs mr love dear anything something much bit little time today tonight "
    "tomorrow evening evenings night nights morning day days hello good bye fine sure told feel feeling how's "
    "who's where's any another been lot lots kind sort way ever always really still "
    "quite often come comes coming came "
    "he'd he'll he's she'd she'll she's it'd it'll they'd they'll they've we'd we'll we're we've that'd that'll "
    "there'd there'll here's what'd who'd isn't aren't wasn't weren't haven't hasn't hadn't doesn't didn't can't "
    "cannot couldn't won't wouldn't shouldn't mustn't needn't"
)
STOPWORDS |= {word.replace("'", "") for word in STOPWORDS} - words("ill hell shell shed wed")
"""As typed without apostrophes, too, but not where that is another word."""

_ALIKE = {
    "pain": "ache aching hurt hurts hurting painful sore discomfort",
    "eat": "eating ate eaten appetite food meal meals lunch dinner tea breakfast hungry",
    "fall": "fell fallen falling falls tumble tripped trip",
    "husband": "husband's partner spouse",
    "father": "dad daddy",
    "mother": "mum mam mummy mom",
    "medicine": "medicines medication medications tablets pills drugs",
    "hear": "hearing heard hears",
    "battery": "batteries",
    "sleep": "sleeping slept bedtime",
    "family": "relatives",
    "children": "kids child daughter son sons",
    "afraid": "scared frightened frightening worried worry worries worrying fear anxious nervous",
    "wake": "awake waking woke",
    "visit": "visitor visitors",
    "anyone": "anybody someone somebody",
    "send": "sent deliver delivered",
    "button": "buzzer",
    "die": "died death passed",
    "stairs": "steps upstairs",
    "toilet": "bathroom loo",
    "work": "job",
    "neighbour": "neighbours neighbor",
    "stop": "stopped",
    "give": "gave",
    "equipment": "kit",
    "safe": "safer safely",
    "breath": "breathless breathing",
    "happen": "happened",
    "home": "house flat",
}
"""A word, and those that ask for the same thing at a bedside."""
_SYNONYMS = {word: one for one, others in _ALIKE.items() for word in others.split()}


def tokens(text: str) -> list[str]:
    """Lower-case words of `text`, apostrophes kept inside a word and made straight."""
    return _TOKEN.findall(fold(text))


def fold(text: str) -> str:
    """Lower case and straight apostrophes, character for character: a place in it is the same place in `text`."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower.replace("\u2019", "'")
    return "".join(_fold(mark) for mark in text)


@cache
def _fold(mark: str) -> str:
    lower = "'" if mark == "\u2019" else mark.lower()
    return lower if len(lower) == 1 else mark


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
