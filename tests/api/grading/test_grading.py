"""The staff of a course grade: blind to the draft and to each other, two where two are asked for, and in one queue."""

import csv
import io
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.permits import PERMITS
from server.api.services import Services
from server.store.audit import READ
from tests.api.encounters.test_corrections import SAID, spoken
from tests.api.grading_house import Faculty, faculty, graded, hand
from tests.api.house import Clock, Shelf
from tests.api.lab import an_attempt, enrolled, signed_in_as
from tests.api.marking_house import DIMENSIONS, MARKS, Hand, marking_shelf


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def lab(given: Services, api: FastAPI, clock: Clock) -> AsyncIterator[Faculty]:
    async with AsyncExitStack() as stack:
        yield await faculty(given, api, clock, stack)


async def test_staff_mark_under_their_account_and_nobody_else_does(lab: Faculty, given: Services) -> None:
    visitor, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(), ann)
    own = await visitor.get(f"/api/encounters/{attempt}/marking")
    assert (own.status_code, own.json()["code"]) == (403, "staff_only")
    async with signed_in_as(lab.api, given, roles=("faculty",), name="Elsewhere") as (stranger, _):
        assert (await stranger.get(f"/api/encounters/{attempt}/marking")).status_code == 404
        assert (await lab.queue(stranger))["rows"] == []
    berg = hand(lab.berg, attempt)
    page = await berg.page()
    assert (page["state"]["name"], page["state"]["staff"], page["state"]["draft"]) == ("Dr Berg", True, None)
    assert await berg.refused("overall_given", rating="pass") == "lines_missing", "the whole comes after its parts"
    for name in DIMENSIONS:
        lie = await berg.refused("mark_given", dimension=name, name="Somebody Else", **MARKS[name])
        assert lie == "somebody_else"
        await berg.does("mark_given", dimension=name, **MARKS[name])
    assert await berg.refused("sheet_closed") == "overall_missing"
    await berg.does("overall_given", rating="borderline")
    await berg.does("sheet_closed")
    assert berg.state["draft"], "shown once their own marks are in"
    assert await berg.refused("signed", name="Somebody Else") == "somebody_else"
    state = await berg.does("signed")
    assert (state["signature"]["by"], state["signature"]["invited"]) == ("Dr Berg", True)
    record = (await lab.berg.get(f"/api/encounters/{attempt}/record.json")).json()
    assert record["overall"] == [{"by": "Dr Berg", "rating": "borderline"}]
    rows = await given.store.audit.rows()
    assert [(row.actor, row.subject) for row in rows if row.action == READ] == [(lab.accounts["Dr Berg"].id, attempt)]


async def test_two_markers_are_blind_to_each_other_until_both_are_in(lab: Faculty) -> None:
    _, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(second_marking=True), ann)
    berg, cruz = hand(lab.berg, attempt), hand(lab.cruz, attempt)
    await graded(berg, understanding={"status": "rated", "level": 2, "comment": "SECRET-GROUND"})
    assert await berg.refused("signed") == "second_marker_needed"
    assert "SECRET-GROUND" not in (await lab.cruz.get(f"/api/encounters/{attempt}/marking")).text
    assert "SECRET-GROUND" not in (await lab.cruz.get(f"/api/encounters/{attempt}/marking/history")).text
    row = (await lab.queue(lab.cruz))["rows"][0]
    assert (row["state"], row["mine"], row["flags"]) == ("second_marker", "none", [])
    await graded(cruz, "fail")
    assert cruz.state["differences"] == ["understanding"]
    assert "SECRET-GROUND" in str(cruz.state["sheets"])
    flags = {each["code"] for each in (await lab.queue(lab.cruz))["rows"][0]["flags"]}
    assert "borderline" in flags
    await berg.page()
    await berg.does("reconciled", dimension="understanding", status="rated", level=1, reason="We read turn 1 again.")
    await agree_on_the_whole(lab, berg, attempt)
    state = await berg.does("signed")
    assert state["signature"]["by"] == "Dr Berg"
    record = (await lab.cruz.get(f"/api/encounters/{attempt}/record.json")).json()
    assert {each["by"]: each["rating"] for each in record["overall"]} == {"Dr Berg": "pass", "Dr Cruz": "fail"}
    assert (record["whole"]["rating"], record["whole"]["reason"]) == ("borderline", "Between ours.")
    assert (await lab.queue(lab.berg))["signed"] == 1


async def agree_on_the_whole(lab: Faculty, berg: Hand, attempt: str) -> None:
    """Two who differ cannot sign; what each gave first stays, and nobody gives theirs anew in sight of the other."""
    assert (berg.state["whole"], berg.state["whole_differs"]) == (None, True)
    assert await berg.refused("signed") == "not_reconciled"
    assert await berg.refused("overall_given", rating="fail") == "sheet_closed"
    assert await berg.refused("overall_agreed", rating="borderline", reason=" ") == "reason_needed"
    await berg.does("overall_agreed", rating="borderline", reason="Between ours.")
    assert (berg.state["whole"]["rating"], berg.state["whole_differs"]) == ("borderline", False)
    cruz = hand(lab.cruz, attempt)
    await cruz.page()
    assert {each["overall"] for each in cruz.state["sheets"]} == {"pass", "fail"}
    history = (await lab.cruz.get(f"/api/encounters/{attempt}/marking/history")).json()
    assert [each["rating"] for each in history if each["kind"].startswith("overall")] == ["pass", "fail", "borderline"]


async def test_the_assignment_may_show_the_draft_and_the_history_says_so(lab: Faculty) -> None:
    _, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(draft="shown"), ann)
    berg = hand(lab.berg, attempt)
    assert (await berg.page())["state"]["draft"] is not None
    await berg.does("draft_accepted", dimension=DIMENSIONS[0])
    history = (await lab.berg.get(f"/api/encounters/{attempt}/marking/history")).json()
    assert [each["kind"] for each in history] == ["draft_policy", "draft_accepted"]


async def test_an_appeal_is_answered_by_any_of_the_staff(lab: Faculty) -> None:
    visitor, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(release="immediate"), ann)
    berg, cruz = hand(lab.berg, attempt), hand(lab.cruz, attempt)
    await graded(berg)
    await berg.does("signed")
    ask = {"dimension": "support", "turn": "turn_sit", "reason": "I did offer it."}
    sent = await visitor.post(f"/api/encounters/{attempt}/marking/appeals", json=ask)
    assert sent.status_code == 201, sent.text
    row = (await lab.queue(lab.cruz))["rows"][0]
    assert (row["state"], row["flags"][0]["code"]) == ("appeal", "appeal")
    page = await cruz.page()
    assert (page["state"]["reads"], len(page["state"]["values"])) == (True, len(DIMENSIONS))
    await cruz.does("appeal_answered", dimension="support", reason="It is nowhere in the talk.")
    assert (await lab.queue(lab.cruz))["rows"][0]["state"] == "signed"


async def test_a_learners_name_comes_to_no_blinded_marker_by_any_road(lab: Faculty) -> None:
    """Formative too, where the assignment says so: every page, list and file of the marking is read."""
    assignment = await lab.assigned(names_hidden=True, kind="formative", release="immediate")
    visitor, learner = await lab.learner("Zyxanna Quill")
    attempt = await lab.attempt(assignment, learner)
    one = hand(lab.cruz, attempt)
    await graded(one)
    await one.does("signed")
    ask = {"dimension": "support", "turn": "turn_sit", "reason": "I did offer it."}
    assert (await visitor.post(f"/api/encounters/{attempt}/marking/appeals", json=ask)).status_code == 201
    places = {"{encounter_id}": attempt, "{assignment_id}": assignment.id}
    read = [path for way, path in (route.split() for route in PERMITS) if way == "GET" and
            (path.startswith("/api/grading") or "staff" in PERMITS[f"GET {path}"].reach)]  # fmt: skip
    answered = 0
    for path in read:
        for name, value in places.items():
            path = path.replace(name, value)
        answer = await lab.cruz.get(path)
        answered += answer.status_code == 200
        assert "Quill" not in answer.text, path
        assert learner.id not in answer.text, path
    assert answered >= 12, "most of them have something to say"
    (row,) = (await lab.queue(lab.cruz))["rows"]
    assert (row["learner"], row["names_hidden"], row["state"]) == ("Learner 1", True, "appeal")


async def test_names_are_hidden_where_it_counts_and_numbers_stay(lab: Faculty) -> None:
    exam = await lab.assigned(kind="summative", title="Exam")
    practice = await lab.assigned(title="Practice")
    (_, ann), (_, bea) = await lab.learner("Ann"), await lab.learner("Bea")
    first = [await lab.attempt(exam, ann), await lab.attempt(exam, bea), await lab.attempt(exam, ann)]
    await lab.attempt(practice, ann, self_rating={"responsiveness": 4})
    rows = {each["encounter_id"]: each for each in (await lab.queue(lab.berg, assignment=exam.id))["rows"]}
    assert [rows[each]["learner"] for each in first] == ["Learner 1", "Learner 2", "Learner 1"]
    assert "Ann" not in str(rows)
    both = (await lab.queue(lab.berg, course=lab.course.id))["rows"]
    assert {each["assignment"]: each["learner"] for each in both if each["assignment"] == "Practice"} == {
        "Practice": "Ann"
    }
    assert (await lab.queue(lab.berg, course="crs_none"))["rows"] == []


async def drafted_at(lab: Faculty, attempt: str, level: int) -> None:
    """As a draft with a level on its first line; the sample's encounter is too short for one."""
    card = (await lab.given.store.scorecards(attempt))[-1]
    first = {**card["dimensions"][0], "level": level, "status": "rated"}
    made = {**card, "dimensions": [first, *card["dimensions"][1:]]}
    await lab.given.store.put_scorecard(attempt, card["rubric"]["digest"], made)


async def test_the_queue_tells_of_a_gap_only_where_the_draft_may_be_known(lab: Faculty) -> None:
    _, ann = await lab.learner()
    shown, hidden = await lab.assigned(draft="shown", title="Shown"), await lab.assigned(title="Hidden")
    for assignment in (shown, hidden):
        attempt = await lab.attempt(assignment, ann, self_rating={"responsiveness": 4})
        await drafted_at(lab, attempt, 1)
    rows = {each["assignment"]: each for each in (await lab.queue(lab.berg))["rows"]}
    assert "self_gap" in {each["code"] for each in rows["Shown"]["flags"]}
    assert rows["Hidden"]["flags"] == []


async def test_the_marks_of_an_assignment_are_exported_line_by_line(lab: Faculty, given: Services) -> None:
    exam = await lab.assigned(kind="summative")
    (_, ann), (_, bea) = await lab.learner("Ann"), await lab.learner("Bea")
    signed, waiting = await lab.attempt(exam, ann), await lab.attempt(exam, bea)
    berg = hand(lab.berg, signed)
    await graded(berg, "good", understanding={"status": "rated", "level": 2, "comment": "=HYPERLINK(1)"})
    await berg.does("draft_changed", dimension="support", status="rated", level=2, reason="She sat down.")
    await berg.does("signed")
    await graded(hand(lab.cruz, waiting))
    path = f"/api/grading/assignments/{exam.id}/marks"
    answer = await lab.cruz.get(f"{path}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert {row["encounter"] for row in rows} == {signed}, "what is not signed is not given out"
    kinds = {(row["kind"], row["rater"], row["level"]) for row in rows if row["dimension"] == "support"}
    assert {("signed", "Dr Berg", "2"), ("first", "Dr Berg", ""), ("now", "Dr Berg", "2")} < kinds
    assert {row["comment"] for row in rows if row["dimension"] == "understanding"} >= {"'=HYPERLINK(1)"}
    assert {row["learner"] for row in rows} == {"Learner 1"}
    assert {row["rubric_version"] for row in rows} == {"1.0.0"}
    assert rows[0]["overall"] == "Dr Berg: good"
    assert (await lab.berg.get(f"{path}.json")).json()["rows"][0]["signed_by"] == "Dr Berg"
    assert [row.subject for row in await given.store.audit.rows() if row.action == "marks_exported"] == [exam.id] * 2
    assert (await lab.berg.get("/api/grading/assignments/asg_none/marks.csv")).status_code == 404


async def test_comments_are_kept_for_oneself_and_for_a_course(lab: Faculty) -> None:
    path = "/api/grading/comments"
    own = {"text": "You named the feeling.", "dimension": "responsiveness"}
    for ask in (own, own, {"text": "See turn 4.", "course": lab.course.id}):
        assert (await lab.berg.post(path, json=ask)).status_code == 201
    assert (await lab.berg.post(path, json={"text": " "})).json()["code"] == "no_words"
    mine = (await lab.berg.get(path, params={"course": lab.course.id})).json()
    assert [(each["text"], each["course"]) for each in mine] == [
        ("You named the feeling.", ""),
        ("See turn 4.", lab.course.id),
    ]
    theirs = (await lab.cruz.get(path, params={"course": lab.course.id})).json()
    assert [each["text"] for each in theirs] == ["See turn 4."]
    assert (await lab.cruz.delete(f"{path}/{mine[0]['id']}")).status_code == 404
    assert (await lab.cruz.get(path, params={"course": "crs_other"})).status_code == 404
    gone = await lab.cruz.delete(f"{path}/{mine[1]['id']}", params={"course": lab.course.id})
    assert gone.status_code == 204


async def test_remarks_are_their_authors_own(lab: Faculty) -> None:
    visitor, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(), ann)
    path = f"/api/encounters/{attempt}/remarks"
    made = await lab.berg.post(path, json={"kind": "bookmark", "turn": "turn_sit", "at_ms": 1200})
    assert made.status_code == 201, made.text
    assert (await visitor.post(path, json={"kind": "note", "text": "I was lost here."})).status_code == 201
    assert (await lab.berg.post(path, json={"kind": "flag", "turn": "turn_none"})).json()["code"] == "no_such_turn"
    assert (await lab.berg.post(path, json={"kind": "note"})).json()["code"] == "no_words"
    assert [each["turn"] for each in (await lab.berg.get(path)).json()] == ["turn_sit"]
    assert [each["text"] for each in (await visitor.get(path)).json()] == ["I was lost here."]
    assert (await lab.cruz.get(path)).json() == []
    assert (await lab.cruz.delete(f"{path}/{made.json()['id']}")).status_code == 404
    assert (await lab.berg.delete(f"{path}/{made.json()['id']}")).status_code == 204


async def test_calibration_counts_blind_marks_and_hides_other_graders(lab: Faculty) -> None:
    empty = (await lab.cruz.get("/api/grading/calibration")).json()
    assert (empty["findings"], empty["least"], empty["enough"]) == (None, 10, 30)
    _, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(second_marking=True), ann)
    await graded(hand(lab.berg, attempt))
    await graded(hand(lab.cruz, attempt))
    found = (await lab.cruz.get("/api/grading/calibration")).json()
    assert (found["you"], found["named"]) == ("Dr Cruz", False)
    assert sorted(found["findings"]["raters"]) == ["Dr Cruz", "rater A"]
    assert {each["decision"]["outcome"] for each in found["findings"]["dimensions"]} == {"undecided"}
    assert all("nothing is said" in each["silent"] for each in found["findings"]["dimensions"])
    lead = (await lab.berg.get("/api/grading/calibration")).json()
    assert sorted(lead["findings"]["raters"]) == ["Dr Berg", "Dr Cruz"]


async def test_a_calibration_set_is_marked_blind_and_then_compared(lab: Faculty) -> None:
    _, ann = await lab.learner()
    attempt = await lab.attempt(await lab.assigned(), ann)
    path = f"/api/grading/trials/{attempt}"
    assert (await lab.berg.put(f"{path}/set")).json()["code"] == "not_signed"
    berg = hand(lab.berg, attempt)
    await graded(berg, understanding={"status": "rated", "level": 2, "comment": "SECRET-GROUND"})
    await berg.does("signed")
    assert (await lab.cruz.get(path)).status_code == 404
    assert (await lab.berg.put(f"{path}/set")).status_code == 204
    page = (await lab.cruz.get(path)).json()
    assert (page["agreement"], "SECRET-GROUND" in str(page)) == (None, False)
    lines = [{"dimension": name, "status": "rated", "level": 3} for name in DIMENSIONS]
    assert (await lab.cruz.post(path, json={"lines": lines[1:]})).json()["code"] == "lines_missing"
    assert (await lab.cruz.post(path, json={"lines": [{**lines[0], "level": 9}, *lines[1:]]})).status_code == 422
    found = (await lab.cruz.post(path, json={"lines": lines})).json()
    assert (found["same"], found["compared"], found["apart"]) == (1, 2, 0.5)
    assert (await lab.cruz.post(path, json={"lines": lines})).json()["code"] == "trial_done"
    assert [each["state"] for each in (await lab.cruz.get("/api/grading/trials")).json()] == ["done"]
    assert [each["state"] for each in (await lab.berg.get("/api/grading/trials")).json()] == ["known"]
    assert (await lab.berg.post(path, json={"lines": lines})).json()["code"] == "not_blind"
    async with signed_in_as(lab.api, lab.given, roles=("faculty",), name="Dr Day") as (day, account):
        await enrolled(lab.given, lab.course.id, account, "staff")
        assert [each["state"] for each in (await day.get("/api/grading/trials")).json()] == ["to_mark"]
        await hand(day, attempt).page()
        assert [each["state"] for each in (await day.get("/api/grading/trials")).json()] == ["known"]
    async with signed_in_as(lab.api, lab.given, roles=("administrator",), name="Former Staff") as (former, account):
        await enrolled(lab.given, lab.course.id, account, "staff")
        assert (await former.get("/api/grading/trials")).json() == [], "who no longer teaches marks no trial"
    assert (await lab.berg.delete(f"{path}/set")).status_code == 204
    assert (await lab.cruz.get("/api/grading/trials")).json() == []


async def test_corrections_are_the_staffs_to_decide_also_after_the_signature(lab: Faculty) -> None:
    visitor, ann = await lab.learner()
    attempt = await an_attempt(lab.given, await lab.assigned(), ann)
    await spoken(lab.given, attempt)
    path = f"/api/encounters/{attempt}/corrections"
    assert (await visitor.post(path, json=SAID)).status_code == 201
    assert (await visitor.post(f"{path}/1/settle", json={"accepted": True})).json()["code"] == "staff_only"
    assert "correction" in {each["code"] for each in (await lab.queue(lab.berg))["rows"][0]["flags"]}
    berg = hand(lab.berg, attempt)
    await graded(berg, responsiveness={"status": "unrated"})
    await berg.does("signed")
    settled = await lab.cruz.post(f"{path}/1/settle", json={"accepted": True})
    assert (settled.status_code, settled.json()["state"]) == (200, "accepted")
    page = await berg.page()
    assert [turn["text"] for turn in page["turns"] if turn["speaker"] == "learner"] == [SAID["words"]]
    assert page["state"]["signature"]["look_again"]
    assert [each["code"] for each in (await lab.queue(lab.berg))["rows"][0]["flags"]][:1] == ["look_again"]
