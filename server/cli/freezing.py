"""Asked by commands that would change what a freeze for an exam window keeps as it is."""

from __future__ import annotations

import asyncio

from server.core.errors import SetupError
from server.settings import load_settings
from server.store.house.rules import Freeze
from server.store.store import Store


def freeze_now() -> Freeze | None:
    """The one that was set last. Where no service was ever started there is none."""
    return asyncio.run(_freeze())


async def _freeze() -> Freeze | None:
    try:
        store = await Store.open(load_settings().store_url, reading=True)
    except SetupError as error:
        if error.code in ("store_missing", "store_older"):
            return None
        raise
    try:
        return await store.house.freeze()
    finally:
        await store.close()
