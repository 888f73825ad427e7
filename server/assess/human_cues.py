"""What a patient's words open for whoever answers, where nobody planted it: read from the words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.core.case_play import BeatKind
from server.core.lexicon import feelings_in, fold, tokens


@dataclass(frozen=True)
class Cue:
    """What a patient's turn opens; no kind: nothing."""

    kind: BeatKind | None
    feelings: frozenset[str]


_HINTS: tuple[tuple[BeatKind, str, frozenset[str]], ...] = (
    # somebody died or left, or something is over
    (
        "cue",
        r"\b(?:died|passed away|buried|funeral|widow(?:er|ed)?|since (?:he|she|they|we) (?:died|went|left|lost)"
        r"|used to be (?:two|both) of us|years? (?:now )?without|never (?:did|will) (?:again|now)|lost (?:my"
        r"|him|her|the baby))\b",
        frozenset({"grief", "sadness", "loneliness"}),
    ),
    # nobody is there
    (
        "cue",
        r"\b(?:just me|on my own|by myself|nobody (?:comes|calls|rings|visits|came|heard|to)|no one (?:comes|calls|to)"
        r"|(?:too|so|very|always|gets) quiet|empty (?:house|chair|bed))\b",
        frozenset({"loneliness", "sadness"}),
    ),
    # an ordeal, told by its length or its place
    (
        "disclosure",
        r"\b(?:hours?|all night|days?|till morning) (?:i (?:was|lay|sat) )?(?:on|lying|alone|stuck)\b"
        r"|\bon (?:the|that|my) (?:\w+ )?floor\b|\bcouldn't (?:get up|move|breathe|reach)\b",
        frozenset({"fear", "helplessness"}),
    ),
    # makes little of oneself
    (
        "concern",
        r"\b(?:(?:be|been|being) (?:a|any|no) (?:bother|trouble|nuisance|burden)"
        r"|don't (?:want to|like to) (?:bother|trouble)|others (?:worse|sicker)|don't mind me|not worth"
        r"|wasting your time)\b",
        frozenset({"burden", "loneliness"}),
    ),
)
"""Hints that hold no word for a feeling: kind, words, and the feelings that are right to name there."""
_JUDGED = re.compile(
    r"\b(?:do you think i|you(?:'ll| will| must)? think i|am i (?:being )?(?:\w+ )?(?:mad|daft|silly|stupid|weak|going)"
    r"|what (?:must|will|would) (?:you|they|people) think)\b"
)
_SECRET = re.compile(
    r"\b(?:you(?:'ll| will|'d)? (?:not|won't|never) (?:\w+ )?(?:write|tell|say|report|mention)|don't (?:tell|write|say"
    r"|mention)|(?:won't|wouldn't) (?:tell|write)|between (?:us|you and me)|promise (?:me|not))\b"
)


def cue_in(said: str) -> Cue:
    """A challenge puts the learner to the test, a concern says what is felt, a cue hints at it."""
    lower = fold(said)
    named = feelings_in(tokens(_POLITE.sub(" ", lower)))
    if _SECRET.search(lower) or (_JUDGED.search(lower) and "?" in said):
        return Cue("challenge", named | {"fear", "shame"})
    hints = [(kind, feelings) for kind, words, feelings in _HINTS if re.search(words, lower)]
    feelings = named.union(*(feelings for _, feelings in hints))
    return Cue("concern" if named else hints[0][0] if hints else None, feelings)


_POLITE = re.compile(
    r"\b(?:no|any|much|it's|the|you any|to any) (?:bother|trouble|fuss)\b|\bno fuss\b"
    r"|\b(?:glad|pleased|happy|delighted) (?:to|of|with)\b"
)
"""`If it's no trouble`, `pleased to meet you`: manners."""
