"""The public part of a case: built field by field, so that whatever a case gains later stays private.

Never here: a beat, a fact, a mood, a prompt, a rehearsal, a probe, a private note: what is to be found out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from server.api.consent import consent
from server.api.shapes import Answer
from server.core.case import Case
from server.core.rubric import Rubric
from server.engines.protocols import EngineInfo
from server.live.wording import FICTION_CONTRACT, SUPPORT, ai_disclosure


class CaseCard(Answer):
    """A case in the lobby."""

    case_id: str
    case_version: str
    title: str
    summary: str
    status: str
    """draft means: not yet reviewed by educators."""
    setting: str
    learner_role: str
    learner_level: str
    encounter_min: float
    content_advisory: list[str]
    people: list[str]
    """Names of the cast."""
    voice: bool
    text: bool
    license: str


class Member(Answer):
    """Somebody in the room."""

    id: str
    name: str
    age: int
    role_type: str
    public: str
    """What a learner may know beforehand."""


class ActionChoice(Answer):
    """Something a learner can do."""

    id: str
    label: str


class Times(Answer):
    """Minutes, and how the clock ends."""

    prebrief_min: float
    encounter_min: float
    warning_at_min: float
    reflection_min: float
    timer: str
    """soft: the patient closes the talk; hard: it ends at once."""
    time_percents: list[int]
    """What `time_percent` may be: 150 is time and a half, 0 is untimed."""


class RubricDimension(Answer):
    """One dimension, as a learner reads it."""

    id: str
    name: str
    question: str
    anchors: dict[str, str]
    """By level."""


class RubricCard(Answer):
    """What the encounter is scored by, to be read before it."""

    id: str
    version: str
    title: str
    claim: str
    """What the score is a score of."""
    status: str
    lowest: int
    highest: int
    dimensions: list[RubricDimension]
    evidence_rules: list[str]


class CaseBriefing(CaseCard):
    """All that a learner may read before going in."""

    door_note: str
    task: str
    objectives: list[str]
    fiction_contract: str
    ai_disclosure: str
    support_contacts: str
    pause_words: list[str]
    stop_words: list[str]
    consent: str
    """Where speech goes."""
    times: Times
    cast: list[Member]
    actions: list[ActionChoice]
    rubric: RubricCard | None
    """None when the library lacks it."""


def card_of(case: Case) -> CaseCard:
    """For the lobby."""
    return CaseCard(
        case_id=case.case_id,
        case_version=case.case_version,
        title=case.title,
        summary=case.summary,
        status=case.status,
        setting=case.logistics.setting,
        learner_role=case.logistics.learner_role,
        learner_level=case.education.learner_level,
        encounter_min=case.logistics.time.encounter_min,
        content_advisory=list(case.prebrief.content_advisory),
        people=[member.name for member in case.cast if member.role_type != "system"],
        voice=case.logistics.modality.voice,
        text=case.logistics.modality.text,
        license=case.license,
    )


def briefing_of(case: Case, rubric: Rubric | None, engines: Sequence[EngineInfo]) -> CaseBriefing:
    """For the door."""
    return CaseBriefing(
        **card_of(case).model_dump(),
        door_note=case.prebrief.door_note,
        task=case.prebrief.task,
        objectives=[objective.text for objective in case.education.learning_objectives],
        fiction_contract=_own(case.prebrief.fiction_contract, FICTION_CONTRACT),
        ai_disclosure=_own(case.prebrief.ai_disclosure, ai_disclosure(case.patient.name)),
        support_contacts=_own(case.prebrief.support_contacts, SUPPORT),
        pause_words=list(case.prebrief.pause_words),
        stop_words=list(case.prebrief.stop_words),
        consent=consent(engines),
        times=_times(case),
        cast=[Member(id=m.id, name=m.name, age=m.age, role_type=m.role_type, public=m.public) for m in case.cast],
        actions=[ActionChoice(id=action.id, label=action.label) for action in case.actions],
        rubric=None if rubric is None else rubric_card(rubric),
    )


def wording_digest(case: Case, engines: Sequence[EngineInfo]) -> str:
    """Which wording a learner agreed to: the first 16 hex digits of the SHA-256 over what the briefing asked."""
    prebrief = case.prebrief
    wording = (
        _own(prebrief.fiction_contract, FICTION_CONTRACT),
        _own(prebrief.ai_disclosure, ai_disclosure(case.patient.name)),
        consent(engines),
    )
    return hashlib.sha256("\n".join(wording).encode()).hexdigest()[:16]


def _own(text: str, house: str) -> str:
    """The case's own wording, or the house's."""
    return house if text == "default" else text


def _times(case: Case) -> Times:
    time = case.logistics.time
    return Times(
        prebrief_min=time.prebrief_min,
        encounter_min=time.encounter_min,
        warning_at_min=time.warning_at_min,
        reflection_min=time.reflection_min,
        timer=time.timer,
        time_percents=time_percents(case),
    )


def time_percents(case: Case) -> list[int]:
    """The accommodations that this case allows, as percent of its time; the ordinary time first."""
    named = [_percent(name) for name in case.logistics.time_accommodations]
    return list(dict.fromkeys([100, *named]))


def _percent(name: str) -> int:
    return 0 if name == "untimed" else round(float(name) * 100)


def rubric_card(rubric: Rubric) -> RubricCard:
    """Anchors and rules for people; how moves become levels stays in the rubric's file."""
    dimensions = [
        RubricDimension(id=d.id, name=d.name, question=d.question, anchors=dict(d.anchors)) for d in rubric.dimensions
    ]
    return RubricCard(
        id=rubric.rubric_id,
        version=rubric.rubric_version,
        title=rubric.title,
        claim=rubric.claim,
        status=rubric.status,
        lowest=rubric.lowest,
        highest=rubric.highest,
        dimensions=dimensions,
        evidence_rules=list(rubric.evidence_rules),
    )
