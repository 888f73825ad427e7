"""A log that today's rules cannot follow: said so, still readable as it lies there, and never a fault of ours."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from sqlalchemy import Connection, insert, update

from server.api.services import Services
from server.core.events import Ended, Entered, Typed
from server.core.log import Entry
from server.store.sql.clock import utc_now
from server.store.sql.tables import cases, encounters, events
from tests.api.encounters.test_encounters import made, played

WORDS = "Good morning, Mrs Brook."


def illegal(connection: Connection, encounter_id: str) -> None:
    """A reply that this version never decided on."""
    body = json.dumps({"reply": "turn_of_long_ago", "index": 0, "text": "PRIVATE: Mind the cat.", "audio_ms": 0})
    row = {"kind": "SentenceReady", "body": body}
    connection.execute(update(events).where(events.c.encounter_id == encounter_id, events.c.seq == 3).values(**row))


def unknown_event(connection: Connection, encounter_id: str) -> None:
    """A kind of event that this version has no name for."""
    change = update(events).where(events.c.encounter_id == encounter_id, events.c.seq == 3)
    connection.execute(change.values(kind="Sighed", body="{}"))


def other_events(connection: Connection, encounter_id: str) -> None:
    """Events whose meaning has changed since."""
    connection.execute(update(events).where(events.c.encounter_id == encounter_id).values(version=0))


def other_case(connection: Connection, encounter_id: str) -> None:
    """A case in fields that this version does not know; its digest is as good as ever."""
    body = json.dumps({"schema_version": "0", "patient": encounter_id})
    digest = hashlib.sha256(body.encode()).hexdigest()
    row = {"digest": digest, "case_id": "ada-brook", "version": "0", "body": body, "created_at": utc_now()}
    connection.execute(insert(cases), row)
    connection.execute(update(encounters).values(case_digest=digest))


@pytest.fixture(params=[illegal, unknown_event, other_events, other_case])
def fault(request: pytest.FixtureRequest) -> Callable[[Connection, str], None]:
    found: Callable[[Connection, str], None] = request.param
    return found


async def older(given: Services, script: httpx2.AsyncClient, fault: Callable[[Connection, str], None]) -> str:
    """An encounter with some words in it, as another version would have left it."""
    encounter_id = await made(script)
    await given.rooms.offer(encounter_id, Entered())
    await given.store.append(encounter_id, [Entry(3, Typed("x", "-"), 10), Entry(4, Typed("item_1", WORDS), 20)])
    await given.store.database.write(lambda connection: fault(connection, encounter_id))
    return encounter_id


async def test_it_is_said_and_not_stumbled_over(
    given: Services, script: httpx2.AsyncClient, fault: Callable[[Connection, str], None]
) -> None:
    encounter_id = await older(given, script, fault)
    path = f"/api/encounters/{encounter_id}"
    asks: list[tuple[str, str, Any]] = [
        ("GET", "", None), ("GET", "/scorecard", None), ("POST", "/reflection", {}), ("POST", "/observers", None),
        ("GET", "/observing", None), ("GET", "/observations", None), ("GET", "/debrief", None),
        ("GET", "/writings", None), ("PUT", "/writings/goal", {"text": "Wait."}),
        ("POST", "/retry", {"turn": "item_1"}),
    ]  # fmt: skip
    for method, rest, body in asks:
        answer = await script.request(method, f"{path}{rest}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (410, "played_by_older_version"), (method, rest)
        assert f"{path}/transcript" in answer.json()["message"]
        assert WORDS not in answer.text
    listed = (await script.get("/api/encounters")).json()
    assert [card["id"] for card in listed] == [encounter_id]


async def test_its_words_can_still_be_read(
    given: Services, script: httpx2.AsyncClient, fault: Callable[[Connection, str], None]
) -> None:
    encounter_id = await older(given, script, fault)
    told = (await script.get(f"/api/encounters/{encounter_id}/transcript")).json()
    assert told["opens_here"] is False
    assert (told["lines"][-1]["speaker"], told["lines"][-1]["text"]) == ("learner", WORDS)
    if fault is illegal:
        assert told["lines"][0]["text"] == "PRIVATE: Mind the cat."
    assert (await script.delete(f"/api/encounters/{encounter_id}")).status_code == 204
    assert (await script.get(f"/api/encounters/{encounter_id}/transcript")).status_code == 404


async def test_it_holds_up_no_other_at_start(
    given: Services, script: httpx2.AsyncClient, fault: Callable[[Connection, str], None]
) -> None:
    await older(given, script, fault)
    assert await given.drafts.make_missing() == 0


async def test_the_transcript_of_one_that_opens(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    path = f"/api/encounters/{encounter_id}/transcript"
    running = await script.get(path)
    assert (running.status_code, running.json()["code"]) == (409, "not_ended")
    await played(given, encounter_id)
    told = (await script.get(path)).json()
    assert (told["opens_here"], told["ended"]) == (True, "learner")
    assert [(line["speaker"], line["kind"], line["text"]) for line in told["lines"]] == [
        ("other", "said", "PRIVATE: Morning."),
        ("learner", "action", "sit"),
    ]


async def test_an_ordinary_end_is_not_taken_for_one(given: Services, script: httpx2.AsyncClient) -> None:
    encounter_id = await made(script)
    await given.rooms.offer(encounter_id, Ended("learner"))
    assert (await script.get(f"/api/encounters/{encounter_id}")).status_code == 200
