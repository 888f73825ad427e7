"""A case: one YAML file, one patient (or cast), everything that may happen.

`Case` is what an author writes. Public parts are those that `public_words` reads; everything else stays in the server.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass, field
from functools import cached_property
from json import dumps
from typing import Literal

from server.core.case_frame import Assessment, Debrief, Education, Governance, Logistics, Prebrief, Probe, Source
from server.core.case_play import (
    Action,
    Beat,
    CastMember,
    Checkpoint,
    Ending,
    Fact,
    Rehearsal,
    Safety,
    State,
    TimedPrompt,
)
from server.core.strict import Strict

SCHEMA_VERSION = "1"


@dataclass(frozen=True)
class Case(Strict):
    schema_version: str
    case_id: str
    case_version: str
    """Semantic version, changed with every edit; an encounter pins id, version and digest."""
    title: str
    summary: str
    """One sentence for the lobby; public."""
    education: Education
    logistics: Logistics
    prebrief: Prebrief
    cast: tuple[CastMember, ...]
    state: State
    facts: tuple[Fact, ...]
    beats: tuple[Beat, ...]
    ending: Ending
    assessment: Assessment
    debrief: Debrief
    rehearsals: tuple[Rehearsal, ...]
    status: Literal["draft", "in_review", "pilot", "approved", "retired"] = "draft"
    language: str = "en"
    license: str = "CC-BY-4.0"
    source_attribution: tuple[Source, ...] = ()
    governance: Governance = field(default_factory=Governance)
    actions: tuple[Action, ...] = ()
    prompts: tuple[TimedPrompt, ...] = ()
    checkpoints: tuple[Checkpoint, ...] = ()
    safety: Safety = field(default_factory=Safety)
    validation_probes: tuple[Probe, ...] = ()

    @property
    def patient(self) -> CastMember:
        """The first of the cast: who speaks unless a beat or fact says otherwise."""
        return self.cast[0]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the content, so that an encounter can say exactly which case it played."""
        return hashlib.sha256(dumps(asdict(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def beat(self, beat_id: str) -> Beat:
        return next(beat for beat in self.beats if beat.id == beat_id)

    def fact(self, fact_id: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == fact_id)

    def action(self, action_id: str) -> Action | None:
        return next((action for action in self.actions if action.id == action_id), None)

    def member(self, cast_id: str) -> CastMember:
        """The cast member with this id; the patient for an empty id."""
        return next((member for member in self.cast if member.id == cast_id), self.patient)

    def rehearsal(self, nurse: str) -> Rehearsal:
        return next(rehearsal for rehearsal in self.rehearsals if rehearsal.nurse == nurse)


def public_words(case: Case) -> tuple[str, ...]:
    """Text a learner may read before entering; hints for hearing come from here and nowhere else (DESIGN 18)."""
    people = [text for member in case.cast for text in (member.name, member.public)]
    actions = [action.label for action in case.actions]
    return (
        case.title,
        case.summary,
        case.prebrief.door_note,
        case.prebrief.task,
        case.logistics.setting,
        *people,
        *actions,
    )
