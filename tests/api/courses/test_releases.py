"""What a course lets its learners see, keeps for them, and lets go of."""

import pytest

from server.core.assigning.terms import Study
from tests.api.conftest import client
from tests.api.courses_lab import Answer, Lab
from tests.api.house import OWN
from tests.api.lab import an_assignment, enrolled
from tests.api.marking_house import Hand, levels


async def test_marks_wait_for_their_release_which_takes_all_or_none(lab: Lab) -> None:
    teacher, ann, bo = (lab.people[name] for name in ("Dr Berg", "Ann", "Bo"))
    made = await an_assignment(lab.given, lab.course_id, release="after_signoff", second_marking=False)
    path = f"/assignments/{made.id}"
    first, second = await lab.attempt(ann, made.id), await lab.attempt(bo, made.id)
    await lab.signed(first, teacher)
    card = await ann.asks("GET", f"/encounters/{first}/scorecard")
    assert set(levels(card).values()) == {("held", None)}
    assert (card["status"], card["marking"]["signature"], card["opportunities"]) == ("draft", None, [])
    assert "Dr Berg" not in str(card)
    debrief = await ann.asks("GET", f"/encounters/{first}/debrief")
    assert (debrief["held"], debrief["moment"]) == (card["marking"]["note"], None)
    assert await ann.refused("POST", f"/encounters/{first}/retry", turn="turn_sit") == "withheld"
    appeal: Answer = {"dimension": "support", "turn": "turn_sit", "reason": "I did."}
    assert await ann.refused("POST", f"/encounters/{first}/marking/appeals", **appeal) == "withheld"
    problem = await teacher.asks("POST", f"{path}/release", 409, encounter_ids=[first, second, "enc_none"])
    assert (problem["code"], second in problem["message"]) == ("cannot_release", True)
    rows = {row["name"]: row for row in (await teacher.asks("GET", f"{path}/status"))["rows"]}
    assert {name: row["state"] for name, row in rows.items()} == {"Ann": "marked", "Bo": "reflected"}, (
        "none was released"
    )
    assert (await teacher.asks("POST", f"{path}/release", encounter_ids=[first]))["released"] == [first]
    card = await ann.asks("GET", f"/encounters/{first}/scorecard")
    assert (card["status"], levels(card)["responsiveness"]) == ("signed", ("rated", 3))
    assert [row["state"] for row in (await teacher.asks("GET", f"{path}/status"))["rows"]] == ["released", "reflected"]
    assert "marks_released" in [row.action for row in await lab.given.store.audit.rows()]
    assert (await ann.asks("GET", f"/encounters/{first}/assigned"))["withheld"] == ""
    assert (await bo.asks("GET", f"/encounters/{second}/assigned"))["withheld"] != ""
    assert await bo.refused("GET", f"/encounters/{first}/assigned", 404) == "encounter_not_found"


async def test_what_only_a_guest_has_opened_is_not_released(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await an_assignment(lab.given, lab.course_id, release="after_signoff")
    first = await lab.attempt(ann, made.id)
    invited = await teacher.asks("POST", f"/encounters/{first}/markers", 201, name="Dr Guest")
    async with client(lab.api, Origin=OWN) as visitor:
        await visitor.post("/api/tickets", json={"ticket": invited["ticket"]})
        guest = Hand(visitor, f"/api/encounters/{first}")
        await guest.marks()
        await guest.signs()
    problem = await teacher.asks("POST", f"/assignments/{made.id}/release", 409, encounter_ids=[first])
    assert "never opened by staff" in problem["message"]
    await teacher.asks("GET", f"/encounters/{first}/marking")
    await teacher.asks("POST", f"/assignments/{made.id}/release", encounter_ids=[first])


async def test_marks_that_are_released_on_a_date(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await an_assignment(lab.given, lab.course_id, release="date", release_at="2026-01-10T09:00")
    first = await lab.attempt(ann, made.id)
    seen = []
    for signs, hours in ((False, 0), (False, 24 * 10), (True, 0)):
        await lab.later(hours=hours)
        if signs:
            await lab.signed(first, teacher)
        seen.append((await ann.asks("GET", f"/encounters/{first}/scorecard"))["status"])
        page = (await ann.visitor.get(f"/api/encounters/{first}/report.html")).text
        assert ("Dr Berg" in page) is signs
    assert seen == ["draft", "draft", "signed"]


async def test_feedback_that_a_study_owes_is_listed_until_it_was_read(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    study = Study(("reading_or_video",), "REC 2026-14", "2026-02-01T09:00", "Chapter 3, pages 40 to 52")
    made = await an_assignment(lab.given, lab.course_id, study=study)
    path = f"/assignments/{made.id}/owed"
    first, second = await lab.attempt(ann, made.id), await lab.attempt(lab.people["Bo"], made.id)
    card = await ann.asks("GET", f"/encounters/{first}/scorecard")
    assert "1 February 2026" in card["marking"]["note"]
    assigned = await ann.asks("GET", f"/encounters/{first}/assigned")
    assert (assigned["reading"], assigned["arm"]) == ("Chapter 3, pages 40 to 52", "")
    assert [(each["name"], each["overdue"]) for each in await teacher.asks("GET", path)] == [
        ("Ann", False),
        ("Bo", False),
    ]
    await teacher.asks("POST", path, encounter_ids=[first])
    assert len(await teacher.asks("GET", path)) == 2, "it is there, and nobody has read it yet"
    assert levels(await ann.asks("GET", f"/encounters/{first}/scorecard"))["support"][0] != "held"
    await lab.later(days=40)
    assert [(each["encounter_id"], each["overdue"]) for each in await teacher.asks("GET", path)] == [(second, True)]
    await lab.people["Bo"].asks("GET", f"/encounters/{second}/scorecard")
    assert await teacher.asks("GET", path) == []


@pytest.mark.parametrize("way", ["debrief", "observations", "report.html", "scorecard", "data.json"])
async def test_whichever_way_feedback_was_read_it_is_no_longer_owed(lab: Lab, way: str) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    study = Study(("delayed",), "REC 2026-14", "2026-01-05T09:00")
    made = await an_assignment(lab.given, lab.course_id, study=study)
    first = await lab.attempt(ann, made.id)
    path = f"/api/encounters/{first}/{way}" if way != "data.json" else "/api/me/data.json"
    assert (await ann.visitor.get(path)).status_code == 200
    owed = f"/assignments/{made.id}/owed"
    assert [each["read_at"] for each in await teacher.asks("GET", owed)] == [None], "there was nothing to read yet"
    await lab.later(days=10)
    assert (await ann.visitor.get(path)).status_code == 200
    assert await teacher.asks("GET", owed) == []


async def test_who_was_taken_out_and_comes_back_has_made_what_they_made(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await an_assignment(lab.given, lab.course_id, attempts=1)
    people, place = f"/courses/{lab.course_id}/people", f"/courses/{lab.course_id}/people/{ann.account.id}"
    await teacher.asks("PUT", place, part="learner", group="A", text_mode=True)
    first = await lab.attempt(ann, made.id)
    await teacher.asks("DELETE", f"/encounters/{first}/attempt", 204)
    await teacher.asks("DELETE", place, 204)
    assert await teacher.refused("DELETE", place, 404) == "person_not_found"
    assert [each["name"] for each in await teacher.asks("GET", people)] == ["Dr Berg", "Bo"]
    assert (await teacher.asks("GET", f"/courses/{lab.course_id}"))["learners"] == 1
    assert (await ann.asks("GET", "/courses"), await ann.asks("GET", "/assignments")) == ([], [])
    assert (await ann.asks("GET", "/me/data"))["others"]["courses"] == 0
    assert await ann.refused("POST", f"/assignments/{made.id}/attempts", 404) == "assignment_not_found"
    everybody = await teacher.asks("POST", people, sign_ins=[ann.account.sign_in], group="B")
    assert [(each["group"], each["text_mode"]) for each in everybody if each["name"] == "Ann"] == [("B", False)]
    mine = await ann.asks("GET", f"/assignments/{made.id}/mine")
    assert (mine["attempts_used"], mine["may_begin"]) == (1, False)
    assert await ann.refused("POST", f"/assignments/{made.id}/attempts") == "no_attempts_left"


@pytest.mark.parametrize("values", [{"roles": ("student",)}, {"active": False}])
async def test_staff_who_could_open_nothing_do_not_keep_a_course(lab: Lab, values: Answer) -> None:
    teacher, colleague = lab.people["Dr Berg"], await lab.somebody("Dr Cole", "faculty")
    people = f"/courses/{lab.course_id}/people"
    await teacher.asks("POST", people, sign_ins=[colleague.account.sign_in], part="staff")
    await lab.given.store.people.change(colleague.account.id, **values)
    own = f"{people}/{teacher.account.id}"
    assert await teacher.refused("DELETE", own) == "last_of_the_staff"
    assert await teacher.refused("PUT", own, part="learner") == "last_of_the_staff"
    await teacher.asks("DELETE", f"{people}/{colleague.account.id}", 204)
    await enrolled(lab.given, lab.course_id, "local", "staff")
    await teacher.asks("DELETE", own, 204)


async def test_whoever_lost_the_role_is_on_no_staff(lab: Lab) -> None:
    teacher = lab.people["Dr Berg"]
    made = await an_assignment(lab.given, lab.course_id, published=False, instructions="Not yet.")
    mine = f"/assignments/{made.id}/mine"
    assert (await teacher.asks("GET", mine))["instructions"] == "Not yet."
    await lab.given.store.people.change(teacher.account.id, roles=("student", "administrator"))
    assert await teacher.refused("GET", mine, 404) == "assignment_not_found"
    assert await teacher.asks("GET", "/courses") == []


async def test_a_hold_keeps_an_attempt_until_its_day(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await an_assignment(lab.given, lab.course_id)
    first = await lab.attempt(ann, made.id)
    path = f"/encounters/{first}/hold"
    assert await teacher.refused("PUT", path, 422, until="yesterday") == "bad_time"
    assert await teacher.refused("PUT", path, 422, until="2025-01-01T00:00:00Z") == "bad_time"
    assert await teacher.refused("PUT", path, 422, until="9999-12-31T23:59:59-23:59") == "bad_time"
    assert await teacher.refused("PUT", path, 422, until="0001-01-01T00:00:00+14:00") == "bad_time"
    assert await ann.refused("PUT", path, 403) == "not_your_role"
    held = await teacher.asks("PUT", path, until="2026-01-20T00:00:00Z", why="An appeal is coming.")
    assert held == {"held": True, "until": "2026-01-20T00:00:00Z", "why": "An appeal is coming."}
    problem = await teacher.asks("DELETE", f"/encounters/{first}/attempt", 409)
    assert (problem["code"], "on hold until 20 January 2026, 00:00 (UTC)" in problem["message"]) == ("on_hold", True)
    assert await ann.refused("DELETE", f"/encounters/{first}/attempt", 403) == "not_your_role"
    await lab.later(days=19)
    await teacher.asks("DELETE", f"/encounters/{first}/attempt", 204)
    assert await ann.refused("GET", f"/encounters/{first}", 404) == "encounter_not_found"
    rows = (await teacher.asks("GET", f"/assignments/{made.id}/status"))["rows"]
    assert [(row["name"], row["state"]) for row in rows] == [("Ann", "erased"), ("Bo", "not_begun")]
    (told,) = [row for row in await lab.given.store.audit.rows() if row.action == "attempt_erased"]
    assert (told.actor, told.subject) == (teacher.account.id, first)


async def test_practice_is_the_learner_s_until_they_show_it(lab: Lab) -> None:
    teacher, ann = lab.people["Dr Berg"], lab.people["Ann"]
    made = await ann.asks("POST", "/encounters", 201, case_id="ada-brook")
    path = f"/encounters/{made['id']}"
    assert await teacher.refused("GET", path, 404) == "encounter_not_found"
    assert await ann.refused("GET", f"{path}/assigned", 404) == "not_assigned"
    may = (await ann.asks("GET", f"{path}/shares"))["may"]
    assert may == [{"id": lab.course_id, "title": "Year 1"}]
    shown = await ann.asks("PUT", f"{path}/shares/{lab.course_id}")
    assert ([each["id"] for each in shown["shared"]], shown["may"]) == ([lab.course_id], [])
    assert (await teacher.asks("GET", path))["id"] == made["id"]
    assert [each["name"] for each in await teacher.asks("GET", f"/courses/{lab.course_id}/shared")] == ["Ann"]
    assert await lab.people["Bo"].refused("GET", path, 404) == "encounter_not_found"
    await ann.asks("DELETE", f"{path}/shares/{lab.course_id}")
    assert await teacher.refused("GET", path, 404) == "encounter_not_found"
    assert await ann.refused("PUT", f"{path}/shares/crs_{'0' * 22}", 404) == "course_not_found"
