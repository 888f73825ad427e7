"""Memory of idle encounters: the whole service on loopback; the clients are in a process of their own."""

from __future__ import annotations

import asyncio
import gc
import secrets
import sys
from contextlib import AsyncExitStack
from typing import Any

from benchmarks.ours.house import TOKEN, running_house
from benchmarks.peer_house import Measured
from benchmarks.rounds import answer_async, rss_mib
from server.app import House
from server.core.events import Opened


class Idle:
    """A running service and everybody who sits in it."""

    def __init__(self) -> None:
        self._stack = AsyncExitStack()
        self._house: House | None = None
        self._wire = ""
        self._meetings = 0
        self._clients: Measured | None = None

    async def measure(self, request: dict[str, Any]) -> dict[str, Any]:
        house = self._house or await self._open(request["capacity"])
        gc.collect()
        before = rss_mib()
        await self._meet(house, request["meetings"])
        gc.collect()
        self._meetings += request["meetings"]
        if len(house.rooms) != self._meetings:
            raise RuntimeError(f"{len(house.rooms)} encounters are live where {self._meetings} were entered")
        return {"mib": (rss_mib() - before) / request["meetings"], "rooms": len(house.rooms)}

    async def _open(self, capacity: int) -> House:
        house, self._wire = await self._stack.enter_async_context(running_house(capacity=capacity))
        self._house = house
        self._clients = Measured(sys.executable, "benchmarks.ours.clients")
        return house

    async def _meet(self, house: House, meetings: int) -> None:
        """Open encounters of all the cases in turn, enter them, and wait until nobody speaks any more."""
        cases, links = sorted(house.shelf.cases), []
        for number in range(meetings):
            case = house.shelf.cases[cases[number % len(cases)]]
            opened = Opened(f"enc_{secrets.token_hex(11)}", case.case_id, case.case_version, case.digest)
            await house.services.store.create(case, opened, "local")
            links.append(f"{self._wire}?encounter={opened.encounter_id}")
        assert self._clients  # noqa: S101 - opened with the house
        await asyncio.to_thread(self._clients.measure, links=links, token=TOKEN)


if __name__ == "__main__":
    answer_async(Idle().measure)
