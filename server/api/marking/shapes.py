"""What the marking of an encounter looks like on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from server.api.encounters.case_shapes import RubricCard
from server.api.encounters.encounters import TurnView
from server.api.shapes import Answer, Ask

Status = Literal["rated", "not_applicable", "unrated"]
Id = Annotated[str, Field(max_length=200)]
Words = Annotated[str, Field(max_length=4_000)]
Name = Annotated[str, Field(max_length=100)]
Kind = Literal[
    "mark_given", "draft_accepted", "draft_changed", "draft_refused", "sheet_closed", "reconciled", "signed",
    "reopened", "appeal_answered", "sheet_withdrawn", "overall_given", "overall_agreed",
]  # fmt: skip
Overall = Literal["fail", "borderline", "pass", "good", "excellent"]


class QuoteAsk(Ask):
    """Words on which a mark rests; checked to the letter against the turn."""

    turn: Id
    quote: Annotated[str, Field(min_length=1, max_length=4_000)]


class StepAsk(Ask):
    """One step. A kind takes only the fields that it needs, and refuses the others."""

    kind: Kind
    expected_step: Annotated[int, Field(ge=0)]
    """`step` of the state that you looked at; 409 with what has changed when there is more."""
    name: Name = ""
    """As it stands beside the mark. Needed from whoever was not invited by name, and for every signature."""
    dimension: Id = ""
    status: Status | None = None
    level: int | None = None
    evidence: Annotated[list[QuoteAsk], Field(default_factory=list, max_length=20)]
    comment: Words = ""
    """Why; where nothing is quoted, why the mark rests on absence."""
    reason: Words = ""
    draft: Annotated[str, Field(max_length=64)] = ""
    """`digest` of the draft that you looked at."""
    rating: Overall | None = None
    """The global rating: your own once every line has a mark, or the one that was agreed on."""


class AppealAsk(Ask):
    """The learner asks for one signed line to be looked at again."""

    dimension: Id
    turn: Id
    """The turn that matters most here."""
    reason: Words


class QuoteView(Answer):
    """A verified quote."""

    turn: str
    speaker: str
    quote: str
    role: Literal["said", "cue", "examined", "doubt"]


class LineView(Answer):
    """One mark."""

    dimension: str
    status: Status
    level: int | None
    evidence: list[QuoteView]
    comment: str


class ValueView(LineView):
    """One mark with how it came about."""

    how: Literal["own_mark", "draft_accepted", "draft_changed", "draft_refused", "reconciled", "appeal"]
    by: list[str]
    reason: str


class DraftView(Answer):
    """What the program proposes."""

    digest: str
    lines: list[LineView]


class SheetView(Answer):
    """One person's marks."""

    name: str
    mine: bool
    closed: bool
    own: list[ValueView]
    """As given before anything else was shown."""
    now: list[ValueView]
    """What they hold now."""
    overall: Overall | None
    """Their global rating, as they gave it."""


class WholeView(Answer):
    """The global rating that would be signed now."""

    rating: Overall
    by: list[str]
    reason: str
    """Empty: it stands as it was given."""


class AppealView(Answer):
    """An appeal of the learner's, and what became of it."""

    dimension: str
    turn: str
    reason: str
    answered: bool
    changed: bool
    answer: str
    by: str


Signer = Literal["faculty", "owner", "learner", "guest"]


class SignatureView(Answer):
    """The record."""

    by: str
    invited: bool
    """False: signed by whoever's encounter it is."""
    who: Signer
    """What whoever signed is to the encounter; only `faculty`, and the `owner` of an installation of one person, sign
    for the faculty.
    """
    at: str
    step: int
    look_again: bool
    """What was heard has been corrected since, and the draft was made again."""


class MarkingState(Answer):
    """Where the marking stands, for whoever asks; what they may not see yet is not in it."""

    step: int
    """Number of steps that you may see; send it back as `expected_step`."""
    name: str
    """Yours, as it was given with the invitation or typed; empty: type one."""
    account: bool
    """It is your account's: all that you do stands under it, whatever is typed."""
    invited: bool
    """False: you mark your own house, under the name that you type."""
    staff: bool
    """You mark as one of the course's staff, under the name of your account where you have one."""
    closed: bool
    """Your marks are in."""
    reads: bool
    """You have not marked, and see what is signed."""
    overall_needed: bool
    """Your sheet is closed only with a global rating on it."""
    sheets_needed: int
    """How many people's marks a signature needs."""
    open: bool
    """False: signed, and nothing needs another signature."""
    draft: DraftView | None
    """None until you may see it."""
    sheets: list[SheetView]
    """Yours, and those that you may see."""
    values: list[ValueView]
    """What would be signed now; empty until your marks are in."""
    differences: list[str]
    """Dimensions that markers hold differently; empty until your marks are in."""
    whole: WholeView | None
    """None until your marks are in, where nobody judged the whole, and where markers differ in it."""
    whole_differs: bool
    """Markers judge the whole differently; it waits to be agreed on. False until your marks are in."""
    appeals: list[AppealView]
    signature: SignatureView | None
    waiting: list[str]
    """Names of those whose marks are not in."""


class FlagView(Answer):
    """Something that whoever signs must know, and that changed no mark."""

    code: str
    says: str
    turns: list[str]
    """Ids of the turns it is about."""


class MarkingPage(Answer):
    """All that somebody needs who marks."""

    encounter_id: str
    title: str
    speakers: dict[str, str]
    turns: list[TurnView]
    """With accepted corrections in place of what was heard."""
    rubric: RubricCard
    flags: list[FlagView]
    """What whoever signs must know, and that changed no mark."""
    state: MarkingState


class MarkingSummary(Answer):
    """What the learner is told of the marking."""

    state: Literal["none", "waiting", "signed", "open_again"]
    """none: nobody was asked to mark, and the draft is shown as a draft; open_again: signed, and looked at again."""
    waiting: list[str]
    """Names of those whose marks are not in."""
    note: str
    """Why the marks are held back, where they are; else empty."""
    signature: SignatureView | None
    appeals: list[AppealView]


class StepView(Answer):
    """One step of the history."""

    number: int
    """Among the steps that you may see, from 1."""
    at: str
    by: str
    kind: str
    dimension: str
    line: LineView | None
    reason: str
    turn: str
    rating: Overall | None
    """Of the whole, where the step gives one."""


class MarkerView(Answer):
    """Somebody who may mark."""

    id: str
    name: str
    invited_at: str
    joined_at: str | None
    """None: nobody has come yet."""
    closed: bool
    """Their marks are in; the invitation cannot be taken back any more."""
