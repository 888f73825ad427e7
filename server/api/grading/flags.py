"""What of an encounter a grader should know before choosing it. Pure: everything is told, nothing is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from server.assess.signing import drafted
from server.core.doubting import SURE_PERCENT
from server.core.marking.marking import Marking, differences, whole_differs
from server.store.marking.grading import About

FAR = 2
"""Levels between the learner's own rating and the draft from which the gap is told."""
State = Literal["running", "not_scored", "to_mark", "marking", "second_marker", "differ", "to_sign", "signed", "appeal"]
STATES: Mapping[State, str] = {
    "running": "not ended",
    "not_scored": "nothing is scored",
    "to_mark": "to be marked",
    "marking": "somebody is marking",
    "second_marker": "needs a second marker",
    "differ": "the markers differ",
    "to_sign": "to be signed",
    "signed": "signed",
    "appeal": "an appeal waits",
}


@dataclass(frozen=True)
class QueueFlag:
    code: str
    says: str


def state_of(ended: str, about: About, marking: Marking, sheets: int) -> State:
    """Where it stands, whoever asks."""
    if not ended:
        return "running"
    if ended == "stop" or about.draft is None or about.unreadable:
        return "not_scored"
    if marking.unanswered:
        return "appeal"
    if marking.record is not None and not marking.open:
        return "signed"
    return _unsigned(marking, sheets)


def _unsigned(marking: Marking, sheets: int) -> State:
    if any(not sheet.closed for sheet in marking.sheets.values()):
        return "marking"
    if not marking.sheets:
        return "to_mark"
    if len(marking.closed()) < sheets:
        return "second_marker"
    return "differ" if differences(marking) or whole_differs(marking) else "to_sign"


def flags_of(ended: str, about: About, marking: Marking, *, sees_draft: bool) -> list[QueueFlag]:
    """`sees_draft`: the grader may know of the draft, and of what others gave; else nothing is told by which either
    could be guessed.
    """
    return [*_of_the_talk(ended, about, marking), *(_of_the_levels(about, marking) if sees_draft else ())]


def _of_the_talk(ended: str, about: About, marking: Marking) -> Iterator[QueueFlag]:
    card = about.draft or {}
    provenance = card.get("provenance", {})
    if ended == "stop":
        yield QueueFlag("stopped", "The learner stopped it. See how they are before anything else.")
    if about.unreadable:
        yield QueueFlag("unreadable", "Another version of Bedside wrote its marks; they cannot be read here.")
    if marking.unanswered:
        yield QueueFlag("appeal", "The learner asks for a line to be looked at again.")
    if disputed := int(provenance.get("disputed", 0)):
        yield QueueFlag("correction", f"Corrections of what was heard wait for a decision: {disputed}.")
    lowest = provenance.get("lowest_confidence")
    if lowest is not None and float(lowest) * 100 < SURE_PERCENT:
        yield QueueFlag("heard_with_doubt", f"A turn was heard with a confidence of {lowest}.")
    if marking.record is not None and marking.record.corrected != int(provenance.get("corrected", 0)):
        yield QueueFlag("look_again", "Signed before a correction of what was heard.")
    for each in card.get("flags", ()):
        yield QueueFlag(each["code"], each["says"])


def _of_the_levels(about: About, marking: Marking) -> Iterator[QueueFlag]:
    card = about.draft or {}
    unrated = [each["id"] for each in card.get("dimensions", ()) if each["status"] == "unrated"]
    if unrated:
        yield QueueFlag("needs_person", f"The draft gives no level to {len(unrated)} of its lines.")
    if reasons := _borderline(card, marking):
        told = "; ".join(reasons)
        yield QueueFlag("borderline", f"{told[0].upper()}{told[1:]}.")
    if gap := _gap(card, about.self_rating or {}):
        yield QueueFlag("self_gap", f"The learner's own rating and the draft are {gap} levels apart on a line.")


def _borderline(card: Mapping[str, Any], marking: Marking) -> list[str]:
    closed = marking.closed()
    told = ["a global rating is borderline"] if any(sheet.overall == "borderline" for sheet in closed) else []
    told += ["the markers' global ratings differ"] if whole_differs(marking) else []
    told += ["the markers differ on a line"] if differences(marking) else []
    return told + (["the model's two readings differ"] if _readings_differ(card.get("passes", ())) else [])


def _readings_differ(passes: Sequence[Mapping[str, Any]]) -> bool:
    levels = [{each["id"]: each.get("level") for each in one.get("dimensions", ())} for one in passes]
    return any(each != levels[0] for each in levels[1:])


def _gap(card: Mapping[str, Any], own: Mapping[str, int]) -> int:
    """The largest difference in levels, where it is far; else 0."""
    levels = drafted(card) if card else {}
    apart = [abs(own[name] - line.level) for name, line in levels.items() if name in own and line.level is not None]
    widest = max(apart, default=0)
    return widest if widest >= FAR else 0
