"""What the API asks and answers about cases that are being written."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from server.api.shapes import Answer, Ask
from server.content.file_text import MAX_BYTES

Text = Annotated[str, Field(max_length=MAX_BYTES + 1)]
"""A whole case; bytes are counted afterwards."""
Name = Annotated[str, Field(max_length=200)]
EditionNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
"""As many as a database counts."""


class NewFile(Ask):
    """Where a new case begins: exactly one of the four."""

    copy_of: Name = ""
    """A case of the library."""
    copy_of_file: Name = ""
    """A case file that you may read."""
    family: Name = ""
    """A small case to grow from."""
    text: Text = ""
    """A file that was uploaded; its name does not matter."""


class Beginning(Answer):
    """A family to grow a case from."""

    id: str
    title: str
    summary: str


class SaveFile(Ask):
    """A text in the place of the one that was seen."""

    edition: EditionNumber
    """The edition that you saw last."""
    text: Text


class CoAuthors(Ask):
    """Who else may change the file, by the names they sign in with."""

    people: Annotated[list[Annotated[str, Field(min_length=1, max_length=200)]], Field(max_length=20)]


class TakeStep(Ask):
    """One step on the way to learners."""

    step: Literal["submitted", "approved", "refused", "published", "retired"]
    edition: EditionNumber
    """The edition that you saw last."""
    words: Annotated[str, Field(max_length=2_000)] = ""
    """Why; kept as a remark on the whole file."""


class NewRemark(Ask):
    """What a reader says of one place."""

    words: Annotated[str, Field(min_length=1, max_length=2_000)]
    edition: EditionNumber
    line: Annotated[int, Field(ge=0, le=100_000)] = 0
    """Of that edition; 0: the whole file."""
    key: Annotated[str, Field(max_length=400)] = ""
    """Dotted, e.g. `beats.2.deliver`."""


class SettleRemark(Ask):
    """Tick a remark off, or open it again."""

    settled: bool


class CaseFileCard(Answer):
    """One file in the list."""

    id: str
    case_id: str
    title: str
    version: str
    status: str
    """draft, in_review, approved, published or retired"""
    edition: int
    owner: str
    """Their name; empty in one-person mode."""
    yours: bool
    """You may change it."""
    owned: bool
    """You made it: you say who else may."""
    published_version: str
    """Learners meet this version; empty: none."""
    reviewed: bool
    """Somebody approved what stands who had not written it."""
    changed_at: datetime


class Coauthor(Answer):
    """Somebody who may change a file."""

    id: str
    name: str
    sign_in: str


class EditionView(Answer):
    """A file as it stood once."""

    edition: int
    author: str
    step: str
    """saved, submitted, approved, refused, published or retired"""
    made_at: datetime


class EditionText(EditionView):
    """With its words."""

    text: str


class RemarkView(Answer):
    """What a reader said."""

    id: str
    author: str
    yours: bool
    words: str
    edition: int
    line: int
    """In that edition; 0: of the whole file."""
    key: str
    settled: bool
    made_at: datetime


class CaseFileView(CaseFileCard):
    """One file, opened."""

    text: str
    editors: list[Coauthor]
    editions: list[EditionView]
    """Newest first."""
    remarks: list[RemarkView]
    """Oldest first."""
    steps: list[str]
    """Steps that you may take now."""
    approved_by: str
    """Their name; empty: nobody, or the only person here."""
    approved: bool


class CheckText(Ask):
    """A text that need not be stored."""

    text: Text
    thorough: bool = True
    """False: quicker, without variants and the slow warnings."""


class Found(Answer):
    """One thing wrong."""

    line: int
    """1-based; 0: the whole file."""
    column: int
    key: str
    message: str
    mend: str
    warning: bool
    """It may be played all the same."""


class DiagramNode(Answer):
    """Something that may come up."""

    id: str
    kind: str
    """beat, fact, action or mood"""
    title: str
    when: str
    core: bool
    line: int


class DiagramEdge(Answer):
    """One leads to the other."""

    start: str
    end: str
    how: str
    """reveals, reveals_if_missed or comes_after"""


class MatrixRow(Answer):
    """One beat."""

    beat: str
    core: bool
    objective: str
    items: list[str]
    debriefed: bool
    line: int


class MatrixEntry(Answer):
    """An objective, or an item of a checklist."""

    id: str
    text: str


class MatrixView(Answer):
    """Objective by beat by checklist item."""

    objectives: list[MatrixEntry]
    items: list[MatrixEntry]
    rows: list[MatrixRow]
    gaps: list[str]


class Checked(Answer):
    """Everything that a program can say of a text."""

    sound: bool
    """It may be played."""
    case_id: str
    title: str
    version: str
    problems: list[Found]
    form: dict[str, Any] | None
    """The parts of the form as they are written; None: the text is not YAML that may be read."""
    lines: dict[str, int]
    """Where the parts of the form stand."""
    nodes: list[DiagramNode]
    edges: list[DiagramEdge]
    matrix: MatrixView | None


class FormChange(Ask):
    """One change by the form."""

    key: Annotated[str, Field(min_length=1, max_length=400)]
    do: Literal["set", "add", "remove"] = "set"
    value: str | list[str] | dict[str, Any] | None = None
    """None takes the value out."""


class EditText(Ask):
    """A text, and what the form changes in it."""

    text: Text
    changes: Annotated[list[FormChange], Field(min_length=1, max_length=50)]


class Edited(Answer):
    """The text with the changes; comments and layout stay."""

    text: str


class CompareText(Ask):
    """A text beside a stored edition."""

    edition: EditionNumber
    text: Text


class DiffLine(Answer):
    """One line of both; 0 and empty where one has none."""

    kind: str
    """same, changed, gone or new"""
    old_line: int
    new_line: int
    old: str
    new: str


class Difference(Answer):
    """Places that differ."""

    places: list[list[DiffLine]]
    """Each with a few lines round it; none: both say the same."""
