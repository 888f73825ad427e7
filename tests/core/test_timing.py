"""Pauses and interruptions: never less than nothing, and nothing where it was not measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.encounter import Encounter
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
