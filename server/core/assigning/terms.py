"""The terms of an assignment: what its staff decided, as they wrote it. Whether they go together is in `checking`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from server.core.assigning.zones import moment

Kind = Literal["formative", "summative"]
Release = Literal["immediate", "after_signoff", "date"]
Arm = Literal["personalised", "reading_or_video", "delayed"]
RetentionKind = Literal["none", "debrief_only", "days", "course"]


@dataclass(frozen=True)
class Retention:
    """How long an attempt is kept."""

    kind: RetentionKind = "days"
    """none: until its report was read, a day at most; debrief_only: `days` after the feedback was open to its learner;
    days: `days` after it ended; course: as the course has it.
    """
    days: int = 365


@dataclass(frozen=True)
class Study:
    """A comparison of ways to give feedback, on people who were asked."""

    arms: tuple[Arm, ...]
    """Learners are spread over them evenly, by lot."""
    ethics: str = ""
    """Reference of the approval; without it no arm may withhold feedback."""
    owed_by: str = ""
    """Wall time at which whatever was withheld is open to everybody."""
    reading: str = ""
    """What the arm `reading_or_video` is pointed to."""

    @property
    def withholds(self) -> bool:
        """Some learners get their own feedback later than others."""
        return any(withheld(arm) for arm in self.arms)


def withheld(arm: str) -> bool:
    """Whether this arm keeps personal feedback back until it is owed; no arm does not."""
    return arm in ("reading_or_video", "delayed")


@dataclass(frozen=True)
class Terms:
    """One assignment."""

    title: str
    case_id: str
    variant: str = ""
    equivalent: str = ""
    """Id of the case that a learner may take instead; empty: none is offered."""
    portrayal: Literal["teaching", "assessment"] = "teaching"
    kind: Kind = "formative"
    instructions: str = ""
    zone: str = "UTC"
    """All wall times below are in it."""
    opens: str = ""
    """Empty: as soon as it is published."""
    closes: str = ""
    """Empty: it stays open."""
    attempts: int = 0
    """0: any number."""
    rubric: str = ""
    """Empty: the first that the case names."""
    release: Release = "immediate"
    release_at: str = ""
    draft: Literal["shown", "hidden"] = "hidden"
    """To those who mark, before their own marks are in."""
    second_marking: bool = False
    names_hidden: bool = False
    """From those who mark; where it is summative they are hidden anyway."""
    retention: Retention = field(default_factory=lambda: Retention("course"))
    study: Study | None = None
    published: bool = False

    @property
    def opens_at(self) -> datetime | None:
        """In UTC; this and the next three raise `RequestError` for what was not checked."""
        return moment(self.opens, self.zone, "opens")

    @property
    def closes_at(self) -> datetime | None:
        return moment(self.closes, self.zone, "closes")

    @property
    def releases_at(self) -> datetime | None:
        return moment(self.release_at, self.zone, "release_at")

    @property
    def owed_at(self) -> datetime | None:
        """When feedback that an arm withholds is open at the latest."""
        return moment(self.study.owed_by, self.zone, "study.owed_by") if self.study else None


def terms_from(body: Mapping[str, Any]) -> Terms:
    """The inverse of `dataclasses.asdict`."""
    study = body["study"]
    parts = {"retention": Retention(**body["retention"])}
    made = Study(**{**study, "arms": tuple(study["arms"])}) if study else None
    return Terms(**{**body, **parts, "study": made})
