"""Who is in the room, and to whom a learner speaks. One person is turned to at a time; the others hear it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from server.core.case import Case
from server.core.case_cast import CastMember, Unscripted
from server.core.case_play import Fact
from server.core.encounter import Encounter
from server.core.lexicon import fold
from server.core.matching import Asked
from server.core.transcript import LEARNER, Turn

TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "professor", "prof", "sister", "nurse", "the"})
_GREETING = (
    r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|sorry|excuse me|okay|ok|right|um|erm|no|yes|please|so|and"
    r"|but|thank you|thanks)\b[,\s]*)*"
)
_SPOKEN_OF = (
    r"(?:'s\b|\s+(?:is|was|has|had|does|did|needs|heard|said|says|wants|will|and|who"
    r"|(?:can|could)(?! (?:you|i|we)\b))\b)"
)
"""After a name, what shows that somebody is spoken of and not spoken to."""


def here(encounter: Encounter) -> Iterator[CastMember]:
    """The people in the room, in the author's order; a thing that speaks is not one of them."""
    return (m for m in encounter.case.cast if m.role_type != "system" and m.id in encounter.board.present)


def facts_here(encounter: Encounter, toward: str = "") -> tuple[Fact, ...]:
    """Facts of this person, or of everybody in the room."""
    case = encounter.case
    owners = {toward} if toward else {member.id for member in here(encounter)}
    return tuple(fact for fact in case.facts if case.member(fact.owner).id in owners)


def policies_here(encounter: Encounter, toward: str = "") -> tuple[Unscripted, ...]:
    """What this person, or everybody in the room, says to questions that no fact answers."""
    people = (member for member in here(encounter) if not toward or member.id == toward)
    return tuple(policy for member in people for policy in member.portrayal.unscripted)


def called(encounter: Encounter, text: str) -> str:
    """Cast id of whoever is turned to by name or by a word for them; empty for nobody."""
    folded = fold(text)
    people = list(here(encounter))
    if len(people) < 2:
        return ""
    found = [(place, member.id) for member in people if (place := _vocative(folded, _names(member)))]
    return min(found)[1] if found else ""


def _names(member: CastMember) -> tuple[str, ...]:
    """How a learner may call this person: whole name, last name, words the author gives; first name where it is one."""
    words = [word for word in fold(member.name).split() if word not in TITLES]
    given = {fold(member.name), *words, *(fold(word) for word in member.called), fold(member.preferred_name)}
    return tuple(sorted((name for name in given if len(name) > 2), key=len, reverse=True))


@lru_cache(maxsize=256)
def _vocatives(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    title = rf"(?:(?:{'|'.join(sorted(TITLES))})\.? )?"
    name = rf"{title}(?:{'|'.join(map(re.escape, names))})\b"
    return (
        re.compile(rf"(?:^|[.!?]\s*){_GREETING}{name}(?=,)(?!{_SPOKEN_OF})"),
        re.compile(rf",\s*{name}\s*(?:[.!?,]|$)"),
        re.compile(rf"(?:^|[.!?]\s*){_GREETING}{name}(?!{_SPOKEN_OF})(?!\s*[.!?]\s*$|\s*$)"),
        re.compile(rf"\b{name}\s*[.!?]*$"),
    )


def _vocative(text: str, names: tuple[str, ...]) -> int:
    """How surely `text` turns to somebody of these names: 1 the surest; 0 not at all."""
    return next((n for n, pattern in enumerate(_vocatives(names), 1) if pattern.search(text)), 0)


def addressee(encounter: Encounter, turn: Turn, asked: tuple[Asked, ...] = ()) -> str:
    """Cast id of whom the learner speaks to: who is called, whose matter it is, whose moment is open, or who spoke."""
    case = encounter.case
    if len(case.cast) == 1:
        return case.patient.id
    people = {member.id for member in here(encounter)}
    candidates = (
        called(encounter, turn.text) if turn.kind == "said" else "",
        *(_owner(encounter, each) for each in asked),
        *(_speaker_of(case, beat) for beat in reversed(_open_by_age(encounter))),
        _last_speaker(encounter),
    )
    return next((each for each in candidates if each in people), case.patient.id)


def _owner(encounter: Encounter, asked: Asked) -> str:
    case = encounter.case
    if asked.fact:
        return case.member(asked.fact.owner).id
    owners = (member.id for member in here(encounter) if asked.policy in member.portrayal.unscripted)
    return next(owners, "") if asked.policy else ""


def _open_by_age(encounter: Encounter) -> list[str]:
    tracks = encounter.board.tracks
    return sorted(encounter.board.open_beats(), key=lambda beat: tracks[beat].heard_at_ms)


def _speaker_of(case: Case, beat_id: str) -> str:
    """Who waits for an answer: whoever spoke the beat, or the person it was not said to by a thing."""
    return case.member(case.beat(beat_id).speaker).id


def _last_speaker(encounter: Encounter) -> str:
    said = (turn for turn in reversed(encounter.turns) if turn.kind == "said" and turn.speaker != LEARNER and turn.text)
    return next((turn.speaker for turn in said if encounter.case.member(turn.speaker).role_type != "system"), "")


def come_in(encounter: Encounter, cast_ids: tuple[str, ...]) -> frozenset[str]:
    """Who of these is not in the room yet."""
    return frozenset(cast_ids) - encounter.board.present
