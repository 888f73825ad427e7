"""Who is in the room, and to whom a learner speaks. One person is turned to at a time; the others hear it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from server.core.case import Case
from server.core.case_parts.cast import CastMember, Unscripted
from server.core.case_parts.play import Fact
from server.core.encounter import Encounter
from server.core.lexicon import fold, tokens
from server.core.matching.matching import Asked
from server.core.transcript import LEARNER, Turn

TITLES = frozenset({"dr", "doctor", "mr", "mrs", "ms", "miss", "professor", "prof", "sister", "nurse", "the"})
_GREETING = (
    r"(?:(?:hello|hi|hey|good (?:morning|afternoon|evening)|sorry|excuse me|okay|ok|right|um|erm|no|yes|please|so|and"
    r"|but|thank you|thanks)\b[,\s]*)*"
)
_SPOKEN_OF = (
    r"(?:'(?:s|ll|d)\b|\s+(?:needs|heard|said|says|wants|wanted|told|tells|asked|asks|thinks|thought|knows|knew|looks"
    r"|looked|seems|explained|mentioned|called|came|went|gave|took|left|may|might|and|who"
    r"|(?:is|was|has|had|does|did|will|would|should|can|could)(?! (?:you|i|we)\b))\b)"
)
"""After a name, what shows that somebody is spoken of and not spoken to."""
_SPEAKS_OF = (
    r"(?:the|an?|your|my|his|her|our|their|this|that|to|with|of|about|by|from|for|and|or|than|like|as|is|was|are|were|be"
    r"|it's|that's|see|saw|seen|ask|asked|tell|told|call|called|phone|phoned|miss|missed|know|knew|meet|met|love|loved"
    r"|help|helped|visit|visited|trust|find|found|need|want|get|fetch|have|had|dr|doctor|mr|mrs|ms|professor|prof|nurse)"
)
"""Before a name at the end, the same."""
ORDINARY = frozenset({"will", "may", "mark", "hope", "bill", "pat", "sue", "rob", "grant", "frank", "rose", "drew"})
"""Names that are also words with which a sentence begins or ends; they call only where a comma sets them off."""


def here(encounter: Encounter) -> Iterator[CastMember]:
    """The people in the room, in the author's order; a thing that speaks is not one of them."""
    return (m for m in encounter.case.cast if m.role_type != "system" and m.id in encounter.board.present)


def facts_of(encounter: Encounter, people: Collection[str]) -> tuple[Fact, ...]:
    """Facts of these people."""
    case = encounter.case
    return tuple(fact for fact in case.facts if case.member(fact.owner).id in people)


def policies_of(encounter: Encounter, people: Collection[str]) -> tuple[Unscripted, ...]:
    """What these people, as far as they are here, say to questions that no fact answers."""
    found = (member for member in here(encounter) if member.id in people)
    return tuple(policy for member in found for policy in member.portrayal.unscripted)


def partner(encounter: Encounter) -> str:
    """Whom the talk is with, unless the words say otherwise: whose moment is open, else who spoke last."""
    people = {member.id for member in here(encounter)}
    candidates = (*(_speaker_of(encounter.case, beat) for beat in reversed(_open_by_age(encounter))), _last(encounter))
    return next((each for each in candidates if each in people), encounter.case.patient.id)


def others(encounter: Encounter, text: str) -> frozenset[str]:
    """Who else may be meant, though nobody was called: a person who is only spoken of is not."""
    said = frozenset(tokens(fold(text)))
    here_now = (member for member in here(encounter) if member.id != partner(encounter))
    return frozenset(member.id for member in here_now if not said & set(_names(member)))


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
    title = rf"(?:(?:{'|'.join(sorted(TITLES - {'the'}))})\.? )?"
    name = rf"{title}(?:{'|'.join(map(re.escape, names))})\b"
    plain = rf"{title}(?:{'|'.join(re.escape(each) for each in names if each not in ORDINARY) or '(?!)'})\b"
    return (
        re.compile(rf"(?:^|[.!?]\s*){_GREETING}{name}(?=,)(?!{_SPOKEN_OF})"),
        re.compile(rf",\s*{name}\s*(?:[.!?,]|$)"),
        re.compile(rf"(?:^|[.!?]\s*){_GREETING}{plain}(?!{_SPOKEN_OF})(?!\s*[.!?]\s*$|\s*$)"),
        re.compile(rf"(?:^|(?<![a-z'])(?!{_SPEAKS_OF}\b)[a-z']+\W+){plain}\s*[.!?]*$"),
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
    named = called(encounter, turn.text) if turn.kind == "said" else ""
    candidates = (named, *(_owner(encounter, each) for each in asked))
    return next((each for each in candidates if each in people), partner(encounter))


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


def _last(encounter: Encounter) -> str:
    said = (turn for turn in reversed(encounter.turns) if turn.kind == "said" and turn.speaker != LEARNER and turn.text)
    return next((turn.speaker for turn in said if encounter.case.member(turn.speaker).role_type != "system"), "")
