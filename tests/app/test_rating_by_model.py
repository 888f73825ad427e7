"""`kill -9` while a model reads: the next start goes on from the answers that had come, and the card follows."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import connect

from server.api.consent import consent
from server.api.encounters.public_case import wording_digest
from server.app import build_engines, model_ratings
from server.assess.model.rating import MODEL_RATER
from server.content.folders import Library
from server.core.scoring.scoring import SCORER
from server.engines import catalog
from server.engines.protocols import EngineInfo
from server.settings import load_settings
from tests.app.service import TOKEN, RunningService
from tests.logs.recording import the_case
from tests.models.chat_server import ChatServer, chat_server
from tests.models.rating_reader import taken_apart

HEADERS = {"Authorization": f"Bearer {TOKEN}"}
ASKED = "What would you like to be called?"
FINDS = {"asks_name_preference", "open_question"}
QUESTIONS, AT_ONCE, BEFORE = 12, 4, 5


def reads(body: dict[str, Any]) -> str:
    """Finds an open question about a name, and nothing else."""
    asked = taken_apart(body)
    turn = next(each["turn"] for each in asked.turns if ASKED in each["words"])
    rows = [
        {"item": item, "holds": True, "quote": ASKED, "turn": turn}
        if item in FINDS
        else {"item": item, "holds": False, "quote": "", "turn": 0}
        for item in asked.items
    ]
    return json.dumps({"items": rows})


async def play(service: RunningService) -> str:
    """An encounter of one turn, ended and reflected on; its id."""
    encounter = ""
    async with connect(f"{service.websocket_url}/realtime?model=novak-discharge", additional_headers=HEADERS) as wire:
        await wire.send(json.dumps({"type": "bedside.enter"}))
        for text in (f"Good evening, I am Sam. {ASKED}",):
            content = [{"type": "input_text", "text": text}]
            item = {"type": "message", "role": "user", "content": content}
            await wire.send(json.dumps({"type": "conversation.item.create", "item": item}))
            await wire.send(json.dumps({"type": "response.create"}))
            async with asyncio.timeout(60):
                while (message := json.loads(await wire.recv()))["type"] != "response.done":
                    encounter = message.get("encounter_id", encounter)
        await wire.send(json.dumps({"type": "bedside.end"}))
        async with asyncio.timeout(60):
            while json.loads(await wire.recv())["type"] != "bedside.scorecard":
                continue
    await asyncio.to_thread(service.post, f"/api/encounters/{encounter}/reflection", {})
    return encounter


async def rater_of(service: RunningService, encounter: str) -> str:
    card = await asyncio.to_thread(service.get, f"/api/encounters/{encounter}/scorecard")
    return str(card["provenance"]["rater"])


async def until_asked(server: ChatServer, requests: int) -> None:
    for _ in range(6_000):
        if len(server.requests) >= requests:
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"only {len(server.requests)} questions came")


HEARD = EngineInfo("hearing", "none", "embedded", "", "", False)


async def test_the_host_is_named_before_and_nobody_is_read_who_was_not_told(tmp_path: Path) -> None:
    quiet: Any = {"hearing": "off", "speaking": "off", "data_dir": tmp_path}
    without = build_engines(load_settings(**quiet))
    engines = build_engines(load_settings(**quiet, rating_url="https://models.example.org/v1", rating_model="m"))
    assert "models.example.org" not in consent(without.infos)
    assert "models.example.org: the words of the conversation, to be rated" in consent(engines.infos)
    store: Any = None
    nothing, case = Library({}, {}, ()), the_case()
    ratings = model_ratings(engines, store, nothing, HEARD, {})
    assert ratings is not None and model_ratings(without, store, nothing, HEARD, {}) is None
    assert ratings.agreed(case, wording_digest(case, engines.infos))
    assert not ratings.agreed(case, wording_digest(case, without.infos))
    assert ratings.agreed(case, ""), "a program opened it"
    await catalog.close(*engines.built, *without.built)


@pytest.mark.timeout(240)
async def test_killed_while_a_model_reads(tmp_path: Path) -> None:
    async with chat_server() as server:
        server.answers = lambda body: reads(body) if len(server.requests) <= BEFORE else None
        service = RunningService(tmp_path, {"BEDSIDE_RATING_URL": server.base_url, "BEDSIDE_RATING_MODEL": "script"})
        await asyncio.to_thread(service.start)
        try:
            encounter = await play(service)
            assert await rater_of(service, encounter) == SCORER, "the draft waits for no model"
            await until_asked(server, BEFORE + AT_ONCE)
            service.kill()
            server.requests.clear()
            server.answers = reads
            await asyncio.to_thread(service.start)
            for _ in range(600):
                if await rater_of(service, encounter) == MODEL_RATER:
                    break
                await asyncio.sleep(0.1)
            card = await asyncio.to_thread(service.get, f"/api/encounters/{encounter}/scorecard")
        finally:
            service.stop()
    assert card["provenance"]["rater"] == MODEL_RATER
    assert QUESTIONS - BEFORE <= len(server.requests) < QUESTIONS, "what had been answered is not asked again"
    levels = {each["id"]: each["level"] for each in card["dimensions"]}
    assert (levels["validation"], levels["exploration"]) == (2, 2)
    assert len(card["passes"]) == 2
