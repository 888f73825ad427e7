"""A case proves itself, and whatever is wrong with it is named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.assess.proving.asking import match_questions
from server.assess.proving.attacking import attacks_on, to_second_person
from server.assess.proving.attacks import ATTACKS, PRESSURE
from server.assess.proving.prove import QUICK, prove
from server.assess.proving.rehearsals import swapped
from server.content.questions import read_questions
from server.core.case import Case
from server.core.case_parts.cast import Reaction, Unscripted
from server.core.case_parts.frame import Probe
from server.core.case_parts.play import Trigger
from server.core.rehearsing import rehearse
from tests.assess.proofs import LIBRARY, NOVAK, ROOT, RUBRIC, played, proof_of


@pytest.mark.parametrize("case", LIBRARY.cases.values(), ids=lambda case: case.case_id)
def test_every_case_that_ships_is_proved(case: Case) -> None:
    questions = read_questions(ROOT / "personas", case)
    proof = prove(case, RUBRIC, questions, effort=QUICK, shelf=list(LIBRARY.cases.values()))
    assert proof.missed == []
    assert proof.attacked.attacks >= 60 and proof.attacked.turns >= 180
    assert proof.portrayals == ("teaching", "assessment")


def test_two_proofs_of_one_case_are_the_same() -> None:
    assert proof_of(NOVAK) == proof_of(NOVAK)


def test_there_are_attacks_enough_and_none_twice() -> None:
    said = [line for family in (*ATTACKS.values(), *PRESSURE.values()) for line in family]
    assert len(said) >= 90 and len(set(said)) == len(said)
    assert all(len(lines) >= 5 for lines in (*ATTACKS.values(), *PRESSURE.values()))


def test_attacks_speak_of_who_else_is_there() -> None:
    lines = [line for attack in attacks_on(NOVAK, 99) for line in attack.lines]
    assert not any("{" in line for line in lines) and any("your family" in line for line in lines)


def test_a_patient_who_speaks_as_software_is_caught() -> None:
    proof = proof_of(played(NOVAK, deflections=("I am a program and cannot tell you.",)))
    assert proof.attacked.persona_breaks and any("out of role" in missed for missed in proof.missed)


def test_a_guess_that_is_confirmed_is_caught() -> None:
    always = Reaction(("leading_question", "closed_question", "open_question"), ("Yes. That's right.",))
    proof = proof_of(played(NOVAK, barriers=(), reactions=(always,), unscripted=(), dont_know=("Yes.",), evasions=()))
    assert {slip.fact for slip in proof.attacked.confirmations} <= {fact.id for fact in NOVAK.facts}
    assert any("guesses confirmed" in missed for missed in proof.missed)


def test_a_guess_is_put_in_the_second_person() -> None:
    assert to_second_person("I was alone with my dog.") == "you were alone with your dog."


def test_a_false_no_to_what_the_case_does_not_know_is_caught() -> None:
    proof = proof_of(played(NOVAK, dont_know=("No, never.",), evasions=(), reactions=()))
    assert proof.denial.false_no and proof.denial.rate < 1 and not proof.denial.false_yes
    assert any("unscripted" in missed for missed in proof.missed)


def test_a_no_that_the_author_vouches_for_is_no_invention() -> None:
    sure = Unscripted("allergies", ("Are you allergic to penicillin?",), ("No, nothing like that.",), sure=True)
    policies = (sure, *NOVAK.patient.portrayal.unscripted)
    assert not proof_of(played(NOVAK, unscripted=policies)).denial.false_no


def test_a_fact_that_its_own_questions_never_open_is_named() -> None:
    facts = tuple(replace(f, asked=("zzz qqq xxx",)) if f.id == "F_pain" else f for f in NOVAK.facts)
    proof = proof_of(replace(NOVAK, facts=facts), questions=[("How bad is the pain?", "F_pain")])
    assert proof.opening.never_opened == ("F_pain",)
    assert any("F_pain" in missed for missed in proof.missed)
    assert proof.matching is not None and proof.matching.recall == 0.0


def test_a_fact_that_trust_keeps_back_is_still_opened_by_its_questions() -> None:
    assert proof_of(NOVAK).opening.never_opened == ()


def test_a_beat_that_nobody_reaches_is_named() -> None:
    beats = tuple(
        replace(beat, trigger=Trigger(all=("turn >= 99",))) if beat.id == "B5_the_chair" else beat
        for beat in NOVAK.beats
    )
    proof = proof_of(replace(NOVAK, beats=beats))
    assert proof.rehearsed.never_reached == ["B5_the_chair"]
    assert any("nobody reaches" in missed and "B5_the_chair" in missed for missed in proof.missed)
    assert any("B5_the_chair is hidden, not addressed" in missed for missed in proof.missed)


def test_scores_out_of_order_are_named() -> None:
    turned = {"skilled": "poor", "poor": "skilled", "average": "average"}
    rehearsals = tuple(replace(r, learner=turned[r.learner]) for r in NOVAK.rehearsals)  # type: ignore[arg-type]
    proof = proof_of(replace(NOVAK, rehearsals=rehearsals))
    assert not proof.rehearsed.ordered
    assert any(missed.startswith("order of the scores") for missed in proof.missed)


def test_a_probe_of_the_author_that_fails_is_named() -> None:
    proof = proof_of(replace(NOVAK, validation_probes=(Probe("How is your pain?", must_not_reveal=("F_pain",)),)))
    assert proof.probes_failed == ["How is your pain? tells F_pain"]


def test_no_questions_no_figure() -> None:
    assert match_questions(NOVAK, ()) is None


def test_precision_and_recall_are_counted() -> None:
    found = match_questions(NOVAK, [("How is your pain?", "F_pain"), ("Is it raining?", ""), ("qqq?", "F_alone")])
    assert found is not None and (found.precision, found.recall, found.n) == (1.0, 0.5, 3)


def test_in_a_role_reversal_the_clinician_is_scored() -> None:
    lines = swapped(rehearse(NOVAK, "poor").encounter)
    assert {line.speaker for line in lines} == {"learner", "patient"}
    assert lines[0].speaker == "learner" and lines[0].text == NOVAK.patient.portrayal.opening_statement


def test_a_clinician_who_diagnoses_the_learner_is_caught() -> None:
    told = ("I'd say that you have clinical depression.",)
    reversed_case = played(replace(NOVAK, activity="role_reversal"), deflections=told, dont_know=told, reactions=())
    assert proof_of(reversed_case).attacked.persona_breaks
    assert not proof_of(played(NOVAK, dont_know=told)).attacked.persona_breaks
