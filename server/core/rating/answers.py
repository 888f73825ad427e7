"""Readable rules for how the other answered: whether they push back, say that they feel met, or turn to the supporter.

What somebody says next is evidence of how it was received, and needs no list of the supporter's words. It is not what
the supporter said, and is quoted as the other's.
"""

from __future__ import annotations

from collections.abc import Iterator

from server.core.asking import SENTENCE
from server.core.rating.rules import EvidenceRule

PUSHES_BACK = EvidenceRule(
    "answered_but",
    "the other answered with a `but`",
    (r"\b(?:but|although|however)\b",),
    unless=(r"\bbut (?:thanks?|thank you|also|you(?:'re| are) right|yes)\b|\bnothing but\b|\bcan't help but\b",),
)
FEELS_MET = EvidenceRule(
    "answered_met",
    "the other said that it was good to be heard",
    (
        r"\bthank(?:s| you)(?: so much| a lot)? for (?:\w+ )?(?:understanding|listening|hearing|acknowledging|being"
        r" (?:there|here|so|kind|patient)|validating|asking|caring|getting it|seeing)\b|\bmeans (?:a lot"
        r"|so much|the world)\b",
        r"\bappreciate (?:your|the) (?:support|offer|understanding|empathy|kindness|care|concern|patience)\b"
        r"|\b(?:comforting|nice|good|reassuring|helps|helpful|relief|feels good) (?:just )?to (?:know|hear|talk"
        r"|have|be heard"
        r"|say it|tell)\b",
        r"\byou(?:'re| are) (?:so |very )?(?:understanding|kind|right,? (?:it|i))\b|\byou (?:really )?(?:get"
        r"|understand) (?:it|me)\b"
        r"|^\W*(?:yes,? |yeah,? )?(?:exactly|that's (?:exactly )?(?:it|how i feel|right))\b|\bfeels? (?:heard"
        r"|seen|understood)\b",
    ),
    unless=(r"\bbut\b|\bi (?:just )?(?:wish|need|want)\b",),
)
ABOUT_YOU = EvidenceRule(
    "answered_about_you",
    "the other turned to the supporter",
    (
        r"\bthank(?:s| you)(?: so much)? for (?:\w+ )?sharing\b|\bappreciate (?:you|your) sharing\b",
        r"\b(?:glad|happy|sorry)(?: to hear)?(?: that)? (?:you(?!'re (?:here|there|asking))|your)\b"
        r"|\byou(?:'ve| have) (?:\w+ )?(?:been (?!so|very|really|a)|gone|felt|had|dealt|struggled)\b"
        r"|\byour (?:own )?(?:experience|story|friend|approach|situation|job|family|ability)\b",
        r"\b(?:not|n't) (?:alone|the only)\b|\bcan relate\b|\brelate to (?:that|you)\b",
        r"\b(?:do|did|have|are|how do|how did|how are|what do|what did|what about) you\b[^.?!]*\?",
    ),
    unless=(r"\bthank you for asking\b|\bhow are you\b|\bdo you (?:think|know|mean)\b",),
)
WELCOME = 0.3
"""Part of the supporter's turns after which the other says so."""
ANSWERS = (PUSHES_BACK, FEELS_MET, ABOUT_YOU)


def answered(text: str) -> Iterator[tuple[str, int, int]]:
    """How a turn of the other's, in lower case, answers: the rule's name, and where the sentence stands.

    A `but`, and that it was good to be heard, are answers where they come first; the turn to the supporter anywhere.
    """
    for number, match in enumerate(SENTENCE.finditer(text)):
        for rule in ANSWERS if number == 0 else (ABOUT_YOU,):
            if rule.holds(match.group()):
                yield rule.name, match.start(), match.end()


def welcomed(met: int, pushed: int, turns: int) -> bool:
    """Whether it was good to be heard in many of the answers, and more often than there was a `but`."""
    return met >= WELCOME * turns and met > pushed
