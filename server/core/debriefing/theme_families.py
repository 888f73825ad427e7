"""Themes of a course, in families: the words by which a text touches one, and how one asks about it.

A form asks and gives no answer. `{theme}` stands for the theme in the course's own wording. A theme that belongs to no
family is asked about in the general forms.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from server.core.lexicon import content_stems


@dataclass(frozen=True)
class Family:
    """Themes that are alike."""

    name: str
    words: str
    """By which a theme, or a sentence, belongs to it; compared by their stems."""
    forms: tuple[str, ...]


FAMILIES = (
    Family(
        "fear",
        "fear afraid frightened scared worry worried anxious nervous panic dread uncertainty unsure consent",
        (
            "Whose fear was in that moment, and how could you tell?",
            "What would have to be true for that fear to make sense?",
        ),
    ),
    Family(
        "loneliness",
        "loneliness lonely alone grief loss lost miss quiet silence presence dying death bad news empty",
        (
            "What was left unsaid around that, and who was keeping it so?",
            "What did the silence do there, and for whom?",
        ),
    ),
    Family(
        "dignity",
        "dignity shame ashamed embarrassed stigma judgement judged judge guilt guilty blame belief believed autonomy "
        "literacy read",
        (
            "What was at stake there for how they saw themselves?",
            "Where in that could somebody have felt looked at rather than met, and what decided which it was?",
        ),
    ),
    Family(
        "honesty",
        "honesty honest truth true promise promises confidentiality secret secrecy apology sorry record write written "
        "trust",
        (
            "What could you honestly say there, and what were you not free to say?",
            "What would being honest have cost there, and who would have paid for it?",
        ),
    ),
    Family(
        "family",
        "family carer strain parenthood mother father son daughter wife husband child quarrel livelihood ambivalence",
        (
            "Who else was in the room there without being in it?",
            "Whose need came first there, and how was that decided?",
        ),
    ),
    Family(
        "anger",
        "anger angry cross furious loud shout frustrated frustration broken",
        (
            "What do you think the anger was guarding?",
            "What did your body want to do there, and what did you do instead?",
        ),
    ),
    Family(
        "safety",
        "safety safe safeguarding harm fall risk adherence tablets hierarchy speaking speak team senior surgeon",
        (
            "How did what is safe and what was wanted stand to each other there?",
            "Who needed to know about that, and what made it easy or hard to say?",
        ),
    ),
    Family(
        "faith",
        "faith belief pray prayer god religion church mosque meaning hope",
        (
            "What did you know there of what holds them up, and what did you suppose?",
            "What would you have needed to ask before you answered?",
        ),
    ),
)
GENERAL = Family(
    "",
    "",
    (
        "Where does {theme} come into that, for them and for you?",
        "What does that sentence say about {theme} that you had not thought before?",
    ),
)


@cache
def family_of(theme: str) -> Family:
    """The first family that shares a stem with the theme; the general one where none does."""
    stems = content_stems(theme)
    return next((family for family in FAMILIES if stems & content_stems(family.words)), GENERAL)


@cache
def stems_of(theme: str) -> frozenset[str]:
    """The stems by which a sentence touches this theme."""
    return content_stems(f"{theme} {family_of(theme).words}")
