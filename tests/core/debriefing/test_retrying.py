"""A retry is scored apart: what was said before it counts for nothing, and its moment is set beside the first time."""

from __future__ import annotations

from server.core.advance import replay
from server.core.debriefing.course import course
from server.core.debriefing.forking import fork
from server.core.debriefing.retrying import compared, own_ledger
from server.core.encounter import Encounter
from server.core.events import Ended
from server.core.ledger import ledger
from server.core.scoring.scoring import score
from server.core.timing import timing
from server.core.transcript import LEARNER
from tests.core.cases import beat, case, when
from tests.core.rooms import Room, entered
from tests.core.rubrics import RUBRIC

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
FLOOR = beat("B2", "I was on that floor.", trigger=when("beat_addressed:B1"), feelings=("fear",), topics=("floor",))
CHAIR = beat("B3", "That was his chair.", trigger=when("turn >= 99"))
CASE = case(beats=(QUIET, FLOOR, CHAIR))
MET, LOST = "You sound lonely.", "What time is your transport?"


def first_time(*texts: str) -> Room:
    here = entered(CASE)
    for text in texts:
        here.says(text)
    return here.take(Ended("learner"))


def again(first: Room, at: str, *texts: str) -> Encounter:
    """From the turn that said this, with other words."""
    turn = next(turn.id for turn in first.said if turn.text == at)
    log = list(fork(course(CASE, first.log), turn, "e2"))
    begun = replay(CASE, log)
    here = Room(begun, log, begun.now_ms, _made=50)
    for text in texts:
        here.says(text)
    return here.take(Ended("learner")).encounter


def test_words_before_it_earn_nothing_anew() -> None:
    first = first_time("Hello.", MET, "That sounds frightening.", "Shall I get you some water?")
    now = again(first, "That sounds frightening.", "Right, the tablets.", "Have you eaten?")
    card = score(now, RUBRIC)
    assert now.retry is not None
    earlier = {turn.id for turn in now.turns[: now.retry.turns]}
    assert not earlier & {each.turn for rating in card.dimensions for each in rating.evidence if each.role == "said"}
    level = {rating.id: rating.level for rating in card.dimensions}
    assert level["understanding"] == 0, "the feeling that was named before the moment is the first encounter's"
    assert level["understanding"] != {r.id: r.level for r in score(first.encounter, RUBRIC).dimensions}["understanding"]
    assert card.provenance["retry_of"] == first.encounter.id and card.provenance["retry_turn"] == now.retry.turn


def test_words_before_it_cost_nothing_anew() -> None:
    first = first_time("Hello.", "Don't be silly, it's nothing. Cheer up.", MET)
    now = again(first, MET, "You sound lonely.", "What are the evenings like?", "Tell me more about that.")
    blockers = next(rating for rating in score(now, RUBRIC).dimensions if rating.id == "blockers")
    assert all(now.turn(each.turn).text != "Don't be silly, it's nothing. Cheer up." for each in blockers.evidence)


def test_only_moments_that_lay_open_or_came_later_are_looked_at() -> None:
    first = first_time("Hello.", MET, "Shall I get you some water?", "Have you eaten?")
    now = again(first, "Shall I get you some water?", "You sound frightened.")
    assert [line.beat for line in ledger(now) if line.cue_turn] == ["B1", "B2"]
    assert [line.beat for line in own_ledger(now)] == ["B2", "B3"], "what was over before is left out"


def test_answers_from_before_do_not_meet_it_now() -> None:
    """The second turn of a window is tried again: the first stays what it was, and earns nothing here."""
    first = first_time("Hello.", "Mm, the weather.", MET)
    now = again(first, MET, "Have you eaten?")
    line = next(line for line in own_ledger(now) if line.beat == "B1")
    assert {now.turn(turn).text for turn in line.response_turns} == {"Have you eaten?"}
    assert line.code is not None and line.code < 3


def test_the_first_time_beside_now() -> None:
    first = first_time("Hello.", LOST, "Have you eaten?")
    now = again(first, LOST, MET)
    assert now.retry is not None
    moments = compared(ledger(first.encounter), own_ledger(now), now.retry.beats)
    tried = next(each for each in moments if each.beat == "B1")
    assert tried.retried and tried.first is not None
    assert tried.first.code is not None and tried.first.code < 3 and tried.first.quote == ""
    assert (tried.now.code, tried.now.quote) == (3, MET)
    later = next(each for each in moments if each.beat == "B2")
    assert later.first is None and not later.retried, "it only came up now"


def test_a_stopwatch_looks_at_its_own_turns() -> None:
    first = first_time("Hello.", LOST, "Have you eaten?")
    facts = timing(again(first, LOST, "And you?"))
    assert facts["learner_turns"] == 1


def test_a_first_meeting_is_scored_as_ever() -> None:
    here = first_time("Hello.", MET).encounter
    assert own_ledger(here) == ledger(here)
    assert "retry_of" not in score(here, RUBRIC).provenance
    assert [turn.text for turn in here.own_turns if turn.speaker == LEARNER] == ["Hello.", MET]
