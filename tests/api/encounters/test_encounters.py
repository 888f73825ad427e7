"""An encounter over REST: opened, read, reflected on, scored, erased."""

from dataclasses import replace
from typing import Any

import httpx2
import pytest

from server.api.routes import build_api
from server.api.services import Services
from server.core.encounter import Encounter
from server.core.errors import StoreError
from server.core.events import Acted, Ended, EndReason, Entered, Played, ReplyWritten, SentenceReady, Typed
from tests.api.conftest import client
from tests.api.house import OWN, TOKEN, FoldingRooms, Shelf
from tests.store.samples import sample, sample_case


async def made(script: httpx2.AsyncClient, **wish: Any) -> str:
    answer = await script.post("/api/encounters", json={"case_id": "ada-brook", **wish})
    assert answer.status_code == 201, answer.text
    encounter_id: str = answer.json()["id"]
    return encounter_id


async def played(given: Services, encounter_id: str, reason: EndReason = "learner") -> None:
    """Enter, be greeted, sit down, leave."""
    reply = None
    for event in [Entered(), None, Acted("turn_sit", "sit"), Ended(reason)]:
        if event is None:
            encounter = await given.rooms.snapshot(encounter_id)
            reply = encounter.turns[-1].id
            for each in (SentenceReady(reply, 0, "PRIVATE: Morning.", 0), ReplyWritten(reply), Played(reply, 0)):
                await given.rooms.offer(encounter_id, each)
        else:
            await given.rooms.offer(encounter_id, event)


async def test_from_the_door_to_the_report(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script, portrayal="assessment", time_percent=150)
    path = f"/api/encounters/{encounter_id}"
    assert (await script.get(f"{path}/scorecard")).json()["code"] == "not_ended"
    assert (await script.post(f"{path}/reflection", json={})).json()["code"] == "not_ended"
    await played(given, encounter_id)
    early = await script.get(f"{path}/scorecard")
    assert (early.status_code, early.json()["code"]) == (409, "reflection_first")
    answer = await script.post(f"{path}/reflection", json={"felt": "cold", "self_rating": {"responsiveness": 3}})
    assert (answer.status_code, answer.json()["phase"]) == (200, "done")
    again = await script.post(f"{path}/reflection", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_reflected")
    card = (await script.get(f"{path}/scorecard")).json()
    assert (card["status"], card["self_rating"]) == ("draft", {"responsiveness": 3})
    assert [dimension["id"] for dimension in card["dimensions"]] == [
        "responsiveness",
        "understanding",
        "support",
        "blockers",
    ]
    assert card["rubric"]["id"] == "small"
    assert card["provenance"]["case_version"] == "1.0.0"
    assert [opportunity["beat"] for opportunity in card["opportunities"]] == ["beat_blanket"]
    assert card["debrief"]["questions"] == [{"phase": "reactions", "text": "How was that for you?"}]
    assert (card["not_scored"], card["ended"], card["variant"], card["checkpoints"]) == ("", "learner", "", [])
    assert card["speakers"] == {"learner": "Student nurse", "ada": "Ada Brook"}
    assert card["reflection"] == {"reactions": "", "felt": "cold", "said": ""}
    assert (await script.get("/api/encounters")).json()[0]["ended"] == "learner"


class Reaching(FoldingRooms):
    """Checkpoints were reached, and the patient ended it."""

    async def snapshot(self, encounter_id: str) -> Encounter:
        encounter = await super().snapshot(encounter_id)
        board = replace(encounter.board, checkpoints={"cp_late": 9_000, "cp_first": 200})
        return replace(encounter, board=board, ended="sent_away" if encounter.over else "")


@pytest.mark.parametrize(
    ("reveal", "told"),
    [
        ("after_reflection", [("cp_first", 200, "Sat down early."), ("cp_late", 9_000, "")]),
        ("after_signoff", []),
        ("never", []),
    ],
)
async def test_what_came_to_be_true_and_how_it_ended_is_in_the_report(
    given: Services, reveal: str, told: list[tuple[str, int, str]]
) -> None:
    item = {"id": "I1", "text": "Sat down early.", "checkpoints": ["cp_first"]}
    plain = sample()
    instruments = [*plain["assessment"]["instruments"], {"id": "list", "kind": "checklist", "items": [item]}]
    case = sample_case(
        assessment=plain["assessment"] | {"instruments": instruments, "release": "faculty_signoff"},
        debrief=plain["debrief"] | {"reveal_beats_to_learner": reveal},
    )
    shelf = Shelf({case.case_id: case}, given.shelf.rubrics)
    rooms = Reaching(given.store, given.drafts)
    async with client(build_api(replace(given, shelf=shelf, rooms=rooms)), Authorization=f"Bearer {TOKEN}") as visitor:
        encounter_id = await made(visitor)
        await played(given, encounter_id)
        await visitor.post(f"/api/encounters/{encounter_id}/reflection", json={})
        card = (await visitor.get(f"/api/encounters/{encounter_id}/scorecard")).json()
        await visitor.post(f"/api/encounters/{encounter_id}/markers", json={"name": "Dr Berg"})
        held = (await visitor.get(f"/api/encounters/{encounter_id}/scorecard")).json()
    assert [(each["id"], each["at_ms"], each["text"]) for each in card["checkpoints"]] == told
    assert held["marking"]["note"] and held["checkpoints"] == [], "they wait with the planted moments"
    assert (card["ended"], card["status"], card["not_scored"]) == ("sent_away", "draft", "")
    assert len(card["dimensions"]) == 4


async def test_the_transcript_as_heard(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await played(given, encounter_id)
    told = (await script.get(f"/api/encounters/{encounter_id}")).json()
    assert (told["id"], told["case_id"], told["case_version"], told["ended"]) == (
        encounter_id,
        "ada-brook",
        "1.0.0",
        "learner",
    )
    assert [(turn["speaker"], turn["kind"], turn["text"]) for turn in told["turns"]] == [
        ("ada", "said", "PRIVATE: Morning."),
        ("learner", "action", "sits down"),
    ]
    assert set(told["turns"][0]) == {
        "id", "speaker", "text", "heard_ms", "kind", "at_ms", "confidence", "doubtful", "murmurs", "cut",
        "failed"
    }  # fmt: skip
    assert told["timing"]["learner_turns"] == 0


async def test_a_list_says_where_each_goes_on(given: Services, script: httpx2.AsyncClient) -> None:
    async def listed() -> tuple[str, str]:
        card = (await script.get("/api/encounters")).json()[0]
        return card["phase"], card["ended"]

    encounter_id = await made(script)
    assert await listed() == ("prebrief", "")
    await given.rooms.offer(encounter_id, Entered())
    assert await listed() == ("encounter", "")
    await given.rooms.offer(encounter_id, Ended("learner"))
    assert await listed() == ("reflection", "learner")
    await script.post(f"/api/encounters/{encounter_id}/reflection", json={})
    assert await listed() == ("done", "learner")
    assert await listed() == ("done", "learner"), "and without its log from now on"
    stopped = await made(script)
    await given.rooms.offer(stopped, Ended("stop"))
    assert await listed() == ("done", "stop")


async def test_a_log_that_cannot_be_read_hides_no_other(
    given: Services, script: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(script)

    async def broken(_rooms: FoldingRooms, _id: str) -> None:
        raise StoreError("unreadable")

    monkeypatch.setattr(FoldingRooms, "snapshot", broken)
    assert [card["phase"] for card in (await script.get("/api/encounters")).json()] == ["paused"]


async def test_stopping_is_free(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await played(given, encounter_id, "stop")
    card = (await script.get(f"/api/encounters/{encounter_id}/scorecard")).json()
    assert (card["status"], card["dimensions"], card["opportunities"]) == ("not_scored", [], [])
    assert card["not_scored"] == "stopped"
    refused = await script.post(f"/api/encounters/{encounter_id}/reflection", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "not_scored")


async def test_leaving_at_the_door_is_not_scored(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await given.rooms.offer(encounter_id, Ended("learner"))
    card = (await script.get(f"/api/encounters/{encounter_id}/scorecard")).json()
    assert (card["status"], card["not_scored"]) == ("not_scored", "never_began")


async def test_erased_is_gone(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    assert (await script.delete(f"/api/encounters/{encounter_id}")).status_code == 204
    assert isinstance(given.rooms, FoldingRooms)
    assert given.rooms.dropped == [encounter_id]
    for method, rest in [("GET", ""), ("GET", "/scorecard"), ("DELETE", "")]:
        assert (await script.request(method, f"/api/encounters/{encounter_id}{rest}")).status_code == 404


async def test_where_to_meet(script: httpx2.AsyncClient) -> None:
    answer = (await script.post("/api/encounters", json={"case_id": "ada-brook"})).json()
    assert answer["realtime_url"] == f"{OWN.replace('http', 'ws')}/v1/realtime?encounter={answer['id']}"
    assert len(answer["id"]) == len("enc_") + 22


@pytest.mark.parametrize(
    ("wish", "status", "code"),
    [
        ({"case_id": "unknown"}, 404, "case_not_found"),
        ({"case_id": "retired-case"}, 409, "case_retired"),
        ({"case_id": "ada-brook", "time_percent": 400}, 422, "bad_field"),
    ],
)
async def test_what_cannot_be_opened(script: httpx2.AsyncClient, wish: dict[str, Any], status: int, code: str) -> None:
    answer = await script.post("/api/encounters", json=wish)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


@pytest.mark.parametrize(
    ("reflection", "field"),
    [
        ({"self_rating": {"responsiveness": 5}}, "self_rating.responsiveness"),
        ({"self_rating": {"responsiveness": -1}}, "self_rating.responsiveness"),
        ({"self_rating": {"responsiveness": True}}, "self_rating.responsiveness"),
        ({"self_rating": {"responsiveness": 2.5}}, "self_rating.responsiveness"),
        ({"self_rating": {"charm": 3}}, "self_rating"),
        ({"self_rating": []}, "self_rating"),
        ({"felt": None}, "felt"),
        ({"felt": "x" * 8_001}, "felt"),
        ({"grade": 100}, "grade"),
    ],
)
async def test_a_reflection_that_cannot_be_taken(
    given: Services, script: httpx2.AsyncClient, reflection: dict[str, Any], field: str
) -> None:
    encounter_id = await made(script)
    await played(given, encounter_id)
    answer = await script.post(f"/api/encounters/{encounter_id}/reflection", json=reflection)
    assert (answer.status_code, answer.json()["field"]) == (422, field)
    assert (await given.rooms.snapshot(encounter_id)).phase == "reflection"


async def test_words_are_made_fit_to_store(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await played(given, encounter_id)
    words = {"felt": "cafe\u0301 \x00\u202e\U000e0041ok\n\tyes"}
    assert (await script.post(f"/api/encounters/{encounter_id}/reflection", json=words)).status_code == 200
    reflection = (await given.rooms.snapshot(encounter_id)).reflection
    assert reflection is not None
    assert reflection.felt == "café ok\n\tyes"


async def test_typed_words_are_in_the_timing(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await given.rooms.offer(encounter_id, Entered())
    await given.rooms.offer(encounter_id, Typed("item_1", "Good morning, Mrs Brook."))
    assert (await script.get(f"/api/encounters/{encounter_id}")).json()["phase"] == "encounter"
