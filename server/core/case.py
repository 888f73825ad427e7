"""A case: one YAML file, one patient (or cast), everything that may happen.

`Case` is what an author writes. Public parts are those that `public_words` reads; everything else stays in the server.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from functools import cached_property
from json import dumps
from typing import Any, Literal, TypeVar

from server.core.case_parts.cast import CastMember
from server.core.case_parts.frame import Assessment, Debrief, Education, Governance, Logistics, Prebrief, Probe, Source
from server.core.case_parts.links import Act, Activity, CarryForward, RoleCard, Variant
from server.core.case_parts.play import Action, Beat, Checkpoint, Ending, Fact, Safety, TimedPrompt
from server.core.case_parts.rehearsal import Rehearsal
from server.core.case_parts.state import Choice, Number, State
from server.core.strict import Strict

SCHEMA_VERSION = "2"


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
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that make a move in this case, by move: `jargon: [ligate]`."""
    activity: Activity = "encounter"
    """`role_reversal`: the learner plays the patient from `role_card`, and nothing is scored."""
    role_card: RoleCard | None = None
    unfolding: Act | None = None
    carry_forward: CarryForward | None = None
    variants: tuple[Variant, ...] = ()
    variant: str = ""
    """Set when a variant is played; never written in a file."""
    safety: Safety = field(default_factory=Safety)
    validation_probes: tuple[Probe, ...] = ()

    @property
    def patient(self) -> CastMember:
        """The first of the cast: who speaks unless a beat or fact says otherwise."""
        return self.cast[0]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over what the author wrote, so that an encounter can say exactly which case it played.

        What stands at its default is left out: a later version of the schema adds fields and changes no digest.
        """
        return hashlib.sha256(dumps(_written(self), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def _members(self) -> Mapping[str, CastMember]:
        return {member.id: member for member in self.cast}

    @cached_property
    def numbers(self) -> Mapping[str, Number]:
        """Every number of every state, by its full name: `trust`, `surgeon.irritation`."""
        return {name: number for prefix, state in self.states() for name, number in _named(prefix, state.numbers)}

    @cached_property
    def choices(self) -> Mapping[str, Choice]:
        """Every choice of every state, by its full name."""
        return {name: choice for prefix, state in self.states() for name, choice in _named(prefix, state.choices)}

    def states(self) -> Iterator[tuple[str, State]]:
        """Whose state it is, as a cast id (empty: the case's own), and the state."""
        yield "", self.state
        for member in self.cast[1:]:
            yield member.id, member.state

    def state_of(self, cast_id: str) -> State:
        """The state of this member; the case's own is that of the first of the cast."""
        member = self.member(cast_id)
        return self.state if member is self.patient else member.state

    def beat(self, beat_id: str) -> Beat:
        return next(beat for beat in self.beats if beat.id == beat_id)

    def fact(self, fact_id: str) -> Fact:
        return next(fact for fact in self.facts if fact.id == fact_id)

    def action(self, action_id: str) -> Action | None:
        return next((action for action in self.actions if action.id == action_id), None)

    def member(self, cast_id: str) -> CastMember:
        """The cast member with this id; the patient for an empty id."""
        return self._members.get(cast_id, self.patient)

    def rehearsal(self, learner: str) -> Rehearsal:
        return next(rehearsal for rehearsal in self.rehearsals if rehearsal.learner == learner)


T = TypeVar("T")


def _written(part: Any) -> Any:
    """Plain JSON of a part of a case, without the fields that stand at their default."""
    if is_dataclass(part):
        given = ((f.name, getattr(part, f.name)) for f in fields(part) if getattr(part, f.name) != _default(f))
        return {name: _written(value) for name, value in given}
    if isinstance(part, Mapping):
        return {str(key): _written(value) for key, value in part.items()}
    return [_written(each) for each in part] if isinstance(part, tuple) else part


def _default(f: Field[Any]) -> Any:
    return f.default_factory() if f.default_factory is not MISSING else f.default


def _named(prefix: str, parts: Mapping[str, T]) -> Iterator[tuple[str, T]]:
    return ((f"{prefix}.{name}" if prefix else name, part) for name, part in parts.items())


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
