"""Does a sentence ask? With its mark, or by its words where people type none and recognised speech has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

from server.core.asking import questions

_STARTS = r"(?:(?:and|so|but|or|well|ok|okay|oh|wow|right|now|then|hey|yes|yeah|also|man|gosh|no|just)\W+)*$"
_OPENING = re.compile(r"^\W*" + _STARTS)
_AFTER_COMMA = re.compile(r"(?:^|[,:;-])\W*" + _STARTS)
_COMMANDS = re.compile(r"^\W*(?:(?:and|so|just|maybe|please)\W+)*(?:do|have) (?!you|they|he|she|we|i|your|the|any)")
"""`Do something fun` opens like a question, and tells."""
_OF_ONESELF = re.compile(r"^\W*(?:when|while|what|how|where) (?:i|my|we|our)\b")
"""`When my father died, ...` opens a story."""
_MARKED = re.compile(r"[.,;:!?]")
_TURNED_ABOUT = re.compile(
    r"^(?:(?:what|how|why|who|where|when)(?:'?s| \w+){0,2}? )?(?:do|did|does|are|is|was|were|have|has|can|could"
    r"|would|will)"
    r" (?:you|it|that|this|they|he|she|your|the|there|any\w*)\b(?! (?:are|is|have))"
)
"""So plainly a question that in words without any mark, as speech is written down, it may stand anywhere."""
_SHORTEST_QUESTION = 3
"""Words of a question that has no mark."""


def asks(sentence: str) -> bool:
    """Whether the sentence asks; without a mark, where the question opens it or follows a comma."""
    bare = sentence.rstrip()
    return bare.endswith("?") or any(_unmarked(sentence, bare))


def _unmarked(sentence: str, bare: str) -> Iterator[bool]:
    if _COMMANDS.match(sentence) or _OF_ONESELF.match(sentence):
        return
    stopped, spoken = bare.endswith((".", "!")), not _MARKED.search(bare)
    for _, start, _ in questions(sentence):
        words = len(sentence[start:].split())
        opens = bool(_OPENING.search(sentence[:start])) and (stopped or words >= _SHORTEST_QUESTION)
        later = bool(_AFTER_COMMA.search(sentence[:start])) or (spoken and bool(_TURNED_ABOUT.search(sentence[start:])))
        yield opens or (later and words >= _SHORTEST_QUESTION)
