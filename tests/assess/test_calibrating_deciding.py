"""Decisions: what is shown to be as good as people is drafted, what is off by a constant is moved, the rest stops."""

from __future__ import annotations

import numpy as np
import pytest

from server.assess.calibrating.deciding import decide, plain, said
from server.assess.calibrating.figures import Figure
from server.assess.calibrating.levels import candidates
from server.assess.calibrating.marks import DRAFT
from server.assess.calibrating.study import Study, study
from tests.assess.calibrating import SCALE, Made, given, studied

STEADY = [n % 5 for n in range(40)]
NEAR = [*STEADY[:30], *(max(0, level - 1) for level in STEADY[30:])]


def of(draft: list[int | None], ada: list[int] = STEADY, ben: list[int] = NEAR) -> Study:
    return study(given({"Ada": ada, "Ben": ben, DRAFT: draft}), SCALE)


def moved(by: int) -> list[int | None]:
    return [min(4, max(0, level + by)) for level in STEADY]


def test_a_draft_like_a_person_is_kept() -> None:
    found = decide(of([*NEAR]))
    assert (found.outcome, found.recalibration, found.tried) == ("kept", None, ())
    assert "against your faculty's" in found.because and "n 40" in found.because


def test_a_draft_that_reads_worse_is_stopped_with_both_figures() -> None:
    found = decide(studied(Made(DRAFT, noise=2.5), n=60))
    assert found.outcome == "stopped"
    assert found.agreement is not None and found.ceiling is not None
    assert f"agreement {plain(found.agreement)} against your faculty's {plain(found.ceiling)}, n 60" in found.because


@pytest.mark.parametrize(("seed", "outcome"), [(5, "stopped"), (6, "kept")])
def test_a_tenth_below_the_ceiling_is_too_much_and_less_is_not(seed: int, outcome: str) -> None:
    found = studied(Made(DRAFT, noise=1.0), 30, seed)
    assert found.gap.value is not None and found.gap.high is not None
    assert found.gap.high > 0, "so that the distance alone decides"
    assert (found.gap.value < -0.10) is (outcome == "stopped") and found.gap.value < -0.05
    assert decide(found).outcome == outcome


def test_less_than_a_tenth_is_too_much_where_it_is_sure() -> None:
    found = studied(Made(DRAFT, noise=1.0), 900)
    assert found.gap.value is not None and found.gap.value > -0.10 and found.gap.below_zero
    assert decide(found).outcome == "stopped"


def test_a_draft_a_level_too_generous_is_moved_by_one() -> None:
    found = decide(of(moved(1)))
    assert found.outcome == "recalibrated" and found.recalibration
    assert found.recalibration.words == "-1"
    assert dict(found.recalibration.levels) == {0: 0, 1: 0, 2: 1, 3: 2, 4: 3}
    assert found.recalibration.gain > 0.1 and "leave-one-out" in found.because


def test_it_may_be_left_where_it_is() -> None:
    study = of(moved(1))
    found = decide(study, recalibrate=False)
    assert found.recalibration is None and found.outcome == "stopped"
    assert [each.kind for each in found.tried] == ["shift", "line"], "what it would have gained is told all the same"


def test_a_shown_bias_that_is_small_is_left() -> None:
    draft: list[int | None] = [*STEADY]
    for place in (1, 6, 11, 16, 21):
        draft[place] = 2
    found = of(draft)
    assert found.draft and found.draft.bias.above_zero
    assert decide(found).tried == ()


def test_a_draft_without_sense_gains_nothing_from_being_moved() -> None:
    sense = np.random.default_rng(2).integers(3, 5, 40)
    found = decide(of([int(level) for level in sense]))
    assert found.outcome == "stopped" and "constant answer" in found.because
    assert found.tried and found.recalibration is None


def test_a_constant_draft_is_stopped() -> None:
    found = decide(of([2] * 40))
    assert found.outcome == "stopped" and "constant answer" in found.because


@pytest.mark.parametrize("n", [10, 29])
def test_below_thirty_nothing_is_decided(n: int) -> None:
    found = decide(studied(Made(DRAFT, noise=20), n=n))
    assert (found.outcome, found.agreement) == ("undecided", None)
    assert "30" in found.because


def test_where_people_do_not_agree_there_is_no_standard() -> None:
    draw = np.random.default_rng(5)
    ada, ben = (draw.integers(0, 5, 40).tolist() for _ in range(2))
    found = decide(of([*ada], ada, ben))
    assert found.outcome == "stopped" and "no standard" in found.because


def test_where_people_give_one_level_nothing_can_be_known() -> None:
    found = decide(of([3] * 40, [3] * 40, [3] * 40))
    assert found.outcome == "undecided" and "vary" in found.because


def test_without_a_draft_there_is_nothing_to_decide() -> None:
    assert decide(studied(None)).outcome == "undecided"


def test_a_gain_is_one_on_transcripts_that_were_not_fitted_on() -> None:
    """Half of the drafts are a level too high: without one of these no shift is best, without another -1 is."""
    theirs = [n % 3 + 1 for n in range(40)]
    draft = [level + n % 2 for n, level in enumerate(theirs)]
    shift = candidates(of([*draft], theirs, theirs).compared, SCALE)[0]
    assert [*shift.levels.values()] == [0, 1, 2, 3, 4], "fitted on all, it moves nothing and would gain nothing"
    assert shift.gain < -0.1


def test_figures_are_written_in_the_field_s_way() -> None:
    assert [plain(each) for each in (0.583, -0.2, 1.0, -0.001, 12.5, None)] == [
        ".58",
        "-.20",
        "1.00",
        ".00",
        "12.50",
        "unknown",
    ]
    assert said(Figure(0.5, 0.1, 0.75)) == ".50 (.10 to .75)"
    assert said(Figure(0.0, 0.0, 0.0)) == ".00"
