"""Playlists and debriefings over REST."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from server.api.shapes import Answer, Ask

Id = Annotated[str, Field(min_length=1, max_length=200)]
Title = Annotated[str, Field(min_length=1, max_length=120)]
Note = Annotated[str, Field(max_length=4_000)]
Theme = Annotated[str, Field(min_length=1, max_length=60)]
MOST_MOMENTS = 40
MOST_THEMES = 24


class NewPlaylist(Ask):
    """An empty one."""

    title: Title
    course_id: Annotated[str, Field(max_length=200)] = ""
    """Empty: of your own encounters, for you alone."""


class MomentAsk(Ask):
    """One moment, with what was noted to it."""

    id: Annotated[str, Field(max_length=60)] = ""
    """Empty: a new one."""
    encounter_id: Id
    turn: Id
    question: Annotated[str, Field(max_length=400)] = ""
    notes: Note = ""


class PlaylistAsk(Ask):
    """All of it, in order."""

    edition: int
    """The last that you saw."""
    title: Title
    moments: Annotated[list[MomentAsk], Field(max_length=MOST_MOMENTS)]
    notes: Note = ""
    themes: Annotated[list[Theme], Field(default_factory=list, max_length=MOST_THEMES)]
    board: Annotated[str, Field(max_length=200)] = ""


class PlaylistCard(Answer):
    """For a list."""

    id: str
    title: str
    course_id: str
    course: str
    """Empty: of your own encounters."""
    moments: int


class Line(Answer):
    """One turn. The learner is `Learner`; names of the learner in it are exchanged for their role."""

    turn: str
    who: str
    learner: bool
    kind: str
    text: str


class MomentView(Answer):
    """One moment of a playlist."""

    id: str
    encounter_id: str
    turn: str
    question: str
    """Your own; empty: `asks` is the case's."""
    notes: str
    case_title: str
    withheld: str
    """Why it cannot be shown to the group; empty: it can."""
    before: list[Line]
    at: Line | None
    after: list[Line]
    """What came next."""
    asks: str


class Phase(Answer):
    """One step of the frame that the case's author chose."""

    heading: str
    questions: list[str]


class PlaylistView(Answer):
    """One playlist, with its moments."""

    id: str
    title: str
    course_id: str
    course: str
    edition: int
    moments: list[MomentView]
    notes: str
    themes: list[str]
    board: str
    frame: str
    phases: list[Phase]


class BookmarkView(Answer):
    """A moment that you bookmarked."""

    encounter_id: str
    turn: str
    says: str
    """What the bookmark says."""
    case_title: str
    withheld: str
    line: Line | None
