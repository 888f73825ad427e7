"""Variants, seeds, and what one act hands on to the next: pinned at the door, seen and put back by its learner."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI

from server.api.services import Services
from server.core.events import Ended, EndReason, Entered, Opened
from server.core.rubric import Rubric
from tests.api.conftest import DIMENSIONS
from tests.api.encounters.test_encounters import played
from tests.api.house import Shelf
from tests.api.lab import a_course, an_assignment, an_attempt, enrolled, signed_in_as
from tests.store.samples import as_case, crowded, reversed_roles, second_act


@pytest.fixture
def shelf() -> Shelf:
    """Two acts, and a case in which the learner plays the patient."""
    cases = [as_case(made) for made in (crowded(), second_act(), reversed_roles())]
    rubric = Rubric("small", "1.0.0", "Small", "Verbal empathy in this transcript.", DIMENSIONS, ("Quote the words.",))
    return Shelf({case.case_id: case for case in cases}, {"small": rubric})


async def opened(given: Services, script: httpx2.AsyncClient, **wish: Any) -> tuple[dict[str, Any], Opened]:
    """The answer, and the first entry of the log."""
    answer = await script.post("/api/encounters", json={"case_id": "act-1", **wish})
    assert answer.status_code == 201, answer.text
    told = answer.json()
    first = (await given.store.read(told["id"]))[1][0].event
    assert isinstance(first, Opened)
    return told, first


async def first_act(given: Services, script: httpx2.AsyncClient, reason: EndReason = "learner") -> str:
    """Played to its end, and reflected on."""
    told, _ = await opened(given, script)
    encounter_id: str = told["id"]
    await played(given, encounter_id, reason)
    await script.post(f"/api/encounters/{encounter_id}/reflection", json={})
    return encounter_id


async def carried(script: httpx2.AsyncClient) -> dict[str, Any]:
    answer = await script.get("/api/cases/act-2/carried")
    told: dict[str, Any] = answer.json()
    return {item["id"]: item["value"] for item in told["items"]}


async def test_a_variant_and_a_seed_are_pinned(given: Services, script: httpx2.AsyncClient) -> None:
    told, first = await opened(given, script, variant="rossi", seed=7)
    assert (first.variant, first.seed, dict(first.carried)) == ("rossi", 7, {})
    assert first.case_digest == given.shelf.cases["act-1"].digest, "of the case as written"
    seen = (await script.get(f"/api/encounters/{told['id']}")).json()
    assert seen["variant"] == "rossi"
    assert seen["speakers"] == {"learner": "Student nurse", "ada": "Ada PRIVATE-Rossi", "tom": "Tom PRIVATE-Rossi"}


async def test_a_variant_that_nobody_has_read_is_told(given: Services, script: httpx2.AsyncClient) -> None:
    for variant, told_so in [("rossi", True), ("calm", False), ("", False)]:
        told, _ = await opened(given, script, variant=variant)
        assert told["not_reviewed"] is told_so
    approved = as_case(crowded(case_id="read", status="approved"))
    assert isinstance(given.shelf, Shelf)
    given.shelf.cases = {**given.shelf.cases, "read": approved}
    assert (await opened(given, script, case_id="read", variant="rossi"))[0]["not_reviewed"] is False


@pytest.mark.parametrize(
    ("wish", "field", "says"),
    [
        ({"variant": "russo"}, "variant", "rossi, calm"),
        ({"case_id": "act-2", "variant": "rossi"}, "variant", "It has none"),
        ({"variant": None}, "variant", ""), ({"seed": -1}, "seed", ""), ({"seed": 2**31}, "seed", ""),
        ({"seed": 1.5}, "seed", ""), ({"seed": "1"}, "seed", ""), ({"carry": "no"}, "carry", ""),
        ({"carried": {"trust": 10}}, "carried", ""),
    ],
)  # fmt: skip
async def test_what_cannot_be_opened(script: httpx2.AsyncClient, wish: dict[str, Any], field: str, says: str) -> None:
    answer = await script.post("/api/encounters", json={"case_id": "act-1", **wish})
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert says in answer.json()["message"]
    assert (await script.get("/api/encounters")).json() == []


async def test_the_second_act_begins_with_what_the_first_handed_on(given: Services, script: httpx2.AsyncClient) -> None:
    assert await carried(script) == {}
    assert (await script.get("/api/cases/act-2/carried")).json()["from_encounter"] == ""
    before = await first_act(given, script)
    shown = (await script.get("/api/cases/act-2/carried")).json()
    assert shown["from_encounter"] == before
    assert [set(item) for item in shown["items"]] == [{"id", "label", "value"}] * 2
    trust = (await given.rooms.snapshot(before)).board.numbers["trust"]
    assert await carried(script) == {"C_trust": trust, "C_tablets": "told"}
    told, first = await opened(given, script, case_id="act-2")
    assert dict(first.carried) == {"trust": trust, "tablets": "told"}
    assert {item["id"] for item in told["carried"]} == {"C_trust", "C_tablets"}
    assert (await given.rooms.snapshot(told["id"])).board.choices["tablets"] == "told"


async def test_nothing_is_carried_by_who_does_not_want_it(given: Services, script: httpx2.AsyncClient) -> None:
    await first_act(given, script)
    told, first = await opened(given, script, case_id="act-2", carry=False)
    assert (told["carried"], dict(first.carried)) == ([], {})


async def test_an_open_act_needs_nothing_but_its_log(given: Services, script: httpx2.AsyncClient) -> None:
    before = await first_act(given, script)
    told, first = await opened(given, script, case_id="act-2")
    await script.delete(f"/api/encounters/{before}")
    assert await carried(script) == {}
    again = (await given.store.read(told["id"]))[1][0].event
    assert again == first
    assert (await given.rooms.snapshot(told["id"])).board.choices["tablets"] == "told"


async def test_one_thing_or_all_of_it_can_be_put_back(given: Services, script: httpx2.AsyncClient) -> None:
    await first_act(given, script)
    assert (await script.delete("/api/cases/act-2/carried/C_trust")).status_code == 204
    assert await carried(script) == {"C_tablets": "told"}
    gone = await script.delete("/api/cases/act-2/carried/C_trust")
    assert (gone.status_code, gone.json()["code"]) == (404, "item_not_found")
    assert dict((await opened(given, script, case_id="act-2"))[1].carried) == {"tablets": "told"}
    assert (await script.delete("/api/cases/act-2/carried")).status_code == 204
    assert await carried(script) == {}
    assert dict((await opened(given, script, case_id="act-2"))[1].carried) == {}


async def test_the_reflection_does_not_hand_on_what_was_put_back(given: Services, script: httpx2.AsyncClient) -> None:
    told, _ = await opened(given, script)
    await played(given, told["id"])
    assert set(await carried(script)) == {"C_trust", "C_tablets"}
    await script.delete("/api/cases/act-2/carried")
    await script.post(f"/api/encounters/{told['id']}/reflection", json={})
    assert await carried(script) == {}


@pytest.mark.parametrize("reason", ["stop", "door"])
async def test_what_was_stopped_or_never_began_hands_on_nothing(
    given: Services, script: httpx2.AsyncClient, reason: str
) -> None:
    if reason == "stop":
        await first_act(given, script, "stop")
    else:
        told, _ = await opened(given, script)
        await given.rooms.offer(told["id"], Ended("learner"))
    assert await carried(script) == {}


async def test_how_an_attempt_went_is_not_told_before_its_marks_are(api: FastAPI, given: Services) -> None:
    """What it hands on still plays."""
    course = await a_course(given, "local")
    async with signed_in_as(api, given) as (ann, account):
        await enrolled(given, course.id, account)
        made = await an_assignment(given, course.id, "act-1", release="after_signoff")
        attempt = await an_attempt(given, made, account)
        await played(given, attempt)
        told = (await ann.get("/api/cases/act-2/carried")).json()
        assert (told["from_encounter"], told["items"]) == (attempt, [])
        assert told["withheld"].startswith("Your marks are shown once")
        for item in ("C_trust", "C_none"):
            refused = await ann.delete(f"/api/cases/act-2/carried/{item}")
            assert (refused.status_code, refused.json()["code"]) == (409, "withheld")
        opening, first = await opened(given, ann, case_id="act-2")
        assert opening["carried"] == []
        assert set(dict(first.carried)) == {"trust", "tablets"}
        await given.store.assignments.change(
            made.id, 1, "local", lambda old, _: replace(old, terms=replace(old.terms, release="immediate"))
        )
        assert set(await carried(ann)) == {"C_trust", "C_tablets"}


async def test_what_the_next_act_has_no_place_for_is_left_out(given: Services, script: httpx2.AsyncClient) -> None:
    await first_act(given, script)
    assert isinstance(given.shelf, Shelf)
    given.shelf.cases = {**given.shelf.cases, "act-2": as_case(second_act(state=crowded()["state"]))}
    assert set(await carried(script)) == {"C_trust"}
    assert set((await opened(given, script, case_id="act-2"))[1].carried) == {"trust"}


async def test_nobody_is_told_what_somebody_else_carries(given: Services, script: httpx2.AsyncClient) -> None:
    case = given.shelf.cases["act-1"]
    theirs = f"enc_{'t' * 22}"
    await given.store.create(case, Opened(theirs, case.case_id, case.case_version, case.digest), "somebody else")
    await given.rooms.offer(theirs, Entered())
    await given.rooms.offer(theirs, Ended("learner"))
    assert await given.store.get_carried("somebody else", "act-2") is not None
    assert await carried(script) == {}
    assert dict((await opened(given, script, case_id="act-2"))[1].carried) == {}


async def test_who_played_the_patient_is_asked_and_not_scored(given: Services, script: httpx2.AsyncClient) -> None:
    told, _ = await opened(given, script, case_id="other-side")
    path = f"/api/encounters/{told['id']}"
    assert (await script.get(f"{path}/scorecard")).json()["code"] == "not_ended"
    await played(given, told["id"])
    before = (await script.get(f"{path}/scorecard")).json()
    assert (before["status"], before["not_scored"], before["dimensions"]) == ("not_scored", "role_reversal", [])
    assert [question["phase"] for question in before["debrief"]["questions"][:2]] == ["card", "card"]
    assert [question["text"] for question in before["debrief"]["questions"][:2]] == [
        "When did you feel heard?",
        "What would have made you say it?",
    ]
    for wrong in ({"self_rating": {"support": 3}}, {"answers": ["a", "b", "c"]}, {"answers": ["x" * 2_001]}):
        assert (await script.post(f"{path}/reflection", json=wrong)).status_code == 422
    answers = {"answers": ["When she sat down.", " "], "felt": "small"}
    assert (await script.post(f"{path}/reflection", json=answers)).status_code == 200
    after = (await script.get(f"{path}/scorecard")).json()
    assert after["reflection"] == {
        "reactions": "When did you feel heard?\nWhen she sat down.",
        "felt": "small",
        "said": "",
    }
    assert [card["status"] for card in await given.store.scorecards(told["id"])] == ["not_scored"]
    assert (await given.store.info(told["id"])).ended == "learner"
