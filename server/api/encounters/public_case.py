"""The public part of a case: built field by field, so that whatever a case gains later stays private.

Never here: a beat, a fact, a mood, a prompt, a rehearsal, a probe, a private note, a checkpoint, what is carried on and
when, what a variant exchanges: what is to be found out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence

from server.api.consent import consent
from server.api.encounters.case_shapes import (
    ActionChoice,
    CaseBriefing,
    CaseCard,
    Member,
    RoleCardView,
    RubricCard,
    RubricDimension,
    Times,
    Unfolding,
    VariantChoice,
)
from server.core.case import Case
from server.core.case_parts.cast import CastMember
from server.core.errors import RequestError
from server.core.rubric import Rubric
from server.core.variants import as_variant
from server.engines.protocols import EngineInfo
from server.live.wording import FICTION_CONTRACT, SUPPORT, ai_disclosure, people


def card_of(case: Case, cases: Mapping[str, Case]) -> CaseCard:
    """For the lobby; `cases` is the library, where the next act's title is looked up."""
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
        profession=case.logistics.profession,
        activity=case.activity,
        unfolding=_unfolding(case, cases),
        variants=[
            VariantChoice(id=v.id, label=v.label, cultural_frame=v.cultural_frame, requires_review=v.requires_review)
            for v in case.variants
        ],
        voice=case.logistics.modality.voice,
        text=case.logistics.modality.text,
        license=case.license,
    )


def briefing_of(
    case: Case, cases: Mapping[str, Case], rubric: Rubric | None, engines: Sequence[EngineInfo]
) -> CaseBriefing:
    """For the door."""
    return CaseBriefing(
        **card_of(case, cases).model_dump(),
        door_note=case.prebrief.door_note,
        task=case.prebrief.task,
        objectives=[objective.text for objective in case.education.learning_objectives],
        fiction_contract=_own(case.prebrief.fiction_contract, FICTION_CONTRACT),
        ai_disclosure=_own(case.prebrief.ai_disclosure, ai_disclosure(*people(case))),
        support_contacts=_own(case.prebrief.support_contacts, SUPPORT),
        pause_words=list(case.prebrief.pause_words),
        stop_words=list(case.prebrief.stop_words),
        consent=consent(engines),
        times=_times(case),
        cast=[_member(member) for member in case.cast],
        actions=[ActionChoice(id=action.id, label=action.label) for action in case.actions],
        role_card=_role_card(case),
        rubric=None if rubric is None else rubric_card(rubric),
    )


def _member(member: CastMember) -> Member:
    return Member(
        id=member.id,
        name=member.name,
        age=member.age,
        role_type=member.role_type,
        public=member.public,
        present=member.present,
    )


def _unfolding(case: Case, cases: Mapping[str, Case]) -> Unfolding | None:
    if case.unfolding is None:
        return None
    following = cases.get(case.carry_forward.to) if case.carry_forward else None
    act = case.unfolding
    return Unfolding(story=act.story, number=act.number, of=act.of, to_next=following.title if following else "")


def _role_card(case: Case) -> RoleCardView | None:
    """What is asked afterwards stays out of it: it would tell what to look for."""
    card = case.role_card
    if card is None or case.activity != "role_reversal":
        return None
    story, held = list(card.your_story), list(card.you_hold_back)
    return RoleCardView(you_are=card.you_are, your_story=story, you_hold_back=held, you_want=card.you_want)


def variant_of(case: Case, variant_id: str) -> Case:
    """The case as this variant of it. Raises `RequestError` that names those there are."""
    if variant_id and variant_id not in (known := [variant.id for variant in case.variants]):
        mend = f"Use one of: {', '.join(known)}; or none." if known else "It has none; leave the field out."
        raise RequestError("There is no such variant of this case.", code="unknown_variant", field="variant", mend=mend)
    return as_variant(case, variant_id)


def needs_review(case: Case, variant_id: str) -> bool:
    """True for a variant that somebody should read first, in a case that nobody has."""
    chosen = next((variant for variant in case.variants if variant.id == variant_id), None)
    return chosen is not None and chosen.requires_review and case.status == "draft"


def wording_digest(case: Case, engines: Sequence[EngineInfo]) -> str:
    """Which wording a learner agreed to: the first 16 hex digits of the SHA-256 over what the briefing asked."""
    prebrief = case.prebrief
    wording = (
        _own(prebrief.fiction_contract, FICTION_CONTRACT),
        _own(prebrief.ai_disclosure, ai_disclosure(*people(case))),
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
