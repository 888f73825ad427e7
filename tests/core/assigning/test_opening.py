"""When marks are open to their learner, and when an attempt is due for erasure."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from server.core.assigning.opening import Stand, open_since, why_withheld
from server.core.assigning.retention import Kept, due
from server.core.assigning.terms import Release, Retention, Study, Terms

ENDED = datetime(2026, 3, 1, 10, tzinfo=UTC)
DAY = timedelta(days=1)
OWED = datetime(2026, 5, 1, 9, tzinfo=UTC)
STUDY = Study(("personalised", "delayed"), "REC 2026-14", "2026-05-01T09:00")


def terms(release: Release = "immediate", **changes: Any) -> Terms:
    at = "2026-04-01T09:00" if release == "date" else ""
    return Terms("Meet Ada", "ada-brook", release=release, release_at=at, **changes)


@pytest.mark.parametrize(
    ("release", "stand", "at", "open_now"),
    [
        ("immediate", Stand(ENDED), ENDED, True),
        ("after_signoff", Stand(ENDED), ENDED, False),
        ("after_signoff", Stand(ENDED, signed_at=ENDED), ENDED + 99 * DAY, False),
        ("after_signoff", Stand(ENDED, ENDED, ENDED + DAY), ENDED + DAY, True),
        ("date", Stand(ENDED, signed_at=ENDED), ENDED, False),
        ("date", Stand(ENDED, signed_at=ENDED), ENDED + 40 * DAY, True),
        ("date", Stand(ENDED), ENDED + 40 * DAY, False),
        ("date", Stand(ENDED, ENDED, ENDED), ENDED, True),
    ],
)
def test_marks_wait_for_their_release(release: Release, stand: Stand, at: datetime, open_now: bool) -> None:
    assert (why_withheld(terms(release), stand, at) == "") is open_now
    assert (open_since(terms(release), stand, at) is not None) is open_now


@pytest.mark.parametrize("arm", ["delayed", "reading_or_video"])
def test_an_arm_withholds_until_the_day_or_until_it_is_given(arm: str) -> None:
    made, stand = terms(study=STUDY), Stand(ENDED, arm=arm)
    assert "1 May 2026, 09:00 (UTC)" in why_withheld(made, stand, OWED - DAY)
    assert why_withheld(made, stand, OWED) == ""
    assert open_since(made, stand, OWED) == OWED
    given = replace(stand, given_at=OWED - 2 * DAY)
    assert open_since(made, given, OWED - DAY) == OWED - 2 * DAY
    signed_off = replace(made, release="after_signoff")
    assert why_withheld(signed_off, given, OWED - DAY) == why_withheld(signed_off, Stand(ENDED), OWED - DAY) != ""
    assert why_withheld(made, replace(stand, arm="personalised"), ENDED) == ""


def kept(rule: Retention, stand: Stand | None = None, made: Terms | None = None, **changes: Any) -> Kept:
    return Kept("enc_1", made or terms(retention=rule), Retention("days", 7), stand or Stand(ENDED), **changes)


RULES = [
    (kept(Retention("none")), timedelta(hours=24)),
    (kept(Retention("none"), read_at=ENDED + timedelta(hours=2)), timedelta(hours=3)),
    (kept(Retention("none"), read_at=ENDED + timedelta(hours=23.5)), timedelta(hours=24)),
    (kept(Retention("debrief_only", 3)), 3 * DAY),
    (
        kept(Retention("debrief_only", 3), Stand(ENDED, ENDED, ENDED + 5 * DAY),
             terms("after_signoff", retention=Retention("debrief_only", 3))), 8 * DAY
    ),
    (kept(Retention("days", 30)), 30 * DAY),
    (kept(Retention("course")), 7 * DAY),
    (kept(Retention("days", 1), Stand(ENDED, arm="delayed"), terms(retention=Retention("days", 1), study=STUDY)),
     OWED + DAY - ENDED),
]  # fmt: skip


@pytest.mark.parametrize(("one", "after"), RULES)
def test_an_attempt_is_erased_when_its_time_is_over_and_not_before(one: Kept, after: timedelta) -> None:
    assert due([one], ENDED + after - timedelta(seconds=1)) == []
    assert [each.since for each in due([one], ENDED + after)] == [ENDED + after]


@pytest.mark.parametrize(
    "changes",
    [
        {"held": True},
        {"held": True, "held_until": ENDED + 5000 * DAY},
        {"appealed": True},
        {"stand": Stand()},
    ],
)
def test_what_is_held_appealed_or_running_is_never_due(changes: dict[str, Any]) -> None:
    for one, _ in RULES:
        assert due([replace(one, **changes)], ENDED + 4000 * DAY) == []


def test_a_hold_that_is_over_holds_nothing_and_what_waits_for_marks_is_kept_for_its_debrief() -> None:
    once = kept(Retention("days", 1), held=True, held_until=ENDED + 10 * DAY)
    assert due([once], ENDED + 9 * DAY) == []
    assert [each.encounter_id for each in due([once], ENDED + 10 * DAY)] == ["enc_1"]
    waiting = kept(Retention("debrief_only", 1), None, terms("after_signoff", retention=Retention("debrief_only", 1)))
    assert due([waiting], ENDED + 400 * DAY) == []
