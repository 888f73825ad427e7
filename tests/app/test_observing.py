"""A second learner in the real service: invited, shown what the learner is shown, sent away."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.app.service import TOKEN, RunningService

TEXT_ONLY = {"BEDSIDE_HEARING": "off", "BEDSIDE_SPEAKING": "off"}
BEARER = {"Authorization": f"Bearer {TOKEN}"}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningService]:
    with RunningService(tmp_path_factory.mktemp("observing"), TEXT_ONLY) as running:
        yield running


async def until(wire: ClientConnection, kind: str, **fields: Any) -> dict[str, Any]:
    """The next message of this kind with these fields."""
    async with asyncio.timeout(30):
        while True:
            message: dict[str, Any] = json.loads(await wire.recv())
            if message["type"] == kind and all(message[name] == value for name, value in fields.items()):
                return message


def invited(service: RunningService, encounter: str) -> tuple[str, dict[str, str]]:
    """The observer's id, and the headers of their browser."""
    invitation = service.post(f"/api/encounters/{encounter}/observers", {})
    with httpx2.Client(base_url=service.base_url, headers={"Origin": service.base_url}) as browser:
        answer = browser.post("/api/tickets", json={"ticket": invitation["ticket"]})
        assert answer.status_code == 204, answer.text
        cookie = browser.cookies["bedside"]
    return invitation["id"], {"Cookie": f"bedside={cookie}", "Origin": service.base_url}


@pytest.mark.timeout(120)
async def test_an_observer_is_shown_the_encounter_and_sent_away(service: RunningService) -> None:
    encounter = service.post("/api/encounters", {"case_id": "novak-discharge"})["id"]
    observer_id, headers = invited(service, encounter)
    url = f"{service.websocket_url}/realtime?encounter={encounter}"
    async with (
        connect(url, additional_headers=BEARER) as learner,
        connect(f"{url}&observe=1", additional_headers=headers) as observer,
    ):
        assert (await until(observer, "bedside.encounter"))["observing"] is True
        await until(learner, "bedside.watched", count=1)
        await learner.send(json.dumps({"type": "bedside.enter"}))
        said, seen = [await until(wire, "response.done") for wire in (learner, observer)]
        assert seen["response"]["output"] == said["response"]["output"]
        with service.client() as script:
            taken = script.delete(f"/api/encounters/{encounter}/observers/{observer_id}")
        assert taken.status_code == 204
        with pytest.raises(ConnectionClosed):
            await until(observer, "never")
        assert observer.close_code == 4403
        await until(learner, "bedside.watched", count=0)
