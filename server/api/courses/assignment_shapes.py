"""What the routes of assignments take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from server.api.courses.shapes import Days, Edition, RetentionView
from server.api.encounters.encounters import Portrayal
from server.api.shapes import Answer, Ask
from server.core.assigning.attempting import Window
from server.core.assigning.terms import Arm, Kind, Release, Retention, RetentionKind, Study, Terms

Wall = Annotated[str, Field(max_length=19)]
"""`2026-03-01T09:00` in the assignment's zone; empty: none."""


class AssignmentRetention(Ask):
    """How long its attempts are kept."""

    kind: RetentionKind = "course"
    days: Days = 365


class StudyAsk(Ask):
    """A comparison of ways to give feedback."""

    arms: Annotated[list[Arm], Field(max_length=3)]
    ethics: Annotated[str, Field(max_length=200)] = ""
    """Reference of the approval; needed where an arm withholds feedback."""
    owed_by: Wall = ""
    reading: Annotated[str, Field(max_length=2_000)] = ""
    """What the arm `reading_or_video` is pointed to."""


class AssignmentForm(Ask):
    """An assignment as its staff wrote it."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    case_id: Annotated[str, Field(min_length=1, max_length=200)]
    variant: Annotated[str, Field(max_length=200)] = ""
    equivalent: Annotated[str, Field(max_length=200)] = ""
    """Id of the case that a learner may take instead; empty: none is offered."""
    portrayal: Portrayal = "teaching"
    kind: Kind = "formative"
    instructions: Annotated[str, Field(max_length=4_000)] = ""
    zone: Annotated[str, Field(max_length=60)] = "UTC"
    opens: Wall = ""
    closes: Wall = ""
    attempts: Annotated[int, Field(ge=0, le=100)] = 0
    """0: any number."""
    rubric: Annotated[str, Field(max_length=200)] = ""
    """Empty: the first that the case names."""
    release: Release = "immediate"
    release_at: Wall = ""
    draft: Literal["shown", "hidden"] = "hidden"
    """To those who mark, before their own marks are in."""
    second_marking: bool = False
    names_hidden: bool = False
    """From those who mark; where it is summative they are hidden anyway."""
    retention: AssignmentRetention = AssignmentRetention()
    study: StudyAsk | None = None
    published: bool = False
    """Learners see it, and the case is fixed as it is now."""

    def terms(self) -> Terms:
        """As the core has them."""
        plain = self.model_dump(include=set(AssignmentForm.model_fields) - {"retention", "study"})
        study = Study(**(self.study.model_dump() | {"arms": tuple(self.study.arms)})) if self.study else None
        return Terms(**plain, retention=Retention(self.retention.kind, self.retention.days), study=study)


class AssignmentChange(AssignmentForm):
    """The whole assignment as it is to be."""

    edition: Edition
    """The last that was seen."""


class StudyView(Answer):
    """A comparison of ways to give feedback."""

    arms: list[Arm]
    ethics: str
    owed_by: str
    reading: str


class AssignmentView(Answer):
    """One assignment, for the staff of its course. Moments ending in `_at` are UTC; the others wall time in `zone`."""

    id: str
    course_id: str
    edition: int
    title: str
    case_id: str
    case_title: str
    case_version: str
    """Of the case that everybody meets; empty while it is not published."""
    pinned: bool
    variant: str
    equivalent: str
    equivalent_title: str
    portrayal: Portrayal
    kind: Kind
    instructions: str
    zone: str
    state: Window
    opens: str
    closes: str
    opens_at: datetime | None
    closes_at: datetime | None
    attempts: int
    rubric: str
    release: Release
    release_at: str
    releases_at: datetime | None
    draft: Literal["shown", "hidden"]
    second_marking: bool
    names_hidden: bool
    retention: RetentionView
    study: StudyView | None
    owed_at: datetime | None
    published: bool
    attempts_made: int
    made_at: datetime


class MyAttempt(Answer):
    """One of your attempts."""

    id: str
    """Of its encounter."""
    number: int
    phase: Literal["prebrief", "encounter", "reflection", "done"]
    ended: str
    made_at: datetime
    released: bool
    """Its marks are there to be seen, once you have reflected."""
    counts: bool
    """It is one of those you may make."""
    equivalent: bool
    """You took the equivalent case."""


class EquivalentView(Answer):
    """The case that may be taken instead of the one that was set. Nobody is asked why."""

    case_id: str
    case_title: str
    content_advisory: list[str]
    may_begin: bool
    """Also where an attempt at the case that was set was stopped and none is left of the others."""
    why_not: str


class MyAssignment(Answer):
    """An assignment as its learner sees it."""

    id: str
    course_id: str
    course: str
    title: str
    case_id: str
    case_title: str
    variant: str
    equivalent: EquivalentView | None
    """None: none is offered."""
    instructions: str
    portrayal: Portrayal
    kind: Kind
    kind_words: str
    zone: str
    opens_at: datetime | None
    closes_at: datetime | None
    server_time: datetime
    """What the window goes by, whatever your own clock says."""
    state: Window
    attempts_used: int
    attempts_allowed: int | None
    """None: any number."""
    may_begin: bool
    why_not: str
    go_on: str
    """The encounter that is still going on; empty where none is."""
    time_percent: int
    """Yours; 100 is the ordinary time, 0 untimed."""
    text_mode: bool
    release_words: str
    retention_words: str
    seen_by_words: str
    study_words: str
    attempts: list[MyAttempt]


class NewAttempt(Ask):
    """A wish to begin."""

    acknowledged: bool = False
    """The learner has read the briefing, where speech goes included, and agreed."""
    equivalent: bool = False
    """The case that may be taken instead."""
    carry: bool = True
    """Take up what an earlier act handed on; what counts towards a grade begins as it is written all the same."""


class AttemptMade(Answer):
    """Where to meet."""

    id: str
    number: int
    realtime_url: str
    time_percent: int
    text_mode: bool
    not_reviewed: bool
