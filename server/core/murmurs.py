"""What is said under another's words to show that one listens, and asks for no turn: "mm-hm", "yeah", "I see".

Yngve (1970) called these back channels. A patient who is met with one goes on; one who is met with a word of more
weight ("wait", "sorry", "no") stops. English only: elsewhere nothing is taken for one.
"""

from __future__ import annotations

import re

LONGEST_WORDS = 4
"""Of a murmur; more is a sentence."""
_HUMS = re.compile(r"(?:m+h*|u+h+|a+h+|o+h+|hm+|mm+-?h+m+|u+h+-?h+u+h+|a+h+a+|e+h+|erm+|mhm+)")
_WORDS = frozenset(
    ["yeah", "yes", "yep", "yup", "ok", "okay", "right", "sure", "true", "really", "good", "alright", "course"]
)
_PHRASES = frozenset(
    (
        "i see",
        "of course",
        "oh dear",
        "oh no",
        "go on",
        "i know",
        "all right",
        "oh yes",
        "oh yeah",
        "i understand",
        "wow",
    )
)


def is_murmur(text: str, language: str = "en") -> bool:
    """Whether `text`, said while somebody else speaks, asks for nothing but that they go on.

    A question is none ("really?" is, said under another's words): the mark is not looked at, only the words.
    """
    words = re.findall(r"[a-z]+(?:[-'][a-z]+)*", text.lower().replace("\u2019", "'"))
    if not language.lower().startswith("en") or not words or len(words) > LONGEST_WORDS:
        return False
    return " ".join(words) in _PHRASES or _all_small(words)


def _all_small(words: list[str]) -> bool:
    """Hums and assents one after the other, and phrases of two words among them."""
    while words:
        if " ".join(words[:2]) in _PHRASES:
            words = words[2:]
        elif words[0] in _WORDS or words[0] in _PHRASES or _HUMS.fullmatch(words[0]):
            words = words[1:]
        else:
            return False
    return True
