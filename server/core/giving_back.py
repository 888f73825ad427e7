"""What a person has said, given back to them: in whose words, and in which frame."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.asking import SENTENCE, clauses
from server.core.context import Context
from server.core.feelings import feelings
from server.core.lexicon import content_stems, word_count
from server.core.rules.rule import expression
from server.core.rules.validating import VALIDATES

REFLECTS = expression(
    r"\b(?:so it|(?:it )?sounds (?:like|as)|it seems (?:like|as)|what i'm hearing|i(?:'m| am) "
    r"hearing|you(?:'re| are) (?:saying|telling)|you (?:just )?(?:said|mentioned|told me)|if i(?:'ve| have)"
    r" understood|what "
    r"you(?:'re| are) saying)\b|^\W*(?:(?:oh|ok|okay|right|and)\W+)?so\b"
)
_MUST_BE = expression(
    r"^\W*(?:(?:oh|so|and|god|gosh|well)\W+)*(?:it|that|this) must (?:be|feel|have been|have felt|'ve been) "
    r"(?!(?:\w+ )?(?:hard|difficult|tough)\b)\w"
)
"""Guesses what it is like; `it must be hard` would fit anybody."""
_MIRRORS = expression(
    r"^\W*(?:(?:oh|ok|okay|right|and|but|well|um|yeah|yes)\W+)*(?:you(?!'ll|\W+(?:can|could|will|would|should|need"
    r"|must|may|might|have"
    r" to|ought|said|know|see)\b|'ve (?:every|a|got|the)\b)|it (?:feels?|felt|seems?) like|this feels like)\b"
)
"""Speaks of what is so with the person; words of theirs make it their own story, given back."""
_STRONGLY = expression(
    r"\b(?:(?:it )?(?:sounds?|feels?|felt|seems?) (?:like|as)|what i'm hearing|i(?:'m| am) hearing|you(?:'re| are)"
    r" (?:saying|telling))\b"
    r"|^\W*(?:(?:oh|ok|okay|right|and)\W+)?so (?:\w+ ){0,5}?(?:you(?!'ll|'re (?:moving|going|having|getting|off|due"
    r"|booked)\b|\W+(?:can|could|will|would|should|need|must"
    r"|may|might|have"
    r" to|ought|take|just|know|see|get)\b)|he|she|it's (?:having|being|not|the|that|about|more))\b"
)
"""A frame that can only be a reflection: one word of theirs is enough."""
_WEIGHS = expression(
    r"\b(?:gets? to you|for you|hard(?:est|er)?|difficult|worst|on your mind|weighs?|bother\w*|hurts?|frighten\w*"
    r"|scar\w+"
    r"|matters?|awful|miss)\b"
)
"""What the thing given back is to the person."""
_THOUGHT = expression(
    r"^\W*(?:(?:oh|so|and|god)\W+)*you (?:really |must have )?(?:thought|believed) (?:that )?(?:he|she|it|they|your"
    r" \w+|nobody|no one)(?:'d|'s|\W+\w+)"
)
"""Names what they thought was so."""
BUSINESS = content_stems(
    "tablets pressure temperature pulse obs injection drip bag packed packing transport ambulance breakfast lunch "
    "sugar wash shower dressing chart form leaflet scan weather telly television bowels wee toilet pain physio"
)
"""The ward's own business and small talk. Beside a cue it is something else, unless the cue was about it."""


def is_reflection(lower: str) -> bool:
    """It is in the frame of a reflection, or guesses what this was like."""
    return bool(REFLECTS.search(lower) or _MUST_BE.search(lower))


def given_back(lower: str, context: Context) -> Iterator[tuple[int, int]]:
    """What the patient said, given back and marked as a reflection: two of their words, or one and what it is to them.

    Where a cue lies open, it must be about that; and what a question asks is not given back.
    """
    for match in SENTENCE.finditer(lower):
        given = _told_part(match.group())
        if (word_count(given) >= 5 and _reflects(given, context)) or _gives_thought(given, context):
            yield match.span()


def _reflects(given: str, context: Context) -> bool:
    if REFLECTS.search(given) or _MUST_BE.search(given):
        return _is_theirs(given, context) or (
            context.open_cue
            and bool(_STRONGLY.search(given) or _MUST_BE.search(given))
            and not given.rstrip().endswith("?")
            and _touches(given, context)
        )
    mirrors = _MIRRORS.search(given) or _makes_sense_of(given)
    return context.open_cue and bool(mirrors) and _is_theirs(given, context, least=2)


def _makes_sense_of(given: str) -> bool:
    """The reason why it makes sense, when it is told in their words, gives their story back."""
    return VALIDATES.compiled is not None and bool(VALIDATES.compiled.search(given))


def _gives_thought(given: str, context: Context) -> bool:
    return (
        context.open_cue
        and bool(_THOUGHT.search(given))
        and not given.rstrip().endswith("?")
        and _touches(given, context)
    )


def _touches(given: str, context: Context) -> bool:
    """Holds a word of what was just said or lies open, and no business of the ward."""
    stems = content_stems(given)
    return (
        bool(stems & (content_stems(context.said_before) | context.topics) - BUSINESS)
        and not stems & BUSINESS - context.topics
    )


def _told_part(sentence: str) -> str:
    asked = clauses(sentence)
    return sentence[: asked[0][1]] if asked else sentence


def _is_theirs(given: str, context: Context, least: int = 1) -> bool:
    said = content_stems(context.said_before)
    shared = content_stems(given) & (context.story | said)
    near = shared & (said | context.topics) if context.open_cue else shared
    felt = any(not f.denied and f.families & context.feelings for f in feelings(given))
    return len(near) >= 2 or bool(len(near) >= least and (len(shared) >= 3 or felt or _WEIGHS.search(given)))
