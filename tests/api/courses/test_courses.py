"""A course over the API: its people, its assignments, attempts in their window, marks that wait for their release."""

import asyncio

import pytest

from server.api.courses.attempts import refuse_late
from server.core.errors import Conflict
from server.core.events import Ended, Entered
from tests.api.courses_lab import FORM, Answer, Lab
from tests.api.encounters.test_encounters import played
from tests.api.house import Shelf
from tests.api.lab import an_assignment
from tests.api.marking_house import marking_shelf


async def test_a_course_from_nothing_to_its_people(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    colleague, stranger = await lab.somebody("Dr Cole", "faculty"), await lab.somebody("Dr Dun", "faculty")
    made = await teacher.asks("POST", "/courses", 201, title=" Year  2 ", groups=["A", "A", " "])
    assert (made["title"], made["groups"], made["staff"], made["edition"]) == ("Year 2", ["A"], 1, 1)
    path = f"/courses/{made['id']}"
    problem = await teacher.asks("POST", f"{path}/people", 422, sign_ins=[ann.account.sign_in, "nobody@here"])
    assert (problem["field"], "nobody@here" in problem["message"]) == ("sign_ins", True)
    assert len(await teacher.asks("GET", f"{path}/people")) == 1, "all of them or none"
    everybody = await teacher.asks(
        "POST", f"{path}/people", sign_ins=[ann.account.sign_in.upper(), lab.people["Bo"].account.sign_in], group="A"
    )
    assert [(each["name"], each["part"], each["group"]) for each in everybody] == [
        ("Dr Berg", "staff", ""), ("Ann", "learner", "A"), ("Bo", "learner", "A"),
    ]  # fmt: skip
    assert (
        await teacher.refused("POST", f"{path}/people", 422, sign_ins=[ann.account.sign_in], part="staff")
        == "not_staff"
    )
    await teacher.asks("POST", f"{path}/people", sign_ins=[colleague.account.sign_in], part="staff")
    at_ann = f"{path}/people/{ann.account.id}"
    changed = await colleague.asks("PUT", at_ann, part="learner", time_percent=150, text_mode=True, extra_attempts=1)
    assert (changed["time_percent"], changed["text_mode"], changed["group"]) == (150, True, "")
    assert await colleague.refused("PUT", at_ann, 422, part="learner", group="Z") == "no_group"
    assert {card["title"] for card in await ann.asks("GET", "/courses")} == {"Year 1", "Year 2"}
    for method, route in (("GET", path), ("GET", f"{path}/people"), ("GET", f"{path}/assignments")):
        assert await ann.refused(method, route, 403) == "not_your_role"
        assert await stranger.refused(method, route, 404) == "course_not_found"
    whole: Answer = {"title": "Year 2", "open": False, "retention": {"kind": "debrief_only", "days": 3}}
    assert (await colleague.asks("PUT", path, edition=1, **whole))["edition"] == 2
    assert await teacher.refused("PUT", path, edition=1, **whole) == "changed_meanwhile"
    assert await teacher.refused("POST", f"{path}/assignments", **FORM) == "course_closed"


async def test_a_learner_begins_in_the_window_and_nowhere_else(lab: Lab) -> None:
    """The server's clock is at 1 January, 00:00 UTC, which is 01:00 in Berlin."""
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    window = {"zone": "Europe/Berlin", "opens": "2026-01-02T09:00", "closes": "2026-01-03T09:00", "attempts": 1}
    made = await teacher.asks(
        "POST", f"/courses/{lab.course_id}/assignments", 201, **FORM, **window, kind="summative",
        portrayal="assessment", release="after_signoff",
    )  # fmt: skip
    path = f"/assignments/{made['id']}"
    assert (made["pinned"], made["case_version"], made["opens_at"]) == (True, "1.0.0", "2026-01-02T08:00:00Z")
    (mine,) = await ann.asks("GET", "/assignments")
    assert (mine["state"], mine["may_begin"], mine["attempts_allowed"]) == ("not_open", False, 1)
    assert "counts towards a grade" in mine["kind_words"]
    assert "1 January 2026, 01:00 (Europe/Berlin)" in mine["why_not"]
    assert "Dr Berg" in mine["seen_by_words"]
    assert await ann.refused("POST", f"{path}/attempts") == "not_open_yet"
    await lab.later(hours=32)
    asked = [ann.visitor.post(f"/api{path}/attempts", json={"acknowledged": True}) for _ in range(3)]
    answers = await asyncio.gather(*asked)
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    encounter_id = next(each.json()["id"] for each in answers if each.status_code == 201)
    mine = await ann.asks("GET", f"{path}/mine")
    assert (mine["go_on"], mine["may_begin"], mine["attempts_used"]) == (encounter_id, False, 1)
    begun = await lab.given.rooms.snapshot(encounter_id)
    assert (begun.portrayal, begun.case.digest) == ("assessment", lab.given.shelf.cases["ada-brook"].digest)
    bo = lab.people["Bo"]
    assert await bo.refused("POST", f"{path}/attempts", 422, acknowledged=False) == "not_acknowledged"
    at_the_door = (await bo.asks("POST", f"{path}/attempts", 201))["id"]
    await refuse_late(lab.given, at_the_door)
    await lab.given.rooms.offer(encounter_id, Entered())
    await lab.later(hours=24)
    await refuse_late(lab.given, encounter_id)
    with pytest.raises(Conflict, match="This closed on 3 January 2026"):
        await refuse_late(lab.given, at_the_door)
    assert (await bo.asks("GET", f"{path}/mine"))["go_on"] == ""
    await lab.given.rooms.offer(encounter_id, Ended("learner"))
    await ann.asks("POST", f"/encounters/{encounter_id}/reflection")
    assert (await ann.asks("GET", f"{path}/mine"))["attempts"][0]["phase"] == "done", "what had begun may be finished"
    assert await ann.refused("POST", f"{path}/attempts") == "window_closed"
    assert await bo.refused("POST", f"{path}/attempts") == "window_closed"
    assert await teacher.refused("POST", f"{path}/attempts", 403) == "learners_only"
    later = await lab.somebody("Dr Dun", "faculty", "student")
    for method, route in (
        ("GET", path),
        ("GET", f"{path}/mine"),
        ("GET", f"{path}/status"),
        ("POST", f"{path}/attempts"),
    ):
        assert await later.refused(method, route, 404) == "assignment_not_found"


async def test_who_is_taken_out_in_the_middle_finishes_what_they_began(lab: Lab) -> None:
    """Nor does closing the course end it: nobody begins anything any more, and who is in goes on."""
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await an_assignment(lab.given, lab.course_id)
    begun = [(who, (await who.asks("POST", f"/assignments/{made.id}/attempts", 201))["id"]) for who in (ann, bo)]
    await teacher.asks("DELETE", f"/courses/{lab.course_id}/people/{ann.account.id}", 204)
    await teacher.asks("PUT", f"/courses/{lab.course_id}", edition=1, title="Year 1", open=False)
    assert (await bo.asks("GET", f"/assignments/{made.id}/mine"))["go_on"] == begun[1][1]
    assert await ann.asks("GET", "/assignments") == []
    for who, encounter_id in begun:
        await played(lab.given, encounter_id)
        await who.asks("POST", f"/encounters/{encounter_id}/reflection")
        assert (await who.asks("GET", f"/encounters/{encounter_id}/scorecard"))["status"] == "draft"
        assert (await who.asks("GET", f"/encounters/{encounter_id}/assigned"))["title"] == "Meet Ada"
    rows = (await teacher.asks("GET", f"/assignments/{made.id}/status"))["rows"]
    assert [(row["name"], row["state"]) for row in rows] == [("Ann", "reflected"), ("Bo", "reflected")]


async def test_accommodations_are_applied_unasked(lab: Lab) -> None:
    ann, given = lab.people["Ann"], lab.given
    made = await an_assignment(given, lab.course_id)
    await given.store.people.change(ann.account.id, time_percent=150)
    first = await ann.asks("POST", f"/assignments/{made.id}/attempts", 201)
    assert (first["time_percent"], first["text_mode"]) == (150, False)
    assert await ann.refused("DELETE", f"/encounters/{first['id']}", 403) == "staff_only"
    await played(given, first["id"])
    await given.store.courses.change_member(lab.course_id, ann.account.id, "local", time_percent=0, text_mode=True)
    second = await ann.asks("POST", f"/assignments/{made.id}/attempts", 201)
    assert (second["time_percent"], second["text_mode"], second["number"]) == (0, True, 2)
    assert (await given.rooms.snapshot(second["id"])).time_percent == 0


async def test_everybody_meets_the_case_as_it_was_published(lab: Lab, shelf: Shelf) -> None:
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **FORM)
    path = f"/assignments/{made['id']}"
    first = await lab.attempt(ann, made["id"])
    cases = dict(shelf.cases)
    cases["ada-brook"] = cases["at-once"]
    shelf.cases = cases
    second = await lab.attempt(bo, made["id"])
    digests = {(await lab.given.store.read(each))[0].digest for each in (first, second)}
    assert digests == {marking_shelf().cases["ada-brook"].digest}
    problem = await teacher.asks("PUT", path, 409, edition=1, **FORM | {"case_id": "dated", "title": "Another"})
    assert (problem["code"], problem["field"]) == ("would_hurt", "case_id")
    changed = await teacher.asks("PUT", path, edition=1, **FORM | {"title": "Another"})
    assert (changed["title"], changed["case_version"], changed["attempts_made"]) == ("Another", "1.0.0", 2)
    assert await teacher.refused("DELETE", path) == "has_attempts"


async def test_the_rubric_that_was_chosen_makes_the_draft(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    form = FORM | {"case_id": "two-rubrics"}
    for rubric, drafted in (("", "small"), ("second", "second")):
        made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **form, rubric=rubric)
        card = await ann.asks("GET", f"/encounters/{await lab.attempt(ann, made['id'])}/scorecard")
        assert card["rubric"]["id"] == drafted


async def test_what_an_assignment_may_not_be(lab: Lab) -> None:
    teacher = lab.people["Dr Berg"]
    path = f"/courses/{lab.course_id}/assignments"
    wrong: list[tuple[Answer, str]] = [
        ({"case_id": "nobody"}, "case_id"), ({"title": " "}, "title"), ({"zone": "Moon/Crater"}, "zone"),
        ({"rubric": "other"}, "rubric"), ({"variant": "none-such"}, "variant"), ({"attempts": 1 << 40}, "attempts"),
        ({"study": {"arms": ["delayed"], "owed_by": "2026-02-01T09:00"}}, "study.ethics"),
        ({"grade": 100}, "grade"),
    ]  # fmt: skip
    for changes, field_name in wrong:
        problem = await teacher.asks("POST", path, 422, **FORM | changes)
        assert problem["field"] == field_name
    assert await teacher.asks("GET", path) == [], "nothing half-applied"
