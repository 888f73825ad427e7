"""The marking of one encounter: the fold of its steps. The signed values are the record; everything before stays.

What a step may do is decided in `server.core.marking.rules` before it is taken. The fold itself refuses nothing, so
that a history is readable for good, whatever becomes of the rubric and of those who marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from typing import Literal

from server.core.marking.steps import (
    BARE,
    TOLD,
    AppealAnswered,
    Appealed,
    DraftAccepted,
    DraftChanged,
    DraftPolicy,
    DraftRefused,
    Line,
    Made,
    MarkGiven,
    Overall,
    OverallAgreed,
    OverallGiven,
    Reconciled,
    Reopened,
    SheetClosed,
    SheetWithdrawn,
    Signed,
)

How = Literal["own_mark", "draft_accepted", "draft_changed", "draft_refused", "reconciled", "appeal"]


@dataclass(frozen=True)
class Value:
    """A line that somebody stands for, and how it came about."""

    line: Line
    how: How
    by: tuple[str, ...]
    """Names."""
    reason: str = ""


@dataclass(frozen=True)
class Whole:
    """The judgement of the whole that stands."""

    rating: Overall
    by: tuple[str, ...]
    """Names."""
    reason: str = ""
    """Why, where it was agreed or thought again; empty: it stands as it was given."""


@dataclass(frozen=True)
class Sheet:
    """One person's marks."""

    name: str
    own: Mapping[str, Value] = field(default_factory=dict)
    """As given before anything was shown; these are what two markers' agreement is counted on."""
    decided: Mapping[str, Value] = field(default_factory=dict)
    """What they made of them in sight of the draft."""
    overall: Overall | None = None
    """Their own judgement of the whole."""
    closed: bool = False

    def value(self, dimension: str) -> Value | None:
        """What this person holds now."""
        return self.decided.get(dimension) or self.own.get(dimension)

    def held(self) -> frozenset[str]:
        """Dimensions that are marked, or declared unrated or not applicable."""
        return frozenset(self.own) | frozenset(self.decided)


@dataclass(frozen=True)
class Appeal:
    dimension: str
    turn: str
    reason: str
    signature: int
    """Which signature it is about, from 1."""
    answered: bool = False
    changed: bool = False
    answer: str = ""
    by: str = ""
    """Who answered."""


@dataclass(frozen=True)
class Signature:
    author: str
    name: str
    step: int
    """Its place in the history, from 1."""
    draft: str
    rubric: str
    corrected: int
    """How many corrections of what was heard had been accepted."""
    values: Mapping[str, Value]
    overall: tuple[tuple[str, Overall], ...] = ()
    """Name and judgement of the whole, of everybody who gave one, each as first given."""
    whole: Whole | None = None
    """The one that stands; None: nobody gave one, or it was signed while people could differ in it."""


@dataclass(frozen=True)
class Marking:
    """Where it stands."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    """By author; a withdrawn one is not among them."""
    settled: Mapping[str, Value] = field(default_factory=dict)
    """By dimension: reconciled, or changed on appeal."""
    agreed: Whole | None = None
    """Of the whole: agreed between people, or thought again."""
    signatures: tuple[Signature, ...] = ()
    open: bool = True
    """False: signed, and nothing has happened since that needs another signature."""
    appeals: tuple[Appeal, ...] = ()
    draft_shown: bool = False
    """True: markers see the draft before their own marks are in."""
    steps: int = 0

    @property
    def record(self) -> Signature | None:
        """The last signature. It stands, also while the marks are open again."""
        return self.signatures[-1] if self.signatures else None

    @property
    def unanswered(self) -> tuple[Appeal, ...]:
        """Appeals that nobody has answered yet."""
        return tuple(appeal for appeal in self.appeals if not appeal.answered)

    def sheet(self, author: str) -> Sheet:
        """An empty one where they have not begun."""
        return self.sheets.get(author, Sheet(""))

    def closed(self) -> list[Sheet]:
        """The sheets that count."""
        return [sheet for sheet in self.sheets.values() if sheet.closed]


def fold(steps: Iterable[Made]) -> Marking:
    """Every step that was taken, in order."""
    return reduce(_take, steps, Marking())


def _take(marking: Marking, made: Made) -> Marking:
    marking = replace(marking, steps=marking.steps + 1)
    step = made.step
    match step:
        case MarkGiven() | DraftAccepted() | DraftChanged() | DraftRefused():
            return _on_sheet(marking, made, step)
        case OverallGiven():
            return _with_sheet(marking, made.author, replace(_sheet(marking, made), overall=step.rating))
        case SheetClosed():  # what was agreed of the whole before these marks were in was not agreed with them
            marking = replace(marking, agreed=None)
            return _with_sheet(marking, made.author, replace(_sheet(marking, made), closed=True))
        case SheetWithdrawn():
            left = {author: sheet for author, sheet in marking.sheets.items() if author != step.author}
            return replace(marking, sheets=left)
        case Reconciled():
            return _settle(marking, step.dimension, Value(step.line, "reconciled", (made.name,), step.reason))
        case OverallAgreed():
            return replace(marking, agreed=Whole(step.rating, (made.name,), step.reason))
        case Signed():
            return _sign(marking, made, step)
        case Reopened():
            return replace(marking, open=True)
        case Appealed():
            appeal = Appeal(step.dimension, step.turn, step.reason, len(marking.signatures))
            return replace(marking, appeals=(*marking.appeals, appeal))
        case AppealAnswered():
            return _answer(marking, made, step)
        case DraftPolicy():
            return replace(marking, draft_shown=step.shown)


def _on_sheet(marking: Marking, made: Made, step: MarkGiven | DraftAccepted | DraftChanged | DraftRefused) -> Marking:
    sheet, dimension = _sheet(marking, made), step.dimension
    if isinstance(step, MarkGiven):
        value = Value(step.line, "own_mark", (made.name,))
        decided = {name: each for name, each in sheet.decided.items() if name != dimension}
        return _with_sheet(marking, made.author, replace(sheet, own={**sheet.own, dimension: value}, decided=decided))
    value = _decided(step, sheet, made.name)
    sheet = replace(sheet, decided={**sheet.decided, dimension: value})
    settled = {name: value for name, value in marking.settled.items() if name != dimension}
    return _with_sheet(replace(marking, settled=settled), made.author, sheet)


def _decided(step: DraftAccepted | DraftChanged | DraftRefused, sheet: Sheet, name: str) -> Value:
    match step:
        case DraftAccepted():
            return Value(step.line, "draft_accepted", (name,), step.reason)
        case DraftChanged():
            return Value(step.line, "draft_changed", (name,), step.reason)
        case DraftRefused():
            own = sheet.own.get(step.dimension)
            return Value(own.line if own else Line("unrated"), "draft_refused", (name,), step.reason)


def _sheet(marking: Marking, made: Made) -> Sheet:
    return replace(marking.sheet(made.author), name=made.name)


def _with_sheet(marking: Marking, author: str, sheet: Sheet) -> Marking:
    return replace(marking, sheets={**marking.sheets, author: sheet})


def _settle(marking: Marking, dimension: str, value: Value) -> Marking:
    return replace(marking, settled={**marking.settled, dimension: value})


def _sign(marking: Marking, made: Made, step: Signed) -> Marking:
    about = (step.draft, step.rubric, step.corrected)
    overall = tuple((sheet.name, sheet.overall) for sheet in marking.closed() if sheet.overall)
    signature = Signature(made.author, made.name, marking.steps, *about, values(marking), overall, whole(marking))
    return replace(marking, signatures=(*marking.signatures, signature), open=False)


def _answer(marking: Marking, made: Made, step: AppealAnswered) -> Marking:
    """A mark that stays needs no other signature; one that changes does."""
    changed = step.line is not None
    appeals = tuple(
        replace(each, answered=True, changed=changed, answer=step.reason, by=made.name)
        if each.dimension == step.dimension and not each.answered
        else each
        for each in marking.appeals
    )
    marking = replace(marking, appeals=appeals, open=marking.open or changed)
    if step.line is None:
        return marking
    return _settle(marking, step.dimension, Value(step.line, "appeal", (made.name,), step.reason))


def values(marking: Marking) -> dict[str, Value]:
    """By dimension, what would be signed now; a line on which people differ, or that has no mark, is left out."""
    closed = marking.closed()
    names = {name for sheet in closed for name in sheet.held()} | set(marking.settled)
    found = {name: _value(marking, closed, name) for name in sorted(names)}
    return {name: value for name, value in found.items() if value is not None}


def _value(marking: Marking, closed: Sequence[Sheet], dimension: str) -> Value | None:
    if dimension in marking.settled:
        return marking.settled[dimension]
    held = [value for sheet in closed if (value := sheet.value(dimension)) is not None]
    if len(held) < len(closed) or len({value.line.mark for value in held}) != 1:
        return None
    return _together(held)


def _together(held: Sequence[Value]) -> Value:
    """One value of several people who hold the same mark, with everybody's words."""
    if len(held) == 1:
        return held[0]
    evidence = dict.fromkeys(each for value in held for each in value.line.evidence)
    words = [" ".join(filter(None, texts)) for texts in (
        [value.line.comment for value in held], [value.reason for value in held],
    )]  # fmt: skip
    line = replace(held[0].line, evidence=tuple(evidence), comment=words[0])
    how: How = held[0].how if len({value.how for value in held}) == 1 else "own_mark"
    return Value(line, how, tuple(name for value in held for name in value.by), words[1])


def differences(marking: Marking) -> dict[str, list[Value]]:
    """Lines that closed sheets hold differently and that nobody has reconciled, each with everybody's value."""
    closed = marking.closed()
    names = sorted({name for sheet in closed for name in sheet.held()} - set(marking.settled))
    held = {name: [value for sheet in closed if (value := sheet.value(name)) is not None] for name in names}
    return {name: found for name, found in held.items() if len({value.line.mark for value in found}) > 1}


def whole(marking: Marking) -> Whole | None:
    """The judgement of the whole that would be signed now; None where nobody gave one, or people differ in it."""
    if marking.agreed is not None:
        return marking.agreed
    given = [(sheet.overall, sheet.name) for sheet in marking.closed() if sheet.overall]
    if len({rating for rating, _ in given}) != 1:
        return None
    return Whole(given[0][0], tuple(name for _, name in given))


def whole_differs(marking: Marking) -> bool:
    """Whether closed sheets judge the whole differently and nobody has reconciled it."""
    return marking.agreed is None and len({sheet.overall for sheet in marking.closed() if sheet.overall}) > 1


def sees_draft(marking: Marking, author: str, *, invited: bool) -> bool:
    """Whether this author may see the draft now. What a house shows its markers at once, whoever was met there, and
    marks too, sees after their own marks.
    """
    return (invited and marking.draft_shown) or marking.sheet(author).closed


def sees(marking: Marking, viewer: str, number: int, made: Made, *, learner: bool, staff: bool = False) -> bool:
    """Whether `viewer` may see step `number` (from 1).

    Two who mark see nothing of each other until both are closed. The learner sees no mark that is not signed; nor does
    whoever is on the staff and has not marked, who sees all of what is signed.
    """
    step, theirs = made.step, marking.sheets.get(made.author)
    if made.author == viewer or isinstance(step, BARE):
        return True
    if staff and viewer not in marking.sheets:
        return marking.record is not None and (isinstance(step, TOLD) or number <= marking.record.step)
    if viewer in marking.sheets or not learner:
        return marking.sheet(viewer).closed and (isinstance(step, TOLD) or theirs is None or theirs.closed)
    signed = marking.record is not None and number <= marking.record.step
    return isinstance(step, TOLD) or (signed and theirs is not None and theirs.closed)
