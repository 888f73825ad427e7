"""What a patient's words open for whoever answers, where nobody planted it: read from the words alone."""

from __future__ import annotations

import re
from dataclasses import dataclass

from server.core.case_parts.play import BeatKind
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
    # dreads what may come
    (
        "concern",
        r"\b(?:won't|never|don't|not) (?:wake up|come (?:back|round|home)|make it|see (?:him|her|them|my \w+) again)\b"
        r"|\bwhat if (?:i|it|he|she|they|the)\b|\bam i (?:going to die|dying)\b|\bis it (?:bad|serious|cancer)\b"
        r"|\bhow long (?:have i|has he|has she) got\b",
        frozenset({"fear", "helplessness"}),
    ),
    # cannot rest for thinking
    (
        "cue",
        r"\b(?:(?:didn't|couldn't|can't|don't|haven't) (?:\w+ )?(?:sleep|slept)|(?:lie|lay|lying|awake) (?:there )?"
        r"(?:awake|all night|till)|kept? (?:on )?thinking|keeps? going round)\b",
        frozenset({"fear"}),
    ),
    # has told nobody, or was told nothing
    (
        "cue",
        r"\b(?:haven't told|not told) (?:my|him|her|them|anyone|anybody|a soul)\b"
        r"|\bnobody (?:knows|would notice|has noticed)\b",
        frozenset({"loneliness", "fear", "shame"}),
    ),
    (
        "concern",
        r"\b(?:nobody|no one) (?:\w+ )?(?:tells?|told|explain(?:s|ed)|ask(?:s|ed)|listen(?:s|ed))\b",
        frozenset({"anger", "helplessness", "loneliness"}),
    ),
    # takes it on oneself
    (
        "concern",
        r"\b(?:my (?:own )?fault|i should(?:n't)? have|if only i|i (?:only )?waited too)\b",
        frozenset({"shame", "burden", "grief"}),
    ),
    # is at the end of one's strength
    (
        "concern",
        r"\bi (?:just )?(?:can't|cannot) (?:cope|go on|manage|do (?:this|it) any ?more|take (?:any ?more|it))\b",
        frozenset({"overwhelm", "helplessness", "sadness"}),
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
