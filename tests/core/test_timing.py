"""Pauses and interruptions: never less than nothing, and nothing where it was not measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.board import Track
from server.core.encounter import Encounter, Murmur
from server.core.moves import Observation
from server.core.timing import timing
from server.core.transcript import LEARNER, Turn
from tests.core.cases import case
from tests.core.rooms import entered


def talk(learner_at_ms: int, *, talked_over: bool = False, heard_ms: int = 2_000) -> Encounter:
    """The patient is heard from 0 to 3000; the learner begins at `learner_at_ms`."""
    hers = Turn("p", "ada", "said", "It gets quiet.", 0, heard_ms=3_000, talked_over=talked_over, cut=talked_over)
    own = Turn("l", LEARNER, "said", "Tell me more.", learner_at_ms, heard_ms=heard_ms)
    return replace(entered(case()).encounter, turns=(hers, own))


@pytest.mark.parametrize(
    ("began", "talked_over", "pause", "interruptions"),
    [
        (4_500, False, 1_500, 0),
        (2_950, False, 0, 0),
        (2_500, False, 0, 1),
        (1_000, True, 0, 1),
        (240, False, None, 0),
    ],
)
def test_an_overlap_is_no_pause(began: int, talked_over: bool, pause: int | None, interruptions: int) -> None:
    facts = timing(talk(began, talked_over=talked_over))
    assert (facts["median_pause_ms"], facts["interruptions_by_learner"]) == (pause, interruptions)


def test_typed_words_have_no_pause() -> None:
    assert timing(talk(4_000, heard_ms=0))["median_pause_ms"] is None


def turns(*rows: tuple[str, int, int, str]) -> Encounter:
    """Who, from when, for how long, what."""
    made = [Turn(f"t{n}", who, "said", text, at, heard_ms=ms) for n, (who, at, ms, text) in enumerate(rows)]
    return replace(entered(case()).encounter, turns=tuple(made))


FIVE = "one two three four five"


def test_a_patient_who_breaks_in_is_not_the_learners_interruption() -> None:
    broke_in = turns((LEARNER, 0, 2_000, FIVE), ("ada", 3_000, 400, ""), (LEARNER, 3_350, 2_000, FIVE))
    facts = timing(broke_in)
    assert (facts["interruptions_by_patient"], facts["interruptions_by_learner"]) == (1, 0)
    over = turns((LEARNER, 0, 2_000, FIVE), ("ada", 1_500, 3_000, "Yes."), (LEARNER, 6_000, 1_000, FIVE))
    assert (timing(over)["interruptions_by_patient"], timing(over)["overlaps"]) == (1, 1)
    answered = turns((LEARNER, 0, 2_000, FIVE), ("ada", 3_000, 3_000, "Yes."), (LEARNER, 3_500, 1_000, FIVE))
    assert timing(answered)["interruptions_by_patient"] == 0


def test_what_is_said_after_resuming_is_not_counted_twice() -> None:
    first, hers, again = turns((LEARNER, 0, 2_000, FIVE), ("ada", 3_000, 400, "No"), (LEARNER, 3_300, 900, FIVE)).turns
    cut_in = replace(again, observations=(Observation("interrupts", FIVE, 0, len(FIVE)),))
    encounter = replace(entered(case()).encounter, turns=(first, replace(hers, talked_over=True), cut_in))
    facts = timing(encounter)
    assert (facts["interruptions_by_patient"], facts["interruptions_by_learner"], facts["overlaps"]) == (1, 0, 1)


def test_shares_by_time_only_where_all_was_spoken() -> None:
    spoken = timing(turns(("ada", 0, 1_000, FIVE), (LEARNER, 2_000, 3_000, FIVE)))
    assert (spoken["talk_share"], spoken["talk_share_time"]) == (0.5, 0.75)
    mixed = timing(turns(("ada", 0, 1_000, FIVE), (LEARNER, 2_000, 0, FIVE)))
    assert (mixed["talk_share"], mixed["talk_share_time"]) == (0.5, None)


def test_pauses_apart_after_a_cue() -> None:
    rows = (("ada", 0, 1_000, "a"), (LEARNER, 1_500, 500, "b"), ("ada", 3_000, 1_000, "c"), (LEARNER, 8_000, 500, "d"))
    encounter = turns(*rows)
    facts = timing(encounter)
    assert (facts["median_pause_ms"], facts["longest_pause_ms"], facts["median_pause_after_cue_ms"]) == (
        2_250,
        4_000,
        None,
    )
    board = replace(encounter.board, tracks={"B1": Track("heard", 1, "t2")})
    assert timing(replace(encounter, board=board))["median_pause_after_cue_ms"] == 4_000


def test_pace_over_all_and_of_the_slowest_and_fastest_turn() -> None:
    facts = timing(turns((LEARNER, 0, 1_000, FIVE), (LEARNER, 2_000, 3_000, FIVE), (LEARNER, 6_000, 100, "Yes.")))
    paces = [facts[name] for name in ("words_per_minute", "slowest_words_per_minute", "fastest_words_per_minute")]
    assert paces == [161, 100, 300]
    assert facts["longest_monologue_ms"] == 4_100, "with nobody between them these are one"
    broken = timing(turns((LEARNER, 0, 1_000, FIVE), ("ada", 2_000, 900, "Mm."), (LEARNER, 3_000, 1_500, FIVE)))
    assert broken["longest_monologue_ms"] == 1_500


def test_murmurs_are_counted_and_are_no_turns() -> None:
    encounter = turns(("ada", 0, 4_000, FIVE), (LEARNER, 5_000, 900, FIVE))
    heard = replace(encounter, murmurs=(Murmur("m1", "mm-hm", 2_000, 300, "t0"),))
    assert (timing(heard)["backchannels"], timing(heard)["learner_turns"], timing(heard)["overlaps"]) == (1, 1, 0)


def test_what_a_keyboard_cannot_tell_is_not_told() -> None:
    facts = timing(turns(("ada", 0, 0, FIVE), (LEARNER, 2_000, 0, FIVE)))
    told = {name for name, value in facts.items() if value is not None}
    assert told == {
        "encounter_ms", "learner_turns", "learner_words", "talk_share", "open_questions", "closed_questions",
        "silences_held", "interruptions_by_learner",
    }  # fmt: skip
