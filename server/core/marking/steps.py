"""The steps of marking one encounter: what people did about its marks, in order, none of them ever taken out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from server.core.scoring.scorecard import Evidence

Status = Literal["rated", "not_applicable", "unrated"]
Overall = Literal["fail", "borderline", "pass", "good", "excellent"]
"""The global rating: one judgement of the whole, given after all lines. It is no sum of them."""
OVERALLS: tuple[Overall, ...] = get_args(Overall)


@dataclass(frozen=True)
class Line:
    """What somebody, or the draft, holds of one dimension."""

    status: Status
    level: int | None = None
    """A number where `status` is rated, and nowhere else."""
    evidence: tuple[Evidence, ...] = ()
    comment: str = ""
    """Why; for a mark that rests on absence, the ground it stands on."""

    @property
    def mark(self) -> tuple[Status, int | None]:
        """What two people can differ in."""
        return self.status, self.level


@dataclass(frozen=True)
class MarkGiven:
    """A person's own mark, before anything else was shown to them."""

    dimension: str
    line: Line


@dataclass(frozen=True)
class DraftAccepted:
    dimension: str
    line: Line
    """The draft's, as it was then."""
    reason: str = ""


@dataclass(frozen=True)
class DraftChanged:
    """Neither the draft's mark nor the one given first."""

    dimension: str
    line: Line
    reason: str


@dataclass(frozen=True)
class DraftRefused:
    """The person's own mark stands against the draft's."""

    dimension: str
    reason: str


@dataclass(frozen=True)
class OverallGiven:
    """A person's judgement of the whole, once all their lines are held."""

    rating: Overall


@dataclass(frozen=True)
class SheetClosed:
    """The marks are in and stay as they are; now their author may see the draft and other closed sheets."""


@dataclass(frozen=True)
class SheetWithdrawn:
    """Somebody who was to mark does not; an open sheet counts no more, and what is on it stays in the history."""

    author: str


@dataclass(frozen=True)
class Reconciled:
    """What people who differed agreed on."""

    dimension: str
    line: Line
    reason: str


@dataclass(frozen=True)
class OverallAgreed:
    """What the whole is taken for from now on: agreed by people who differed, or thought again by one person. What
    each gave before seeing anything stays on their sheet.
    """

    rating: Overall
    reason: str


@dataclass(frozen=True)
class Signed:
    """The marks as they stand are the record."""

    draft: str
    """SHA-256 of the draft scorecard beside which they stand."""
    rubric: str
    """SHA-256 of the rubric."""
    corrected: int = 0
    """How many corrections of what was heard had been accepted."""


@dataclass(frozen=True)
class Reopened:
    """The record stands until it is signed again."""

    reason: str


@dataclass(frozen=True)
class Appealed:
    """The learner asks for one line to be looked at again."""

    dimension: str
    turn: str
    reason: str


@dataclass(frozen=True)
class AppealAnswered:
    dimension: str
    reason: str
    line: Line | None = None
    """None: the mark stays."""


@dataclass(frozen=True)
class DraftPolicy:
    """When a person who marks sees the draft: at once, or after their own marks are in."""

    shown: bool


Step = (
    MarkGiven
    | DraftAccepted
    | DraftChanged
    | DraftRefused
    | OverallGiven
    | SheetClosed
    | SheetWithdrawn
    | Reconciled
    | OverallAgreed
    | Signed
    | Reopened
    | Appealed
    | AppealAnswered
    | DraftPolicy
)
KINDS: Mapping[str, type[Step]] = {
    "mark_given": MarkGiven,
    "draft_accepted": DraftAccepted,
    "draft_changed": DraftChanged,
    "draft_refused": DraftRefused,
    "overall_given": OverallGiven,
    "sheet_closed": SheetClosed,
    "sheet_withdrawn": SheetWithdrawn,
    "reconciled": Reconciled,
    "overall_agreed": OverallAgreed,
    "signed": Signed,
    "reopened": Reopened,
    "appealed": Appealed,
    "appeal_answered": AppealAnswered,
    "draft_policy": DraftPolicy,
}
_NAMES = {step: kind for kind, step in KINDS.items()}
BARE = (SheetClosed, SheetWithdrawn, Signed, DraftPolicy)
"""Steps that hold no mark; whoever is concerned may see them."""
TOLD = (Reopened, Appealed, AppealAnswered)
"""Steps that the learner and those who have marked may see."""


@dataclass(frozen=True)
class Made:
    """A step with who took it."""

    author: str
    """`marker:<id>`, an account on the staff, or whose encounter it is."""
    name: str
    """As it stands beside their marks."""
    step: Step


def kind_of(step: Step) -> str:
    """The name of this kind of step in the store and on the wire."""
    return _NAMES[type(step)]


def body_of(step: Step) -> dict[str, Any]:
    """JSON-ready."""
    return asdict(step)


def step_from(kind: str, body: Mapping[str, Any]) -> Step:
    """What `kind_of` and `body_of` told. Raises `ValueError` for what no version of ours wrote."""
    try:
        known = KINDS[kind]
        taken = {each.name: body[each.name] for each in fields(known) if each.name in body}
        if taken.get("line") is not None:
            taken["line"] = line_from(taken["line"])
        return known(**taken)
    except (KeyError, TypeError) as error:
        raise ValueError(f"a step of kind {kind} cannot be read") from error


def line_from(body: Mapping[str, Any]) -> Line:
    """A line as `body_of` wrote it."""
    evidence = tuple(Evidence(**each) for each in body["evidence"])
    return Line(body["status"], body["level"], evidence, body["comment"])
