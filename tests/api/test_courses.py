"""A course over the API: its people, its assignments, attempts in their window, marks that wait for their release."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.courses.attempts import refuse_late
from server.api.services import Services
from server.core.assigning.terms import Study
from server.core.errors import Conflict
from server.core.events import Ended, Entered
from server.core.roles import Role
from server.store.people import Account
from tests.api.conftest import client
from tests.api.grading_house import graded
from tests.api.house import OWN, Clock, Shelf
from tests.api.lab import a_course, an_assignment, enrolled, signed_in_as
from tests.api.marking_house import SMALL, Hand, levels, marking_shelf
from tests.api.test_encounters import played
from tests.store.samples import as_case, sample

Answer = dict[str, Any]
FORM: Answer = {"title": "Meet Ada", "case_id": "ada-brook", "published": True}


@pytest.fixture
def shelf() -> Shelf:
    """And a case that may be scored by either of two rubrics."""
    plain = marking_shelf()
    named = [{"id": name, "kind": "rubric", "ref": name} for name in ("small", "second")]
    case = as_case(sample(case_id="two-rubrics", assessment={"instruments": named, "release": "immediate"}))
    return Shelf({**plain.cases, case.case_id: case}, {**plain.rubrics, "second": replace(SMALL, rubric_id="second")})


@dataclass
class Somebody:
    """With an account, signed in."""

    visitor: httpx2.AsyncClient
    account: Account

    async def asks(self, method: str, path: str, status: int = 200, **body: Any) -> Any:
        """The answer, which has this status; where it is a refusal, its problem."""
        answer = await self.visitor.request(method, f"/api{path}", json=body if method in ("POST", "PUT") else None)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    async def refused(self, method: str, path: str, status: int = 409, **body: Any) -> str:
        problem = await self.asks(method, path, status, **body)
        code: str = problem["code"]
        return code


@dataclass
class Lab:
    """A course with a teacher and two learners."""

    given: Services
    api: FastAPI
    clock: Clock
    stack: AsyncExitStack
    people: dict[str, Somebody] = field(default_factory=dict)
    course_id: str = ""

    async def somebody(self, name: str, *roles: Role, **values: Any) -> Somebody:
        coming = signed_in_as(self.api, self.given, roles or ("student",), name, **values)
        made = Somebody(*await self.stack.enter_async_context(coming))
        self.people[name] = made
        return made

    async def later(self, **parts: float) -> None:
        """By so much, with everybody signed in anew."""
        self.clock.pass_time(**parts)
        for each in self.people.values():
            each.visitor.cookies.set("bedside", await self.given.tickets.admit(each.account.id))

    async def attempt(self, learner: Somebody, assignment_id: str, *, reflect: bool = True) -> str:
        """An encounter of theirs that is over."""
        made = await learner.asks("POST", f"/assignments/{assignment_id}/attempts", 201)
        encounter_id: str = made["id"]
        await played(self.given, encounter_id)
        if reflect:
            await learner.asks("POST", f"/encounters/{encounter_id}/reflection")
        return encounter_id

    async def signed(self, encounter_id: str, marker: Somebody) -> None:
        hand = Hand(marker.visitor, f"/api/encounters/{encounter_id}")
        await hand.page()
        await graded(hand)
        await hand.page()
        await hand.does("signed", name=marker.account.name)


@pytest_asyncio.fixture
async def lab(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Lab]:
    async with AsyncExitStack() as stack:
        made = Lab(given, api, clock, stack)
        teacher = await made.somebody("Dr Berg", "educator", "faculty")
        course = await a_course(given, teacher.account, groups=("A", "B"))
        for name in ("Ann", "Bo"):
            await enrolled(given, course.id, (await made.somebody(name)).account)
        made.course_id = course.id
        yield made


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
    asked = [ann.visitor.post(f"/api{path}/attempts", json={}) for _ in range(3)]
    answers = await asyncio.gather(*asked)
    assert sorted(each.status_code for each in answers) == [201, 409, 409]
    encounter_id = next(each.json()["id"] for each in answers if each.status_code == 201)
    mine = await ann.asks("GET", f"{path}/mine")
    assert (mine["go_on"], mine["may_begin"], mine["attempts_used"]) == (encounter_id, False, 1)
    begun = await lab.given.rooms.snapshot(encounter_id)
    assert (begun.portrayal, begun.case.digest) == ("assessment", lab.given.shelf.cases["ada-brook"].digest)
    bo = lab.people["Bo"]
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
