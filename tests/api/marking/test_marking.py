"""Faculty mark: their own marks first, blind to the draft and to each other, each with its grounds."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
import pytest_asyncio
from fastapi import FastAPI

from server.api.services import Services
from tests.api.house import Shelf
from tests.api.marking_house import DIMENSIONS, MARKS, House, levels, marking_shelf, over


@pytest.fixture
def shelf() -> Shelf:
    return marking_shelf()


@pytest_asyncio.fixture
async def house(given: Services, api: FastAPI, script: httpx2.AsyncClient) -> AsyncIterator[House]:
    here = await over(given, api, script)
    yield here
    await here.leave()


async def test_from_the_link_to_the_record(house: House) -> None:
    before = await house.card()
    assert (before["status"], before["marking"]["state"]) == ("draft", "none")
    marker = await house.hand()
    page = await marker.page()
    assert [turn["text"] for turn in page["turns"]] == ["PRIVATE: Morning.", "sits down"]
    assert [each["id"] for each in page["rubric"]["dimensions"]] == list(DIMENSIONS)
    assert (page["state"]["draft"], page["state"]["values"], page["state"]["waiting"]) == (None, [], ["Dr Berg"])
    held = await house.card()
    assert held["marking"]["state"] == "waiting"
    assert set(levels(held).values()) == {("held", None)}
    await marker.marks()
    drafted = {line["dimension"]: line for line in marker.state["draft"]["lines"]}
    assert {name: (line["status"], line["level"]) for name, line in drafted.items()} == levels(before)
    await marker.does("draft_changed", dimension="support", status="rated", level=2, reason="She sat down.")
    await marker.does("draft_refused", dimension="understanding", reason="The cue was passed by.")
    await marker.signs()
    card = await house.card()
    assert (card["status"], card["marking"]["state"]) == ("signed", "signed")
    told = {"responsiveness": ("rated", 3), "understanding": ("rated", 1), "support": ("rated", 2)}
    assert levels(card) == told | {"blockers": ("unrated", None)}
    support = next(each for each in card["dimensions"] if each["id"] == "support")
    assert (support["how"], support["by"], support["reason"]) == ("draft_changed", ["Dr Berg"], "She sat down.")
    assert (support["draft"]["status"], support["draft"]["level"]) == levels(before)["support"]
    assert card["marking"]["signature"]["by"] == "Dr A. Berg"


async def test_the_draft_comes_after_ones_own_marks(house: House) -> None:
    marker = await house.hand()
    drafts = ["draft_accepted", "draft_refused", "draft_changed"]
    digest = "0" * 64
    for kind in drafts:
        more = {"status": "rated", "level": 2} if kind == "draft_changed" else {}
        assert await marker.refused(kind, dimension="support", reason="So.", draft=digest, **more) == "stale_draft"
    assert await marker.refused("sheet_closed") == "lines_missing"
    assert await marker.refused("signed", name="Dr A. Berg") == "stale_draft"
    await marker.marks()
    assert marker.state["draft"]
    assert await marker.refused("mark_given", dimension="support", **MARKS["responsiveness"]) == "sheet_closed"


async def test_a_house_may_show_the_draft_at_once(house: House) -> None:
    marker = await house.hand(draft="shown")
    page = await marker.page()
    assert page["state"]["draft"] is not None
    for name in DIMENSIONS:
        await marker.does("draft_accepted", dimension=name)
    await marker.does("sheet_closed")
    late = await house.learner.post(f"{house.path}/markers", json={"name": "B", "draft": "after_own_mark"})
    assert (late.status_code, late.json()["code"]) == (409, "marking_begun")
    assert [each["name"] for each in (await house.learner.get(f"{house.path}/markers")).json()] == ["Dr Berg"]
    await marker.signs()
    card = await house.card()
    assert {each["how"] for each in card["dimensions"]} == {"draft_accepted"}
    assert levels(card) == {
        each["id"]: (each["draft"]["status"], each["draft"]["level"]) for each in card["dimensions"]
    }


async def test_a_second_marker_is_blind_until_both_are_in(house: House) -> None:
    first, second = await house.hand("Dr Berg"), await house.hand("Dr Cruz")
    await first.marks(understanding={"status": "rated", "level": 2, "comment": "SECRET-GROUND"})
    for each in (
        await second.visitor.get(f"{house.path}/marking"),
        await second.visitor.get(f"{house.path}/marking/history"),
    ):
        assert "SECRET-GROUND" not in each.text
    assert (await second.page())["state"]["sheets"] == []
    await first.page()
    assert await first.refused("signed", name="Berg") == "others_are_marking"
    await second.does("mark_given", dimension="support", status="rated", level=4, comment="SECOND-GROUND")
    assert "SECOND-GROUND" not in (await first.visitor.get(f"{house.path}/marking")).text
    assert "GROUND" not in str(await house.card())
    assert "GROUND" not in (await house.learner.get(f"{house.path}/marking/history")).text
    await second.marks(support={"status": "rated", "level": 4, "comment": "SECOND-GROUND"})
    assert [sheet["name"] for sheet in second.state["sheets"]] == ["Dr Cruz", "Dr Berg"]
    assert second.state["differences"] == ["support", "understanding"]
    await first.page()
    assert "SECOND-GROUND" in str(first.state["sheets"])
    assert await first.refused("signed", name="Berg") == "not_reconciled"
    assert (
        await first.refused("reconciled", dimension="support", status="rated", level=3, reason=" ") == "reason_needed"
    )
    await first.does("reconciled", dimension="support", status="rated", level=3, reason="We looked at turn 2.")
    await first.does("reconciled", dimension="understanding", status="rated", level=1, reason="And at turn 1.")
    await first.signs()
    card = await house.card()
    assert levels(card)["support"] == ("rated", 3)
    assert next(each for each in card["dimensions"] if each["id"] == "responsiveness")["by"] == ["Dr Berg", "Dr Cruz"]


async def test_a_stale_page_is_told_what_has_changed(house: House) -> None:
    first, second = await house.hand("Dr Berg"), await house.hand("Dr Cruz")
    await first.marks()
    await second.marks(support={"status": "rated", "level": 1, "comment": "Little."})
    await first.page()
    await first.does("reconciled", dimension="support", status="rated", level=2, reason="Together.")
    again = await second.tries("reconciled", dimension="support", status="rated", level=0, reason="No.")
    assert (again.status_code, again.json()["code"]) == (409, "stale_page")
    assert "reconciled support by Dr Berg" in again.json()["message"]
    assert len((await second.page())["state"]["values"]) == 4
    assert next(v for v in second.state["values"] if v["dimension"] == "support")["level"] == 2


async def test_an_answer_that_was_lost_is_asked_for_again(house: House) -> None:
    marker = await house.hand()
    await marker.page()
    blank = dict(marker.state)
    await marker.does("mark_given", dimension="support", **MARKS["support"])
    marker.state = blank
    await marker.does("mark_given", dimension="support", **MARKS["support"])
    assert marker.state["step"] == 1
    marker.state = blank
    assert await marker.refused("mark_given", dimension="support", **MARKS["responsiveness"]) == "stale_page"


@pytest.mark.parametrize(
    ("parts", "code", "where"),
    [
        ({"dimension": "charm"}, "unknown_dimension", "dimension"), ({"level": 5}, "bad_level", "level"),
        ({"level": -1}, "bad_level", "level"), ({"level": None}, "bad_level", "level"),
        ({"level": 2.0}, "bad_field", "level"), ({"level": True}, "bad_field", "level"),
        ({"status": "not_applicable"}, "bad_level", "level"), ({"status": "good"}, "bad_field", "status"),
        ({"status": None}, "bad_field", "status"), ({"comment": "  "}, "no_grounds", "evidence"),
        ({"evidence": [{"turn": "turn_sit", "quote": "sat down"}]}, "quote_not_found", "evidence"),
        ({"evidence": [{"turn": "turn_sit", "quote": "SITS down"}]}, "quote_not_found", "evidence"),
        ({"evidence": [{"turn": "turn_nobody", "quote": "sits"}]}, "no_such_turn", "evidence"),
        ({"evidence": [{"turn": "turn_sit", "quote": " "}]}, "quote_not_found", "evidence"),
        ({"reason": "So."}, "bad_field", "reason"), ({"mark": 3}, "bad_field", "mark"),
        ({"expected_step": 7}, "stale_page", ""),
    ],
)  # fmt: skip
async def test_what_is_no_mark(house: House, parts: dict[str, Any], code: str, where: str) -> None:
    marker = await house.hand()
    base = {"dimension": "support", "status": "rated", "level": 2, "comment": "Because."}
    answer = await marker.tries("mark_given", **{**base, **parts})
    assert (answer.json()["code"], answer.json()["field"]) == (code, where)
    assert answer.status_code == (409 if code == "stale_page" else 422)
    assert (await marker.page())["state"]["step"] == 0
