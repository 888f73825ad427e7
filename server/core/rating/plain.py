"""One way to write what people write in many: forms of speech and of the keyboard made plain before a rule is tried.

`Y'all`, `u` and `you` are the same word to a listener, so they must be to the rules. A quote is never made plain.
"""

from __future__ import annotations

import re

from server.core.lexicon import fold

_PLAIN = {
    "y'all": "you",
    "yall": "you",
    "ya": "you",
    "u": "you",
    "yous": "you",
    "youse": "you",
    "yer": "your",
    "ur": "your",
    "youre": "you're",
    "u're": "you're",
    "'em": "them",
    "em": "them",
    "'cause": "because",
    "cuz": "because",
    "coz": "because",
    "'bout": "about",
    "wanna": "want to",
    "gonna": "going to",
    "tryna": "trying to",
    "dunno": "don't know",
    "lemme": "let me",
    "gimme": "give me",
    "shoulda": "should have",
    "coulda": "could have",
    "woulda": "would have",
    "innit": "isn't it",
    "ain't": "isn't",
    "aint": "isn't",
    "nothin": "nothing",
    "feelin": "feeling",
    "goin": "going",
    "doin": "doing",
    "mum": "mom",
    "shouldve": "should've",
    "couldve": "could've",
    "wouldve": "would've",
    "mustve": "must've",
    "must of": "must have",
    "should of": "should have",
    "could of": "could have",
    "would of": "would have",
    "pls": "please",
    "plz": "please",
    "thx": "thanks",
    "tho": "though",
    "rn": "right now",
    "idk": "i don't know",
    "cannot": "can't",
    "can not": "can't",
}
_KNOWN = re.compile(rf"(?<![\w'])(?:{'|'.join(map(re.escape, sorted(_PLAIN, key=len, reverse=True)))})(?![\w'])")


def plain(text: str) -> str:
    """The text in lower case, with straight apostrophes and plain forms."""
    return _KNOWN.sub(lambda match: _PLAIN[match.group()], fold(text))
