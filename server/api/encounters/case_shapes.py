"""What a learner may know of a case beforehand, as the API answers it: shapes only, filled by `public_case`."""

from __future__ import annotations

from server.api.shapes import Answer


class Unfolding(Answer):
    """Where this act stands in a story told in several encounters."""

    story: str
    number: int
    of: int
    to_next: str
    """Title of the act after this one; empty for the last, and where the library lacks it."""


class VariantChoice(Answer):
    """The same case with a few things exchanged."""

    id: str
    label: str
    cultural_frame: str
    requires_review: bool
    """Somebody it speaks for should read it before it is used."""


class RoleCardView(Answer):
    """For a learner who plays the patient."""

    you_are: str
    your_story: list[str]
    you_hold_back: list[str]
    you_want: str


class RubricChoice(Answer):
    """A rubric that may score a case."""

    id: str
    title: str


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
    profession: str
    """nursing, medicine or other"""
    activity: str
    """encounter, or role_reversal: the learner plays the patient, and nothing is scored."""
    unfolding: Unfolding | None
    """None for a case that stands alone."""
    variants: list[VariantChoice]
    voice: bool
    text: bool
    license: str
    rubrics: tuple[RubricChoice, ...] = ()
    """Those that may score it, its own first choice first; in the list of cases only."""
    reserved: str = ""
    """Why whoever asks cannot practise it now: it is kept for an assignment that counts; empty for most."""


class Member(Answer):
    """Somebody in the room."""

    id: str
    name: str
    age: int
    role_type: str
    public: str
    """What a learner may know beforehand."""
    present: bool
    """False: may come in later."""


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
    role_card: RoleCardView | None
    """Only where the learner plays the patient."""
    rubric: RubricCard | None
    """None when the library lacks it, and where nothing is scored."""
