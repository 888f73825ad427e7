"""A process that writes until it is killed, and prints each entry once it is sure of it."""

import asyncio
import sys

from server.core.events import Typed
from server.core.log import Entry
from server.store.store import Store
from tests.store.samples import opened, sample_case

ENCOUNTERS = 6


async def live(store: Store, encounter_id: str) -> None:
    """Append for ever, continuing what is there."""
    seq = (await store.read(encounter_id))[1][-1].seq
    while True:
        seq += 1
        await store.append(encounter_id, [Entry(seq, Typed(f"item_{seq}", f"word {seq}"), seq)])
        sys.stdout.write(f"{encounter_id} {seq}\n")
        sys.stdout.flush()


async def main(url: str) -> None:
    """Some encounters at once."""
    store, case = await Store.open(url), sample_case()
    ids = [f"enc_{number}" for number in range(ENCOUNTERS)]
    there = await store.unfinished()
    for encounter_id in ids:
        if encounter_id not in there:
            await store.create(case, opened(case, encounter_id), "local")
    await asyncio.gather(*[live(store, encounter_id) for encounter_id in ids])


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
