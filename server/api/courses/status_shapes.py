"""What the staff of a course are told of attempts."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from server.api.courses.shapes import EncounterIds
from server.api.encounters.encounters import Portrayal
from server.api.shapes import Answer, Ask
from server.core.assigning.terms import Kind

State = Literal["not_begun", "running", "ended", "stopped", "reflected", "marked", "released", "erased"]
"""ended: the learner's own words are missing; stopped: by its learner or at the door, nothing is scored; marked:
signed, and not the learner's to see yet.
"""


class AttemptRow(Answer):
    """One attempt."""

    id: str
    """Of its encounter."""
    number: int
    state: State
    phase: Literal["prebrief", "encounter", "reflection", "done"]
    ended: str
    made_at: datetime
    ended_at: datetime | None
    opened: bool
    """Somebody of the staff has opened it to mark it."""
    signed: bool
    appealed: bool
    """An appeal waits for an answer."""
    released_at: datetime | None
    """By hand."""
    withheld: str
    """Why its learner sees no marks; empty where they do."""
    held: bool
    """On hold now: no rule erases it."""
    held_until: datetime | None
    arm: str
    equivalent: bool
    """They took the equivalent case."""


class LearnerRow(Answer):
    """One learner of the course."""

    person: str
    name: str
    group: str
    state: State
    """Of the newest attempt."""
    attempts: list[AttemptRow]


class StatusView(Answer):
    """Where everybody stands, by name and never by marks."""

    server_time: datetime
    rows: list[LearnerRow]


class ReleaseAsk(Ask):
    """Which marks learners are to see from now on."""

    encounter_ids: EncounterIds


class Released(Answer):
    """What was done."""

    released: list[str]


class OwedView(Answer):
    """Feedback that a study withholds or withheld."""

    encounter_id: str
    person: str
    name: str
    arm: str
    by: datetime | None
    """From then on it is open to its learner by itself."""
    overdue: bool
    """The day has passed, and it was not read."""
    given_at: datetime | None
    """By the staff, before that day."""
    read_at: datetime | None
    """When its learner first saw it; from then on it is no longer owed."""


class HoldAsk(Ask):
    """Keep an attempt from erasure, or let it go."""

    held: bool = True
    until: Annotated[str, Field(max_length=40)] = ""
    """A moment with its zone, e.g. `2026-05-01T00:00:00Z`; empty: until it is lifted."""
    why: Annotated[str, Field(max_length=400)] = ""


class HoldView(Answer):
    """Whether it is on hold."""

    held: bool
    until: datetime | None
    why: str


class Learner(Answer):
    """Whose it is."""

    id: str
    name: str


class AssignedView(Answer):
    """What an encounter was made for."""

    assignment_id: str
    course_id: str
    title: str
    course: str
    number: int
    kind: Kind
    portrayal: Portrayal
    learner: Learner
    released_at: datetime | None
    held: bool
    held_until: datetime | None
    withheld: str
    """Why the learner sees no marks; empty where they do."""
    reading: str
    """What the learner is given to read or watch meanwhile; empty where nothing is."""
    arm: str
    """For the staff; empty for the learner."""
    equivalent: bool
    """The equivalent case was taken."""
