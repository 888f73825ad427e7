"""What changed at a moment, as sentences: of the case's design, and never of anybody's feelings."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.case import Case
from server.core.debriefing.moment import Moment, Shift


def in_words(case: Case, moment: Moment) -> tuple[str, ...]:
    """Numbers that moved, what was told, and what stayed untold; one sentence each."""
    return tuple(_sentences(case, moment))


def _sentences(case: Case, moment: Moment) -> Iterator[str]:
    for shift in moment.shifts:
        yield _moved(case, shift)
    who = _named(case, moment.cue.speaker)
    if moment.told:
        yield f"It opened {_things(len(moment.told)).lower()} that had not been told before."
    if moment.locked:
        many = len(moment.locked)
        yield f"{_things(many)} that {who} could have told here {_was(many)} never told in this encounter."
    if moment.said and not (moment.shifts or moment.told or moment.locked):
        yield "Nothing in the case's state changed here."


def _moved(case: Case, shift: Shift) -> str:
    verb = "rose" if shift.by > 0 else "fell"
    why = f", because {', and '.join(shift.because)}" if shift.because else ""
    name = shift.name.replace("_", " ")
    whose = _possessive(_named(case, shift.whose))
    return (
        f"In this case's design, {whose} {name} {verb} here, from {shift.before} to {shift.after} of {shift.most}{why}."
    )


def _named(case: Case, cast_id: str) -> str:
    return case.member(cast_id).name


def _possessive(name: str) -> str:
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def _things(count: int) -> str:
    return "Something" if count == 1 else f"{count} things"


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
