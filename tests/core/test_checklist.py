"""Done, not done, not applicable, left to a person: the four ends of an item."""

from __future__ import annotations

from dataclasses import replace

from server.core.rubric import Credit, Dimension, Rubric
from server.core.scoring.scorecard import Rating
from server.core.scoring.scoring import rate, score
from server.core.transcript import LEARNER
from tests.core.rooms import entered
from tests.core.rubrics import RUBRIC, dimension
from tests.core.scoring.test_scoring import CASE as SMALL
from tests.core.scoring.test_scoring import ended, talk

YES_NO = {"0": "Not done.", "1": "Done."}
NAMED = Credit(1, ("names_feeling",), "named a feeling", "opportunity", ("minimises",))
NAMING = dimension("naming", "checklist", anchors=YES_NO, credit=(NAMED,))
GREETING = dimension(
    "greeting", "checklist", anchors=YES_NO, credit=(Credit(1, ("greets",), "said hello"),), applies="always"
)
CHECKLIST = Rubric("list", "1.0.0", "List", "What was done.", (NAMING, GREETING), ("Quote.",), 0, 1)


def rated(*texts: str) -> dict[str, Rating]:
    return {rating.id: rating for rating in score(talk(*texts), CHECKLIST).dimensions}


def test_done_quotes_the_words_that_did_it() -> None:
    done = rated("Hello.", "You sound lonely.", "Good night.")["naming"]
    assert (done.level, done.status) == (1, "rated")
    assert [(e.role, e.quote) for e in done.evidence] == [("said", "You sound lonely.")]


def test_not_done_quotes_the_moment_that_was_left() -> None:
    left = rated("Hello.", "Any pain?", "Good night.")["naming"]
    assert (left.level, left.status) == (0, "rated")
    assert {evidence.role for evidence in left.evidence} == {"cue"}


def test_twice_done_is_done() -> None:
    assert rated("Hello.", "You sound lonely.", "You must have been frightened.")["naming"].level == 1


def test_without_a_moment_it_is_not_applicable_unless_it_always_applies() -> None:
    ratings = {rating.id: rating for rating in score(ended(entered(SMALL).says("Any pain?")), CHECKLIST).dimensions}
    assert ratings["naming"].status == "not_applicable"
    assert ratings["greeting"].status == "not_applicable", "one turn tells nothing"
    missing = rated("Any pain?", "Any allergies?", "Right.")["greeting"]
    assert (missing.level, {evidence.role for evidence in missing.evidence}) == (0, {"examined"})


def test_doubtful_words_leave_it_to_a_person() -> None:
    encounter = talk("Hello.", "You sound lonely.", "Good night.")
    turns = [replace(t, confidence=0.2) if t.text == "You sound lonely." else t for t in encounter.turns]
    doubtful = rate(NAMING, turns, score(encounter, CHECKLIST).opportunities)
    assert (doubtful.level, doubtful.status) == (None, "unrated")
    unheard = [
        replace(t, confidence=0.2) if t.speaker == LEARNER and "Any" in t.text else t
        for t in talk("Any pain?", "Right.", "Okay then.", "Well.").turns
    ]
    assert rate(GREETING, unheard, ()).status == "unrated"


def test_a_rubric_that_is_no_checklist_keeps_its_digest() -> None:
    assert RUBRIC.digest == "2acb7f0769b777e9d9b5582bae749e23e90562029d439ab147468708692cc3af"


def test_what_applies_is_part_of_the_digest_of_a_checklist() -> None:
    always: Dimension = replace(NAMING, applies="always")
    assert replace(CHECKLIST, dimensions=(always,)).digest != replace(CHECKLIST, dimensions=(NAMING,)).digest
