"""Writings over REST: after the reflection, one's own, checked, and asked about before the next encounter."""

from typing import Any

import httpx2
import pytest

from server.api.services import Services
from server.core.events import Ended, Entered
from tests.api.house import Shelf
from tests.store.samples import sample, sample_case

THEMED = sample_case(
    case_id="themed", education=sample()["education"] | {"themes": ["honesty", "silence"]}, title="Themes"
)
FELT = "I felt sad, and I decided to say nothing about the tablets."


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    return Shelf({**shelf.cases, "themed": THEMED}, shelf.rubrics)


async def over(given: Services, script: httpx2.AsyncClient, felt: str = FELT, *, reflect: bool = True) -> str:
    made: str = (await script.post("/api/encounters", json={"case_id": "themed"})).json()["id"]
    for event in (Entered(), Ended("learner")):
        await given.rooms.offer(made, event)
    if reflect:
        await script.post(f"/api/encounters/{made}/reflection", json={"felt": felt})
    return f"/api/encounters/{made}"


async def put(script: httpx2.AsyncClient, path: str, kind: str, text: str, about: str = "") -> httpx2.Response:
    return await script.put(f"{path}/writings/{kind}", json={"text": text, "about": about})


def kept(body: dict[str, Any]) -> list[tuple[str, str, str]]:
    return [(each["kind"], each["about"], each["text"]) for each in body["writings"]]


async def test_texts_are_kept_replaced_and_taken_away(given: Services, script: httpx2.AsyncClient) -> None:
    path = await over(given, script)
    await put(script, path, "frame", "GAS")
    await put(script, path, "phase", "It was quiet.", "GAS/gather")
    await put(script, path, "point_of_view", "They\u202e came in.\x00 ")
    await put(script, path, "phase", "It was very quiet.", "GAS/gather")
    answer = await put(script, path, "frame", "")
    expected = [("phase", "GAS/gather", "It was very quiet."), ("point_of_view", "", "They came in.")]
    assert (answer.status_code, kept(answer.json())) == (200, expected)
    assert kept((await script.get(f"{path}/writings")).json()) == expected
    assert answer.json()["as_name"] == "Ada Brook"


async def test_own_words_come_first(given: Services, script: httpx2.AsyncClient) -> None:
    path = await over(given, script, reflect=False)
    for answer in (await put(script, path, "goal", "Wait."), await script.get(f"{path}/writings")):
        assert (answer.status_code, answer.json()["code"]) == (409, "reflection_first")


@pytest.mark.parametrize(
    ("kind", "about", "text", "field"),
    [
        ("answer", "Is that so?", "Yes.", "about"),
        ("phase", "", "Text.", "about"),
        ("phase", "PEARLS/feelings", "Text.", "about"),
        ("frame", "", "ORID", "text"),
        ("goal", "something", "Text.", "about"),
        ("ward_report", "", "Text.", "about"),
        ("diary", "", "Text.", "kind"),
        ("goal", "", "x" * 8_001, "text"),
    ],
)
async def test_what_belongs_nowhere(
    given: Services, script: httpx2.AsyncClient, kind: str, about: str, text: str, field: str
) -> None:
    path = await over(given, script)
    answer = await put(script, path, kind, text, about)
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_field")
    assert answer.json()["field"].endswith(field) and text not in answer.text
    assert (await script.get(f"{path}/writings")).json()["writings"] == []


async def test_questions_follow_up_what_was_written(given: Services, script: httpx2.AsyncClient) -> None:
    path = await over(given, script)
    (asked,) = (await script.get(f"{path}/writings")).json()["follow_ups"]
    assert FELT in asked["question"] and asked["question"].endswith("?") and asked["answer"] == ""
    more = await put(script, path, "point_of_view", "He asked me nothing. I wanted him to wait in the silence.")
    assert [FELT in each["question"] for each in more.json()["follow_ups"]] == [False, True]
    await put(script, path, "answer", "That I did not trust her.", asked["question"])
    answer = await put(script, path, "point_of_view", "")
    assert answer.json()["follow_ups"] == [{"question": asked["question"], "answer": "That I did not trust her."}]


async def test_never_more_than_three_and_an_answer_stays(given: Services, script: httpx2.AsyncClient) -> None:
    path = await over(
        given, script, felt=" ".join(f"I wanted to do thing {word}." for word in ("one", "two", "three", "four"))
    )
    asked = [each["question"] for each in (await script.get(f"{path}/writings")).json()["follow_ups"]]
    assert len(asked) == 3
    answer = await put(script, path, "answer", "Because.", asked[2])
    found = answer.json()["follow_ups"]
    assert len(found) == 3 and found[0] == {"question": asked[2], "answer": "Because."}
    for question in asked[:2]:
        answer = await put(script, path, "answer", "Because.", question)
    assert [each["answer"] for each in answer.json()["follow_ups"]] == ["Because."] * 3, "and no fourth"
    answer = await put(script, path, "answer", "Because.", asked[0].replace("thing one", "thing four"))
    assert (answer.status_code, answer.json()["code"]) == (422, "bad_field"), "nor one that was never shown"
    answer = await put(script, path, "answer", "For another reason.", asked[0])
    assert "For another reason." in [each["answer"] for each in answer.json()["follow_ups"]]


async def test_the_goal_and_the_note_are_asked_about_next_time(given: Services, script: httpx2.AsyncClient) -> None:
    assert (await script.get("/api/aims")).json() == {"goal": None, "ward_note": None}
    first, second = await over(given, script), await over(given, script)
    await put(script, first, "ward_note", "Sit down with Mr B.")
    await put(script, first, "goal", "Wait.")
    await put(script, second, "goal", "Wait longer.")
    aims = (await script.get("/api/aims")).json()
    assert (aims["goal"]["text"], aims["goal"]["title"], aims["goal"]["report"]) == ("Wait longer.", "Themes", "")
    assert aims["ward_note"]["encounter_id"] == first.rpartition("/")[2]
    await put(script, first, "ward_report", "He talked.", "ward_note")
    aims = (await script.get("/api/aims")).json()
    assert (aims["ward_note"]["report"], aims["goal"]["report"]) == ("He talked.", "")


async def test_they_are_nobody_elses(
    given: Services, script: httpx2.AsyncClient, anonymous: httpx2.AsyncClient
) -> None:
    path = await over(given, script)
    await put(script, path, "goal", "Wait.")
    assert (await anonymous.get(f"{path}/writings")).status_code == 401
    assert (await anonymous.get("/api/aims")).status_code == 401
    assert "Wait." not in (await script.get(f"{path}/scorecard")).text


async def test_they_are_erased_with_the_encounter(given: Services, script: httpx2.AsyncClient) -> None:
    path = await over(given, script)
    await put(script, path, "goal", "Wait.")
    await script.delete(path)
    assert (await script.get("/api/aims")).json()["goal"] is None
