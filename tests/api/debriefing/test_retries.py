"""Trying a moment again over REST: a new encounter that stands there, goes on, and is set beside the first time."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from server.api.services import Services
from server.core.case import Case
from server.core.case_parts.frame import Analysis
from server.core.case_parts.links import Carry, CarryForward
from server.core.events import Ended, EndReason, Entered, Event, Played, ReplyWritten, SentenceReady, TurnClosed, Typed
from tests.api.house import Shelf
from tests.core.cases import beat, case, when

CUE = beat("B1", "It gets quiet.", trigger=when("turn >= 1"), feelings=("loneliness",), topics=("quiet",))
HANDS_ON = CarryForward("next-act", (Carry("C_trust", "How far she trusts you", number="trust"),))
QUIET = case(beats=(CUE,), case_id="quiet-room", carry_forward=HANDS_ON)
LOST, MET = "Have you eaten?", "You sound lonely."
ASKED = "She said it gets quiet. What went through your mind?"


def asks(reveal: Any) -> Case:
    """With a question about the planted moment."""
    analysis = (Analysis("", "B1", ASKED),)
    plan = replace(QUIET.debrief, reveal_beats_to_learner=reveal, analysis=analysis, summary=("What stays?",))
    return replace(QUIET, case_id=f"asks-{reveal}", debrief=plan, carry_forward=None)


@pytest.fixture
def shelf(shelf: Shelf) -> Shelf:
    asking = [asks(reveal) for reveal in ("after_reflection", "after_signoff", "never")]
    return Shelf({**shelf.cases, **{each.case_id: each for each in (QUIET, *asking)}}, shelf.rubrics)


async def take(given: Services, encounter_id: str, *events: Event) -> None:
    for event in events:
        await given.rooms.offer(encounter_id, event)


async def answered(given: Services, encounter_id: str) -> None:
    turn = (await given.rooms.snapshot(encounter_id)).turns[-1]
    line = turn.plan.lines[0] if turn.plan and turn.plan.lines else "Mm."
    await take(given, encounter_id, SentenceReady(turn.id, 0, line, 0), ReplyWritten(turn.id), Played(turn.id, 0))


async def say(given: Services, encounter_id: str, item: str, text: str) -> None:
    await take(given, encounter_id, Typed(item, text), TurnClosed())
    await answered(given, encounter_id)


async def met(
    given: Services,
    script: httpx2.AsyncClient,
    *texts: str,
    reason: EndReason = "learner",
    reflect: bool = True,
    case_id: str = "quiet-room",
) -> str:
    """Enter, be greeted, say these, leave, reflect. Returns the encounter's path."""
    made = (await script.post("/api/encounters", json={"case_id": case_id})).json()["id"]
    await take(given, made, Entered())
    await answered(given, made)
    for number, text in enumerate(texts, start=1):
        await say(given, made, f"item_{number}", text)
    await take(given, made, Ended(reason))
    if reflect:
        await script.post(f"/api/encounters/{made}/reflection", json={"felt": "I was lost."})
    return f"/api/encounters/{made}"


async def debrief(script: httpx2.AsyncClient, path: str) -> dict[str, Any]:
    answer = await script.get(f"{path}/debrief")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def test_from_the_moment_to_the_second_report(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script, "Hello.", LOST, "And your tablets?")
    first = await debrief(script, path)
    assert (first["moment"]["aim"], first["moment"]["retry"]) == ("try", "item_2")
    made = await script.post(f"{path}/retry", json={"turn": "item_2"})
    assert made.status_code == 201
    body = made.json()
    assert (body["retry_of"], body["retry_turn"]) == (path.rpartition("/")[2], "item_2")
    again = f"/api/encounters/{body['id']}"
    seen = (await script.get(again)).json()
    assert seen["phase"] == "encounter" and LOST not in [turn["text"] for turn in seen["turns"]]
    await say(given, body["id"], "item_20", MET)
    await take(given, body["id"], Ended("learner"))
    second = await debrief(script, again)
    assert second["retry"]["of"] == path.rpartition("/")[2] and second["retry"]["turns"] == 3
    (moment,) = second["retry"]["moments"]
    assert moment["retried"] and moment["first"]["code"] < 3 <= moment["now"]["code"]
    assert (moment["now"]["quote"], moment["first"]["quote"]) == (MET, "")
    card = (await script.get(f"{again}/scorecard")).json()
    assert card["provenance"]["retry_turn"] == "item_2", "no reflection is asked for first"
    assert [each["id"] for each in (await debrief(script, path))["tried"]] == [body["id"]]


async def test_nothing_of_it_counts_as_an_attempt(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script, "Hello.", LOST)
    before = (await script.get(f"{path}/scorecard")).json()
    made = (await script.post(f"{path}/retry", json={"turn": "item_2"})).json()["id"]
    await say(given, made, "item_20", MET)
    await take(given, made, Ended("learner"))
    assert (await script.get(f"{path}/scorecard")).json() == before
    listed = {each["id"]: each["retry_of"] for each in (await script.get("/api/encounters")).json()}
    assert listed == {made: path.rpartition("/")[2], path.rpartition("/")[2]: ""}


@pytest.mark.parametrize(
    ("reason", "reflect", "turn", "status", "code"),
    [
        ("learner", True, "reply_1", 422, "not_your_turn"),
        ("learner", True, "item_99", 422, "not_your_turn"),
        ("learner", True, "", 422, "not_your_turn"),
        ("learner", False, "item_2", 409, "reflection_first"),
        ("stop", False, "item_2", 409, "stopped"),
    ],
)
async def test_what_cannot_be_tried_again(
    given: Services,
    script: httpx2.AsyncClient,
    reason: EndReason,
    reflect: bool,
    turn: str,
    status: int,
    code: str,
) -> None:
    path = await met(given, script, "Hello.", LOST, reason=reason, reflect=reflect)
    answer = await script.post(f"{path}/retry", json={"turn": turn})
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len((await script.get("/api/encounters")).json()) == 1, "nothing was made"


async def test_not_before_the_end_and_not_of_others(given: Services, script: httpx2.AsyncClient) -> None:
    made = (await script.post("/api/encounters", json={"case_id": "quiet-room"})).json()["id"]
    await take(given, made, Entered())
    answer = await script.post(f"/api/encounters/{made}/retry", json={"turn": "item_1"})
    assert (answer.status_code, answer.json()["code"]) == (409, "not_ended")
    assert (await script.get(f"/api/encounters/{made}/debrief")).json()["code"] == "not_ended"
    nobody = f"/api/encounters/enc_{'x' * 22}"
    assert (await script.post(f"{nobody}/retry", json={"turn": "item_1"})).status_code == 404
    assert (await script.get(f"{nobody}/debrief")).status_code == 404


async def test_a_story_goes_on_from_the_first_time(given: Services, script: httpx2.AsyncClient) -> None:
    """What a retry came to is handed on to no later act."""
    path = await met(given, script, "Hello.", LOST)
    made = (await script.post(f"{path}/retry", json={"turn": "item_2"})).json()["id"]
    await say(given, made, "item_20", MET)
    await take(given, made, Ended("learner"))
    kept = await given.store.get_carried("local", "next-act")
    assert kept is not None and kept.from_encounter == path.rpartition("/")[2]


async def test_erasing_the_first_erases_its_retries(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script, "Hello.", LOST)
    made = (await script.post(f"{path}/retry", json={"turn": "item_2"})).json()["id"]
    assert (await script.delete(path)).status_code == 204
    assert (await script.get(f"/api/encounters/{made}")).status_code == 404
    assert sorted(given.rooms.dropped) == sorted([path.rpartition("/")[2], made])  # type: ignore[attr-defined]


@pytest.mark.parametrize("reveal", ["after_reflection", "after_signoff", "never"])
async def test_what_an_author_keeps_back_is_kept_back_here(
    given: Services, shelf: Shelf, script: httpx2.AsyncClient, reveal: Any
) -> None:
    """Cards, the one moment and questions about a moment name what was planted; so do those of a retry."""
    path = await met(given, script, "Hello.", LOST, case_id=f"asks-{reveal}")
    again = (await script.post(f"{path}/retry", json={"turn": "item_2"})).json()["id"]
    await say(given, again, "item_9", MET)
    await take(given, again, Ended("learner"))
    shown = reveal == "after_reflection"
    for each in (path, f"/api/encounters/{again}"):
        found = await debrief(script, each)
        assert (bool(found["cards"]), found["moment"] is not None) == (shown, shown)
        card = (await script.get(f"{each}/scorecard")).json()
        assert bool(card["opportunities"]) is shown
        assert any(question["text"] == ASKED for question in card["debrief"]["questions"]) is shown
        assert (ASKED in str(found)) is shown, "on its card"
        assert "What stays?" in str(found["frames"]), "a question about no moment is asked all the same"


async def test_moments_wait_for_the_signature_in_the_debriefing_too(
    given: Services, script: httpx2.AsyncClient
) -> None:
    path = await met(given, script, "Hello.", LOST, case_id="asks-after_reflection")
    assert (await script.post(f"{path}/markers", json={"name": "Dr Berg"})).status_code == 201
    found, card = await debrief(script, path), (await script.get(f"{path}/scorecard")).json()
    assert found["held"] and found["cards"] == [] and found["moment"] is None
    assert ASKED not in str(found) and ASKED not in str(card)


async def test_a_stopped_encounter_is_not_debriefed(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script, "Hello.", reason="stop", reflect=False)
    first = await met(given, script, "Hello.", LOST)
    again = (await script.post(f"{first}/retry", json={"turn": "item_2"})).json()["id"]
    await take(given, again, Ended("stop"))
    for stopped in (path, f"/api/encounters/{again}"):
        for part in ("debrief", "writings"):
            answer = await script.get(f"{stopped}/{part}")
            assert (answer.status_code, answer.json()["code"]) == (409, "not_scored")
