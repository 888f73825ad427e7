"""The terms of an assignment: what goes together, and what may change once somebody has begun."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from server.core.assigning.checking import check, check_change
from server.core.assigning.terms import Retention, Study, Terms
from server.core.assigning.zones import told
from server.core.errors import Conflict, RequestError

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
STUDY = Study(("personalised", "delayed"), "REC 2026-14", "2026-05-01T09:00")


def terms(**changes: Any) -> Terms:
    return Terms("Meet Ada", "ada-brook", **changes)


def test_wall_time_means_the_zone_also_across_a_change_of_the_clocks() -> None:
    made = terms(zone="Europe/Berlin", opens="2026-03-28T09:00", closes="2026-03-30T09:00")
    assert made.opens_at == datetime(2026, 3, 28, 8, tzinfo=UTC)
    assert made.closes_at == datetime(2026, 3, 30, 7, tzinfo=UTC)
    assert told(datetime(2026, 3, 30, 7, tzinfo=UTC), "Europe/Berlin") == "30 March 2026, 09:00 (Europe/Berlin)"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"zone": "Europe/Atlantis"}, "zone"),
        ({"zone": "../../etc/passwd"}, "zone"),
        ({"opens": "tomorrow"}, "opens"),
        ({"opens": "2026-03-01T09:00+01:00"}, "opens"),
        ({"closes": "9999-12-31T23:59"}, "closes"),
        ({"zone": "Europe/Berlin", "closes": "2026-03-29T02:30"}, "closes"),
        ({"opens": "2026-03-02T09:00", "closes": "2026-03-02T09:00"}, "closes"),
        ({"release": "date"}, "release_at"),
        ({"release_at": "2026-03-02T09:00"}, "release_at"),
        ({"closes": "2026-03-03T09:00", "release": "date", "release_at": "2026-03-02T09:00"}, "release_at"),
        ({"kind": "summative", "retention": Retention("none")}, "retention"),
        ({"release": "after_signoff", "retention": Retention("none")}, "retention"),
        ({"retention": Retention("none"), "study": STUDY}, "retention"),
        ({"equivalent": "ada-brook"}, "equivalent"),
        ({"study": Study(())}, "study.arms"),
        ({"study": Study(("personalised", "personalised"))}, "study.arms"),
        ({"study": replace(STUDY, ethics=" ")}, "study.ethics"),
        ({"study": Study(("reading_or_video",), "", "2026-05-01T09:00", "Chapter 3")}, "study.ethics"),
        ({"study": Study(("reading_or_video",), "REC 1", "2026-05-01T09:00")}, "study.reading"),
        ({"study": replace(STUDY, owed_by="")}, "study.owed_by"),
        ({"closes": "2026-06-01T09:00", "study": STUDY}, "study.owed_by"),
    ],
)
def test_what_does_not_go_together_is_refused_by_its_field(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(RequestError) as refused:
        check(terms(**changes))
    assert refused.value.field == field


def test_a_study_that_withholds_nothing_needs_no_approval() -> None:
    check(terms(study=Study(("personalised",))))
    check(terms(study=STUDY, closes="2026-04-01T09:00"))


BEGUN = terms(
    opens="2026-03-01T09:00", closes="2026-04-01T09:00", attempts=2, release="date", release_at="2026-04-05T09:00"
)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Another", "instructions": "Read first.", "draft": "shown", "second_marking": True},
        {"opens": "", "closes": "2026-04-02T09:00", "attempts": 3},
        {"closes": "", "attempts": 0},
        {"equivalent": "bo-brook"},
        {"release_at": "2026-04-20T09:00"},
        {"release": "after_signoff", "release_at": ""},
        {"release": "immediate", "release_at": ""},
    ],
)
def test_what_hurts_nobody_may_change(changes: dict[str, Any]) -> None:
    check_change(BEGUN, replace(BEGUN, **changes), NOW)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"case_id": "other"}, "case_id"),
        ({"kind": "summative"}, "kind"),
        ({"portrayal": "assessment"}, "portrayal"),
        ({"zone": "Asia/Tokyo"}, "zone"),
        ({"opens": "2026-03-02T09:00"}, "opens"),
        ({"closes": "2026-03-31T09:00"}, "closes"),
        ({"attempts": 1}, "attempts"),
        ({"retention": Retention("days", 1000)}, "retention"),
        ({"study": STUDY}, "study"),
        ({"published": True}, "published"),
    ],
)
def test_what_may_hurt_somebody_may_not(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(Conflict) as refused:
        check_change(BEGUN, replace(BEGUN, **changes), NOW)
    assert (refused.value.code, refused.value.field) == ("would_hurt", field)


def test_an_equivalent_that_was_offered_stays_offered() -> None:
    offered = replace(BEGUN, equivalent="bo-brook")
    for other in ("", "cy-brook"):
        with pytest.raises(Conflict, match="somebody may have taken it"):
            check_change(offered, replace(offered, equivalent=other), NOW)


def test_marks_that_were_shown_are_not_taken_back() -> None:
    later = datetime(2026, 4, 6, tzinfo=UTC)
    for shown, now in ((replace(BEGUN, release="immediate", release_at=""), NOW), (BEGUN, later)):
        with pytest.raises(Conflict, match="not taken back"):
            check_change(shown, replace(shown, release="after_signoff", release_at=""), now)


def test_what_a_study_owes_may_come_sooner_and_not_later() -> None:
    begun = terms(study=STUDY)
    check_change(begun, replace(begun, study=replace(STUDY, owed_by="2026-04-30T09:00")), NOW)
    for study in (replace(STUDY, owed_by="2026-05-02T09:00"), replace(STUDY, arms=("delayed",)), None):
        with pytest.raises(Conflict):
            check_change(begun, replace(begun, study=study), NOW)
