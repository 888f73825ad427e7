"""Clients that connect, enter, and sit there: they read what is said and say nothing."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any

from websockets.asyncio.client import ClientConnection

from benchmarks.rounds import answer
from benchmarks.student import admitted

QUIET_S = 2.0
"""Nobody is told anything for this long: the openings have been spoken."""


class Clients:
    """Everybody who is connected, on a loop that goes on between the rounds."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._sitting: list[asyncio.Task[None]] = []
        self._last_word = time.monotonic()
        threading.Thread(target=self._loop.run_forever, daemon=True).start()

    def measure(self, request: dict[str, Any]) -> dict[str, Any]:
        asyncio.run_coroutine_threadsafe(self._enter(request["links"], request["token"]), self._loop).result()
        return {"clients": len(self._sitting)}

    async def _enter(self, links: list[str], token: str) -> None:
        for link in links:
            client, _ = await admitted(link, token)
            await client.send(json.dumps({"type": "bedside.enter"}))
            self._sitting.append(asyncio.create_task(self._sit(client)))
        self._last_word = time.monotonic()
        while time.monotonic() - self._last_word < QUIET_S:  # noqa: ASYNC110 - it waits for nothing to happen
            await asyncio.sleep(0.1)

    async def _sit(self, client: ClientConnection) -> None:
        async for _ in client:
            self._last_word = time.monotonic()


if __name__ == "__main__":
    answer(Clients().measure)
