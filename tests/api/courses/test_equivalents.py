"""A learner who does not want the case takes the equivalent: offered, begun, recorded, and no attempt is lost."""

from dataclasses import replace

from server.api.grading.cohort_data import seen_of
from server.core.events import Opened
from server.store.encounters.carried import CarriedItem
from tests.api.courses_lab import FORM, Answer, Lab
from tests.api.encounters.test_encounters import played
from tests.api.house import Shelf

OFFERED: Answer = {**FORM, "equivalent": "dated", "attempts": 1}


async def test_the_equivalent_is_taken_and_everybody_sees_which_was_done(lab: Lab) -> None:
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **OFFERED)
    path = f"/assignments/{made['id']}"
    assert made["equivalent_title"] == lab.given.shelf.cases["dated"].title
    offered = (await ann.asks("GET", f"{path}/mine"))["equivalent"]
    assert (offered["case_id"], offered["may_begin"], offered["why_not"]) == ("dated", True, "")
    assert (await ann.asks("GET", f"{path}/case"))["case_id"] == "ada-brook"
    assert (await ann.asks("GET", f"{path}/case?equivalent=true"))["case_id"] == "dated"
    taken = (await ann.asks("POST", f"{path}/attempts", 201, equivalent=True))["id"]
    await played(lab.given, taken)
    await ann.asks("POST", f"/encounters/{taken}/reflection")
    usual = await lab.attempt(bo, made["id"])
    assert (await ann.asks("GET", f"/encounters/{taken}"))["case_id"] == "dated"
    assert (await ann.asks("GET", f"/encounters/{taken}/assigned"))["equivalent"] is True
    mine = await ann.asks("GET", f"{path}/mine")
    assert (mine["attempts_used"], mine["attempts"][0]["equivalent"], mine["equivalent"]["may_begin"]) == (
        1,
        True,
        False,
    )
    rows = (await teacher.asks("GET", f"{path}/status"))["rows"]
    assert [(row["name"], row["attempts"][0]["equivalent"]) for row in rows] == [("Ann", True), ("Bo", False)]
    assignment = await lab.given.store.assignments.assignment(made["id"])
    assert assignment is not None
    assert [each.encounter_id for each in await seen_of(lab.given, assignment)] == [usual], "it has other moments"
    assert (await teacher.asks("GET", f"{path}/cohort"))["equivalents"] == 1


async def test_who_stops_the_case_takes_the_equivalent_without_losing_an_attempt(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **OFFERED, kind="summative")
    path = f"/assignments/{made['id']}/attempts"
    for case_id in ("ada-brook", "dated"):
        assert await ann.refused("POST", "/encounters", case_id=case_id) == "case_reserved"
    stopped = (await ann.asks("POST", path, 201))["id"]
    assert await ann.refused("POST", path, equivalent=True) == "attempt_running"
    await played(lab.given, stopped, "stop")
    mine = await ann.asks("GET", f"/assignments/{made['id']}/mine")
    assert (mine["may_begin"], mine["equivalent"]["may_begin"]) == (False, True)
    assert await ann.refused("POST", path) == "no_attempts_left"
    await played(lab.given, (await ann.asks("POST", path, 201, equivalent=True))["id"], "stop")
    assert await ann.refused("POST", path, equivalent=True) == "no_attempts_left", "once"


async def test_only_what_is_scored_alike_is_equivalent_and_what_was_offered_stays(lab: Lab, shelf: Shelf) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    assignments = f"/courses/{lab.course_id}/assignments"
    for wrong in (
        {"equivalent": "nobody"},
        {"equivalent": "ada-brook"},
        {"case_id": "two-rubrics", "rubric": "second"},
    ):
        problem = await teacher.asks("POST", assignments, 422, **OFFERED | wrong)
        assert problem["field"] == "equivalent"
    made = await teacher.asks("POST", assignments, 201, **FORM)
    path = f"/assignments/{made['id']}"
    assert await ann.refused("POST", f"{path}/attempts", equivalent=True) == "no_equivalent"
    assert await ann.refused("GET", f"{path}/case?equivalent=true") == "no_equivalent"
    await lab.attempt(ann, made["id"])
    changed = await teacher.asks("PUT", path, edition=1, **FORM | {"equivalent": "dated"})
    assert (changed["equivalent"], changed["pinned"]) == ("dated", True)
    problem = await teacher.asks("PUT", path, 409, edition=2, **FORM)
    assert (problem["code"], problem["field"]) == ("would_hurt", "equivalent")
    shelf.cases = {}
    await ann.asks("POST", f"{path}/attempts", 201, equivalent=True)


async def test_what_is_read_before_and_after_is_the_case_as_it_was_published(lab: Lab, shelf: Shelf) -> None:
    """Also once the library has lost it: the deadline can still be moved, and the report still be read."""
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    form: Answer = {**FORM, "case_id": "two-rubrics", "rubric": "second", "closes": "2026-02-01T09:00"}
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **form)
    path = f"/assignments/{made['id']}"
    done = await lab.attempt(ann, made["id"])
    shelf.cases = {}
    before, after = await ann.asks("GET", f"{path}/case"), await ann.asks("GET", f"/encounters/{done}/case")
    assert before == after
    assert (before["case_id"], before["rubric"]["id"]) == ("two-rubrics", "second")
    assert await lab.people["Bo"].refused("GET", f"/encounters/{done}/case", 404) == "encounter_not_found"
    later = await teacher.asks("PUT", path, edition=1, **form | {"closes": "2026-03-01T09:00"})
    assert (later["closes"], later["state"], later["pinned"]) == ("2026-03-01T09:00", "open", True)
    problem = await teacher.asks("PUT", path, 422, edition=2, **form | {"rubric": ""})
    assert problem["code"] == "case_not_found"


async def test_what_an_earlier_act_handed_on_is_left_out_where_they_wish_and_where_it_counts(lab: Lab) -> None:
    teacher, ann, store = lab.people["Dr Berg"], lab.people["Ann"], lab.given.store
    earlier = (await ann.asks("POST", "/encounters", 201, case_id="at-once"))["id"]
    await store.put_carried(earlier, "ada-brook", [CarriedItem("C_trust", "How far she trusts you", "trust", 5)])
    seen = []
    for kind, carry in (("formative", True), ("formative", False), ("summative", True)):
        made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **FORM, kind=kind)
        begun = await ann.asks("POST", f"/assignments/{made['id']}/attempts", 201, carry=carry)
        first = (await store.read(begun["id"]))[1][0].event
        assert isinstance(first, Opened)
        seen.append(dict(first.carried))
    assert seen == [{"trust": 5}, {}, {}]


async def test_once_somebody_has_begun_everybody_meets_the_equivalent_as_it_was(lab: Lab, shelf: Shelf) -> None:
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **OFFERED)
    path = f"/assignments/{made['id']}"
    first = (await ann.asks("POST", f"{path}/attempts", 201, equivalent=True))["id"]
    shelf.cases = {**shelf.cases, "dated": replace(shelf.cases["dated"], case_version="9.0.0")}
    await teacher.asks("PUT", path, edition=1, **OFFERED | {"title": "Another title"})
    second = (await bo.asks("POST", f"{path}/attempts", 201, equivalent=True))["id"]
    met = [(await who.asks("GET", f"/encounters/{one}"))["case_version"] for who, one in ((ann, first), (bo, second))]
    assert met[0] == met[1] != "9.0.0"


async def test_what_is_offered_later_is_scored_as_the_case_is_that_was_pinned(lab: Lab, shelf: Shelf) -> None:
    """Not as the library's case of that name is now."""
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **FORM)
    path = f"/assignments/{made['id']}"
    await lab.attempt(ann, made["id"])
    now = shelf.cases["ada-brook"]
    shelf.cases = {**shelf.cases, "ada-brook": replace(now, assessment=replace(now.assessment, instruments=()))}
    changed = await teacher.asks("PUT", path, edition=1, **OFFERED | {"attempts": 0})
    assert changed["equivalent"] == "dated"


async def test_the_equivalent_is_kept_while_it_may_still_be_begun(lab: Lab) -> None:
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await teacher.asks("POST", f"/courses/{lab.course_id}/assignments", 201, **OFFERED, kind="summative")
    path = f"/assignments/{made['id']}/attempts"
    stopped = (await ann.asks("POST", path, 201))["id"]
    assert await ann.refused("POST", "/encounters", case_id="dated") == "case_reserved", "she may still stop"
    await played(lab.given, stopped, "stop")
    assert await ann.refused("POST", "/encounters", case_id="dated") == "case_reserved"
    await lab.given.store.erase(stopped)
    assert await ann.refused("POST", "/encounters", case_id="dated") == "case_reserved", "what is erased was stopped"
    await lab.attempt(bo, made["id"])
    problem = (await bo.visitor.post("/api/encounters", json={"case_id": "dated", "acknowledged": True})).json()
    assert problem.get("code") != "case_reserved", "she has done the case, and none is left"
    await played(lab.given, (await ann.asks("POST", path, 201, equivalent=True))["id"])
    await ann.asks("POST", "/encounters", 201, case_id="dated", acknowledged=True)
