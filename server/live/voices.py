"""How each of the cast sounds, so that a listener can tell them apart with closed eyes."""

from __future__ import annotations

from server.core.case import Case
from server.core.case_parts.cast import CastMember

PITCHES = ("", "low", "high", "deep")
"""What is added for the first, second, third … of those who would sound alike. An engine with several voices of that
kind takes another one for each.
"""


def sound_of(case: Case, member: CastMember) -> str:
    """The description of this person's voice for an engine, e.g. `female old slow`, or `male adult normal low` for the
    second man of that kind. A thing that speaks is a `system`, so that an engine may give it a voice of no person.
    """
    alike = [one.id for one in case.cast if _kind(one) == _kind(member)]
    pitch = PITCHES[alike.index(member.id) % len(PITCHES)]
    thing = "system" if member.role_type == "system" else ""
    return " ".join(word for word in (str(member.voice), thing, pitch) if word)


def _kind(member: CastMember) -> tuple[str, str, bool]:
    """Who shares this sounds alike: somebody who only speaks faster does not sound like somebody else."""
    return member.voice.sex, member.voice.age, member.role_type == "system"
