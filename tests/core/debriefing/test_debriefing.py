"""The debriefing: cards, the gap, one thing to keep, and frames that ask what they are known to ask."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from server.core.case_parts.frame import Analysis, Debrief
from server.core.debriefing.course import Course, course
from server.core.debriefing.debriefing import debriefing, gap, keep, phases
from server.core.debriefing.forking import fork
from server.core.debriefing.frames import FRAMES
from server.core.debriefing.inquiring import ASKS, HOLDS
from server.core.debriefing.moment import moments
from server.core.debriefing.retrying import own_ledger
from server.core.encounter import Encounter, Reflection
from server.core.events import Ended, Reflected
from server.core.ledger import ledger
from server.core.scoring.scorecard import Evidence, Rating
from server.core.transcript import LEARNER
from tests.core.cases import beat, case, when
from tests.core.rooms import entered
from tests.logs.recording import FOLDER, read_log, the_case

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
ASKED = Debrief(
    framework="GAS", reactions=("How was it?",), summary=("What stays?",), analysis=(Analysis("O1", "B1", "Why so?"),)
)
CASE = case(beats=(QUIET,))


def met(*texts: str, of: object = CASE) -> Course:
    here = entered(of)  # type: ignore[arg-type]
    for text in texts:
        here.says(text)
    return course(here.encounter.case, here.take(Ended("learner"), Reflected(felt="Lost.", said="Little.")).log)


def rated(dimension: str, level: int | None, *said: str) -> Rating:
    evidence = tuple(Evidence("item_2", LEARNER, words, "said") for words in said)
    return Rating(dimension, level, "rated" if level is not None else "not_applicable", evidence, "")


def test_a_card_asks_the_authors_question_else_one_of_its_kind() -> None:
    made = debriefing(met("Hello.", "Is the bag packed?"), ledger(met("Hello.", "Is the bag packed?").end), ())
    (card,) = made.cards
    assert not card.asked_by_author and "Is the bag packed?" in card.question and "It gets quiet" in card.question
    assert card.question.endswith("?") and not card.question.startswith("I ")
    authored = met("Hello.", "Is the bag packed?", of=replace(CASE, debrief=ASKED))
    (card,) = debriefing(authored, ledger(authored.end), ()).cards
    assert (card.question, card.asked_by_author) == ("Why so?", True)


def test_a_moment_nothing_was_said_to_is_asked_about_as_such() -> None:
    went = met("Hello.")
    (card,) = debriefing(went, ledger(went.end), ()).cards
    assert card.moment.said == () and "before anything was said to it" in card.question
    assert card.changed == ()


def test_every_kind_of_moment_can_be_asked_about() -> None:
    kinds = {"cue", "concern", "challenge", "behaviour", "disclosure", "question"}
    assert set(ASKS) == set(HOLDS) == kinds
    assert all(text.endswith("?") for text in ASKS.values())


def test_the_gap_is_counted_and_nothing_is_inferred() -> None:
    own = Reflection(felt="I was lost.", said="", self_rating={"a": 3, "c": 1})
    found = gap(own, [rated("a", 1), rated("b", 2), rated("c", None)])
    assert [(side.dimension, side.own, side.draft, side.difference) for side in found.sides] == [
        ("a", 3, 1, 2), ("b", None, 2, None), ("c", 1, None, None),
    ]  # fmt: skip
    assert (found.felt, found.said) == ("I was lost.", "")
    assert gap(None, []).felt == ""


def test_what_is_kept_met_a_moment_or_stands_under_a_high_mark() -> None:
    good = met("Hello.", "You sound lonely.")
    kept = keep(good.end, moments(good, ledger(good.end)), [])
    assert kept is not None and kept.text == "You sound lonely."
    poor = met("Hello.", "Is the bag packed?")
    lines = moments(poor, ledger(poor.end))
    assert keep(poor.end, lines, [rated("a", 2, "Hello.")]) is None
    turn = next(turn.id for turn in poor.end.turns if turn.text == "Hello.")
    high = replace(rated("a", 4), evidence=(Evidence(turn, LEARNER, "Hello.", "said"),))
    found = keep(poor.end, lines, [rated("b", 3), high])
    assert found is not None and found.text == "Hello."
    for earning, kept in ((("a",), found), (("b",), None)):
        assert debriefing(poor, (), [high], earning).keep == kept, "a mark for few blockers quotes the blocker"


def test_without_a_ledger_there_are_no_cards_and_no_moment() -> None:
    """As where the author keeps the planted moments back."""
    found = debriefing(met("Hello.", "You sound lonely."), (), ())
    assert (found.cards, found.coaching) == ((), None)


def bare(frame: str, end: Encounter) -> list[tuple[str, tuple[str, ...]]]:
    """The questions of each phase, without cards."""
    return [(phase.id, questions) for phase, questions in phases(frame, end)]


def test_frames_take_up_the_cases_own_questions_where_they_belong() -> None:
    end = met("Hello.", of=replace(CASE, debrief=ASKED)).end
    went = met("Hello.", of=replace(CASE, debrief=ASKED))
    cards = debriefing(went, ledger(went.end), ()).cards
    asked = {phase.id: questions for phase, questions in phases("PEARLS", end, cards)}
    assert list(asked) == ["reactions", "description", "analysis", "summary"]
    assert asked["reactions"][-1] == "How was it?" and asked["summary"][-1] == "What stays?"
    assert "Why so?" not in asked["analysis"], "it stands on its card"
    assert "Why so?" in dict(bare("PEARLS", end))["analysis"], "where there are no cards it is not lost"
    nothing = met(of=replace(CASE, debrief=ASKED)).end
    assert "Why so?" not in dict(bare("PEARLS", nothing))["analysis"], "it never came up"
    assert debriefing(met("Hello.", of=replace(CASE, debrief=ASKED)), (), ()).frame == "GAS"


@pytest.mark.parametrize("frame", FRAMES.values(), ids=FRAMES)
def test_every_frame_shows_all_there_is_once(frame: object) -> None:
    """Nothing of the material is lost by choosing another frame, but for the timeline, which stands above."""
    steps = getattr(frame, "phases")  # noqa: B009
    shown = [each for phase in steps for each in phase.shows]
    assert len(shown) == len(set(shown)) and {"cards", "moment"} <= set(shown)
    assert len({phase.id for phase in steps}) == len(steps)
    assert all(question.endswith(("?", ".")) for phase in steps for question in phase.questions)


def test_the_frames_a_case_may_name_are_all_here() -> None:
    assert set(FRAMES) == {"PEARLS", "GAS", "plus_delta", "gibbs", "good_judgment"}


def test_a_retry_speaks_of_its_own_turns_only() -> None:
    kept = json.loads((FOLDER / "average.json").read_text(encoding="utf-8"))
    first = course(the_case(kept["case"]), read_log(kept))
    begins = fork(first, "item_36", "e2")
    now = course(first.end.case, [*begins, *first.log[len(begins) :]])
    found = debriefing(now, own_ledger(now.end), ())
    assert now.end.retry is not None
    earlier = {turn.id for turn in now.end.turns[: now.end.retry.turns]}
    assert found.cards[0].moment.beat.id == "B2_empty_chair"
    assert not {each.turn for card in found.cards for each in card.moment.said} & earlier
    assert found.coaching is not None and found.coaching.retry not in earlier
