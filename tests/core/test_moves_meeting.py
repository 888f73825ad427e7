"""The six moves that matter most, in ordinary student English: see `student_english_three.yaml`.

The figures are of development data: the floors keep the rules from getting worse, and prove no more.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from server.core.lexicon import content_stems
from server.core.moves import BLOCKERS, Context, observe
from tests.core.test_moves_answering import LONG

SENTENCES = Path(__file__).with_name("student_english_three.yaml")
FLOORS = (0.97, 0.90)
"""Least precision and recall."""
QUESTIONS = {"open_question", "closed_question", "focused_question"}


@cache
def sheet() -> dict[str, Any]:
    return dict(yaml.safe_load(SENTENCES.read_text(encoding="utf-8")))


def cue(name: str) -> Context:
    said = sheet()["cues"][name]
    story = content_stems(f"{said['story']} {said['said']}")
    topics, feelings = content_stems(said["topics"]), frozenset(said["feelings"])
    return Context(said["said"], feelings, topics, open_cue=True, story=story)


def moves(text: str, context: Context = Context()) -> set[str]:  # noqa: B008
    return {observation.move for observation in observe(text, context)}


def test_the_rules_stay_above_their_floors() -> None:
    judged = set(sheet()["judged"].split()) | BLOCKERS
    right = wrong = missed = 0
    for row in sheet()["says"]:
        made, must = moves(row["say"], cue(row["cue"])) & judged, set(row.get("makes", ())) & judged
        may = set(row.get("may", ())) | QUESTIONS
        right, missed = right + len(made & must), missed + len(must - made)
        wrong += len(made - must - may)
    assert right / (right + wrong) >= FLOORS[0], f"{right} right, {wrong} wrong"
    assert right / (right + missed) >= FLOORS[1], f"{right} right, {missed} missed"


@pytest.mark.parametrize("row", [row for row in sheet()["says"] if row.get("never")])
def test_what_only_looks_alike(row: dict[str, Any]) -> None:
    assert not moves(row["say"], cue(row["cue"])) & set(row["never"])


@pytest.mark.parametrize(
    "text", ["I'll put none.", "let me just get that down", "I'll write that down", "can I ask you"]
)
def test_to_fill_in_a_form_is_no_help(text: str) -> None:
    assert "offers_help" not in moves(text)


@pytest.mark.parametrize("text", ["I'll write it down for you.", "i'll put the light on", "I'll get it for you."])
def test_to_do_something_for_somebody_is(text: str) -> None:
    assert "offers_help" in moves(text)


def test_help_that_asks_is_help_and_asks() -> None:
    assert moves("Do you want me to ring her?") >= {"offers_help", "checks_agreement"}
    assert not moves("You can wait over there if you want.") & {"offers_help", "checks_agreement"}


@pytest.mark.parametrize("before", ["What have they found?", "Tell me, then. How does it work"])
def test_a_long_answer_to_a_question_is_no_talk(before: str) -> None:
    assert "talks_at_length" not in moves(LONG, Context(before))


@pytest.mark.parametrize("before", ["", "I see.", "What have they found? Oh, never mind."])
def test_a_long_answer_to_nothing_is_a_talk(before: str) -> None:
    assert "talks_at_length" in moves(LONG, Context(before))


def test_a_long_turn_that_meets_them_leaves_room() -> None:
    assert "talks_at_length" not in moves(f"I can see why you'd worry. {LONG}")


@pytest.mark.parametrize("text", ["I wouldn't know, ask the night staff.", "i've no idea how you do it"])
def test_a_brush_off_is_no_honesty(text: str) -> None:
    assert "honest_not_knowing" not in moves(text)


@pytest.mark.parametrize(
    "text",
    [
        "I can't see why you'd worry.",
        "That's awful.",
        "it's hard to find a vein",
        "would anybody be in",
        "most people would love that",
        "i'd like a tea too",
        "that's hard",
        "i know why you're here it's your hip",
        "anyone would think you'd never seen one",
        "no one should be using this bathroom",
        "i'd think so too",
    ],
)
def test_what_would_fit_anybody_validates_nothing(text: str) -> None:
    assert "validates" not in moves(text)


def test_a_place_is_no_feeling() -> None:
    at_the_rent = cue("rent")
    assert not moves("you're stuck between the two", at_the_rent) & {"names_feeling", "names_wrong_feeling"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("your mind must be racing", "friday"),
        ("it sounds like you've been let down", "ward"),
        ("that must have been a real fright", "keys"),
    ],
)
def test_a_feeling_of_more_than_one_word_is_named(text: str, name: str) -> None:
    assert "names_feeling" in moves(text, cue(name))


@pytest.mark.parametrize(
    "text", ["the corridor is in the dark", "i was let down", "don't get worked up", "on your own?"]
)
def test_an_idiom_that_is_nobodys_feeling_is_none(text: str) -> None:
    assert "names_feeling" not in moves(text, cue("ward"))


def test_to_be_upset_goes_with_any_trouble() -> None:
    assert "names_feeling" in moves("you sound upset", cue("ward"))
    assert "names_wrong_feeling" not in moves("you sound upset", cue("vein"))
