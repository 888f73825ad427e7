"""A step as it comes over the wire, made into one of the core's; and whether it was made on what stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.api.marking.shapes import Kind, Overall, StepAsk
from server.api.marking.views import Viewer, seen_steps
from server.assess.signing import marking_of
from server.core.errors import Conflict, RequestError
from server.core.marking.rules import Grounds, evidence_of
from server.core.marking.steps import (
    AppealAnswered,
    DraftAccepted,
    DraftChanged,
    DraftRefused,
    Line,
    Made,
    MarkGiven,
    OverallAgreed,
    OverallGiven,
    Reconciled,
    Reopened,
    SheetClosed,
    SheetWithdrawn,
    Signed,
    Step,
    kind_of,
)
from server.store.marking.marks import KeptStep

_MARK = {"dimension", "status", "level", "evidence", "comment"}
TAKES: dict[Kind, set[str]] = {
    "mark_given": _MARK,
    "draft_accepted": {"dimension", "reason", "draft"},
    "draft_changed": {*_MARK, "reason", "draft"},
    "draft_refused": {"dimension", "reason", "draft"},
    "sheet_closed": set(),
    "sheet_withdrawn": set(),
    "reconciled": {*_MARK, "reason"},
    "signed": {"draft"},
    "reopened": {"reason"},
    "appeal_answered": {*_MARK, "reason"},
    "overall_given": {"rating"},
    "overall_agreed": {"rating", "reason"},
}
"""By kind, the fields that it takes beside `kind`, `expected_step` and `name`."""
MOST_TOLD = 8
"""Changes that are named where somebody's page is stale."""


@dataclass(frozen=True)
class Drafted:
    """What the marks stand beside."""

    digest: str
    rubric: str
    """SHA-256 of the rubric."""
    corrected: int
    """How many corrections of what was heard are in it."""


def step_of(ask: StepAsk, author: str, grounds: Grounds, drafted: Drafted) -> Step:
    """The step of `author`. Raises `RequestError`, and `Conflict` where the draft was made again."""
    _only_its_fields(ask)
    if "draft" in TAKES[ask.kind] and ask.draft != drafted.digest:
        mend = "Load the marking again and look at it."
        raise Conflict("The draft is not the one that you looked at.", code="stale_draft", mend=mend)
    match ask.kind:
        case "mark_given":
            return MarkGiven(ask.dimension, _line(ask, grounds))
        case "draft_accepted":
            return DraftAccepted(ask.dimension, grounds.draft.get(ask.dimension, Line("unrated")), ask.reason)
        case "draft_changed":
            return DraftChanged(ask.dimension, _line(ask, grounds), ask.reason)
        case "draft_refused":
            return DraftRefused(ask.dimension, ask.reason)
        case "reconciled":
            return Reconciled(ask.dimension, _line(ask, grounds), ask.reason)
        case "appeal_answered":
            return AppealAnswered(ask.dimension, ask.reason, _line(ask, grounds) if ask.status else None)
        case "overall_given":
            return OverallGiven(_rating(ask))
        case "overall_agreed":
            return OverallAgreed(_rating(ask), ask.reason)
        case "sheet_closed":
            return SheetClosed()
        case "sheet_withdrawn":
            return SheetWithdrawn(author)
        case "signed":
            return Signed(drafted.digest, drafted.rubric, drafted.corrected)
        case "reopened":
            return Reopened(ask.reason)


def _only_its_fields(ask: StepAsk) -> None:
    given = ask.model_fields_set - {"kind", "expected_step", "name"}
    if extra := sorted(given - TAKES[ask.kind]):
        message = f"A step of kind {ask.kind} takes no {extra[0]}; leave it out."
        raise RequestError(message, code="bad_field", field=extra[0])


def _rating(ask: StepAsk) -> Overall:
    if ask.rating is None:
        raise RequestError("rating is missing; add it.", code="bad_field", field="rating")
    return ask.rating


def _line(ask: StepAsk, grounds: Grounds) -> Line:
    if ask.status is None:
        raise RequestError("status is missing; add it.", code="bad_field", field="status")
    evidence = tuple(evidence_of(each.turn, each.quote, grounds) for each in ask.evidence)
    return Line(ask.status, ask.level, tuple(dict.fromkeys(evidence)), ask.comment)


def stands_already(made: Made, steps: Sequence[KeptStep], viewer: Viewer) -> bool:
    """The very same was taken before, and nothing since: an answer was lost, and it is sent once more."""
    if isinstance(made.step, MarkGiven):
        own = marking_of(steps).sheet(made.author).own.get(made.step.dimension)
        return own is not None and own.line == made.step.line and own.by == (made.name,)
    seen = seen_steps(steps, viewer)
    return bool(seen) and seen[-1].made == made


def require_fresh(expected: int, steps: Sequence[KeptStep], viewer: Viewer) -> None:
    """Raises `Conflict` that says what has changed since the page was read."""
    seen = seen_steps(steps, viewer)
    if expected != len(seen):
        told = ", ".join(dict.fromkeys(_told(each) for each in seen[expected:])) or "nothing that you may see"
        mend = "Load the marking again; what you have not saved is still yours to send."
        raise Conflict(f"Since you looked there was: {told}.", code="stale_page", mend=mend)


def _told(step: KeptStep) -> str:
    dimension = getattr(step.made.step, "dimension", "")
    return f"{kind_of(step.made.step)} {dimension}".strip() + f" by {step.made.name}"
