"""The authored learners: which beats they reach, when they are told what, and whether their scores are in order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from server.assess.human.score import Spoken, score_transcript
from server.core.case import Case
from server.core.case_parts.rehearsal import Rehearsal
from server.core.encounter import Encounter
from server.core.rehearsing import rehearse
from server.core.rubric import Rubric
from server.core.scoring.scoring import Scorecard, score
from server.core.transcript import LEARNER

LEARNERS = ("skilled", "average", "poor")
HEARD = ("heard", "addressed", "missed")


@dataclass
class Rehearsed:
    """What the three of them came to."""

    beats_reached: dict[str, list[str]] = field(default_factory=dict)
    """By learner: beats they heard."""
    beats_addressed: dict[str, list[str]] = field(default_factory=dict)
    never_reached: list[str] = field(default_factory=list)
    """Beats that none of them heard."""
    surprises: list[str] = field(default_factory=list)
    """Where an end is not what its rehearsal expects, in words."""
    scores: dict[str, float] = field(default_factory=dict)
    """Mean level of the rated dimensions, by learner; of the clinician's words where the learner plays the patient."""
    ordered: bool = False
    facts_at_min: dict[str, float] = field(default_factory=dict)
    """When the skilled learner was told each fact."""
    fallback_share: float = 0.0
    """Share of replies to the learners that neither answered, opened nor moved anything."""


def rehearse_all(case: Case, rubric: Rubric) -> Rehearsed:
    """Play all three to their ends."""
    found = Rehearsed()
    played = {name: rehearse(case, name).encounter for name in LEARNERS if _has(case, name)}
    for name, encounter in played.items():
        states = {beat.id: encounter.board.tracks[beat.id].state for beat in case.beats}
        found.beats_reached[name] = [beat for beat, state in states.items() if state in HEARD]
        found.beats_addressed[name] = [beat for beat, state in states.items() if state == "addressed"]
        found.surprises += _surprises(case.rehearsal(name), states)
        found.scores[name] = mean_level(_scored(encounter, rubric))
    reached = {beat for beats in found.beats_reached.values() for beat in beats}
    found.never_reached = [beat.id for beat in case.beats if beat.id not in reached]
    levels = [found.scores.get(name) for name in LEARNERS]
    found.ordered = all(a is not None and b is not None and a > b for a, b in pairwise(levels))
    if "skilled" in played:
        found.facts_at_min = told_at(played["skilled"])
    found.fallback_share = fallback_share(list(played.values()))
    return found


def _has(case: Case, name: str) -> bool:
    return any(rehearsal.learner == name for rehearsal in case.rehearsals)


def _surprises(rehearsal: Rehearsal, states: Mapping[str, str]) -> list[str]:
    expect = rehearsal.expect
    wanted = {"addressed": expect.addressed, "missed": expect.missed, "heard": expect.unanswered}
    wrong = [
        f"{beat} is {_end(states[beat])}, not {_end(state)}"
        for state, beats in wanted.items()
        for beat in beats
        if states[beat] != state
    ]
    wrong += [f"{beat} is {_end(states[beat])}, not kept back" for beat in expect.not_offered if states[beat] in HEARD]
    return [f"{rehearsal.learner}: {each}" for each in wrong]


def _end(state: str) -> str:
    """The word for it in a rehearsal's `expect`."""
    return "unanswered" if state == "heard" else state


def _scored(encounter: Encounter, rubric: Rubric) -> Scorecard:
    """The learner's draft; in a role reversal the clinician's, who is the one that is met well or badly."""
    if encounter.case.activity == "encounter":
        return score(encounter, rubric)
    return score_transcript(swapped(encounter), rubric)


def swapped(encounter: Encounter) -> list[Spoken]:
    """What was said with the parts exchanged: the clinician's turns as a learner's, the learner's as a patient's."""
    clinician = encounter.case.patient.id
    said = [turn for turn in encounter.turns if turn.kind == "said" and turn.text]
    return [Spoken(_part(turn.speaker, clinician), turn.text, number) for number, turn in enumerate(said, 1)]


def _part(speaker: str, clinician: str) -> str:
    if speaker == clinician:
        return LEARNER
    return "patient" if speaker == LEARNER else speaker


def mean_level(card: Scorecard) -> float:
    """Of the dimensions that were rated; 0 where none was."""
    levels = [rating.level for rating in card.dimensions if rating.level is not None]
    return round(sum(levels) / len(levels), 2) if levels else 0.0


def told_at(encounter: Encounter) -> dict[str, float]:
    """Minute at which each fact was first told."""
    told: dict[str, float] = {}
    for turn in encounter.turns:
        for fact in turn.plan.facts if turn.plan else ():
            told.setdefault(fact, round(turn.at_ms / 60_000, 2))
    return told


def fallback_share(encounters: Sequence[Encounter]) -> float:
    """Of replies to something said, those that came from a mood, a reaction or `I don't know`."""
    plans = [turn.plan for encounter in encounters for turn in encounter.turns if turn.plan and turn.plan.to_turn]
    empty = [plan for plan in plans if not (plan.beat or plan.facts or plan.first)]
    return round(len(empty) / len(plans), 3) if plans else 0.0
