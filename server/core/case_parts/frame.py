"""The frame round a case: who wrote it, what it teaches, the room, the briefing before and the debriefing after.

Nothing here moves during an encounter. Field names follow the ASPE case template and INACSL's briefing standard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from server.core.strict import Strict


@dataclass(frozen=True)
class Source(Strict):
    """A work the case was adapted from."""

    title: str
    authors: str = ""
    url: str = ""
    license: str = ""
    changes: str = ""


@dataclass(frozen=True)
class BiasReview(Strict):
    reviewed: bool = False
    by: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Pilot(Strict):
    runs: int = 0
    notes: str = ""


@dataclass(frozen=True)
class Governance(Strict):
    """ASPE domain 2. Real people only, by their own consent; empty lists mean nobody has, and the page says so."""

    authors: tuple[str, ...] = ()
    subject_matter_experts: tuple[str, ...] = ()
    lived_experience_reviewers: tuple[str, ...] = ()
    bias_and_stereotype_review: BiasReview = field(default_factory=BiasReview)
    pilot: Pilot = field(default_factory=Pilot)


@dataclass(frozen=True)
class Objective(Strict):
    id: str
    text: str
    """Measurable, and assessed by at least one beat."""


@dataclass(frozen=True)
class Education(Strict):
    learning_objectives: tuple[Objective, ...]
    learner_level: str
    activity_type: Literal["formative", "summative"] = "formative"
    prerequisites: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    """The course designer's themes; follow-up questions in the debrief draw on them."""
    cultural_frame: str = ""


@dataclass(frozen=True)
class TimePlan(Strict):
    prebrief_min: float = 5.0
    encounter_min: float = 10.0
    warning_at_min: float = 8.0
    timer: Literal["soft", "hard"] = "soft"
    """soft: the patient closes the talk when time is up; hard: it ends at once."""
    reflection_min: float = 20.0


@dataclass(frozen=True)
class Modality(Strict):
    voice: bool = True
    text: bool = True


@dataclass(frozen=True)
class Prop(Strict):
    id: str
    text: str
    kind: Literal["prop", "image", "sheet"] = "prop"


@dataclass(frozen=True)
class Chart(Strict):
    vitals: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""


@dataclass(frozen=True)
class Logistics(Strict):
    setting: str
    learner_role: str
    """Who the learner is in this room, e.g. `Evening-shift student nurse`."""
    profession: Literal["nursing", "medicine", "other"] = "nursing"
    time: TimePlan = field(default_factory=TimePlan)
    time_accommodations: tuple[str, ...] = ("1.25", "1.5", "2.0", "untimed")
    modality: Modality = field(default_factory=Modality)
    props_and_media: tuple[Prop, ...] = ()
    chart: Chart = field(default_factory=Chart)


@dataclass(frozen=True)
class Prebrief(Strict):
    door_note: str
    task: str = ""
    fiction_contract: str = "default"
    """`default` stands for the house wording in `server.live.wording`."""
    ai_disclosure: str = "default"
    content_advisory: tuple[str, ...] = ()
    pause_words: tuple[str, ...] = ("pause please",)
    """Any of these, said or typed, pauses the encounter and stops its clock."""
    stop_words: tuple[str, ...] = ("stop simulation",)
    """Any of these ends the encounter, costs nothing and opens support."""
    support_contacts: str = "default"


@dataclass(frozen=True)
class Instrument(Strict):
    id: str
    kind: Literal["rubric", "checklist", "global_rating", "self"]
    ref: str = ""
    """For a rubric: the id of a file in `rubrics/`."""
    rater: tuple[Literal["draft", "faculty", "learner"], ...] = ("draft", "faculty")
    items: tuple[ChecklistItem, ...] = ()
    scale: tuple[str, ...] = ()


@dataclass(frozen=True)
class ChecklistItem(Strict):
    id: str
    text: str
    beats: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    checkpoints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment(Strict):
    instruments: tuple[Instrument, ...]
    release: Literal["immediate", "faculty_signoff", "date"] = "faculty_signoff"


@dataclass(frozen=True)
class Analysis(Strict):
    """One advocacy-inquiry prompt: what was seen, and a question that stays open."""

    objective: str
    beat: str
    advocacy_inquiry: str


@dataclass(frozen=True)
class Debrief(Strict):
    framework: Literal["PEARLS", "GAS", "plus_delta", "gibbs", "good_judgment"] = "PEARLS"
    reactions: tuple[str, ...] = ()
    description: tuple[str, ...] = ()
    analysis: tuple[Analysis, ...] = ()
    summary: tuple[str, ...] = ()
    reveal_beats_to_learner: Literal["never", "after_reflection", "after_signoff"] = "after_reflection"


@dataclass(frozen=True)
class Probe(Strict):
    """A question the case must survive before it is approved."""

    ask: str
    must_not_reveal: tuple[str, ...] = ()
    expect: Literal["", "denial", "dont_know", "in_role", "reveal"] = ""
    reveals: tuple[str, ...] = ()
