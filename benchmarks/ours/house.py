"""The whole service on a loopback port, as `bedside up` runs it, for as long as a measurement needs it."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from server.app import House, open_house
from server.cli.serving import listen, server_for
from server.settings import load_settings

TOKEN = "benchmark"  # noqa: S105 - this service lives in a temporary folder and ends with the measurement


@asynccontextmanager
async def running_house(**given: Any) -> AsyncIterator[tuple[House, str]]:
    """The service by the settings of the environment and those `given`, with an empty database; and the address of
    its wire, without a query.
    """
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(data_dir=Path(folder), database_url="", **given)
        listening = listen("127.0.0.1", 0)
        port = listening.getsockname()[1]
        origins = frozenset({f"http://127.0.0.1:{port}"})
        async with open_house(settings, token=TOKEN, origins=origins, hosts=frozenset({"127.0.0.1"})) as house:
            server = server_for(house, settings)
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                await asyncio.sleep(0.02)
            try:
                yield house, f"ws://127.0.0.1:{port}/v1/realtime"
            finally:
                server.should_exit = True
                await serving
