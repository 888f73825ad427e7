"""Corrections over REST: proposed by the learner, settled by whoever may, and the draft made again each time."""

from typing import Any

import httpx2
import pytest

from server.api.services import Services
from server.core.events import (
    Ended,
    EndReason,
    Entered,
    Event,
    Played,
    ReplyWritten,
    SentenceReady,
    SpeechBegan,
    SpeechEnded,
    SpeechHeard,
)

HEARD = "your look sick"
SAID = {"turn": "clip_1", "start_word": 0, "end_word": 3, "words": "You look worried."}


async def met(given: Services, script: httpx2.AsyncClient, *percents: int, reason: EndReason = "learner") -> str:
    """A new encounter in which something is said. Returns its path."""
    answer = await script.post("/api/encounters", json={"case_id": "ada-brook"})
    encounter_id: str = answer.json()["id"]
    await spoken(given, encounter_id, *percents, reason=reason)
    return f"/api/encounters/{encounter_id}"


async def spoken(given: Services, encounter_id: str, *percents: int, reason: EndReason = "learner") -> None:
    """Enter, be greeted, say something, leave."""
    await given.rooms.offer(encounter_id, Entered())
    await answered(given, encounter_id)
    heard = SpeechHeard("clip_1", HEARD, 80, percents)
    for event in (SpeechBegan("clip_1"), SpeechEnded("clip_1", 1_200), heard):
        await given.rooms.offer(encounter_id, event)
    await answered(given, encounter_id)
    await given.rooms.offer(encounter_id, Ended(reason))


async def answered(given: Services, encounter_id: str) -> None:
    reply = (await given.rooms.snapshot(encounter_id)).turns[-1].id
    said: tuple[Event, ...] = (
        SentenceReady(reply, 0, "PRIVATE: Morning.", 900),
        ReplyWritten(reply),
        Played(reply, 900),
    )
    for event in said:
        await given.rooms.offer(encounter_id, event)


async def test_from_a_proposal_to_a_new_draft(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script)
    encounter_id = path.rpartition("/")[2]
    answer = await script.post(f"{path}/corrections", json=SAID)
    proposed = {"number": 1, **SAID, "heard": HEARD, "state": "proposed", "by": ""}
    assert (answer.status_code, answer.json()) == (201, proposed)
    again = await script.post(f"{path}/corrections", json=SAID | {"words": "  You look\nworried. "})
    assert (again.status_code, again.json()) == (201, proposed), "the same twice is once"
    await script.post(f"{path}/reflection", json={})
    drafts = len(await given.store.scorecards(encounter_id))
    settled = await script.post(f"{path}/corrections/1/settle", json={"accepted": True})
    assert (settled.status_code, settled.json()) == (200, proposed | {"state": "accepted", "by": "local"})
    assert (await script.get(f"{path}/corrections")).json() == [settled.json()]
    card = (await script.get(f"{path}/scorecard")).json()
    assert card["provenance"]["corrected"] == "1"
    assert len(await given.store.scorecards(encounter_id)) == drafts + 1, "the earlier drafts are kept"
    turns = (await script.get(path)).json()["turns"]
    assert [turn["text"] for turn in turns if turn["speaker"] == "learner"] == [HEARD], "what was heard stays"
    lines = (await script.get(f"{path}/transcript")).json()["lines"]
    assert [line["text"] for line in lines if line["kind"] == "correction"] == ["You look worried."]


async def test_a_draft_made_again_takes_nothing_from_a_signed_mark(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script)
    encounter_id = path.rpartition("/")[2]
    await script.post(f"{path}/reflection", json={})
    draft = await given.store.get_scorecard(encounter_id)
    assert draft is not None
    await given.store.put_scorecard(encounter_id, "0" * 64, draft | {"status": "signed"})
    await script.post(f"{path}/corrections", json=SAID)
    assert (await script.get(f"{path}/scorecard")).json()["status"] == "signed"
    assert (await given.store.scorecards(encounter_id))[-1]["provenance"]["disputed"] == "1"


async def test_doubtful_words_are_told(given: Services, script: httpx2.AsyncClient) -> None:
    path = await met(given, script, 90, 20, 30)
    turn = next(turn for turn in (await script.get(path)).json()["turns"] if turn["speaker"] == "learner")
    assert turn["doubtful"] == [[1, 3]]


@pytest.mark.parametrize(
    ("change", "status", "code", "field"),
    [
        ({"turn": "clip_9"}, 422, "no_such_turn", "turn"),
        ({"turn": "reply_1"}, 422, "not_your_words", "turn"),
        ({"end_word": 4}, 422, "no_such_words", "end_word"),
        ({"start_word": -1}, 422, "bad_field", "start_word"),
        ({"words": "so " * 61}, 422, "too_long", "words"),
        ({"words": "Your look sick."}, 422, "unchanged", "words"),
        ({"words": None}, 422, "bad_field", "words"),
        ({"by": "me"}, 422, "unknown_field", "by"),
    ],
)
async def test_what_cannot_be_proposed(
    given: Services, script: httpx2.AsyncClient, change: dict[str, Any], status: int, code: str, field: str
) -> None:
    path = await met(given, script)
    answer = await script.post(f"{path}/corrections", json=SAID | change)
    assert (answer.status_code, answer.json()["field"]) == (status, field)
    assert answer.json()["code"] in (code, "bad_field")
    assert "sick" not in answer.text and (await script.get(f"{path}/corrections")).json() == []


async def test_its_time_and_place(given: Services, script: httpx2.AsyncClient) -> None:
    fresh = (await script.post("/api/encounters", json={"case_id": "ada-brook"})).json()["id"]
    early = await script.post(f"/api/encounters/{fresh}/corrections", json=SAID)
    assert (early.status_code, early.json()["code"]) == (409, "not_ended")
    stopped = await met(given, script, reason="stop")
    assert (await script.post(f"{stopped}/corrections", json=SAID)).json()["code"] == "not_scored"
    path = await met(given, script)
    assert (await script.post(f"{path}/corrections/1/settle", json={"accepted": True})).status_code == 404
    assert (await script.post(f"{path}/corrections/0/settle", json={"accepted": True})).status_code == 422
    await script.post(f"{path}/corrections", json=SAID)
    other = await script.post(f"{path}/corrections", json=SAID | {"end_word": 2, "words": "You look"})
    assert (other.status_code, other.json()["code"]) == (409, "overlaps")
    for accepted, status in ((False, 200), (False, 200), (True, 409)):
        answer = await script.post(f"{path}/corrections/1/settle", json={"accepted": accepted})
        assert answer.status_code == status
    assert answer.json()["code"] == "already_settled"
