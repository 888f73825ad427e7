"""Who in a transcript of people is the learner, and whether the labels can be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from server.assess.human.files import Spoken, refuse
from server.core.lexicon import words
from server.core.scoring.scorecard import Flag
from server.core.transcript import LEARNER, Turn

LEARNER_LABELS = ("nurse", "student", "learner", "student nurse", "doctor", "clinician", "supporter")
FEWEST_TURNS = 3
"""Turns of each side below which nothing can be said of the labels."""
CLINICIANS = words(
    "open_question closed_question focused_question leading_question invites_more introduces_self offers_help "
    "asks_name_preference names_feeling validates appreciates_telling says_what_next checks_agreement explains"
)
"""Moves of whoever came to see the other: asks, meets, offers, explains."""
MOST_OF_A_PATIENT, LEAST_APART = 0.4, 0.3
"""Shares of turns with such a move. In the authored rehearsals patients reach 0.39, and no learner, the poor ones
included, comes 0.3 below the patient; all skilled and average ones are told when their labels are exchanged.
"""
SWAPPED = (
    "The one called the learner hardly asks, meets or offers anything, and the other does: are the labels swapped?"
)
ALONE = "Only one person speaks in this transcript: are labels missing?"


def marked(lines: Sequence[Spoken], learner: str, name: str) -> list[Spoken]:
    """The lines with the learner's marked as such. Raises `ContentError` where nobody can be taken for the learner."""
    label = learner.strip().lower() or _learner_label(lines, name)
    if label not in {line.speaker.lower() for line in lines}:
        refuse(name, "nobody in the transcript has the learner's label that was given.", mend=_given(lines))
    return [replace(line, speaker=LEARNER) if line.speaker.lower() == label else _other(line) for line in lines]


def _other(line: Spoken) -> Spoken:
    """Somebody else's line, even where their label is the word that we use for the learner."""
    return replace(line, speaker="other") if line.speaker == LEARNER else line


def _learner_label(lines: Sequence[Spoken], name: str) -> str:
    labels = {line.speaker.lower() for line in lines}
    found = next((label for label in LEARNER_LABELS if label in labels), "")
    if not found:
        refuse(name, "none of the speakers is known as the learner.", mend=_given(lines))
    return found


def _given(lines: Sequence[Spoken]) -> str:
    labels = sorted({line.speaker.lower() for line in lines})
    return f"Give --learner; the labels are: {', '.join(labels[:6])}."


def label_flags(turns: Sequence[Turn], as_learner: Sequence[frozenset[str]]) -> tuple[Flag, ...]:
    """What is doubtful about the labels. `as_learner`: the moves that each turn would make, said by a learner."""
    if len({turn.speaker for turn in turns}) == 1 and len(turns) >= FEWEST_TURNS:
        return (Flag("one_speaker", ALONE),)
    own = [bool(moves & CLINICIANS) for turn, moves in zip(turns, as_learner, strict=True) if turn.speaker == LEARNER]
    other = [bool(moves & CLINICIANS) for turn, moves in zip(turns, as_learner, strict=True) if turn.speaker != LEARNER]
    if min(len(own), len(other)) >= FEWEST_TURNS and _seem_swapped(own, other):
        return (Flag("labels_may_be_swapped", SWAPPED),)
    return ()


def _seem_swapped(own: Sequence[bool], other: Sequence[bool]) -> bool:
    here, there = sum(own) / len(own), sum(other) / len(other)
    return here <= MOST_OF_A_PATIENT and there - here >= LEAST_APART
