"""What is proposed as an opportunity in a transcript of people, and what is quoted for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from server.assess.human.score import read_transcript, score_transcript
from server.content.loader import load_rubric
from server.core.ledger import Opportunity

RUBRIC = Path(__file__).parents[2] / "rubrics" / "nursing-empathy.yaml"


def proposed(folder: Path, patient: str, nurse: str) -> list[Opportunity]:
    path = folder / "talk.txt"
    path.write_text(f"Patient: {patient}\nNurse: {nurse}\n", encoding="utf-8")
    return list(score_transcript(read_transcript(path), load_rubric(RUBRIC)).opportunities)


@pytest.mark.parametrize(
    ("patient", "kind"),
    [
        ("I'm frightened of the stairs.", "concern"),
        ("It's not been the same since he died.", "cue"),
        ("There's just me now.", "cue"),
        ("Six hours on the floor, I was.", "disclosure"),
        ("I don't want to be a bother.", "concern"),
        ("You'll not write that down, will you?", "challenge"),
        ("Do you think I'm daft?", "challenge"),
    ],
)
def test_a_hint_is_an_opportunity(tmp_path: Path, patient: str, kind: str) -> None:
    assert [line.kind for line in proposed(tmp_path, patient, "Tell me more.")] == [kind]


@pytest.mark.parametrize(
    "patient", ["If it's no trouble.", "The soup was nice.", "Yes, please.", "I'd be glad of a cup."]
)
def test_manners_are_not(tmp_path: Path, patient: str) -> None:
    assert not proposed(tmp_path, patient, "Tell me more.")


def test_what_is_about_something_else_is_not_quoted_for_it(tmp_path: Path) -> None:
    (line,) = proposed(tmp_path, "It's not been the same since he died.", "Have you had your tablets?")
    assert (line.code, line.turn) == (0, "")
    assert "died" in line.quote


def test_the_quote_is_the_part_that_meets_it(tmp_path: Path) -> None:
    said = "Let me get your tablets. You must miss him."
    (line,) = proposed(tmp_path, "It's not been the same since he died.", said)
    assert "miss him" in line.quote
