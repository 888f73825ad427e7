"""`kill -9` in the middle of a reply, start again, come back: nothing acknowledged is lost or left unanswered."""

from __future__ import annotations

import asyncio
import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect

from tests.app.service import TOKEN, RunningService

HEADERS = {"Authorization": f"Bearer {TOKEN}"}


class Typist:
    """Types turns and remembers which were acknowledged."""

    def __init__(self, wire: ClientConnection, acknowledged: dict[str, str]) -> None:
        self.wire = wire
        self.acknowledged = acknowledged
        self.encounter = ""
        self.replying = ""

    async def type(self, item: str, text: str) -> None:
        content = [{"type": "input_text", "text": text}]
        message = {"type": "message", "role": "user", "id": item, "content": content}
        await self.wire.send(json.dumps({"type": "conversation.item.create", "item": message}))
        await self.wire.send(json.dumps({"type": "response.create"}))

    async def read(self, until: str) -> dict[str, Any]:
        async with asyncio.timeout(30):
            while True:
                message: dict[str, Any] = json.loads(await self.wire.recv())
                if message["type"] == "conversation.item.added" and message["item"]["role"] == "user":
                    self.acknowledged[message["item"]["id"]] = message["item"]["content"][0]["text"]
                if message["type"] == "bedside.encounter":
                    self.encounter = message["encounter_id"]
                if message["type"] == until:
                    return message


@pytest.mark.timeout(180)
@pytest.mark.parametrize("moment", ["conversation.item.added", "response.created", "response.output_audio.delta"])
async def test_killed_in_the_middle(tmp_path: Path, moment: str) -> None:
    acknowledged: dict[str, str] = {}
    service = RunningService(tmp_path)
    service.start()
    try:
        async with connect(
            f"{service.websocket_url}/realtime?model=novak-discharge", additional_headers=HEADERS
        ) as wire:
            typist = Typist(wire, acknowledged)
            await wire.send(json.dumps({"type": "bedside.enter"}))
            await typist.read("response.done")
            await typist.type("item_first", "Good evening, Mrs Novak. My name is Sam.")
            await typist.read("response.done")
            await typist.type("item_second", "Can you hear me all right? I'll turn the television down.")
            await typist.read(moment)
            encounter = typist.encounter
            service.kill()
        service.start()
        url = f"{service.websocket_url}/realtime?encounter={encounter}&after=1"
        async with connect(url, additional_headers=HEADERS) as wire:
            typist = Typist(wire, acknowledged)
            await typist.read("bedside.timer")
            await typist.type("item_third", "I am back. Where were we?")
            await typist.read("response.done")
            await wire.send(json.dumps({"type": "bedside.end"}))
            await typist.read("bedside.scorecard")
        turns = service.get(f"/api/encounters/{encounter}")["turns"]
    finally:
        service.stop()
    said = [turn["text"] for turn in turns if turn["speaker"] == "learner"]
    assert all(any(text in turn for turn in said) for text in acknowledged.values())
    assert len({turn["id"] for turn in turns}) == len(turns)
    answers = [after["speaker"] != "learner" for turn, after in pairwise(turns) if turn["speaker"] == "learner"]
    assert len(answers) >= 2 and all(answers)
