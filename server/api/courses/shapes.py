"""What the routes of a course and its people take and give."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from server.api.shapes import Answer, Ask
from server.core.assigning.terms import Retention, RetentionKind
from server.core.roles import Part

Line = Annotated[str, Field(max_length=120)]
Edition = Annotated[int, Field(ge=1, le=1_000_000_000)]
Days = Annotated[int, Field(ge=1, le=3650)]
Group = Annotated[str, Field(max_length=60)]
EncounterIds = Annotated[list[Annotated[str, Field(max_length=64)]], Field(min_length=1, max_length=500)]


class CourseRetention(Ask):
    """How long the encounters of a course are kept, where an assignment does not say otherwise."""

    kind: Literal["none", "debrief_only", "days"] = "days"
    days: Days = 365

    def rule(self) -> Retention:
        """As the core has it."""
        return Retention(self.kind, self.days)


class NewCourse(Ask):
    """A wish for a course."""

    title: Annotated[str, Field(min_length=1, max_length=120)]
    code: Annotated[str, Field(max_length=40)] = ""
    groups: Annotated[list[Group], Field(default_factory=list, max_length=60)]
    retention: CourseRetention = CourseRetention()


class CourseChange(NewCourse):
    """The whole course as it is to be."""

    edition: Edition
    """The last that was seen."""
    open: bool
    """Closed, nobody begins anything in it, and everything stays readable."""


class RetentionView(Answer):
    """How long an encounter is kept."""

    kind: RetentionKind
    days: int


class CourseCard(Answer):
    """One line of the list."""

    id: str
    title: str
    code: str
    open: bool
    part: Part
    """What you are in it."""
    learners: int
    assignments: int


class CourseView(Answer):
    """One course, for its staff."""

    id: str
    title: str
    code: str
    groups: list[str]
    open: bool
    retention: RetentionView
    edition: int
    made_at: datetime
    learners: int
    staff: int


class NewPeople(Ask):
    """People with accounts, by the names they sign in with."""

    sign_ins: Annotated[list[Line], Field(min_length=1, max_length=500)]
    part: Part = "learner"
    group: Group = ""


class PersonChange(Ask):
    """The whole place of somebody in a course as it is to be."""

    part: Part
    group: Group = ""
    time_percent: Annotated[int, Field(ge=0, le=400)] | None = None
    """Time accommodation: 150 is time and a half, 0 untimed; null: as their account has it."""
    text_mode: bool = False
    """They type, and are not asked each time."""
    extra_attempts: Annotated[int, Field(ge=0, le=100)] = 0
    """At each assignment."""


class CoursePerson(Answer):
    """Somebody in a course."""

    person: str
    name: str
    sign_in: str
    """Empty for the owner of the installation."""
    part: Part
    group: str
    time_percent: int | None
    text_mode: bool
    extra_attempts: int
    active: bool
    """False: their account was closed."""
