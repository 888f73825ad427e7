"""The learner plays the patient: doors shut, protests, what is told; and words of the trade said to a patient.

The figures of `student_english_four.yaml` are of development data: the floors keep the rules from getting worse, and
prove no more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.core.lexicon import content_stems
from server.core.moves import Context, observe
from server.core.rules.every_rule import RULES
from server.core.rules.rule import AS_PATIENT

SENTENCES = Path(__file__).with_name("student_english_four.yaml")
FLOORS = (0.98, 0.98)
"""Least precision and recall."""
IN_BED = Context(as_patient=True)
IN_ROLE = frozenset(rule.move for rule in RULES if rule.group == AS_PATIENT)
EXAMPLES: dict[str, tuple[list[str], list[str]]] = {
    "closes_down": (
        ["I'm fine.", "it's nothing", "Never mind.", "i don't want to talk about it", "forget it"],
        ["I'm fine with that.", "it's nothing like before", "never mind the noise", "I'm not fine.", "fine weather"],
    ),
    "protests": (
        ["You're not listening.", "that's not what i said", "I've already told you.", "let me finish"],
        ["I'm listening.", "that's what i said", "you didn't ask me to come back", "let me explain to my wife"],
    ),
    "discloses": (
        ["I've had blood when I go.", "i haven't told anyone", "My dad died of it.", "i stopped taking the tablets"],
        ["I've had a blood test.", "i haven't had any pain", "I don't get headaches.", "i came on the bus"],
    ),
}


@cache
def sheet() -> dict[str, Any]:
    return dict(yaml.safe_load(SENTENCES.read_text(encoding="utf-8")))


def moves(text: str, context: Context = IN_BED) -> set[str]:
    return {observation.move for observation in observe(text, context)}


def found(row: dict[str, Any]) -> set[str]:
    return moves(row["say"], Context(row.get("before", ""), as_patient=row["by"] == "patient"))


def test_the_rules_stay_above_their_floors() -> None:
    judged = set(sheet()["judged"].split())
    right = wrong = missed = 0
    for row in sheet()["says"]:
        made, must, may = found(row) & judged, set(row.get("makes", ())), set(row.get("may", ()))
        right, wrong, missed = right + len(made & must), wrong + len(made - must - may), missed + len(must - made)
    assert right / (right + wrong) >= FLOORS[0], f"{right} right, {wrong} wrong"
    assert right / (right + missed) >= FLOORS[1], f"{right} right, {missed} missed"


@pytest.mark.parametrize("text", [text for made, _ in EXAMPLES.values() for text in made])
def test_only_a_learner_who_plays_the_patient_makes_these(text: str) -> None:
    assert moves(text) & IN_ROLE
    assert not moves(text, Context()) & IN_ROLE


def test_a_fear_in_the_first_person_is_the_patients_only_in_role() -> None:
    assert "voices_feeling" in moves("I feel so stupid.")
    assert "voices_concern" in moves("I'm worried that I've left it too late.")
    assert not moves("I'm worried that I've left it too late.", Context()) & IN_ROLE


def test_a_patient_asks_the_clinician_whatever_is_asked() -> None:
    assert "asks_clinician" in moves("What happens tomorrow?")


@pytest.mark.parametrize(
    ("plain", "bare"),
    [
        ("You need an OGD, a camera down the throat.", "You need an OGD."),
        ("any melaena, so black tarry poo", "any melaena"),
        ("it's a cannula, that's a little tube in the vein", "i'll put a cannula in"),
        ("black sticky poo, what we call melaena", "have you had melaena then"),
        ("your Hb, the stuff that carries oxygen, is low", "your Hb is low"),
        ("nil by mouth so nothing to eat from midnight", "nil by mouth so ring if you need anything"),
    ],
)
def test_a_word_that_is_explained_in_the_same_breath_is_no_jargon(plain: str, bare: str) -> None:
    assert "jargon" not in moves(plain, Context())
    assert "jargon" in moves(bare, Context())


def test_a_word_that_the_patient_brought_is_theirs() -> None:
    assert "jargon" in moves("What did they say about the ileus?", Context())
    assert "jargon" not in moves("What did they say about the ileus?", Context(story=content_stems("I had an ileus.")))


@pytest.mark.parametrize("text", ["there's plenty of scope for that", "let me scope to see", "that's my home state"])
def test_plain_words_are_no_jargon(text: str) -> None:
    assert "jargon" not in moves(text, Context())
