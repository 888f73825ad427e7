"""A cohort's figures against ones worked out by hand; and who is kept back."""

from typing import Any

import pytest

from server.assess.boxes import box
from server.assess.calibrating.marks import Scale
from server.assess.cohorts.agreeing import FEWEST_PAIRS, between_people, graders, with_draft
from server.assess.cohorts.exemplars import MOST, exemplars
from server.assess.cohorts.seen import Seen, groups_shown, newest_scored, signed_shown
from server.assess.cohorts.telling import gaps, timing
from server.assess.cohorts.uncertain import share

SCALE = Scale("warmth", "Warmth", 0, 4)
BLOCKERS = Scale("blockers", "Blockers", 0, 4, better="low")


def card(level: int | None, status: str = "draft", **timed: float) -> dict[str, Any]:
    said = {"turn": "t1", "speaker": "learner", "quote": f"words at {level}", "role": "said"}
    line = {"id": "warmth", "level": level, "status": "rated", "evidence": [said], "rationale": ""}
    return {"status": status, "dimensions": [line], "timing": timed}


def seen(number: int, level: int = 2, **values: Any) -> Seen:
    return Seen(f"enc_{number}", f"learner_{number}", **{"card": card(level), **values})


def test_a_share_has_the_interval_of_wilson() -> None:
    found = share(5, 12)
    assert found.low == pytest.approx(0.1933, abs=5e-4) and found.high == pytest.approx(0.6805, abs=5e-4)
    none, every = share(0, 10), share(10, 10)
    assert none.low == 0 and every.high == pytest.approx(1) and none.high == pytest.approx(0.2775, abs=5e-4)
    assert share(0, 0).value is None
    assert vars(box([1, 2, 3, 4, 9])) == {"lowest": 1, "lower": 2, "middle": 3, "upper": 4, "highest": 9}


def test_one_encounter_of_each_learner_and_only_what_is_scored() -> None:
    again = Seen("enc_later", "learner_1", card=card(4))
    stopped = Seen("enc_last", "learner_1", card=card(None, "not_scored"))
    found = newest_scored([seen(1), seen(2), again, stopped, Seen("enc_3", "learner_3")])
    assert [each.encounter_id for each in found] == ["enc_later", "enc_2"]


@pytest.mark.parametrize(
    ("groups", "shown"),
    [("AAAAABBBBB", ("A", "B")), ("AAAAAB", ()), ("AAAAABBBBBBC", ("B",)), ("AAAA", ()), ("AAAAABBBBB    ", ("B",)),
     ("AAAAA     ", ("A",))],
)  # fmt: skip
def test_no_group_is_shown_from_which_a_small_one_could_be_told(groups: str, shown: tuple[str, ...]) -> None:
    found = groups_shown([seen(number, group=group.strip()) for number, group in enumerate(groups)])
    assert found == shown


@pytest.mark.parametrize(
    ("signed", "drafts", "group", "shown"),
    [
        ("AAAAA", "", "", True),
        ("AAAAA", "AAAA", "", False),  # the four could be told by subtraction
        ("AAAA", "AAAAA", "", False),
        ("AAAAA", "BBBBB", "", True),
        ("AAAAABBBBB", "AAAAA", "A", True),
        ("AAAAABBBBB", "AAAAA", "B", True),
        ("AAAAABB", "AAAAA", "A", False),  # and so could the two of B
        ("AAAAABBBBB", "AAAAABB", "A", False),
        ("AAAAABBBBB", "AAAAABB", "B", False),
    ],
)
def test_signed_marks_stand_alone_where_no_few_drafts_could_be_told(
    signed: str, drafts: str, group: str, shown: bool
) -> None:
    kinds = [(each, "signed") for each in signed] + [(each, "draft") for each in drafts]
    every = [seen(n, group=each, card=card(2, status)) for n, (each, status) in enumerate(kinds)]
    assert signed_shown(every, group) is shown


def test_agreement_stands_beside_a_rater_who_always_gives_the_commonest_level() -> None:
    marks = [(1, 1), (2, 2), (2, 2), (2, 2), (3, 3), (1, 2), (2, 2), (2, 2), (3, 2), (2, 2)]
    both = [
        seen(n, a, sheets=(("anna", {"warmth": a}), ("berg", {"warmth": b})), draft=card(a))
        for n, (a, b) in enumerate(marks)
    ]
    (found,) = between_people(both, [SCALE])
    assert found.exact and found.constant and found.kappa.value is not None
    assert (found.n, found.exact.count, found.constant.count) == (10, 8, 8)
    assert found.kappa.value == pytest.approx(1 - 2 / 6) and found.kappa.low is not None
    (drafted,) = with_draft(both, [SCALE])
    assert drafted.exact and drafted.exact.count == 10
    (few,) = between_people(both[: FEWEST_PAIRS - 1], [SCALE])
    assert (few.n, few.exact, few.kappa.value) == (9, None, None)


def test_a_milder_grader_stands_to_the_right_whichever_way_a_scale_runs() -> None:
    both = [
        seen(n, sheets=(("strict", {"warmth": 1, "blockers": 4}), ("mild", {"warmth": 3, "blockers": 2})))
        for n in range(5)
    ]
    found = {each.letter: each.apart.middle for each in graders(both, [SCALE, BLOCKERS]) if each.apart}
    assert found == {"A": 2, "B": -2}
    assert [each.apart for each in graders(both[:4], [SCALE])] == [None, None]


def test_gaps_and_times_are_told_of_five_learners_or_not_at_all() -> None:
    five = [
        seen(n, 2, self_rating={"warmth": own}, card=card(2, open_questions=n)) for n, own in enumerate((1, 2, 3, 3, 4))
    ]
    (gap,) = gaps(five, [SCALE])
    assert (gap.n, gap.counts) == (5, {-1: 1, 0: 1, 1: 2, 2: 1}) and gap.mean.value == pytest.approx(0.6)
    (timed,) = timing(five)
    assert (timed.n, timed.box.middle, timed.words) == (5, 2, ("1", "2", "3"))
    assert gaps(five[:4], [SCALE]) == [] and timing(five[:4]) == []


def test_words_are_quoted_of_signed_marks_near_the_best_of_who_agreed() -> None:
    many = [seen(n, card=card(4, "signed"), may_show=True) for n in range(MOST + 2)]
    many += [seen(50, card=card(2, "signed"), may_show=True), seen(51, card=card(4), may_show=True)]
    many += [seen(52, card=card(4, "signed"))]
    found = exemplars(many, [SCALE], lambda learner, words: f"{words} of {learner[:7]}")
    assert [each.quote for each in found] == ["words at 4 of learner"] * MOST
