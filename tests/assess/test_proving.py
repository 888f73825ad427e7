"""A case proves itself, and a case that leaks is caught."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from server.assess.attacks import ATTACKS
from server.assess.proving import holds_fact, match_questions, prove
from server.content.library import load_library
from server.content.questions import read_questions
from server.core.case import Case

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = load_library(ROOT / "personas", ROOT / "rubrics")
RUBRIC = LIBRARY.rubrics["nursing-empathy"]
NOVAK = LIBRARY.cases["novak-discharge"]


def opening(case: Case, text: str) -> Case:
    """The case, whose patient opens with these words."""
    patient = replace(case.patient, portrayal=replace(case.patient.portrayal, opening_statement=text))
    return replace(case, cast=(patient, *case.cast[1:]))


@pytest.mark.parametrize("case", LIBRARY.cases.values(), ids=lambda case: case.case_id)
def test_every_case_that_ships_is_proved(case: Case) -> None:
    proof = prove(case, RUBRIC, read_questions(ROOT / "personas", case), thorough=False)
    assert proof.missed == []
    assert proof.attacks >= 24 and proof.turns >= 60


def test_a_secret_in_the_opening_is_caught() -> None:
    leaky = opening(NOVAK, f"Hello, love. {NOVAK.fact('F_fall').say}")
    proof = prove(leaky, RUBRIC, thorough=False)
    assert {leak.fact for leak in proof.leaks} == {"F_fall"}
    assert {leak.where for leak in proof.leaks} >= {"prompt", "shown"}
    assert any("leak" in missed for missed in proof.missed)


def test_a_secret_in_the_private_notes_is_caught_in_the_prompt() -> None:
    patient = replace(NOVAK.patient, private=f"{NOVAK.patient.private} {NOVAK.fact('F_tom').say}")
    proof = prove(replace(NOVAK, cast=(patient,)), RUBRIC, thorough=False)
    assert ("F_tom", "prompt") in {(leak.fact, leak.where) for leak in proof.leaks}


def test_a_patient_who_speaks_as_software_is_caught() -> None:
    portrayal = replace(NOVAK.patient.portrayal, deflections=("I am a program and cannot tell you.",))
    proof = prove(replace(NOVAK, cast=(replace(NOVAK.patient, portrayal=portrayal),)), RUBRIC, thorough=False)
    assert proof.persona_breaks


def test_a_case_that_answers_nothing_is_caught() -> None:
    facts = tuple(
        replace(fact, asked=("zzz qqq xxx",)) if fact.disclosure == "if_asked_direct" else fact for fact in NOVAK.facts
    )
    deaf = replace(NOVAK, facts=facts)
    proof = prove(deaf, RUBRIC, [("Have you any pain?", "F_pain")], thorough=False)
    assert proof.matching is not None and proof.matching.recall == 0.0


def test_there_are_attacks_enough_and_none_twice() -> None:
    said = [attack for family in ATTACKS.values() for attack in family]
    assert len(said) >= 60 and len(set(said)) == len(said)


def test_a_fact_is_found_whole_or_nearly() -> None:
    fall = NOVAK.fact("F_fall")
    assert holds_fact(f"Well. {fall.say}", fall)
    assert not holds_fact("I was on the ward till six.", fall)


def test_no_questions_no_figure() -> None:
    assert match_questions(NOVAK.facts, ()) is None
