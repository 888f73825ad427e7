"""The draft: codes in the ledger, levels from quotes, and every reason for having no number."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.encounter import Encounter
from server.core.events import Ended, SpeechBegan, SpeechEnded, SpeechHeard
from server.core.ledger import URGENT, code, ledger
from server.core.moves import Observation
from server.core.scoring.scoring import Evidence, Rating, checked, rate, score
from server.core.timing import timing
from server.core.transcript import LEARNER, Turn
from tests.core.cases import beat, case, when
from tests.core.rooms import Room, entered
from tests.core.rubrics import BLOCKERS, RUBRIC, UNDERSTANDING, assert_fair

QUIET = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
FLOOR = beat("B2", "I was on that floor.", trigger=when("turn >= 2"), feelings=("fear",), topics=("floor",))
CASE = case(beats=(QUIET, FLOOR))


def ended(here: Room) -> Encounter:
    return here.take(Ended("learner")).encounter


def talk(*texts: str) -> Encounter:
    here = entered(CASE)
    for text in texts:
        here.says(text)
    return ended(here)


def level(encounter: Encounter, dimension: str) -> int | None:
    card = score(encounter, RUBRIC)
    assert_fair(card, encounter)
    return next(rating.level for rating in card.dimensions if rating.id == dimension)


def test_the_ledger_quotes_what_met_the_cue() -> None:
    first, second = ledger(talk("Hello.", "You sound lonely."))
    assert (first.state, first.code, first.quote) == ("addressed", 3, "You sound lonely.")
    assert (second.state, second.code) == ("unanswered", None)


def test_what_never_came_is_not_offered_and_no_zero() -> None:
    nothing = ended(entered(CASE))
    assert {line.state for line in ledger(nothing)} == {"not_offered"}
    assert level(nothing, "responsiveness") is None and level(nothing, "understanding") is None


def test_a_cue_at_the_very_end_is_no_zero_either() -> None:
    assert level(talk("Hello."), "understanding") is None


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        (("names_feeling",), 3),
        (("names_feeling", "focused_question"), 4),
        (("names_feeling", "advises"), 2),
        (("names_feeling", "minimises"), 1),
        (("focused_question",), 3),
        (("closed_question",), 2),
        (("stock_phrase",), 1),
        (("premature_reassurance",), 0),
        (("dismisses",), 0),
        ((), 0),
    ],
)
def test_codes(moves: tuple[str, ...], expected: int) -> None:
    seen = tuple(Observation(move, "x", 0, 1) for move in moves)
    assert code(Turn("t", LEARNER, "said", "x", 0, observations=seen), QUIET) == expected


def test_naming_at_one_moment_is_three_and_at_two_is_four() -> None:
    once = talk("Hello.", "You sound lonely.")
    twice = talk("Hello.", "You sound lonely.", "You must have been frightened.")
    assert (level(once, "understanding"), level(twice, "understanding")) == (3, 4)
    rating = score(twice, RUBRIC).dimensions[1]
    assert len({evidence.turn for evidence in rating.evidence}) == 2, "both moments are quoted"


def test_the_wrong_feeling_caps() -> None:
    assert level(talk("Hello.", "You must be angry.", "You sound lonely."), "understanding") == 1


def test_the_right_feeling_afterwards_lifts_the_cap_and_the_wrong_one_still_costs_a_level() -> None:
    dimension = replace(UNDERSTANDING, mended={"names_wrong_feeling": 3})

    def rated(*texts: str) -> Rating:
        encounter = talk("Hello.", *texts)
        return checked(rate(dimension, encounter.turns, ledger(encounter)), encounter.turns)

    mended, worse = rated("You must be angry.", "You sound lonely."), rated("You sound lonely.", "You must be angry.")
    assert (mended.level, worse.level) == (2, 1)
    assert worse.evidence[-1].quote == "You must be angry.", "what holds a mark down is quoted"
    assert "names a feeling that is not the one" in worse.rationale and "_" not in worse.rationale


def test_a_serious_blocker_is_quoted_with_the_cue_it_answers() -> None:
    encounter = talk("Hello.", "Oh, shut up now. Any pain?", "Good night.")
    rating = score(encounter, RUBRIC).dimensions[3]
    assert [(e.role, e.quote) for e in rating.evidence] == [("cue", "It gets quiet."), ("said", "Oh, shut up now.")]


def test_what_was_looked_for_is_said_where_nothing_was_found() -> None:
    rating = score(talk("Hello.", "Any pain?", "Good night."), RUBRIC).dimensions[3]
    assert rating.rationale == "None of the listed blockers was found by the rules in the 3 turns examined."


def test_seeing_to_something_urgent_is_no_blocker() -> None:
    rude = Observation("dismisses", "Hold on", 0, 7)
    turns = [Turn(f"t{n}", LEARNER, "said", "Hold on.", n, observations=(rude,)) for n in range(3)]
    urgent = [replace(t, observations=(*t.observations, Observation(URGENT, "Hold on", 0, 7))) for t in turns]
    assert (rate(BLOCKERS, turns, ()).level, rate(BLOCKERS, urgent, ()).level) == (0, 4)


def test_the_same_quote_is_shown_once() -> None:
    rude = (Observation("dismisses", "Hold", 0, 4), Observation("self_focus", "on", 5, 7))
    turns = [Turn(f"t{n}", LEARNER, "said", "Hold on.", n, observations=rude) for n in range(3)]
    assert [e.turn for e in rate(BLOCKERS, turns, ()).evidence] == ["t0", "t1", "t2"]


def test_how_the_learner_was_heard() -> None:
    here = entered(CASE).says("Hello.")
    assert score(ended(here), RUBRIC).provenance["heard"] == "typed"
    here = entered(CASE).says("Hello.").speaks("how are you", confidence=41).hears_it_all()
    about = score(ended(here), RUBRIC).provenance
    assert (about["heard"], about["lowest_confidence"]) == ("mixed", "0.41")


def test_nothing_found_cites_the_cue_it_left() -> None:
    encounter = talk("Hello.", "Any pain?", "Any allergies?")
    rating = score(encounter, RUBRIC).dimensions[1]
    assert rating.level == 0 and {evidence.role for evidence in rating.evidence} == {"cue"}


def test_blockers_are_counted_and_their_absence_cites_what_was_examined() -> None:
    assert level(talk("Hello.", "Any pain?", "Good night."), "blockers") == 4
    assert level(talk("Hello.", "My nan was the same.", "Good night."), "blockers") == 3
    assert level(talk("Hello.", "Shut up.", "Good night."), "blockers") == 2
    assert level(talk("Hello."), "blockers") is None


def test_a_quote_that_is_not_there_leaves_a_person_to_rate() -> None:
    turns = [Turn("t", LEARNER, "said", "You sound lonely.", 0)]
    rated = Rating("d", 3, "rated", (Evidence("t", LEARNER, "You sound", "said"),), "")
    assert checked(rated, turns) == rated
    for broken in (
        Evidence("t", LEARNER, "you sound", "said"),
        Evidence("u", LEARNER, "You sound", "said"),
        Evidence("t", "patient", "You sound", "said"),
        Evidence("t", LEARNER, "", "said"),
    ):
        assert checked(replace(rated, evidence=(broken,)), turns).status == "unrated"
    assert checked(replace(rated, evidence=()), turns).level is None


def test_stop_is_not_scored() -> None:
    stopped = entered(CASE).says("Hello.").take(Ended("stop")).encounter
    assert score(stopped, RUBRIC).status == "not_scored"


def test_words_that_were_hardly_recognised_count_for_nothing() -> None:
    here = entered(CASE).says("Hello.").take(SpeechBegan("c")).take(SpeechEnded("c", 900))
    here.take(SpeechHeard("c", "shut up", 20)).hears_it_all().says("Any pain?").says("Right.")
    assert level(ended(here), "blockers") == 4


def test_timing_is_counted_and_scored_nowhere() -> None:
    here = entered(CASE).speaks("how are you").hears_it_all(ms=2_000).speaks("any pain", confidence=90)
    facts = timing(here.encounter)
    assert (facts["learner_turns"], facts["open_questions"], facts["closed_questions"]) == (2, 1, 1)
    assert facts["median_pause_ms"] == 0 and facts["words_per_minute"] == 100
    assert timing(entered(CASE).encounter)["talk_share"] == 0
