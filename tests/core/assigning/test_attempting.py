"""Whether somebody may begin now, and which arm of a study they are drawn into."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.assigning.attempting import Tried, Tries, allowed, arm_for, time_for, why_not, window
from server.core.assigning.terms import Kind, Terms

OPENS, CLOSES = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)
INSTANT = timedelta(microseconds=1)


def terms(**changes: Any) -> Terms:
    given_now = {"opens": "2026-03-01T09:00", "closes": "2026-03-02T09:00", "published": True}
    return Terms("Meet Ada", "ada-brook", **{**given_now, **changes})


def done(number: int, ended: str = "learner", *, began: bool = True) -> Tried:
    return Tried(f"enc_{number}", number, began, ended)


def test_it_opens_at_its_first_instant_and_is_closed_from_its_last() -> None:
    seen = [window(terms(), at) for at in (OPENS - INSTANT, OPENS, CLOSES - INSTANT, CLOSES)]
    assert seen == ["not_open", "open", "open", "closed"]


@pytest.mark.parametrize(
    ("changes", "tries", "at", "code"),
    [
        ({}, Tries(), OPENS, ""),
        ({"published": False}, Tries(), OPENS, "not_published"),
        ({}, Tries(), OPENS - INSTANT, "not_open_yet"),
        ({}, Tries(), CLOSES, "window_closed"),
        ({}, Tries((done(1, ""),)), OPENS, "attempt_running"),
        ({}, Tries((done(1, ""),)), CLOSES, "attempt_running"),
        ({}, Tries((done(1, "", began=False),)), OPENS, "attempt_running"),
        ({}, Tries((done(1, "", began=False),)), CLOSES, "window_closed"),
        ({"attempts": 1}, Tries((done(1),)), OPENS, "no_attempts_left"),
        ({"attempts": 1}, Tries((), last=1), OPENS, "no_attempts_left"),
        ({"attempts": 1}, Tries((done(1),), extra=1), OPENS, ""),
        ({"attempts": 1}, Tries((done(1, "stop"),)), OPENS, ""),
        ({"attempts": 1, "kind": "summative"}, Tries((done(1, "stop"),)), OPENS, "no_attempts_left"),
        ({"attempts": 1, "kind": "summative"}, Tries((done(1, began=False),)), OPENS, ""),
        ({}, Tries(tuple(done(number) for number in range(1, 90))), OPENS, ""),
    ],
)
def test_who_may_begin(changes: dict[str, Any], tries: Tries, at: datetime, code: str) -> None:
    found, says = why_not(terms(**changes), tries, at)
    assert (found, bool(says)) == (code, bool(code))


@pytest.mark.parametrize(
    ("kind", "made", "may"),
    [
        ("summative", (done(1, "stop"),), True),
        ("summative", (done(1),), False),
        ("summative", (done(1, "stop"), Tried("enc_2", 2, True, "stop", equivalent=True)), False),
        ("formative", (done(1, "stop"), Tried("enc_2", 2, True, "stop", equivalent=True)), True),
        ("summative", (done(1, ""),), False),
    ],
)
def test_who_stopped_the_case_may_still_take_the_equivalent(kind: Kind, made: tuple[Tried, ...], may: bool) -> None:
    one = terms(attempts=1, kind=kind, equivalent="bo-brook")
    assert (why_not(one, Tries(made), OPENS, instead=True)[0] == "") is may
    assert why_not(terms(), Tries(), OPENS, instead=True)[0] == "no_equivalent"


def test_a_closed_course_begins_nothing_and_lateness_is_told_with_the_server_s_time() -> None:
    assert why_not(terms(), Tries(), OPENS, course_open=False)[0] == "course_closed"
    says = why_not(terms(zone="Europe/Berlin"), Tries(), CLOSES)[1]
    assert "2 March 2026, 09:00 (Europe/Berlin)" in says
    assert "10:00 (Europe/Berlin) on the server's clock" in says
    assert "may be finished" in says


def test_a_number_is_never_given_twice() -> None:
    tries = Tries((done(2),), last=4)
    assert (tries.next_number, tries.erased, tries.used("formative"), allowed(terms(), tries)) == (5, 3, 4, None)


def test_a_course_s_accommodation_goes_before_the_account_s() -> None:
    assert [time_for(150, None), time_for(150, 200), time_for(150, 0)] == [150, 200, 0]


@given(st.lists(st.integers(min_value=0, max_value=65_535), max_size=60), st.sampled_from([1, 2, 3]))
def test_arms_stay_even_whatever_the_lots(lots: list[int], how_many: int) -> None:
    arms, taken = ["personalised", "delayed", "reading_or_video"][:how_many], list[str]()
    for lot in lots:
        taken.append(arm_for(arms, taken, lot))
    sizes = [taken.count(arm) for arm in arms]
    assert max(sizes) - min(sizes) <= 1
    assert sum(sizes) == len(lots)


@pytest.mark.parametrize(
    ("kind", "instead", "may"), [("summative", True, True), ("summative", False, False), ("formative", False, True)]
)
def test_the_case_that_was_stopped_is_free_also_once_it_is_erased(kind: Kind, instead: bool, may: bool) -> None:
    one = terms(attempts=1, kind=kind, equivalent="bo-brook")
    assert (why_not(one, Tries((), 1, stopped=1), OPENS, instead=instead)[0] == "") is may
    assert why_not(one, Tries((done(2),), 2, stopped=1), OPENS, instead=instead)[0] == "no_attempts_left"
