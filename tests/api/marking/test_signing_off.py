"""Faculty sign and answer appeals: what the record is, what is exported, and what the learner is shown when."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from tests.api.conftest import client
from tests.api.encounters.test_encounters import made, played
from tests.api.house import OWN, Shelf
from tests.api.marking_house import MARKS, House, levels, marking_shelf, over


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def house(given: Services, api: FastAPI, script: httpx2.AsyncClient) -> AsyncIterator[House]:
    here = await over(given, api, script)
    yield here
    await here.leave()


async def test_the_record_that_is_exported(house: House) -> None:
    for who in (house.owner(), marker := await house.hand()):
        early = await who.visitor.get(f"{house.path}/record.json")
        assert (early.status_code, early.json()["code"]) == (409, "not_signed")
    await marker.marks()
    await marker.does("draft_changed", dimension="support", status="rated", level=2, reason="She sat down.")
    await marker.signs()
    record = (await house.learner.get(f"{house.path}/record.json")).json()
    assert record["rubric"]["digest"] == record["signed"]["rubric_digest"]
    assert (record["signed"]["by"], record["signed"]["look_again"]) == ("Dr A. Berg", False)
    assert record["marks"][0]["own"]["support"]["status"] == "not_applicable", "what was given first is still there"
    assert record["marks"][0]["afterwards"]["support"]["level"] == 2
    assert [each["kind"] for each in record["history"]] == [
        *["mark_given"] * 4, "sheet_closed", "draft_changed", "signed",
    ]  # fmt: skip
    assert record["dimensions"] == (await house.card())["dimensions"]
    assert record == (await marker.visitor.get(f"{house.path}/record.json")).json()
    assert "Signed" in (await house.learner.get(f"{house.path}/report.html")).text


async def test_the_learner_appeals_and_is_answered(house: House) -> None:
    early = await house.appeals()
    assert (early.status_code, early.json()["code"]) == (409, "not_signed")
    marker = await house.hand()
    await marker.marks()
    await marker.signs()
    for wrong, code in (
        ({"dimension": "charm"}, "unknown_dimension"),
        ({"turn": "t"}, "no_such_turn"),
        ({"reason": " "}, "reason_needed"),
    ):
        refused = await house.appeals(**wrong)
        assert (refused.status_code, refused.json()["code"]) == (422, code)
    assert (await house.appeals()).status_code == 201
    assert (await house.appeals()).status_code == 201, "the same once more changes nothing"
    assert (await house.appeals(reason="Really.")).json()["code"] == "appealed_already"
    card = await house.card()
    assert (card["status"], card["marking"]["state"]) == ("signed", "open_again")
    assert len(card["marking"]["appeals"]) == 1
    await marker.page()
    assert await marker.refused("appeal_answered", dimension="blockers", reason="No.") == "no_appeal"
    assert await marker.refused("appeal_answered", dimension="support", reason="") == "reason_needed"
    await marker.does("appeal_answered", dimension="support", reason="True.", status="rated", level=2)
    assert levels(await house.card())["support"] == ("not_applicable", None), "the record stands until it is signed"
    await marker.signs()
    card = await house.card()
    assert levels(card)["support"] == ("rated", 2)
    assert card["marking"]["appeals"][0]["answer"] == "True."
    assert (await house.appeals(reason="More.")).status_code == 201, "a new signature may be appealed"
    await marker.page()
    await marker.does("appeal_answered", dimension="support", reason="It stays.")
    assert (await house.card())["marking"]["state"] == "signed"
    assert len((await house.learner.get(f"{house.path}/record.json")).json()["appeals"]) == 2


async def test_reopening_needs_a_reason_and_another_signature(house: House) -> None:
    marker = await house.hand()
    await marker.marks()
    assert await marker.refused("reopened", reason="Again.") == "not_signed"
    assert await marker.refused("signed", name=" ") == "name_needed"
    await marker.signs()
    assert await marker.refused("draft_changed", dimension="support", status="rated", level=2, reason="So.") == "signed"
    assert await marker.refused("signed", name="Other") == "signed"
    assert await marker.refused("reopened", reason=" ") == "reason_needed"
    await marker.does("reopened", reason="I misread turn 2.")
    await marker.does("draft_changed", dimension="support", status="rated", level=2, reason="UNSIGNED-YET")
    assert (await house.card())["marking"]["state"] == "open_again"
    assert "UNSIGNED-YET" not in (await house.learner.get(f"{house.path}/marking/history")).text
    assert "UNSIGNED-YET" not in (await house.learner.get(f"{house.path}/record.json")).text
    await marker.signs()
    assert "UNSIGNED-YET" in (await house.learner.get(f"{house.path}/record.json")).text
    assert levels(await house.card())["support"] == ("rated", 2)


async def test_one_person_may_mark_their_own_house(house: House) -> None:
    owner = house.owner()
    await owner.page()
    assert owner.state["draft"] is None
    nameless = await owner.tries("mark_given", dimension="support", name=" ", **MARKS["support"])
    assert (nameless.status_code, nameless.json()["code"]) == (422, "name_needed")
    await owner.does("mark_given", dimension="support", **MARKS["support"])
    assert set(levels(await house.card()).values()) == {("held", None)}, "the report does not tell it either"
    await owner.does("sheet_withdrawn")
    assert ("held", None) not in levels(await house.card()).values(), "whoever gives it up sees the draft again"
    assert owner.state["waiting"] == []
    await owner.marks()
    assert await owner.refused("sheet_withdrawn") == "has_marked"
    await owner.signs()
    card = await house.card()
    assert (card["status"], card["marking"]["signature"]["invited"]) == ("signed", False)


@pytest.mark.parametrize(("case_id", "shown"), [("at-once", True), ("dated", False)])
async def test_release_is_the_cases(
    given: Services, api: FastAPI, script: httpx2.AsyncClient, case_id: str, shown: bool
) -> None:
    house = await over(given, api, script, case_id)
    marker = await house.hand()
    card = await house.card()
    assert (("held", None) not in levels(card).values()) is shown
    assert bool(card["opportunities"]) is shown
    assert ("on a date" in card["marking"]["note"]) is not shown
    page = (await script.get(f"{house.path}/report.html")).text
    assert ('class="level"' in page, "shown once they are signed" in page) == (shown, not shown)
    await marker.visitor.aclose()


async def test_a_correction_after_the_signature_asks_to_look_again(house: House) -> None:
    marker = await house.hand()
    await marker.marks()
    await marker.signs()
    signed = await house.card()
    draft = (await house.given.store.scorecards(house.id))[0]
    await house.given.store.put_scorecard(
        house.id, "0" * 64, {**draft, "provenance": {**draft["provenance"], "corrected": "1"}}
    )
    card = await house.card()
    assert card["dimensions"] == signed["dimensions"], "the record stands"
    assert card["marking"]["signature"]["look_again"] is True
    assert (await house.learner.get(f"{house.path}/record.json")).json()["signed"]["look_again"] is True
    marker.state["draft"]["digest"] = signed["marking"]["signature"]["at"]
    assert await marker.refused("draft_accepted", dimension="support") == "stale_draft"


async def test_another_draft_alone_is_no_reason_to_look_again(house: House) -> None:
    """A model may have rated in the meantime: the record stands, and nothing that was heard has changed."""
    marker = await house.hand()
    await marker.marks()
    draft = (await house.given.store.scorecards(house.id))[0]
    other = {**draft, "provenance": {**draft["provenance"], "rater": "another"}}
    await house.given.store.put_scorecard(house.id, "0" * 64, other)
    assert await marker.refused("signed", name="Dr A. Berg") == "stale_draft"
    await marker.page()
    await marker.signs()
    await house.given.store.put_scorecard(house.id, "0" * 64, draft)
    assert (await house.card())["marking"]["signature"]["look_again"] is False


async def test_ones_own_open_sheet_hides_the_draft_however_marks_are_released(
    given: Services, api: FastAPI, script: httpx2.AsyncClient
) -> None:
    house = await over(given, api, script, "at-once")
    await house.owner().does("mark_given", dimension="support", **MARKS["support"])
    card = await house.card()
    assert set(levels(card).values()) == {("held", None)}
    assert "marking this encounter yourself" in card["marking"]["note"]


async def test_a_draft_shown_to_those_who_mark_is_not_shown_to_the_learner(house: House) -> None:
    marker = await house.hand(draft="shown")
    assert (await marker.page())["state"]["draft"] is not None
    owner = house.owner()
    assert (await owner.page())["state"]["draft"] is None
    await owner.does("mark_given", dimension="support", **MARKS["support"])
    assert owner.state["draft"] is None, "nor by beginning to mark"
    digest = (await marker.page())["state"]["draft"]["digest"]
    assert await owner.refused("draft_accepted", dimension="support", draft=digest) == "own_mark_first"


async def test_whoever_was_met_reflects_before_they_see_any_mark(
    given: Services, api: FastAPI, script: httpx2.AsyncClient
) -> None:
    encounter_id = await made(script)
    await played(given, encounter_id)
    house = House(encounter_id, given, api, script)
    marker = await house.hand()
    await marker.marks()
    await marker.signs()
    step = {"kind": "mark_given", "expected_step": 0, "name": "O", "dimension": "support", "status": "unrated"}
    answers = [await script.get(f"{house.path}/{each}") for each in ("marking", "marking/history", "record.json")]
    for answer in [*answers, await script.post(f"{house.path}/marking/steps", json=step)]:
        assert (answer.status_code, answer.json()["code"]) == (409, "reflection_first"), answer.url
    await script.post(f"{house.path}/reflection", json={})
    for each in ("marking", "marking/history", "record.json"):
        assert (await script.get(f"{house.path}/{each}")).status_code == 200
    await house.leave()


async def test_an_observer_is_not_shown_what_the_learner_is_not(
    given: Services, api: FastAPI, script: httpx2.AsyncClient
) -> None:
    encounter_id = await made(script)
    path = f"/api/encounters/{encounter_id}"
    ticket = (await script.post(f"{path}/observers")).json()["ticket"]
    await played(given, encounter_id)
    async with client(api, Origin=OWN) as observer:
        await observer.post("/api/tickets", json={"ticket": ticket})
        await observer.put(f"{path}/observations", json={"levels": {"support": 2}})
        await script.post(f"{path}/reflection", json={})
        await script.post(f"{path}/markers", json={"name": "Dr Berg"})
        (told,) = (await observer.get(f"{path}/observations")).json()
    assert {(side["draft"], side["draft_status"]) for side in told["sides"]} == {(None, "held")}
    assert told["beats"] == []


async def test_another_rubric_marks_nothing_that_was_begun(house: House) -> None:
    marker = await house.hand()
    rubric = house.given.shelf.rubrics["small"]
    other = Shelf(house.given.shelf.cases, {"small": replace(rubric, rubric_version="2.0.0")})
    house.api.state.services = replace(house.given, shelf=other)
    await marker.page()
    house.api.state.services = house.given
    await marker.page()
    await marker.does("mark_given", dimension="support", **MARKS["support"])
    house.api.state.services = replace(house.given, shelf=other)
    answer = await marker.visitor.get(f"{house.path}/marking")
    assert (answer.status_code, answer.json()["code"]) == (409, "rubric_changed")
    assert (await marker.visitor.get(f"{house.path}/marking/history")).status_code == 200
